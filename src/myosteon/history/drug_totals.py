"""How long each person was on each bone drug by one day, one row a person and drug."""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.history.courses_until import courses_until, days_in_a_month
from myosteon.history.in_order import OWN
from myosteon.history.treatments import Treatments


def drug_totals(treatments: Treatments, day: date) -> pl.DataFrame:
    """Years, doses and times of every drug that somebody had by `day`, in order of person and first start.

    Columns: person_id, drug, in_use, first_start, last_stop (null while in use), courses, years (days that two courses share
    count once), doses, last_dose_date, months_since_last_dose, months_off. What rests on a date or a number that is not known
    is null. People of whom a course was left out are not there: what they took is unknown.
    """
    known = treatments.courses.filter(~pl.col("person_id").is_in(list(treatments.incomplete)))
    courses = courses_until(known, day)
    totals = courses.group_by(OWN, maintain_order=True).agg(
        pl.col("open").any().alias("in_use"),
        _if_all_known("start_date", pl.col("start_date").min()).alias("first_start"),
        pl.when(~pl.col("open").any()).then(pl.col("stop_date").max()).alias("last_stop"),
        pl.len().cast(pl.Int16).alias("courses"),
        _if_all_known("years", pl.col("years").sum()).alias("years"),
        _if_all_known("doses", pl.col("doses").sum()).alias("doses"),
        # A dose of unknown date in the latest course may be later than those whose date is known.
        pl.when(pl.col("last_dose").sort_by("start_date", "row", nulls_last=False).last().is_not_null())
        .then(pl.col("last_dose").max())
        .alias("last_dose_date"),
    )
    since = (pl.lit(day) - pl.col("last_dose_date")).dt.total_days() / days_in_a_month()
    off = (pl.lit(day) - pl.col("last_stop")).dt.total_days() / days_in_a_month()
    told = totals.with_columns(since.alias("months_since_last_dose"), off.alias("months_off"))
    return told.sort("person_id", "first_start", "drug", nulls_last=False)


def _if_all_known(name: str, total: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(name).null_count() == 0).then(total)
