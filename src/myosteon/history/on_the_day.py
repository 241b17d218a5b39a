"""What of the treatments does not count on one day, or not as it stands, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from myosteon.history.courses_until import courses_until, last_courses
from myosteon.history.treatments import Treatments
from myosteon.history.wording import drug_sentence, sentence
from myosteon.readers.reading import Refusal


def say_of_the_day(treatments: Treatments, day: date) -> tuple[Refusal, ...]:
    """Courses that begin after `day`, last doses after it, and further drugs in use beside the one that counts."""
    courses = treatments.courses
    begins_later = pl.col("start_date") > day
    dose_later = (pl.col("last_dose_date") > day) & ~begins_later.fill_null(False)
    said = (
        *_dates(courses.filter(begins_later), "start_date", "begins_later", day),
        *_dates(courses.filter(dose_later), "last_dose_date", "dose_later", day),
        *_several(courses_until(courses, day), day),
    )
    return tuple(sorted(said, key=lambda refusal: refusal.row or 0))


def _dates(courses: pl.DataFrame, column: str, kind: str, day: date) -> Iterator[Refusal]:
    reason, remedy = sentence(kind, day=day.isoformat()), sentence(f"{kind}_remedy")
    for row, person, value in courses.select("row", "person_id", column).iter_rows():
        yield Refusal(person, None, row, column, str(value), kind, reason.en, reason.zh, remedy.en, remedy.zh)


def _several(courses: pl.DataFrame, day: date) -> Iterator[Refusal]:
    """One for each further drug that goes on beside the one that counts."""
    chosen = last_courses(courses).select("person_id", pl.col("drug").alias("chosen"))
    going_on = courses.filter("open").join(chosen, on="person_id", maintain_order="left")
    others = going_on.filter(pl.col("drug") != pl.col("chosen"))
    remedy = sentence("several_in_use_remedy")
    for row, person, drug, counts in others.select("row", "person_id", "drug", "chosen").iter_rows():
        reason = drug_sentence("several_in_use", day=day.isoformat(), drug=counts, other=drug, chosen=counts)
        yield Refusal(
            person, None, row, "drug", drug, "several_in_use", reason.en, reason.zh, remedy.en, remedy.zh
        )
