"""Courses that stand twice, and courses of one drug that run at the same time."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from myosteon.history.in_order import in_order
from myosteon.history.wording import drug_sentence, sentence
from myosteon.readers.reading import Refusal

SAME = ("person_id", "drug", "start_date", "stop_date", "last_dose_date", "doses", "dose", "reason_stopped")


def repeated(courses: pl.DataFrame) -> pl.DataFrame:
    """The courses of which the very same stands further up, with its row in `other`."""
    first = pl.col("row").first().over(list(SAME))
    return courses.with_columns(first.alias("other")).filter(pl.col("row") != pl.col("other"))


def overlapping(courses: pl.DataFrame) -> pl.DataFrame:
    """The courses that begin while an earlier one of the same drug goes on, with the row of that one in `other`."""
    dated = courses.filter(pl.col("start_date").is_not_null())
    ordered = in_order(dated, pl.col("stop_date").fill_null(pl.date(9999, 12, 31)))
    # The row of the course that goes on the longest so far: that of the first, until another goes on longer.
    longest = pl.col("first") | (pl.col("end") >= pl.col("reached"))
    other = pl.when(longest).then(pl.col("row")).forward_fill().shift(1)
    return ordered.with_columns(other.alias("other")).filter(pl.col("start_date") < pl.col("reached"))


def say_repeats(repeats: pl.DataFrame) -> Iterator[Refusal]:
    """What was left out because it stands twice."""
    for row in repeats.iter_rows(named=True):
        yield _refusal(row, "drug", row["drug"], "repeated", other=row["other"])


def say_overlaps(overlaps: pl.DataFrame) -> Iterator[Refusal]:
    """What runs at the same time as another course of its drug."""
    for row in overlaps.iter_rows(named=True):
        yield _refusal(row, "start_date", row["start_date"], "overlap", drug=row["drug"], other=row["other"])


def _refusal(row: dict[str, object], column: str, value: object, kind: str, **parts: object) -> Refusal:
    reason, remedy = drug_sentence(kind, **parts), sentence(f"{kind}_remedy")
    person, number = row["person_id"], row["row"]
    return Refusal(
        str(person),
        None,
        int(str(number)),
        column,
        str(value),
        kind,
        reason.en,
        reason.zh,
        remedy.en,
        remedy.zh,
    )
