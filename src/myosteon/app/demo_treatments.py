"""The courses of bone drugs of the made-up people, as a file of treatments: what their visits say, in dates, and what was before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from myosteon.app.demo_numbers import load_demo_numbers
from myosteon.evidence.load import load_evidence
from myosteon.history.courses_until import days_in_a_month, days_in_a_year
from myosteon.readers.table import read_table

GIVEN_BY_THE_DOSE = ("denosumab", "zoledronate")
NEEDED = ("person_id", "visit_date", "drug", "drug_years", "months_since_last_dose")
COLUMNS = (
    "person_id",
    "drug",
    "dose",
    "start_date",
    "stop_date",
    "last_dose_date",
    "doses",
    "reason_stopped",
)
TABLETS = "alendronate"


def write_demo_treatments(people: Path, file: Path, seed: int = 20261120) -> int:
    """Writes the courses of the made-up people: of all who take a bone drug, and of some who did; returns how many."""
    frame = read_table(people).frame
    have = frame.collect_schema().names()
    named = [pl.col(name) if name in have else pl.lit(None, pl.Float64).alias(name) for name in NEEDED]
    seen = frame.select(named).collect().with_columns(pl.col("drug").cast(pl.String))
    numbers = load_demo_numbers().table["past"]
    rng = np.random.Generator(np.random.PCG64([seed, 1]))
    now = _courses(seen.filter(pl.col("drug") != "none"))
    before = _tablets_before(now, numbers, rng)
    ended = _ended(seen.filter(pl.col("drug") == "none"), numbers, rng)
    courses = pl.concat([now, before, ended], how="diagonal_relaxed")
    dosed = courses.with_columns(pl.col("drug").replace_strict(numbers["dose"], default=None).alias("dose"))
    dosed.sort("person_id", "start_date", nulls_last=True).select(COLUMNS).write_csv(file)
    return dosed.height


def _courses(treated: pl.DataFrame) -> pl.DataFrame:
    """The course that goes on, of each person on a drug."""
    day = pl.col("visit_date")
    dated = treated.with_columns(
        (day - pl.duration(days=(pl.col("drug_years") * days_in_a_year()).round())).alias("start_date"),
        (day - pl.duration(days=(pl.col("months_since_last_dose") * days_in_a_month()).round())).alias(
            "last"
        ),
    )
    return dated.select(
        "person_id",
        "drug",
        "start_date",
        pl.lit(None, pl.Date).alias("stop_date"),
        # Nobody has a dose before the course begins.
        pl.max_horizontal("last", "start_date").alias("last_dose_date"),
        _doses().alias("doses"),
        pl.lit(None, pl.String).alias("reason_stopped"),
    )


def _doses() -> pl.Expr:
    """Doses so far of a drug that is given one by one: the first, and one for each interval up to the last."""
    days = (pl.max_horizontal("last", "start_date") - pl.col("start_date")).dt.total_days()
    return pl.coalesce(
        pl.when(pl.col("drug") == drug).then(
            (days / (_interval_months(drug) * days_in_a_month())).floor().cast(pl.Int16) + 1
        )
        for drug in GIVEN_BY_THE_DOSE
    )


def _interval_months(drug: str) -> float:
    return load_evidence("care_numbers", "drug_clock").coefficients_of(f"interval_{drug}")["months"]


def _tablets_before(now: pl.DataFrame, numbers: Mapping[str, Any], rng: np.random.Generator) -> pl.DataFrame:
    """Tablets that some had before the drug in use."""
    years = np.maximum(rng.exponential(numbers["tablets_first_years"], now.height), 0.2)
    had = rng.random(now.height) < numbers["tablets_first_share"]
    start = pl.col("start_date") - pl.duration(days=(pl.col("years") * days_in_a_year()).round())
    return (
        now.with_columns(pl.Series("years", years), pl.Series("had", had))
        .filter("had", pl.col("drug") != TABLETS, pl.col("start_date").is_not_null())
        .select(
            "person_id",
            pl.lit(TABLETS).alias("drug"),
            start.alias("start_date"),
            pl.col("start_date").alias("stop_date"),
            pl.lit("changed").alias("reason_stopped"),
        )
    )


def _ended(without: pl.DataFrame, numbers: Mapping[str, Any], rng: np.random.Generator) -> pl.DataFrame:
    """Courses that ended, of some who take nothing now."""
    chosen = rng.random(without.height)
    rows: list[dict[str, object]] = []
    below = 0.0
    for drug, past in numbers["stopped"].items():
        of_drug = (chosen >= below) & (chosen < below + past["share"])
        below += past["share"]
        rows += [
            _ended_course(without.row(int(place), named=True), drug, past, numbers["reasons"], rng)
            for place in np.flatnonzero(of_drug)
        ]
    schema = dict.fromkeys(COLUMNS, pl.String) | dict.fromkeys(
        ("start_date", "stop_date", "last_dose_date"), pl.Date
    )
    return pl.DataFrame(rows, schema | {"doses": pl.Int16}).drop("dose")


def _ended_course(
    seen: Mapping[str, Any],
    drug: str,
    past: Mapping[str, float],
    reasons: list[str],
    rng: np.random.Generator,
) -> dict[str, object]:
    since, years = (max(float(rng.exponential(past[name])), 0.05) for name in ("since", "years"))
    reason = reasons[int(rng.integers(len(reasons)))]
    stop = np.datetime64(seen["visit_date"]) - round(since * days_in_a_year())
    start = stop - round(years * days_in_a_year())
    last, doses = stop, None
    if drug in GIVEN_BY_THE_DOSE:
        interval = _interval_months(drug) * days_in_a_month()
        doses = int((stop - start).astype(int) // interval) + 1
        last = start + round((doses - 1) * interval)
    dates = {"start_date": start, "stop_date": stop, "last_dose_date": last}
    return {
        "person_id": seen["person_id"],
        "drug": drug,
        **{name: day.item() for name, day in dates.items()},
        "doses": doses,
        "reason_stopped": reason,
    }
