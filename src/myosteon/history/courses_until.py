"""The courses begun by a day: which go on, for how long, and which drug is the last."""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.evidence.load import load_evidence
from myosteon.history.in_order import in_order

# Drugs of which each dose is given by itself, so that the first is also the last until another is written down.
BY_THE_DOSE = ("denosumab", "zoledronate", "romosozumab")
DENOSUMAB = "denosumab"
UNKNOWN_DAY = date(1, 1, 1)


def days_in_a_month() -> float:
    """Days of an average month, as the rules count."""
    return load_evidence("care_numbers", "drug_history").coefficients_of("calendar")["days_in_a_month"]


def days_in_a_year() -> float:
    """Days of an average year."""
    return load_evidence("care_numbers", "drug_history").coefficients_of("calendar")["days_in_a_year"]


def courses_until(courses: pl.DataFrame, day: date) -> pl.DataFrame:
    """The courses begun by `day`, with what of them is known on it.

    Adds `open` (goes on after the day), `begun` (the start of the run of courses without a gap that it belongs to), `years`
    and `months` (days that an earlier course of the drug covers count there), and `last_dose`. A number of doses is kept
    only where the day is not before the last of them.
    """
    begun = courses.filter(pl.col("start_date").is_null() | (pl.col("start_date") <= day))
    goes_on = pl.col("stop_date").is_null() | (pl.col("stop_date") > day)
    ordered = in_order(begun, pl.min_horizontal("stop_date", pl.lit(day)))
    start, reached = pl.col("start_date"), pl.col("reached")
    new_run = pl.col("first") | (start > reached).fill_null(True)
    # A run that begins on an unknown day carries this in its place.
    first_of_run = pl.when(new_run).then(start.fill_null(UNKNOWN_DAY)).forward_fill()
    days = (pl.col("end") - pl.max_horizontal("start_date", "reached")).dt.total_days().clip(lower_bound=0)
    known_days = pl.when(start.is_not_null()).then(days)
    later = (pl.col("last_dose_date") > day) | (
        pl.col("last_dose_date").is_null() & (pl.col("stop_date") > day)
    )
    doses = pl.when(~later.fill_null(False)).then("doses")
    last = pl.when(pl.col("last_dose_date") <= day).then("last_dose_date")
    only = pl.col("drug").is_in(BY_THE_DOSE) & (doses == 1) & pl.col("last_dose_date").is_null()
    return ordered.with_columns(
        goes_on.alias("open"),
        pl.when(first_of_run != UNKNOWN_DAY).then(first_of_run).alias("begun"),
        (known_days / days_in_a_year()).alias("years"),
        (known_days / days_in_a_month()).alias("months"),
        doses.alias("doses"),
        pl.coalesce(last, pl.when(only).then("start_date")).alias("last_dose"),
    ).sort("row")


def last_courses(courses: pl.DataFrame) -> pl.DataFrame:
    """Of what `courses_until` gave, the course of each person that says which drug is the last.

    What goes on stands before what has stopped. Of several that go on denosumab counts, whose clock must not stop unseen, else
    the one begun last; of those that have stopped the one stopped last.
    """
    latest = pl.when("open").then(pl.col("start_date")).otherwise(pl.col("stop_date"))
    kept_on = pl.col("open") & (pl.col("drug") == DENOSUMAB)
    ordered = courses.with_columns(latest.alias("latest"), kept_on.alias("kept_on")).sort(
        "open", "kept_on", "latest", "row", nulls_last=False
    )
    return ordered.group_by("person_id", maintain_order=True).last()
