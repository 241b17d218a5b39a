"""Earlier visits of the made-up people: before a drug, a few months on it, or a year or more ago."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from myosteon.app.demo_numbers import load_demo_numbers
from myosteon.history import read_treatments
from myosteon.history.courses_until import days_in_a_year
from myosteon.readers.table import read_table

# What stays as it is between visits.
SAME = ("person_id", "clinic", "sex", "ethnicity", "height_cm")
DENSITIES = ("bmd_lumbar_spine_g_cm2", "bmd_femoral_neck_g_cm2", "bmd_total_hip_g_cm2")
MARKERS = (("ctx_ng_ml", "ctx_factor", 3), ("p1np_ng_ml", "p1np_factor", 1))


def write_demo_visits(people: Path, treatments: Path, file: Path, seed: int = 20261120) -> int:
    """Writes the last visits as they stand in `people`, and earlier ones before them; returns how many there are in all."""
    last = pl.read_csv(people, infer_schema=False)
    read = read_table(people).frame.collect()
    courses = read_treatments(treatments).courses
    table = load_demo_numbers().table
    rng = np.random.Generator(np.random.PCG64([seed, 2]))
    earlier = _visits(_when(read, courses, table["past"], rng), table, rng)
    written = earlier.select(pl.all().cast(pl.String))
    visits = pl.concat(
        [last, written.select(name for name in last.columns if name in written.columns)], how="diagonal"
    )
    visits.sort("person_id", "visit_date").write_csv(file, line_terminator="\n")
    return visits.height


def _when(
    people: pl.DataFrame, courses: pl.DataFrame, numbers: Mapping[str, Any], rng: np.random.Generator
) -> pl.DataFrame:
    """People with the day of an earlier visit, years back from the last one, and whether a drug was begun by then."""
    on_drug = courses.filter(pl.col("stop_date").is_null(), pl.col("start_date").is_not_null())
    begun = people.join(on_drug.select("person_id", pl.col("start_date").alias("begun")), on="person_id")

    def day(people: pl.DataFrame, of: str, low_high: str, direction: int, *, on: bool) -> pl.DataFrame:
        low, high = numbers[low_high]
        days = pl.Series("days", rng.integers(low, high + 1, people.height) * direction)
        moved = (pl.col(of) + pl.duration(days="days")).alias("day")
        return people.with_columns(days).with_columns(moved, pl.lit(on).alias("on")).drop("days")

    baseline = day(begun, "begun", "baseline_days", -1, on=False)
    control = day(begun, "begun", "control_days", 1, on=True)
    without = people.join(begun, on="person_id", how="anti")
    before = day(without, "visit_date", "days_before", -1, on=False)
    before = before.filter(pl.Series(rng.random(without.height)) < numbers["seen_before_share"])
    found = pl.concat([baseline, control, before], how="diagonal_relaxed")
    back = (pl.col("visit_date") - pl.col("day")).dt.total_days()
    return found.filter(back > 30).with_columns((back / days_in_a_year()).alias("years_back"))


def _visits(seen: pl.DataFrame, table: Mapping[str, Any], rng: np.random.Generator) -> pl.DataFrame:
    """What was measured then, of what is measured now."""
    numbers, drugs, size = table["past"], table["treatment"], seen.height
    treated = pl.col("begun").is_not_null()

    def noise(error: str, spread: int = size) -> pl.Series:
        return pl.Series(rng.normal(0.0, numbers[error], spread))

    a_year = pl.when(treated).then(-numbers["bone_gain_a_year"]).otherwise(numbers["bone_loss_a_year"])
    change = pl.when("on").then(0.0).otherwise(a_year * pl.col("years_back").clip(upper_bound=3))
    bone = [
        (pl.col(name) + change + noise("scan_error")).round(3).alias(name)
        for name in DENSITIES
        if name in seen.columns
    ]
    taken = pl.Series(rng.random(size) >= numbers["not_taken_share"])
    unanswered = treated & ~pl.col("on") & taken
    markers = [
        (
            pl.col(name)
            / pl.when(unanswered).then(_factor(drugs[factor])).otherwise(1.0)
            * noise("marker_error").exp()
        )
        .round(digits)
        .alias(name)
        for name, factor, digits in MARKERS
        if name in seen.columns
    ]
    place = pl.Series(rng.random(size))
    other, unnamed = numbers["other_machine_share"], numbers["unnamed_machine_share"]
    maker = (
        pl.when(place < other)
        .then(pl.lit("lunar"))
        .when(place >= other + unnamed)
        .then(pl.col("dxa_maker").cast(pl.String))
    )
    weight = (pl.col("weight_kg") + noise("weight_error_kg")).round(1)
    return seen.select(
        *(name for name in SAME if name in seen.columns),
        pl.col("day").alias("visit_date"),
        (pl.col("age_years") - pl.col("years_back")).floor().alias("age_years"),
        weight.alias("weight_kg"),
        *bone,
        *markers,
        maker.alias("dxa_maker"),
    )


def _factor(by_drug: Mapping[str, float]) -> pl.Expr:
    return pl.col("drug").cast(pl.String).replace_strict(dict(by_drug), default=1.0, return_dtype=pl.Float64)
