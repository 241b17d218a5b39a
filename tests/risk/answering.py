"""Columns of risk algorithms for a few people, on any engine: people as measure -> value in, one row each out, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from engines import Engine, Polars, canonical_people, words_as_text
from myosteon.assess import make_assessor
from myosteon.rules.guideline import Settings

Person = Mapping[str, object]


def answered(
    people: Sequence[Person],
    columns: Sequence[str],
    settings: Settings | None = None,
    engine: Engine | None = None,
) -> pl.DataFrame:
    """The columns for each person, in order."""
    named = [{**person, "person_id": f"{place:06d}"} for place, person in enumerate(people)]
    frame = canonical_people(named)
    plan = make_assessor(None, settings, risk=True).plan(tuple(columns))
    if engine is None or isinstance(engine, Polars):
        out = plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect()
    else:
        native = nw.from_native(engine.hold(frame))
        out = engine.bring_back(nw.to_native(plan.run_native(native, frame.columns, ["person_id"])))
    return words_as_text(out).sort("person_id").drop("person_id")


def answers(
    people: Sequence[Person],
    columns: Sequence[str],
    settings: Settings | None = None,
    engine: Engine | None = None,
) -> list[dict[str, Any]]:
    """`answered` as rows."""
    return answered(people, columns, settings, engine).to_dicts()


def named(listing: object) -> set[str]:
    """The entries of a listing; none where it is empty."""
    return set(listing.split(";")) if isinstance(listing, str) else set()
