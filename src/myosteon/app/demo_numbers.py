"""The numbers of the demonstration cohort, read from `demo_cohort.toml` and checked.

Every table of that file names its sources; one without a source, or with a source that the file does not
describe, does not load (`EvidenceError`). Nothing here is drawn at random: see `demo_cohort`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from myosteon.errors import EvidenceError

Numbers = npt.NDArray[np.float64]
SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Curve:
    """How one measure runs with age in each sex, and the shared factors that move it.

    `knots[sex]` has one row per age: age, mean, SD. `on` holds the weight of each shared factor; what is left of
    a variance of 1 is the person's own. A value outside `lowest` to `highest` is drawn in to that end.
    """

    name: str
    on: Mapping[str, float]
    digits: int
    skewed: bool
    lowest: float
    highest: float
    knots: Mapping[str, Numbers]


@dataclass(frozen=True, slots=True)
class Answer:
    """How likely each step of an answer is at 70 years in each sex, and what moves it (log odds)."""

    name: str
    shares: Mapping[str, tuple[float, ...]]
    per_decade: float
    on: Mapping[str, float]
    counts: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of place where people are seen: how many of all, how old, and what is measured there."""

    name: str
    share: float
    places: tuple[str, ...]
    age_from: tuple[float, ...]
    age_share: tuple[float, ...]
    done: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DemoNumbers:
    """Everything in `demo_cohort.toml`; `table` gives the small tables as they are written."""

    settings: tuple[Setting, ...]
    blocks: Mapping[str, tuple[str, ...]]
    gap: float
    factor_names: tuple[str, ...]
    correlation: Mapping[str, Numbers]
    curves: tuple[Curve, ...]
    answers: tuple[Answer, ...]
    table: Mapping[str, Any]


@functools.cache
def load_demo_numbers() -> DemoNumbers:
    """Read and check the data file of the demonstration.

    Raises `EvidenceError` where a table has no known source, a factor is unknown or shares do not add up.
    """
    text = resources.files(__package__).joinpath("demo_cohort.toml").read_text(encoding="utf-8")
    return check_demo_numbers(tomllib.loads(text))


def check_demo_numbers(table: Mapping[str, Any]) -> DemoNumbers:
    """Turn the parsed data file into typed numbers, refusing what has no source or does not fit."""
    _require_sources(table)
    factors = table["factors"]
    numbers = DemoNumbers(
        settings=tuple(_setting(entry) for entry in table["setting"]),
        blocks={
            name: tuple(columns) for name, columns in table["blocks"].items() if name not in ("source", "gap")
        },
        gap=float(table["blocks"]["gap"]),
        factor_names=tuple(factors["names"]),
        correlation={sex: _correlation(factors[sex], len(factors["names"])) for sex in SEXES},
        curves=tuple(_curve(entry) for entry in table["measure"]),
        answers=tuple(_answer(entry) for entry in table["answer"]),
        table=table,
    )
    _require_known_factors(numbers)
    _require_whole_shares(numbers)
    return numbers


def _require_sources(table: Mapping[str, Any]) -> None:
    known = set(table["sources"])
    for section, content in table.items():
        if section == "sources":
            continue
        for entry in _entries(content):
            named = entry.get("source", [])
            if not named or not set(named) <= known:
                which = entry.get("name", section)
                raise EvidenceError(
                    f"demo_cohort.toml: `{which}` names no source that [sources] describes. "
                    "Add one, or `made_up`."
                )


def _entries(content: Any) -> list[Mapping[str, Any]]:
    """The tables that must name a source: each of an array of tables, or the sub-tables of `reference`."""
    if isinstance(content, list):
        return content
    if "source" in content or not all(isinstance(entry, dict) for entry in content.values()):
        return [content]
    return list(content.values())


def _setting(entry: Mapping[str, Any]) -> Setting:
    return Setting(
        name=entry["name"],
        share=float(entry["share"]),
        places=tuple(entry["places"]),
        age_from=tuple(float(age) for age, _ in entry["ages"]),
        age_share=tuple(float(share) for _, share in entry["ages"]),
        done={block: float(share) for block, share in entry["done"].items()},
    )


def _curve(entry: Mapping[str, Any]) -> Curve:
    return Curve(
        name=entry["name"],
        on={factor: float(weight) for factor, weight in entry["on"].items()},
        digits=int(entry["digits"]),
        skewed=bool(entry.get("skewed", False)),
        lowest=float(entry.get("lowest", 0.0)),
        highest=float(entry.get("highest", np.inf)),
        knots={sex: np.asarray(entry[sex], dtype=np.float64) for sex in SEXES},
    )


def _answer(entry: Mapping[str, Any]) -> Answer:
    return Answer(
        name=entry["name"],
        shares={sex: tuple(float(share) for share in entry[sex]) for sex in SEXES},
        per_decade=float(entry["per_decade"]),
        on={factor: float(weight) for factor, weight in entry["on"].items()},
        counts=bool(entry.get("counts", False)),
    )


def _correlation(lower: list[list[float]], size: int) -> Numbers:
    """The full matrix from its lower triangle without the diagonal."""
    matrix = np.eye(size)
    for row, values in enumerate(lower, start=1):
        matrix[row, :row] = values
        matrix[:row, row] = values
    if np.linalg.eigvalsh(matrix).min() <= 0:
        raise EvidenceError("demo_cohort.toml: the correlations of [factors] cannot all hold at once.")
    return matrix


def _require_known_factors(numbers: DemoNumbers) -> None:
    leans = {curve.name: curve.on for curve in numbers.curves} | {a.name: a.on for a in numbers.answers}
    for name, on in leans.items():
        unknown = sorted(set(on) - set(numbers.factor_names))
        if unknown:
            raise EvidenceError(f"demo_cohort.toml: `{name}` leans on unknown factors {unknown}.")


def _require_whole_shares(numbers: DemoNumbers) -> None:
    shares = {"the settings": [setting.share for setting in numbers.settings]}
    shares |= {f"the ages of `{setting.name}`": list(setting.age_share) for setting in numbers.settings}
    for what, parts in shares.items():
        if not np.isclose(sum(parts), 1.0):
            total = f"{sum(parts):.3f}"
            raise EvidenceError(f"demo_cohort.toml: the shares of {what} add up to {total}, not to 1.")
    for setting in numbers.settings:
        unknown = set(setting.done) - set(numbers.blocks)
        if unknown:
            raise EvidenceError(f"demo_cohort.toml: `{setting.name}` names unknown blocks {sorted(unknown)}.")
