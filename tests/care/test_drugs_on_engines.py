"""Gates, the clock and the choice of drugs are the same on Polars, DuckDB and Spark."""

from __future__ import annotations

import polars as pl
import pytest

from care.caring import cared
from care.drug_people import known_people, with_gaps
from engines import Engine, engine_or_skip
from myosteon.evidence.care_load import load_care
from myosteon.rules.care.drugs import drug_rules

FILES = ("gates", "drug_clock", "drug_options")
SETS = [one for one in load_care() if one.id in FILES]
DERIVED = tuple(rule.name for rule in drug_rules())
# Every state of a gate, and some lines: all of them would keep Spark busy for minutes.
GATES = tuple(dict.fromkeys(f"gate_{gate.drug}" for one in SETS for gate in one.gates))
LISTINGS = ("gate_zoledronate_because", "gate_zoledronate_needs", "gate_hormone_therapy_needs")
LINES = tuple(f"line_{line.id}" for one in SETS for line in one.lines[::6])
COLUMNS = (*DERIVED, *GATES, *LISTINGS, *LINES)
PEOPLE = 300
TOLERANCE = 1.5e-9


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def another(request: pytest.FixtureRequest) -> Engine:
    """Every engine but Polars."""
    return engine_or_skip(request.param)


def test_answers_about_drugs_are_the_same(another: Engine) -> None:
    people = with_gaps(known_people(PEOPLE, seed=21), seed=22, share=0.1)
    mine, theirs = cared(people, COLUMNS), cared(people, COLUMNS, another)
    unequal = {name: _count_unequal(mine[name], theirs[name]) for name in mine.columns}
    assert {name: count for name, count in unequal.items() if count} == {}
    assert mine["gate_denosumab"].n_unique() == 3


def _count_unequal(one: pl.Series, other: pl.Series) -> int:
    if one.dtype.is_numeric() and other.dtype.is_numeric():
        apart = (one.cast(pl.Float64) - other.cast(pl.Float64)).abs() > TOLERANCE
        return int((apart.fill_null(False) | (one.is_null() != other.is_null())).sum())
    return int(one.ne_missing(other).sum())
