"""Gates, the clock and the choice of drugs are the same on Polars, DuckDB and Spark: every one of them."""

from __future__ import annotations

import polars as pl
import pytest

from care.caring import cared
from care.drug_people import known_people, with_gaps
from engines import Engine, Spark, engine_or_skip
from myosteon.assess import make_assessor
from myosteon.evidence.care_load import load_care
from myosteon.rules.care.drugs import drug_rules

FILES = ("gates", "drug_clock", "drug_options")
SETS = [one for one in load_care() if one.id in FILES]
DERIVED = tuple(rule.name for rule in drug_rules())
# Whatever begins like a gate, or like a line or condition of these files, with all that belongs to it.
BEGINNINGS = tuple(
    ["gate_", *(f"line_{line.id}" for one in SETS for line in one.lines)]
    + [name for one in SETS for name in one.named_conditions]
)
COLUMNS = tuple(
    sorted(
        {*DERIVED, *(name for name in make_assessor(care=True).graph.rules if name.startswith(BEGINNINGS))}
    )
)
# For what each waits is compared on DuckDB, and of some on Spark, which takes minutes for all.
LISTINGS = ("gate_zoledronate_needs", "gate_hormone_therapy_needs", "line_denosumab_dose_late_wanted_needs")
# A query of some hundred columns is planned sooner than one of a thousand.
AT_ONCE = 250
PARTS = tuple(COLUMNS[place : place + AT_ONCE] for place in range(0, len(COLUMNS), AT_ONCE))
PEOPLE = 300
TOLERANCE = 1.5e-9


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def another(request: pytest.FixtureRequest) -> Engine:
    """Every engine but Polars."""
    return engine_or_skip(request.param)


def test_every_gate_and_every_line_is_compared() -> None:
    for one in SETS:
        assert {f"line_{line.id}" for line in one.lines} <= set(COLUMNS)
        assert {f"gate_{gate.drug}_{gate.id}" for gate in one.gates} <= set(COLUMNS)
        assert {f"gate_{gate.drug}" for gate in one.gates} <= set(COLUMNS)


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_answers_about_drugs_are_the_same(another: Engine, part: int) -> None:
    people = with_gaps(known_people(PEOPLE, seed=21), seed=22, share=0.1)
    columns = PARTS[part]
    if isinstance(another, Spark):
        columns = tuple(name for name in columns if not name.endswith("_needs") or name in LISTINGS)
    mine, theirs = cared(people, columns), cared(people, columns, another)
    unequal = {name: _count_unequal(mine[name], theirs[name]) for name in mine.columns}
    assert {name: count for name, count in unequal.items() if count} == {}
    assert any(mine[name].n_unique() > 1 for name in mine.columns)


def _count_unequal(one: pl.Series, other: pl.Series) -> int:
    if one.dtype.is_numeric() and other.dtype.is_numeric():
        apart = (one.cast(pl.Float64) - other.cast(pl.Float64)).abs() > TOLERANCE
        return int((apart.fill_null(False) | (one.is_null() != other.is_null())).sum())
    return int(one.ne_missing(other).sum())
