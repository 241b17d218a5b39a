"""The visit of each person that holds as of one day: the last one by then, with times moved on to the day."""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.history.courses_until import days_in_a_month, days_in_a_year

VISIT = "visit_date"
PERSON = "person_id"
AGE = "age_years"
# Times that go on after a visit.
MONTHS_SINCE = (
    "months_since_last_fracture",
    "months_since_vertebral_fracture",
    "months_since_hip_fracture",
    "months_since_last_dose",
    "months_off_drug",
)


def visits_until(people: pl.DataFrame, day: date) -> pl.DataFrame:
    """The visits by `day`, in order of person and date; a visit without a date counts as the first."""
    if VISIT not in people.columns:
        return people
    return people.filter(pl.col(VISIT).is_null() | (pl.col(VISIT) <= day)).sort(
        VISIT, nulls_last=False, maintain_order=True
    )


def last_visits(people: pl.DataFrame, day: date) -> pl.DataFrame:
    """One row a person: the last visit by `day`, age and times since something moved on to the day.

    Nothing is carried over from earlier visits: what was not measured at the last one is unknown.
    """
    order = people.select(pl.col(PERSON).unique(maintain_order=True))
    found = visits_until(people, day).group_by(PERSON, maintain_order=True).last()
    last = order.join(found, on=PERSON, how="inner", maintain_order="left")
    if VISIT not in last.columns:
        return last
    days = (pl.lit(day) - pl.col(VISIT)).dt.total_days().fill_null(0)
    # Cut to tenths, never rounded up: nobody reaches an age before the birthday.
    age = pl.col(AGE) + days / days_in_a_year()
    tenths = pl.when(days > 0).then(((age * 10).floor() / 10).round(1)).otherwise(pl.col(AGE))
    moved = [tenths.alias(AGE)] if AGE in last.columns else []
    moved += [
        (pl.col(name) + days / days_in_a_month()).alias(name) for name in MONTHS_SINCE if name in last.columns
    ]
    for name, step in (("days_since_last_dose", days), ("days_until_next_dose", -days)):
        if name in last.columns:
            moved.append((pl.col(name) + step).alias(name))
    return last.with_columns(moved)
