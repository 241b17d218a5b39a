"""The columns of point scores for people given as measure -> value, on any engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import narwhals as nw
import polars as pl

from engines import Engine, Polars, canonical_people, words_as_text
from myosteon.assess import make_assessor
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.library import risk_algorithm

Person = Mapping[str, object]
Row = dict[str, object]

ADDITIVE = (
    "sof_hip",
    "fracture_index",
    "fracture_index_without_bmd",
    "framo",
    "dutch_dxa",
    "nottingham_hip_fracture",
    "lee",
    "morse",
)
EVERY = (*ADDITIVE, "dutch_recent_fracture", "hospital_frailty")
CLAMPING = Settings(clamp_risk_inputs=True)


def columns_of(ids: Sequence[str], settings: Settings | None = None) -> tuple[str, ...]:
    """What the algorithms answer with."""
    chosen = settings or Settings()
    return tuple(name for id in ids for name in risk_algorithm(id).answers(chosen))


def points_columns(id: str) -> tuple[str, ...]:
    """The columns of the points of an algorithm's items."""
    rules = make_assessor(risk=True).graph.rules
    return tuple(name for name in rules if name.startswith(f"{id}_points_"))


def frame_of(people: Sequence[Person]) -> pl.DataFrame:
    """A canonical frame in which every person has a place as `person_id`."""
    return canonical_people([{**person, "person_id": f"p{n:06d}"} for n, person in enumerate(people)])


def compute(
    frame: pl.DataFrame,
    columns: Sequence[str],
    settings: Settings | None = None,
    engine: Engine | None = None,
) -> pl.DataFrame:
    """Only these columns, in the order of `person_id`; words are text."""
    held_by = engine or Polars(lazy=True)
    plan = make_assessor(settings=settings, risk=True).plan(tuple(columns))
    held = held_by.hold(frame)
    if isinstance(held, pl.LazyFrame):
        native: object = plan.run_polars(held, frame.columns, ["person_id"])
    else:
        native = nw.to_native(plan.run_native(nw.from_native(held), frame.columns, ["person_id"]))
    return words_as_text(held_by.bring_back(native)).sort("person_id")


def score(people: Sequence[Person], ids: Sequence[str], settings: Settings | None = None) -> list[Row]:
    """The answers of the algorithms, a row for each person."""
    return compute(frame_of(people), columns_of(ids, settings), settings).drop("person_id").to_dicts()


def score_one(person: Person, id: str, settings: Settings | None = None) -> Row:
    """The answers of one algorithm for one person, without its name in front."""
    (row,) = score([person], [id], settings)
    return {name.removeprefix(f"{id}_"): value for name, value in row.items()}
