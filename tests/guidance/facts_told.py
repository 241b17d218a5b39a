"""What the rules say of people, the same from a frame, from DuckDB and for one person alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from engines import canonical_people, find_engine
from myosteon.assess import make_assessor
from myosteon.engine.one_person import OnePerson


def told(columns: Sequence[str], people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The columns of each person, by Polars, once the other ways have said the same."""
    frame = canonical_people([{"person_id": f"{place:05}", **one} for place, one in enumerate(people)])
    plan = make_assessor(guidance=True).plan(tuple(columns))
    rows = plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect().to_dicts()
    duckdb = find_engine("duckdb")
    native = plan.run_native(nw.from_native(duckdb.hold(frame)), frame.columns, ["person_id"])
    assert duckdb.bring_back(nw.to_native(native)).sort("person_id").to_dicts() == rows
    alone = OnePerson(plan, frame.schema, ["person_id"])
    for place, row in enumerate(rows):
        # The columns of one person stand in another order.
        assert alone.run(frame[place : place + 1]).to_dicts()[0] == row
    return [{name: row[name] for name in columns} for row in rows]


def told_of(column: str, people: Sequence[Mapping[str, Any]]) -> list[Any]:
    """One column of each person."""
    return [row[column] for row in told((column,), people)]
