"""Every column of every point score is the same on Polars, DuckDB and Spark."""

from __future__ import annotations

import random
from functools import cache

import polars as pl
import pytest

from engines import Engine, Polars, engine_or_skip
from myosteon.rules.guideline import Settings
from risk.score_people import random_people
from risk.scored import CLAMPING, EVERY, columns_of, compute, frame_of, points_columns

PEOPLE = 1500
# Rounded to nine decimals, a value that lies half-way is rounded up by one and down by another.
TOLERANCE = 1.5e-9
LISTS = (
    "F00;W19",
    " f00.1; w19 ",
    "I10",
    "none",
    "F00;stroke",
    "f001;G811;R31.0;R79",
    "A01.W19,N17；L89",
    None,
)


@cache
def people() -> pl.DataFrame:
    rng = random.Random(9)
    return frame_of([{**person, "icd10_codes": rng.choice(LISTS)} for person in random_people(PEOPLE, 31)])


def columns(settings: Settings) -> tuple[str, ...]:
    return (*columns_of(EVERY, settings), *(name for id in EVERY for name in points_columns(id)))


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def another(request: pytest.FixtureRequest) -> Engine:
    """Every engine but Polars."""
    return engine_or_skip(request.param)


@pytest.mark.parametrize("settings", [Settings(), CLAMPING], ids=["plain", "clamping"])
def test_every_column_of_the_scores_is_the_same(another: Engine, settings: Settings) -> None:
    names = columns(settings)
    one = compute(people(), names, settings, Polars(lazy=True))
    other = compute(people(), names, settings, another)
    assert one.columns == other.columns == ["person_id", *names]
    unequal = {name: _count_unequal(one[name], other[name]) for name in names}
    assert {name: count for name, count in unequal.items() if count} == {}
    assert one["hospital_frailty_score"].n_unique() > 3


def _count_unequal(one: pl.Series, other: pl.Series) -> int:
    if one.dtype.is_numeric() and other.dtype.is_numeric():
        apart = (one.cast(pl.Float64) - other.cast(pl.Float64)).abs() > TOLERANCE
        return int((apart.fill_null(False) | (one.is_null() != other.is_null())).sum())
    assert one.dtype == other.dtype, f"{one.name}: {one.dtype} and {other.dtype}"
    return int(one.ne_missing(other).sum())
