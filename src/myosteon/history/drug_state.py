"""From the courses of each person to what was taken as of one day, in the measures of the vocabulary.

Treatments are taken to list every course of a bone drug that their people ever had: who has no course of teriparatide in it
had none.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.evidence.load import load_evidence
from myosteon.frame import canonical_dtype
from myosteon.history.courses_until import (
    BY_THE_DOSE,
    DENOSUMAB,
    courses_until,
    days_in_a_month,
    last_courses,
)
from myosteon.history.in_order import OWN
from myosteon.history.treatments import Treatments
from myosteon.rules.care.drug_words import HOLDS_AFTER_DENOSUMAB
from myosteon.vocabulary.measures import load_measures

NONE = "none"
TABLETS = ("alendronate", "risedronate", "ibandronate")
# How much of a drug was used in all.
USED = (
    "denosumab_doses",
    "zoledronate_doses",
    "romosozumab_doses",
    "teriparatide_months",
    "abaloparatide_months",
    "oral_bisphosphonate_years",
)
# What the courses say of a person, in place of what the visit says.
STATE = (
    "drug",
    "drug_years",
    "prior_drug",
    "prior_drug_years",
    "drug_stopped",
    "months_off_drug",
    "days_since_last_dose",
    "months_since_last_dose",
    "days_until_next_dose",
    "denosumab_unfollowed",
    *USED,
)


def drug_state(treatments: Treatments, day: date) -> pl.DataFrame:
    """One row for each person of the courses: person_id and the measures of `STATE`, in canonical types.

    Everything is unknown for people of whom a course was left out, and what rests on a date that is not known is unknown. A
    course that began after `day` does not count, so that whoever has no other had no drug; one that stops on `day` or before
    has stopped.
    """
    courses = courses_until(treatments.courses, day)
    people = courses.group_by("person_id", maintain_order=True).agg(
        _used_in_all("denosumab", "doses").alias("denosumab_doses"),
        _used_in_all("zoledronate", "doses").alias("zoledronate_doses"),
        _used_in_all("romosozumab", "doses").alias("romosozumab_doses"),
        _used_in_all("teriparatide", "months").alias("teriparatide_months"),
        _used_in_all("abaloparatide", "months").alias("abaloparatide_months"),
        _sum_known(pl.col("years"), pl.col("drug").is_in(TABLETS)).alias("oral_bisphosphonate_years"),
        pl.col("open").any().alias("on_drug"),
        _unfollowed().alias("denosumab_unfollowed"),
    )
    last = _last_drug(courses)
    before = _before(courses, last)
    state = people.join(last, on="person_id", how="left").join(before, on="person_id", how="left")
    read = state.select("person_id", *_measures(day))
    unknown = pl.col("person_id").is_in(list(treatments.incomplete))
    everybody = pl.concat([read, _without_any(treatments.courses, read)], how="diagonal_relaxed")
    told = everybody.with_columns(_canonical(name, unknown) for name in STATE)
    lost = sorted(treatments.incomplete - set(told["person_id"]))
    return pl.concat([told, pl.DataFrame({"person_id": lost}, {"person_id": pl.String})], how="diagonal")


def _without_any(courses: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    """The people all of whose courses begin later: as of the day they had none."""
    later = courses.select(pl.col("person_id").unique(maintain_order=True)).join(
        read, on="person_id", how="anti", maintain_order="left"
    )
    never = [pl.lit(NONE).alias(name) for name in ("drug", "prior_drug")]
    never.append(pl.lit(False).alias("denosumab_unfollowed"))
    return later.with_columns(*never, *(pl.lit(0).alias(name) for name in USED))


def _canonical(name: str, unknown: pl.Expr) -> pl.Expr:
    """A measure in its type; unknown where it is said to be, or where a mistyped date leads out of its range."""
    measure = load_measures()[name]
    value = pl.when(~unknown).then(pl.col(name))
    if measure.is_number:
        value = pl.when(pl.col(name).is_between(measure.hard_min, measure.hard_max)).then(value)
    return value.cast(canonical_dtype(measure)).alias(name)


def _sum_known(amount: pl.Expr, chosen: pl.Expr) -> pl.Expr:
    """The sum over the chosen courses, unknown where one of them is; nought where there is none."""
    of_chosen = amount.filter(chosen)
    return pl.when(of_chosen.null_count() == 0).then(of_chosen.sum())


def _used_in_all(drug: str, amount: str) -> pl.Expr:
    return _sum_known(pl.col(amount), pl.col("drug") == drug)


def _unfollowed() -> pl.Expr:
    """Whether denosumab ended and nothing that holds its gain goes on, or went on after that end."""
    ended = pl.col("drug") == DENOSUMAB
    left = ended.any() & ~(ended & pl.col("open")).any()
    after = pl.col("open") | (pl.col("stop_date") > pl.col("stop_date").filter(ended).max())
    held = (pl.col("drug").is_in(HOLDS_AFTER_DENOSUMAB) & after).any(ignore_nulls=True)
    return left & ~held


def _last_drug(courses: pl.DataFrame) -> pl.DataFrame:
    """For each person the drug in use, else the one stopped last, with its years, its end and its last dose."""
    named = last_courses(courses).select("person_id", pl.col("drug").alias("last_drug"))
    own = courses.join(named, left_on=OWN, right_on=["person_id", "last_drug"], how="inner")
    totals = own.group_by("person_id").agg(
        _sum_known(pl.col("years"), pl.lit(True)).alias("last_years"),
        # A dose of unknown date may be later than those whose date is known: only the last course is asked.
        pl.col("last_dose").sort_by("start_date", "row", nulls_last=False).last().alias("of_last_course"),
        pl.col("last_dose").max().alias("last_dose"),
        pl.col("stop_date").max().alias("last_stop"),
    )
    known = pl.when(pl.col("of_last_course").is_not_null()).then("last_dose").alias("last_dose")
    return named.join(totals.with_columns(known).drop("of_last_course"), on="person_id", how="left")


def _before(courses: pl.DataFrame, last: pl.DataFrame) -> pl.DataFrame:
    """For each person the drug before the last one, with its years; none where there was no other."""
    others = courses.join(last.select("person_id", "last_drug"), on="person_id").filter(
        pl.col("drug") != pl.col("last_drug")
    )
    ended = others.with_columns(pl.coalesce("stop_date", "start_date").alias("latest"))
    before = ended.sort("latest", "row", nulls_last=False).group_by("person_id", maintain_order=True).last()
    named = before.select("person_id", pl.col("drug").alias("before"))
    own = courses.join(named, left_on=OWN, right_on=["person_id", "before"], how="inner")
    years = own.group_by("person_id").agg(_sum_known(pl.col("years"), pl.lit(True)).alias("before_years"))
    return named.join(years, on="person_id", how="left")


def _measures(day: date) -> list[pl.Expr]:
    on = pl.col("on_drug")
    word, before = pl.col("last_drug").cast(pl.String), pl.col("before").cast(pl.String).fill_null(NONE)
    days = (pl.lit(day) - pl.col("last_dose")).dt.total_days()
    off = (pl.lit(day) - pl.col("last_stop")).dt.total_days() / days_in_a_month()
    return [
        pl.when(on).then(word).otherwise(pl.lit(NONE)).alias("drug"),
        pl.when(on).then("last_years").alias("drug_years"),
        pl.when(on).then(before).otherwise(word).alias("prior_drug"),
        pl.when(on).then("before_years").otherwise("last_years").alias("prior_drug_years"),
        pl.lit(None, pl.Boolean).alias("drug_stopped"),
        pl.when(~on).then(off).alias("months_off_drug"),
        days.alias("days_since_last_dose"),
        (days / days_in_a_month()).alias("months_since_last_dose"),
        _days_until(day).alias("days_until_next_dose"),
        pl.col("denosumab_unfollowed"),
        *(pl.col(name) for name in USED),
    ]


def _days_until(day: date) -> pl.Expr:
    """By the calendar: six months from 31 August is 28 February. Denosumab counts on after it was stopped."""
    clock = load_evidence("care_numbers", "drug_clock")

    def due(drug: str) -> pl.Expr:
        months = int(clock.coefficients_of(f"interval_{drug}")["months"])
        return (pl.col("last_dose").dt.offset_by(f"{months}mo") - pl.lit(day)).dt.total_days()

    word, on = pl.col("last_drug").cast(pl.String), pl.col("on_drug")
    return pl.coalesce(
        pl.when((word == drug) & (on | (word == DENOSUMAB))).then(due(drug)) for drug in BY_THE_DOSE
    )
