"""Changes between visits: bone density on one machine, bone markers since before the drug in use."""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.history.courses_until import courses_until, days_in_a_month, last_courses
from myosteon.history.treatments import Treatments
from myosteon.history.visits import PERSON, VISIT, visits_until

MAKER, DEVICE = "dxa_maker", "dxa_device"
SITES = ("lumbar_spine", "femoral_neck", "total_hip")
MARKERS = (("p1np_ng_ml", "p1np_change"), ("ctx_ng_ml", "ctx_change"))
MONTHS_ON_DRUG = "markers_months_on_drug"
DECIMALS = 9


def changes(people: pl.DataFrame, treatments: Treatments, day: date) -> pl.DataFrame:
    """One row a person: what changed up to `day`; null where it cannot be told.

    Bone density, in g/cm2: at each site the last scan against the one before it of the same machine, whatever was done at
    the last visit. Where either scan names its machine (dxa_device) both have to name the same; where neither does, the
    same make stands for it; a scan of unknown make is compared with none. A visit without a date is none too.

    A marker, in percent and in ng/mL: its last value against its last one by the day on which the drug in use was begun;
    and how many months after that day the last of them was measured.
    """
    visits = visits_until(people, day)
    found = visits.select(pl.col(PERSON).unique(maintain_order=True))
    if VISIT not in visits.columns:
        return found
    scans = _on_machines(visits)
    for site in SITES:
        name = f"bmd_{site}_g_cm2"
        if name in visits.columns:
            change = _density(scans, name, f"bmd_change_{site}_g_cm2")
            found = found.join(change, on=PERSON, how="left", maintain_order="left")
    begun = _begun(treatments, day)
    last_measured = []
    for name, change_name in MARKERS:
        if name in visits.columns:
            marker = _marker(visits, begun, name, change_name)
            last_measured.append(marker.select(PERSON, MONTHS_ON_DRUG))
            found = found.join(marker.drop(MONTHS_ON_DRUG), on=PERSON, how="left", maintain_order="left")
    if last_measured:
        months = pl.concat(last_measured).group_by(PERSON).agg(pl.col(MONTHS_ON_DRUG).min())
        found = found.join(months, on=PERSON, how="left", maintain_order="left")
    return found


def _on_machines(visits: pl.DataFrame) -> pl.DataFrame:
    """The visits with a date, each with the machine of its scan, null where it cannot be told."""
    named = [
        pl.format(f"{kind} {{}}", pl.col(kind).cast(pl.String).str.strip_chars().str.to_lowercase())
        for kind in (DEVICE, MAKER)
        if kind in visits.columns
    ]
    machine = pl.coalesce(named) if named else pl.lit(None, pl.String)
    return visits.filter(pl.col(VISIT).is_not_null()).with_columns(machine.alias("machine"))


def _density(scans: pl.DataFrame, name: str, change: str) -> pl.DataFrame:
    done = scans.select(PERSON, VISIT, "machine", name).filter(pl.col(name).is_not_null())
    last = done.group_by(PERSON, maintain_order=True).last()
    pairs = last.join(done, on=[PERSON, "machine"], suffix="_before")
    earlier = pairs.filter(pl.col(f"{VISIT}_before") < pl.col(VISIT))
    nearest = earlier.sort(f"{VISIT}_before").group_by(PERSON, maintain_order=True).last()
    return nearest.select(PERSON, (pl.col(name) - pl.col(f"{name}_before")).round(DECIMALS).alias(change))


def _begun(treatments: Treatments, day: date) -> pl.DataFrame:
    """The day on which the drug in use was begun, of people whose courses are all known."""
    last = last_courses(courses_until(treatments.courses, day)).filter("open")
    known = last.filter(~pl.col(PERSON).is_in(list(treatments.incomplete)))
    return known.select(PERSON, "begun")


def _marker(visits: pl.DataFrame, begun: pl.DataFrame, name: str, change: str) -> pl.DataFrame:
    measured = visits.select(PERSON, VISIT, name).join(begun, on=PERSON, maintain_order="left").drop_nulls()
    before = measured.filter(pl.col(VISIT) <= pl.col("begun")).group_by(PERSON, maintain_order=True).last()
    after = measured.filter(pl.col(VISIT) > pl.col("begun")).group_by(PERSON, maintain_order=True).last()
    both = after.join(before.select(PERSON, pl.col(name).alias("at_start")), on=PERSON)
    part = (pl.col(name) / pl.col("at_start") - 1) * 100
    days = (pl.col(VISIT) - pl.col("begun")).dt.total_days()
    return both.select(
        PERSON,
        pl.when(pl.col("at_start") > 0).then(part.round(DECIMALS)).alias(f"{change}_percent"),
        (pl.col(name) - pl.col("at_start")).round(DECIMALS).alias(f"{change}_ng_ml"),
        (days / days_in_a_month()).alias(MONTHS_ON_DRUG),
    )
