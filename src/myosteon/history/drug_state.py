"""From the courses of each person to what was taken as of one day, in the measures of the vocabulary.

Treatments are taken to list every course of a bone drug that their people ever had: who has no course of teriparatide in it
had none. Where several drugs run at once, the one begun last is the one in use.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.evidence.load import load_evidence
from myosteon.frame import canonical_dtype
from myosteon.history.treatments import Treatments
from myosteon.vocabulary.measures import load_measures

NONE = "none"
TABLETS = ("alendronate", "risedronate", "ibandronate")
# Drugs of which each dose is given by itself, so that the first is also the last until another is written down.
BY_THE_DOSE = ("denosumab", "zoledronate", "romosozumab")
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
    "denosumab_doses",
    "zoledronate_doses",
    "romosozumab_doses",
    "teriparatide_months",
    "abaloparatide_months",
    "oral_bisphosphonate_years",
)


def drug_state(treatments: Treatments, day: date) -> pl.DataFrame:
    """One row for each person of the courses: person_id and the measures of `STATE`, in canonical types.

    Everything is unknown for people of whom a course was left out, and what rests on a date that is not known is unknown. A
    course that began after `day` does not count; one that stops on `day` or before has stopped.
    """
    courses = _courses_until(treatments.courses, day)
    people = courses.group_by("person_id", maintain_order=True).agg(
        _used_in_all("denosumab", "doses").alias("denosumab_doses"),
        _used_in_all("zoledronate", "doses").alias("zoledronate_doses"),
        _used_in_all("romosozumab", "doses").alias("romosozumab_doses"),
        _used_in_all("teriparatide", "months").alias("teriparatide_months"),
        _used_in_all("abaloparatide", "months").alias("abaloparatide_months"),
        _sum_known(pl.col("years"), pl.col("drug").is_in(TABLETS)).alias("oral_bisphosphonate_years"),
        pl.col("open").any().alias("on_drug"),
    )
    last = _last_drug(courses)
    before = _before(courses, last)
    state = people.join(last, on="person_id", how="left").join(before, on="person_id", how="left")
    read = state.select("person_id", *_measures(day))
    unknown = pl.col("person_id").is_in(list(treatments.incomplete))
    told = read.with_columns(_canonical(name, unknown) for name in STATE)
    lost = sorted(treatments.incomplete - set(told["person_id"]))
    return pl.concat([told, pl.DataFrame({"person_id": lost}, {"person_id": pl.String})], how="diagonal")


def _canonical(name: str, unknown: pl.Expr) -> pl.Expr:
    """A measure in its type; unknown where it is said to be, or where a mistyped date leads out of its range."""
    measure = load_measures()[name]
    value = pl.when(~unknown).then(pl.col(name))
    if measure.is_number:
        value = pl.when(pl.col(name).is_between(measure.hard_min, measure.hard_max)).then(value)
    return value.cast(canonical_dtype(measure)).alias(name)


def days_in_a_month() -> float:
    """Days of an average month, as the rules count."""
    return load_evidence("care_numbers", "drug_history").coefficients_of("calendar")["days_in_a_month"]


def days_in_a_year() -> float:
    """Days of an average year."""
    return load_evidence("care_numbers", "drug_history").coefficients_of("calendar")["days_in_a_year"]


def _courses_until(courses: pl.DataFrame, day: date) -> pl.DataFrame:
    """The courses begun by `day`, with whether they go on, their years and their last dose as far as it is known."""
    end = pl.min_horizontal(pl.col("stop_date"), pl.lit(day))
    last = pl.when(pl.col("last_dose_date") <= day).then(pl.col("last_dose_date"))
    only = pl.col("drug").is_in(BY_THE_DOSE) & (pl.col("doses") == 1)
    begun = courses.filter(pl.col("start_date").is_null() | (pl.col("start_date") <= day))
    days = (end - pl.col("start_date")).dt.total_days()
    return begun.with_row_index("place").with_columns(
        (pl.col("stop_date").is_null() | (pl.col("stop_date") > day)).alias("open"),
        (days / days_in_a_year()).alias("years"),
        (days / days_in_a_month()).alias("months"),
        pl.coalesce(last, pl.when(only).then(pl.col("start_date"))).alias("last_dose"),
    )


def _sum_known(amount: pl.Expr, chosen: pl.Expr) -> pl.Expr:
    """The sum over the chosen courses, unknown where one of them is; nought where there is none."""
    of_chosen = amount.filter(chosen)
    return pl.when(of_chosen.null_count() == 0).then(of_chosen.sum())


def _used_in_all(drug: str, amount: str) -> pl.Expr:
    return _sum_known(pl.col(amount), pl.col("drug") == drug)


def _last_drug(courses: pl.DataFrame) -> pl.DataFrame:
    """For each person the drug in use, else the one stopped last, with its years, its end and its last dose."""
    # What goes on stands behind what has stopped, the later behind the earlier.
    ordered = courses.with_columns(
        pl.when("open").then(pl.col("start_date")).otherwise(pl.col("stop_date")).alias("latest")
    ).sort("open", "latest", "place", nulls_last=False)
    last = ordered.group_by("person_id", maintain_order=True).last()
    named = last.select("person_id", pl.col("drug").alias("last_drug"))
    own = courses.join(named, left_on=["person_id", "drug"], right_on=["person_id", "last_drug"], how="inner")
    totals = own.group_by("person_id").agg(
        _sum_known(pl.col("years"), pl.lit(True)).alias("last_years"),
        pl.col("last_dose").max().alias("last_dose"),
        pl.col("stop_date").max().alias("last_stop"),
    )
    return named.join(totals, on="person_id", how="left")


def _before(courses: pl.DataFrame, last: pl.DataFrame) -> pl.DataFrame:
    """For each person the drug before the last one, with its years; none where there was no other."""
    others = courses.join(last.select("person_id", "last_drug"), on="person_id").filter(
        pl.col("drug") != pl.col("last_drug")
    )
    ended = others.with_columns(pl.coalesce("stop_date", "start_date").alias("latest"))
    before = ended.sort("latest", "place", nulls_last=False).group_by("person_id", maintain_order=True).last()
    named = before.select("person_id", pl.col("drug").alias("before"))
    own = courses.join(named, left_on=["person_id", "drug"], right_on=["person_id", "before"], how="inner")
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
        *(pl.col(name) for name in STATE if name.endswith(("_doses", "e_months", "nate_years"))),
    ]


def _days_until(day: date) -> pl.Expr:
    """By the calendar: six months from 31 August is 28 February. Denosumab counts on after it was stopped."""
    clock = load_evidence("care_numbers", "drug_clock")

    def due(drug: str) -> pl.Expr:
        months = int(clock.coefficients_of(f"interval_{drug}")["months"])
        return (pl.col("last_dose").dt.offset_by(f"{months}mo") - pl.lit(day)).dt.total_days()

    word, on = pl.col("last_drug").cast(pl.String), pl.col("on_drug")
    return pl.coalesce(
        pl.when((word == drug) & (on | (word == "denosumab"))).then(due(drug)) for drug in BY_THE_DOSE
    )
