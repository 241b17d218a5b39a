"""The courses of bone drugs of the made-up people, as a file of treatments: what their visits say, in dates."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from myosteon.evidence.load import load_evidence
from myosteon.history.drug_state import days_in_a_month, days_in_a_year
from myosteon.readers.table import read_table

GIVEN_BY_THE_DOSE = ("denosumab", "zoledronate")
NEEDED = ("person_id", "visit_date", "drug", "drug_years", "months_since_last_dose")


def write_demo_treatments(people: Path, file: Path) -> int:
    """Writes one course for each made-up person who takes a bone drug; returns how many."""
    frame = read_table(people).frame
    have = frame.collect_schema().names()
    named = [pl.col(name) if name in have else pl.lit(None, pl.Float64).alias(name) for name in NEEDED]
    treated = frame.select(named).filter(pl.col("drug") != "none").collect()
    courses = _courses(treated)
    courses.write_csv(file)
    return courses.height


def _courses(treated: pl.DataFrame) -> pl.DataFrame:
    day = pl.col("visit_date")
    dated = treated.with_columns(
        (day - pl.duration(days=(pl.col("drug_years") * days_in_a_year()).round())).alias("start_date"),
        (day - pl.duration(days=(pl.col("months_since_last_dose") * days_in_a_month()).round())).alias(
            "last"
        ),
    )
    return dated.select(
        "person_id",
        pl.col("drug").cast(pl.String),
        "start_date",
        pl.lit(None, pl.Date).alias("stop_date"),
        # Nobody has a dose before the course begins.
        pl.max_horizontal("last", "start_date").alias("last_dose_date"),
        _doses().alias("doses"),
    )


def _doses() -> pl.Expr:
    """Doses so far of a drug that is given one by one: the first, and one for each interval up to the last."""
    clock = load_evidence("care_numbers", "drug_clock")
    days = (pl.max_horizontal("last", "start_date") - pl.col("start_date")).dt.total_days()
    return pl.coalesce(
        pl.when(pl.col("drug") == drug).then(
            (days / (clock.coefficients_of(f"interval_{drug}")["months"] * days_in_a_month()))
            .floor()
            .cast(pl.Int16)
            + 1
        )
        for drug in GIVEN_BY_THE_DOSE
    )
