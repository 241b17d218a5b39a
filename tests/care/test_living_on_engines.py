"""What food, exercise and the lines around them answer is the same on Polars, DuckDB and Spark."""

from __future__ import annotations

import polars as pl
import pytest

from care.caring import cared
from care.living_people import random_people
from engines import Engine, engine_or_skip
from myosteon.evidence.care_load import load_care

DERIVED = (
    "protein_rule",
    "protein_rule_needs",
    "protein_g_kg_day_low",
    "protein_g_kg_day_high",
    "protein_g_kg_day_at_least",
    "protein_weight_basis",
    "protein_weight_kg",
    "protein_g_day_low",
    "protein_g_day_high",
    "protein_g_meal_low",
    "protein_g_meal_of_four_high",
    "protein_portions_low",
    "protein_gap_g_day",
    "calcium_gap_mg_day_low",
    "calcium_gap_mg_day_high",
    "vitamin_d_state",
    "vivifrail_level",
    "vivifrail_plus",
    "vivifrail_level_needs",
    "vivifrail_plus_needs",
    "gait_in_vivifrail_gap",
    "spine_sparing",
)
# Some lines of each file: all of them would keep Spark busy for minutes.
LINES = tuple(
    f"line_{line.id}{suffix}"
    for one in load_care()
    if one.id in ("nutrition", "exercise", "tests", "special")
    for line in one.lines[::8]
    for suffix in ("", "_needs")
)
PEOPLE = 400
# Rounded to nine decimals, a value that lies half-way is rounded up by one and down by another.
TOLERANCE = 1.5e-9


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def another(request: pytest.FixtureRequest) -> Engine:
    """Every engine but Polars."""
    return engine_or_skip(request.param)


def test_answers_of_care_are_the_same(another: Engine) -> None:
    people = random_people(PEOPLE, 3)
    mine, theirs = cared(people, (*DERIVED, *LINES)), cared(people, (*DERIVED, *LINES), another)
    unequal = {name: _count_unequal(mine[name], theirs[name]) for name in mine.columns}
    assert {name: count for name, count in unequal.items() if count} == {}
    assert mine["protein_rule"].n_unique() == 8


def _count_unequal(one: pl.Series, other: pl.Series) -> int:
    if one.dtype.is_numeric() and other.dtype.is_numeric():
        apart = (one.cast(pl.Float64) - other.cast(pl.Float64)).abs() > TOLERANCE
        return int((apart.fill_null(False) | (one.is_null() != other.is_null())).sum())
    return int(one.ne_missing(other).sum())
