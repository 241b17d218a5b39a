"""What somebody had of bone drugs so far, and the findings that gates before drugs ask for."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients, Cutoff
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, choose, is_yes
from myosteon.rules.care.decorators import care_category, care_criterion, care_number
from myosteon.rules.care.drug_words import (
    ABALOPARATIDE,
    ALL_DRUGS,
    DENOSUMAB,
    NONE,
    ORAL_BISPHOSPHONATES,
    ROMOSOZUMAB,
    TERIPARATIDE,
)
from myosteon.rules.judge import DECIMALS, judge


@care_number(unit="mL/min")
def creatinine_clearance_for_drugs_ml_min(
    creatinine_clearance_ml_min: Expr, creatinine_clearance_cockcroft_gault_ml_min: Expr
) -> Expr:
    """Creatinine clearance as given, else by Cockcroft and Gault: what the labels of bisphosphonates ask for."""
    return nw.coalesce(creatinine_clearance_ml_min, creatinine_clearance_cockcroft_gault_ml_min)


@care_category(levels=(NONE, *ALL_DRUGS))
def last_drug(drug: Expr, prior_drug: Expr) -> FirstTrue:
    """The bone drug in use, else the one before; none where there never was one."""
    in_use = tuple((drug == word, word) for word in ALL_DRUGS)
    before = tuple(((drug == NONE) & (prior_drug == word), word) for word in (NONE, *ALL_DRUGS))
    return FirstTrue((*in_use, *before))


@care_criterion
def off_drug(drug: Expr, drug_stopped: Expr) -> Expr:
    """No bone drug is in use now; one that is named is in use unless it is said to be stopped."""
    return (drug == NONE) | is_yes(drug_stopped)


@care_number(unit="a{elapsed}")
def last_drug_years(drug: Expr, drug_years: Expr, prior_drug_years: Expr) -> Expr:
    """Years on the bone drug in use, else on the one before."""
    return choose([(drug == NONE, prior_drug_years), (drug != NONE, drug_years)])


@care_number(unit="a{elapsed}")
def bisphosphonate_tablet_years(
    last_drug: Expr, last_drug_years: Expr, oral_bisphosphonate_years: Expr
) -> Expr:
    """Years on bisphosphonate tablets in all, else on the last of them; of those whose last bone drug is one."""
    tablets = last_drug.is_in(list(ORAL_BISPHOSPHONATES))
    return choose([(tablets, nw.coalesce(oral_bisphosphonate_years, last_drug_years))])


@care_number(unit="a{elapsed}")
def denosumab_years(
    last_drug: Expr,
    last_drug_years: Expr,
    denosumab_doses: Expr,
    *,
    interval: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """Years covered by denosumab: as given, else one interval for each dose."""
    covered = denosumab_doses * interval["months"] / calendar["months_in_a_year"]
    return choose([(last_drug == DENOSUMAB, nw.coalesce(last_drug_years, covered))])


@care_number(unit="d")
def days_since_dose(
    days_since_last_dose: Expr, months_since_last_dose: Expr, *, calendar: Coefficients
) -> Expr:
    """Days since the last dose, else from the months since it."""
    return nw.coalesce(days_since_last_dose, months_since_last_dose * calendar["days_in_a_month"])


@care_number(unit="mo")
def months_without_drug(
    off_drug: Expr, months_off_drug: Expr, days_since_dose: Expr, *, calendar: Coefficients
) -> Expr:
    """Months without a bone drug, else since the last dose, of those who had one and have none now."""
    since_dose = (days_since_dose / calendar["days_in_a_month"]).round(DECIMALS)
    return choose([(off_drug, nw.coalesce(months_off_drug, since_dose))])


def _course_in_all(recorded: Expr, used_of_last: Expr, last_drug: Expr, drug: str, limit: float) -> Expr:
    """How much of a lifetime's course was used: as recorded, nought where no bone drug ever was, the limit where the last one reached it.

    What the last course alone used stays unknown below the limit: there may have been an earlier one.
    """
    reached = (last_drug == drug) & (used_of_last >= limit)
    return nw.coalesce(recorded, choose([(last_drug == NONE, 0.0), (reached, used_of_last)]))


@care_number(unit="mo")
def teriparatide_months_in_all(
    teriparatide_months: Expr,
    last_drug: Expr,
    last_drug_years: Expr,
    *,
    course: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """Months of teriparatide in a lifetime; nought where there never was a bone drug."""
    months = last_drug_years * calendar["months_in_a_year"]
    return _course_in_all(teriparatide_months, months, last_drug, TERIPARATIDE, course["teriparatide_months"])


@care_number(unit="mo")
def abaloparatide_months_in_all(
    abaloparatide_months: Expr,
    last_drug: Expr,
    last_drug_years: Expr,
    *,
    course: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """Months of abaloparatide in a lifetime; nought where there never was a bone drug."""
    months = last_drug_years * calendar["months_in_a_year"]
    limit = course["abaloparatide_months"]
    return _course_in_all(abaloparatide_months, months, last_drug, ABALOPARATIDE, limit)


@care_number
def romosozumab_doses_in_all(
    romosozumab_doses: Expr,
    last_drug: Expr,
    last_drug_years: Expr,
    *,
    course: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """Doses of romosozumab in all; nought where there never was a bone drug."""
    doses = last_drug_years * calendar["months_in_a_year"]
    limit = course["romosozumab_doses"]
    return _course_in_all(romosozumab_doses * 1.0, doses, last_drug, ROMOSOZUMAB, limit)


@care_number(unit="a{elapsed}")
def years_since_menopause(age_years: Expr, age_at_menopause_years: Expr) -> Expr:
    """Years since the menopause."""
    return age_years - age_at_menopause_years


@care_criterion
def woman_past_menopause(sex: Expr, age_years: Expr, postmenopausal: Expr, *, too_old: Cutoff) -> Expr:
    """A woman past the menopause; where that is not recorded, only an old one is taken to be."""
    of_age = postmenopausal.is_null() & is_yes(judge(age_years, too_old))
    return (sex == "female") & choose([(of_age, True)], postmenopausal)


@care_criterion
def pregnancy_or_lactation(
    sex: Expr, age_years: Expr, postmenopausal: Expr, pregnant: Expr, breastfeeding: Expr, *, too_old: Cutoff
) -> Expr:
    """Is pregnant or breastfeeding; where that is not recorded, not so in men, after the menopause and in old age."""
    cannot_be = is_yes(sex == "male") | is_yes(postmenopausal) | is_yes(judge(age_years, too_old))
    either = pregnant | breastfeeding
    return choose([(is_yes(either), True), (cannot_be, False)], either)


@care_criterion
def low_calcium(calcium_mmol_l: Expr, hypocalcaemia: Expr, *, cutoff: Cutoff) -> Expr:
    """Calcium is too low, or known to be; excluded only by a measured calcium."""
    measured = judge(calcium_mmol_l, cutoff)
    return choose([(is_yes(hypocalcaemia), True)], measured)


@care_criterion
def high_calcium(calcium_mmol_l: Expr, hypercalcaemia: Expr, *, cutoff: Cutoff) -> Expr:
    """Calcium is too high, or known to be; excluded only by a measured calcium."""
    measured = judge(calcium_mmol_l, cutoff)
    return choose([(is_yes(hypercalcaemia), True)], measured)


@care_criterion
def high_calcium_on_record(high_calcium: Expr, hypercalcaemia: Expr) -> Expr:
    """Calcium is too high by measurement or by history; a history of none is enough to exclude it."""
    return nw.coalesce(high_calcium, hypercalcaemia)


@care_criterion
def kidney_bone_disorder_tested(
    pth_pg_ml: Expr, phosphate_mmol_l: Expr, alkaline_phosphatase_u_l: Expr
) -> Expr:
    """PTH, phosphate and alkaline phosphatase were all measured; unknown until they are."""
    lacking = pth_pg_ml.is_null() | phosphate_mmol_l.is_null() | alkaline_phosphatase_u_l.is_null()
    return choose([(~lacking, True)])


def drug_history_rules() -> Iterator[Rule]:
    """The rules of this module."""
    limits, clock = load_evidence("care_numbers", "drug_history"), load_evidence("care_numbers", "drug_clock")
    calendar = limits.coefficients_of("calendar")
    yield creatinine_clearance_for_drugs_ml_min.rule()
    yield last_drug.rule()
    yield off_drug.rule()
    yield last_drug_years.rule()
    yield bisphosphonate_tablet_years.rule()
    yield denosumab_years.rule(interval=clock.coefficients_of("interval_denosumab"), calendar=calendar)
    yield days_since_dose.rule(calendar=calendar)
    yield months_without_drug.rule(calendar=calendar)
    course = clock.coefficients_of("course")
    for template in (teriparatide_months_in_all, abaloparatide_months_in_all, romosozumab_doses_in_all):
        yield template.rule(course=course, calendar=calendar)
    yield years_since_menopause.rule()
    too_old = limits.cutoff("pregnancy_or_lactation")
    yield woman_past_menopause.rule(too_old=too_old)
    yield pregnancy_or_lactation.rule(too_old=too_old)
    yield low_calcium.rule(cutoff=limits.cutoff("low_calcium"))
    yield high_calcium.rule(cutoff=limits.cutoff("high_calcium"))
    yield high_calcium_on_record.rule()
    yield kidney_bone_disorder_tested.rule()
