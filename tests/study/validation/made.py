"""The made-up people of `r/people.csv`, and what other programs say of them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np

from myosteon.study.validation.people import Floats, People, make_people

FOLDER = Path(__file__).parent / "r"
HORIZON = 5.0


@cache
def column(name: str) -> Floats:
    """One column of the made-up people."""
    with (FOLDER / "people.csv").open(encoding="utf-8") as file:
        return np.array([float(row[name]) for row in csv.DictReader(file)])


@cache
def expected(file: str) -> dict[str, float]:
    """What another program found, by name."""
    with (FOLDER / file).open(encoding="utf-8") as source:
        return {
            row["name"]: float(row["value"]) for row in csv.DictReader(source) if row["name"] != "version"
        }


def at_a_fixed_time() -> People:
    """The people with the outcome at a fixed time."""
    return make_people(column("risk_percent") / 100, column("fixed").astype(int), None, None)


def over_time(death: bool) -> People:
    """The people followed over time; with or without death told apart from leaving."""
    fate = column("fate").astype(int)
    fate = fate if death else np.where(fate == 2, 0, fate)
    return make_people(column("risk_percent") / 100, fate, column("years"), HORIZON)


def random_people(count: int, seed: int, competing: bool = True, ties: bool = True) -> People:
    """Small random people over time, with ties in time and risk."""
    draw = np.random.default_rng(seed)
    risk = draw.uniform(0.02, 0.9, count)
    years = draw.exponential(4, count) + 0.05
    if ties:
        risk, years = np.round(risk, 1).clip(0.1, 0.9), np.ceil(years * 2) / 2
    fate = draw.choice([0, 1, 2] if competing else [0, 1], count)
    fate[:4] = (1, 1, 0, 0)
    years[0] = 0.5
    years[3] = 9.0
    risk[:2] = (0.2, 0.8)
    return make_people(risk, fate, years, 5.0)
