"""When the next dose, the review and the end of a course are due, and how late a dose of denosumab is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, choose, higher_of
from myosteon.rules.care.decorators import care_category, care_criterion, care_number
from myosteon.rules.care.drug_words import (
    ABALOPARATIDE,
    BISPHOSPHONATES,
    DENOSUMAB,
    ORAL_BISPHOSPHONATES,
    ROMOSOZUMAB,
    TERIPARATIDE,
    ZOLEDRONATE,
)
from myosteon.rules.judge import DECIMALS

# Whose label lets teriparatide go beyond two years.
LONGER_COURSES = "US"


@care_number(unit="d")
def days_until_next_dose(
    days_until_next_dose: Expr,
    last_drug: Expr,
    off_drug: Expr,
    days_since_dose: Expr,
    *,
    denosumab: Coefficients,
    zoledronate: Coefficients,
    romosozumab: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """Days until the next dose of denosumab, zoledronate or romosozumab, below 0 where it is late.

    As given, which is by the calendar, else an interval of average months from the last dose. Denosumab counts on after it was
    stopped, until another drug is begun.
    """
    intervals = {DENOSUMAB: denosumab, ZOLEDRONATE: zoledronate, ROMOSOZUMAB: romosozumab}

    def until(drug: str) -> Expr:
        return (intervals[drug]["months"] * calendar["days_in_a_month"] - days_since_dose).round(DECIMALS)

    still = [(last_drug == DENOSUMAB, until(DENOSUMAB))]
    still += [((last_drug == drug) & ~off_drug, until(drug)) for drug in (ZOLEDRONATE, ROMOSOZUMAB)]
    return nw.coalesce(days_until_next_dose, choose(still))


@care_number(unit="d")
def denosumab_days_late(last_drug: Expr, days_until_next_dose: Expr) -> Expr:
    """Days since the dose of denosumab was due, or the drug that was to follow it; 0 before."""
    return choose([(last_drug == DENOSUMAB, higher_of(-days_until_next_dose, days_until_next_dose * 0))])


@care_category(levels=("not_due", "due_soon", "due", "late", "very_late"))
def denosumab_stage(last_drug: Expr, days_until_next_dose: Expr, *, alarm: Coefficients) -> FirstTrue:
    """How near or late the next dose of denosumab is, or of what is to follow it."""
    on = last_drug == DENOSUMAB
    return FirstTrue(
        (
            (on & (days_until_next_dose <= -alarm["very_late_days"]), "very_late"),
            (on & (days_until_next_dose <= -alarm["late_days"]), "late"),
            (on & (days_until_next_dose <= 0), "due"),
            (on & (days_until_next_dose <= alarm["soon_days"]), "due_soon"),
            (on & (days_until_next_dose > alarm["soon_days"]), "not_due"),
        )
    )


@care_criterion
def denosumab_long(denosumab_years: Expr, *, exit: Coefficients) -> Expr:
    """Denosumab was given for so long that the longer plan for stopping it applies."""
    return denosumab_years >= exit["long_from_years"]


@care_number(unit="d")
def review_due_days(
    last_drug: Expr,
    off_drug: Expr,
    bisphosphonate_tablet_years: Expr,
    last_drug_years: Expr,
    zoledronate_doses: Expr,
    *,
    review: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """Days until a bisphosphonate is to be reviewed, below 0 where that is past; of those who are on one."""

    def until(limit: float, years: Expr) -> Expr:
        return ((limit - years) * calendar["days_in_a_year"]).round(DECIMALS)

    infused = nw.coalesce(last_drug_years, zoledronate_doses * 1.0)
    tablets = last_drug.is_in(list(ORAL_BISPHOSPHONATES))
    return choose(
        [
            (tablets & ~off_drug, until(review["oral_years"], bisphosphonate_tablet_years)),
            ((last_drug == ZOLEDRONATE) & ~off_drug, until(review["intravenous_years"], infused)),
        ]
    )


@care_criterion
def on_bisphosphonate(last_drug: Expr, off_drug: Expr) -> Expr:
    """A bisphosphonate is in use now."""
    return last_drug.is_in(list(BISPHOSPHONATES)) & ~off_drug


@care_criterion
def review_reached(on_bisphosphonate: Expr, review_due_days: Expr) -> Expr:
    """A bisphosphonate in use has been taken for so long that it is to be reviewed."""
    return on_bisphosphonate & (review_due_days <= 0)


@care_criterion
def longest_reached(
    last_drug: Expr,
    bisphosphonate_tablet_years: Expr,
    last_drug_years: Expr,
    zoledronate_doses: Expr,
    *,
    longest: Coefficients,
) -> Expr:
    """A bisphosphonate was taken for as long as it usually is at most."""
    infused = nw.coalesce(last_drug_years, zoledronate_doses * 1.0)
    tablets = last_drug.is_in(list(ORAL_BISPHOSPHONATES))
    by_tablets = tablets & (bisphosphonate_tablet_years >= longest["oral_years"])
    return by_tablets | ((last_drug == ZOLEDRONATE) & (infused >= longest["intravenous_years"]))


@care_number(unit="mo")
def course_months_left(
    last_drug: Expr,
    last_drug_years: Expr,
    teriparatide_months: Expr,
    abaloparatide_months: Expr,
    romosozumab_doses: Expr,
    *,
    course: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """Months (of romosozumab: doses) that are left of the course of a drug that builds bone, 0 where it is complete.

    What was not recorded for a lifetime is taken from the years on the drug.
    """

    of_last = last_drug_years * calendar["months_in_a_year"]

    def left(limit: float, used: Expr) -> Expr:
        remaining = (limit - nw.coalesce(used * 1.0, of_last)).round(DECIMALS)
        return higher_of(remaining, remaining * 0)

    return choose(
        [
            (last_drug == TERIPARATIDE, left(course["teriparatide_months"], teriparatide_months)),
            (last_drug == ABALOPARATIDE, left(course["abaloparatide_months"], abaloparatide_months)),
            (last_drug == ROMOSOZUMAB, left(course["romosozumab_doses"], romosozumab_doses)),
        ]
    )


@care_criterion
def course_may_go_on(last_drug: Expr, stratum_high_china2022: Expr, *, in_region: bool) -> Expr:
    """A course of teriparatide may go beyond its limit: the label of the region has it so where the risk stays high."""
    return (last_drug == TERIPARATIDE) & nw.lit(in_region) & stratum_high_china2022


def drug_clock_rules(region: str) -> Iterator[Rule]:
    """The rules of this module, by the labels of a region."""
    clock = load_evidence("care_numbers", "drug_clock")
    calendar = load_evidence("care_numbers", "drug_history").coefficients_of("calendar")
    drugs = (DENOSUMAB, ZOLEDRONATE, ROMOSOZUMAB)
    intervals: dict[str, Any] = {drug: clock.coefficients_of(f"interval_{drug}") for drug in drugs}
    yield days_until_next_dose.rule(**intervals, calendar=calendar)
    yield denosumab_days_late.rule()
    yield denosumab_stage.rule(alarm=clock.coefficients_of("denosumab_alarm"))
    yield denosumab_long.rule(exit=clock.coefficients_of("denosumab_exit"))
    yield review_due_days.rule(review=clock.coefficients_of("review"), calendar=calendar)
    yield on_bisphosphonate.rule()
    yield review_reached.rule()
    yield longest_reached.rule(longest=clock.coefficients_of("longest"))
    yield course_months_left.rule(course=clock.coefficients_of("course"), calendar=calendar)
    yield course_may_go_on.rule(in_region=region == LONGER_COURSES)
