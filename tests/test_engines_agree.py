"""20,000 stressful people through Polars, DuckDB and Spark: every column of the contract is the same in all of them."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from engines import Engine, Polars, assess_on, canonical_people, engine_or_skip
from myosteon.assess import make_assessor
from myosteon.rules.guideline import Settings
from oracle.random_people import random_people

PEOPLE = 20_000
# Rounded to nine decimals, a value that lies half-way is rounded up by one and down by another.
TOLERANCE = 1.5e-9


@cache
def people() -> pl.DataFrame:
    return canonical_people(random_people(PEOPLE, seed=3))


@cache
def answered() -> pl.DataFrame:
    """What eager Polars says, to compare the others with."""
    return assess_on(Polars(), people())


def assert_same(one: pl.DataFrame, other: pl.DataFrame) -> None:
    assert one.height == other.height
    assert one.columns == other.columns
    unequal = {name: count_unequal(one[name], other[name]) for name in one.columns}
    assert {name: count for name, count in unequal.items() if count} == {}


def count_unequal(one: pl.Series, other: pl.Series) -> int:
    if one.dtype.is_numeric() and other.dtype.is_numeric():
        apart = (one.cast(pl.Float64) - other.cast(pl.Float64)).abs() > TOLERANCE
        return int((apart.fill_null(False) | (one.is_null() != other.is_null())).sum())
    assert one.dtype == other.dtype, f"{one.name}: {one.dtype} and {other.dtype}"
    return int(one.ne_missing(other).sum())


@pytest.fixture(scope="module", params=["polars lazy", "duckdb", "spark"])
def another(request: pytest.FixtureRequest) -> Engine:
    """Every engine but eager Polars."""
    return Polars(lazy=True) if request.param == "polars lazy" else engine_or_skip(request.param)


def test_the_contract_is_the_same_on_every_engine(another: Engine) -> None:
    other = assess_on(another, people())
    assert other.columns == ["person_id", *make_assessor().outputs("contract")]
    assert_same(answered(), other)


def test_accepted_estimates_are_the_same_on_every_engine(another: Engine) -> None:
    some, accepting = people().head(2000), Settings(accept_estimated_mass=True)
    one, other = (assess_on(engine, some, settings=accepting) for engine in (Polars(), another))
    assert_same(one, other)
    assert not one.equals(answered().head(2000))


def test_every_rule_is_the_same_on_every_engine(another: Engine) -> None:
    some = people().head(2000)
    one, other = assess_on(Polars(), some, "all"), assess_on(another, some, "all")
    assert set(one.columns) >= set(make_assessor().graph.rules)
    assert_same(one, other)


def test_measures_that_a_file_lacks_are_unknown_on_every_engine(another: Engine) -> None:
    few = people().select("person_id", "sex", "age_years", "grip_kg").head(500)
    one, other = assess_on(Polars(), few), assess_on(another, few)
    assert_same(one, other)
    assert one["sarcopenia_ewgsop2019"].n_unique() > 2
