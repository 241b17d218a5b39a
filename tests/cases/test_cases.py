"""Worked cases: people with a source and an expected result, as data that a reader without Python can review.

A file holds `[[case]]` tables: name, source, input (measures), expected (columns; "" for nothing), and where numbers are
printed with few decimals `within`. To add a case, add a table; no program changes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engines import Polars, assess_on, canonical_people
from myosteon.vocabulary.measures import load_measures

FOLDER = Path(__file__).parent
WITHIN = 0.0005


@dataclass(frozen=True)
class Case:
    """One person with what must come out."""

    file: str
    name: str
    source: str
    input: dict[str, Any]
    expected: dict[str, Any]
    within: float = WITHIN


def read_cases() -> list[Case]:
    """Every case of every file, in order."""
    return [
        Case(file=file.stem, **table)
        for file in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    ]


CASES = read_cases()


def person_of(case: Case) -> dict[str, object]:
    kinds = {name: measure.type for name, measure in load_measures().items()}
    return {name: float(v) if kinds[name] == "float" else v for name, v in case.input.items()}


@cache
def results() -> dict[tuple[str, str], dict[str, Any]]:
    """What comes out for each case: all are judged at once, so that none can lean on its neighbours."""
    people = [{**person_of(case), "person_id": f"{place:06d}"} for place, case in enumerate(CASES)]
    rows = assess_on(Polars(), canonical_people(people), "all").to_dicts()
    return {(case.file, case.name): row for case, row in zip(CASES, rows, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_case(case: Case) -> None:
    row = results()[case.file, case.name]
    computed = {name: row[name] for name in case.expected}
    assert computed == {name: as_compared(value, case.within) for name, value in case.expected.items()}


def as_compared(value: Any, within: float) -> Any:
    if value == "" and isinstance(value, str):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return pytest.approx(value, abs=within, rel=0)


def test_every_case_has_a_name_of_its_own_and_a_source() -> None:
    assert len({(case.file, case.name) for case in CASES}) == len(CASES) >= 90
    assert all(case.source.strip() and case.expected for case in CASES)
