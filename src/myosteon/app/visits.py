"""Which visit of each person counts on a day, and what was given until then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from myosteon.history import Treatments, as_of, read_treatments
from myosteon.history.treatments import read_courses
from myosteon.readers.reading import Reading

PERSON = "person_id"


def visits_as_of(
    reading: Reading, treatments: Path | None, day: date, person: str | None
) -> tuple[pl.DataFrame, Treatments | None]:
    """One row a person: the last visit up to `day` (one without a date counts as earliest), with her treatments.

    Args:
        reading: the people as read.
        treatments: the courses of drugs, None where there is no file.
        day: the day of the plan; later visits and doses are not known yet.
        person: only this one, None for everybody.

    Returns:
        The people, and the courses as read. Rows of a file without person_id stand for themselves.

    Raises:
        InputError: the file of treatments cannot be used.
    """
    rows = reading.frame
    if person is not None:
        rows = rows.filter(pl.col(PERSON).cast(pl.String) == person)
    people = rows.collect()
    courses = read_treatments(treatments) if treatments is not None else None
    if PERSON not in people.columns or people[PERSON].null_count():
        return people, courses
    return as_of(people, courses or no_courses(), day), courses


def no_courses() -> Treatments:
    """Treatments of nobody."""
    columns = (
        "row",
        PERSON,
        "drug",
        "dose",
        "start_date",
        "stop_date",
        "last_dose_date",
        "doses",
        "reason_stopped",
    )
    return read_courses(pl.DataFrame(schema=dict.fromkeys(columns, pl.String)).cast({"row": pl.UInt32}))
