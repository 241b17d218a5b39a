"""People as of one day: their last visit by then, what they took of bone drugs, and how bone answered."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.history.change import changes
from myosteon.history.drug_state import drug_state
from myosteon.history.treatment_columns import ALL
from myosteon.history.treatments import Treatments, read_courses
from myosteon.history.visits import PERSON, last_visits
from myosteon.vocabulary.measures import load_measures


def as_of(
    people: pl.DataFrame | pl.LazyFrame, treatments: Treatments, day: date, *, without_visit: bool = False
) -> pl.DataFrame:
    """One canonical row for each person of the visits or the treatments, as of `day`.

    Args:
        people: canonical visits, any number a person; rows without `visit_date` count as the earliest.
        treatments: what `read_treatments` gave.
        day: the day; later visits and courses do not count.
        without_visit: whether people who have treatments and no visit by the day stand at the end, with nothing else known.

    Returns:
        The last visits with age and times moved on to the day; for people of the treatments the measures about drugs come
        from the courses. Changes of bone density and markers stand where they can be told, in place of what was given.
    """
    visits = people.lazy().collect()
    rows = last_visits(visits, day)
    nobody = treatments.courses.is_empty() and not treatments.incomplete
    state = _state_of_nobody() if nobody else drug_state(treatments, day)
    told = changes(visits, treatments, day)
    joined = _put(_put(rows, told, keep=True), state, keep=False)
    alone = state.join(rows.select(PERSON), on=PERSON, how="anti") if without_visit else state.clear()
    return pl.concat([joined, alone], how="diagonal_relaxed").select(
        pl.col(name).cast(canonical_dtype(load_measures()[name])) if name in load_measures() else pl.col(name)
        for name in dict.fromkeys((*joined.columns, *alone.columns))
    )


@cache
def _state_of_nobody() -> pl.DataFrame:
    """What `drug_state` gives where nobody has a course: its columns alone, kept because a single person is asked for often."""
    columns = {"row": pl.UInt32, **dict.fromkeys(ALL, pl.String)}
    return drug_state(read_courses(pl.DataFrame(schema=columns)), date.min)


def _put(rows: pl.DataFrame, told: pl.DataFrame, *, keep: bool) -> pl.DataFrame:
    """The rows with the columns of `told` in place of their own; with `keep`, their own where nothing is told."""
    names = [name for name in told.columns if name != PERSON]
    joined = rows.join(
        told.with_columns(pl.lit(True).alias("told")),
        on=PERSON,
        how="left",
        suffix="_told",
        maintain_order="left",
    )
    for name in names:
        if f"{name}_told" not in joined.columns:
            continue
        own = (
            pl.coalesce(f"{name}_told", name)
            if keep
            else pl.when("told").then(f"{name}_told").otherwise(name)
        )
        joined = joined.with_columns(own.alias(name)).drop(f"{name}_told")
    return joined.drop("told")
