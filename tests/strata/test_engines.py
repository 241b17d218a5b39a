"""Every column of the strata is the same on Polars, DuckDB and Spark."""

from __future__ import annotations

import pytest

from engines import Engine, Polars, assess_on, canonical_people, engine_or_skip
from strata.people import STRATA, known_people, numbered, with_gaps
from test_engines_agree import assert_same

PEOPLE = 600


@pytest.mark.parametrize("name", ["polars lazy", "duckdb", "spark"])
def test_strata_are_the_same_on_every_engine(name: str) -> None:
    other: Engine = Polars(lazy=True) if name == "polars lazy" else engine_or_skip(name)
    known = known_people(PEOPLE, seed=21)
    people = canonical_people(numbered([*known[:50], *with_gaps(known, seed=22)]))
    one, two = (assess_on(engine, people, "criteria", definitions=STRATA) for engine in (Polars(), other))
    assert set(STRATA) < set(one.columns)
    assert_same(one, two)
