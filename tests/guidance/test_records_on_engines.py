"""The columns of recommendations are the same on Polars, DuckDB and Spark: the state of every record, of some what it waits for."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from engines import Engine, canonical_people, engine_or_skip, words_as_text
from guidance.recommendation_people import random_people
from guidance.worked_people import the_corpus
from myosteon.assess import make_assessor
from myosteon.evidence.corpus_types import STATES
from myosteon.rules.guidance.recommendations import CLINICAL, NEEDS

PEOPLE = 200
STATE_COLUMNS = tuple(record.column for record in the_corpus().records)
# Lists are long expressions: every record has its turn on the engine that plans fast, on Spark some.
EVERY = {"duckdb": 4, "spark": 40}
# A query of some hundred columns is planned sooner than one of a thousand.
AT_ONCE = 130


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def another(request: pytest.FixtureRequest) -> Engine:
    """Every engine but Polars."""
    return engine_or_skip(request.param)


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    people = random_people(PEOPLE, seed=20261122)
    return canonical_people([{**person, "person_id": f"{place:04d}"} for place, person in enumerate(people)])


def parts_for(engine: Engine) -> list[tuple[str, ...]]:
    some = STATE_COLUMNS[:: EVERY[type(engine).__name__.lower()]]
    columns = (*STATE_COLUMNS, *(name + suffix for name in some for suffix in (NEEDS, CLINICAL)))
    return [columns[place : place + AT_ONCE] for place in range(0, len(columns), AT_ONCE)]


def test_every_record_has_the_same_state_on_every_engine(another: Engine, frame: pl.DataFrame) -> None:
    held = nw.from_native(another.hold(frame))
    seen: set[str] = set()
    for columns in parts_for(another):
        plan = make_assessor(guidance=True).plan(columns)
        mine = plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect()
        native = nw.to_native(plan.run_native(held, frame.columns, ["person_id"]))
        theirs = words_as_text(another.bring_back(native)).sort("person_id").select(mine.columns)
        mine = words_as_text(mine)
        unequal = {name: _count_unequal(mine[name], theirs[name]) for name in mine.columns}
        assert {name: count for name, count in unequal.items() if count} == {}
        seen |= {state for name in columns if name in STATE_COLUMNS for state in mine[name].unique()}
    assert seen == set(STATES)


def _count_unequal(mine: pl.Series, theirs: pl.Series) -> int:
    return int(mine.ne_missing(theirs).sum())
