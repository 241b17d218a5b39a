"""Changes between visits: bone density on one machine, bone markers since before the drug in use."""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.history.treatments import Treatments
from myosteon.history.visits import PERSON, VISIT, visits_until

MACHINE = "dxa_maker"
SITES = ("lumbar_spine", "femoral_neck", "total_hip")
MARKERS = (("p1np_ng_ml", "p1np_change_percent"), ("ctx_ng_ml", "ctx_change_percent"))
DECIMALS = 9


def changes(people: pl.DataFrame, treatments: Treatments, day: date) -> pl.DataFrame:
    """One row a person: what changed up to `day`, in g/cm2 and in percent; null where it cannot be told.

    Bone density is compared with the scan before it of the same site on a machine of the same make, the last visit against
    the latest earlier one; the make has to be known. A marker is compared with its last value by the day on which the drug
    in use was begun.
    """
    visits = visits_until(people, day)
    if VISIT not in visits.columns:
        return visits.select(pl.col(PERSON).unique(maintain_order=True))
    found = visits.select(pl.col(PERSON).unique(maintain_order=True))
    for site in SITES:
        name = f"bmd_{site}_g_cm2"
        if name in visits.columns and MACHINE in visits.columns:
            found = found.join(_density(visits, name, f"bmd_change_{site}_g_cm2"), on=PERSON, how="left")
    begun = _begun(treatments, day)
    for name, change in MARKERS:
        if name in visits.columns:
            found = found.join(_marker(visits, begun, name, change), on=PERSON, how="left")
    return found


def _density(visits: pl.DataFrame, name: str, change: str) -> pl.DataFrame:
    last = visits.group_by(PERSON, maintain_order=True).last().select(PERSON, VISIT, MACHINE, name)
    pairs = last.join(visits.select(PERSON, VISIT, MACHINE, name), on=[PERSON, MACHINE], suffix="_before")
    earlier = pairs.filter(
        (pl.col(f"{VISIT}_before") < pl.col(VISIT)) & pl.col(f"{name}_before").is_not_null()
    )
    nearest = earlier.sort(f"{VISIT}_before").group_by(PERSON, maintain_order=True).last()
    return nearest.select(PERSON, (pl.col(name) - pl.col(f"{name}_before")).round(DECIMALS).alias(change))


def _begun(treatments: Treatments, day: date) -> pl.DataFrame:
    """The day on which the drug in use was begun."""
    courses = treatments.courses.filter(
        (pl.col("start_date") <= day) & (pl.col("stop_date").is_null() | (pl.col("stop_date") > day))
    )
    return courses.group_by(PERSON).agg(pl.col("start_date").max().alias("begun"))


def _marker(visits: pl.DataFrame, begun: pl.DataFrame, name: str, change: str) -> pl.DataFrame:
    measured = visits.select(PERSON, VISIT, name).join(begun, on=PERSON).drop_nulls()
    before = measured.filter(pl.col(VISIT) <= pl.col("begun")).group_by(PERSON, maintain_order=True).last()
    after = measured.filter(pl.col(VISIT) > pl.col("begun")).group_by(PERSON, maintain_order=True).last()
    both = after.join(before.select(PERSON, pl.col(name).alias("at_start")), on=PERSON)
    part = (pl.col(name) / pl.col("at_start") - 1) * 100
    return both.select(PERSON, part.round(DECIMALS).alias(change))
