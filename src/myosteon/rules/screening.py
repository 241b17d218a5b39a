"""Screening instruments: a score needs all its items; without a total there is no verdict."""

from __future__ import annotations

from functools import reduce
from operator import add

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule, category, derived, verdict
from myosteon.logic.three_valued import Expr, all_of, choose
from myosteon.rules.judge import DECIMALS, judge, points, total_points

STATUS_LEVELS = ("robust", "prefrail", "frail")


def total(items: list[Expr]) -> Expr:
    """The sum of the items; unknown where one is."""
    return reduce(add, items)


def _points_of(items: dict[str, Expr], evidence: EvidenceSet) -> Expr:
    return total_points([(value, evidence.points_of(item)) for item, value in items.items()])


def count_yes(answers: list[Expr]) -> Expr:
    """How many answers are yes; unknown where one is unknown."""
    ones = [choose([(answer, nw.lit(1, dtype=nw.Int8))], nw.lit(0, dtype=nw.Int8)) for answer in answers]
    return choose([(all_of([~answer.is_null() for answer in answers]), total(ones))])


@derived(unit="{score}")
def sarc_f_score(
    sarc_f_score: Expr,
    sarc_f_strength: Expr,
    sarc_f_assistance: Expr,
    sarc_f_rise: Expr,
    sarc_f_climb: Expr,
    sarc_f_falls: Expr,
) -> Expr:
    """The SARC-F total: as given, else the sum of the five items."""
    items = [sarc_f_strength, sarc_f_assistance, sarc_f_rise, sarc_f_climb, sarc_f_falls]
    return nw.coalesce(sarc_f_score, total(items))


@verdict
def sarc_f_positive(sarc_f_score: Expr, *, cutoff: Cutoff) -> Expr:
    """SARC-F is 4 or more."""
    return judge(sarc_f_score, cutoff)


@derived(unit="{score}")
def sarc_calf_score(
    sarc_f_score: Expr, calf_circumference_cm: Expr, sex: Expr, *, evidence: EvidenceSet
) -> Expr:
    """SARC-F, and 10 more where the calf is small for the person's sex."""
    small = judge(calf_circumference_cm, evidence.cutoff("calf_small"), sex=sex)
    return sarc_f_score + points(small, evidence.points_of("calf_small"))


@verdict
def sarc_calf_positive(sarc_calf_score: Expr, *, cutoff: Cutoff) -> Expr:
    """SARC-CalF is 11 or more."""
    return judge(sarc_calf_score, cutoff)


@derived(unit="{score}")
def sarc_f_ebm_score(sarc_f_score: Expr, age_years: Expr, bmi: Expr, *, evidence: EvidenceSet) -> Expr:
    """SARC-F, 10 more from the age of 75, and 10 more at a body mass index of 21 or less."""
    return (
        sarc_f_score + points(age_years, evidence.points_of("age")) + points(bmi, evidence.points_of("bmi"))
    )


@verdict
def sarc_f_ebm_positive(sarc_f_ebm_score: Expr, *, cutoff: Cutoff) -> Expr:
    """SARC-F+EBM is 12 or more."""
    return judge(sarc_f_ebm_score, cutoff)


@verdict
def calf_low_awgs2019(calf_circumference_cm: Expr, sex: Expr, *, cutoff: Cutoff) -> Expr:
    """Calf circumference lies below the limit of AWGS 2019 for the person's sex."""
    return judge(calf_circumference_cm, cutoff, sex=sex)


@verdict
def finger_ring_positive(finger_ring_test: Expr) -> Expr:
    """The calf is smaller than the ring of the fingers."""
    return finger_ring_test == "smaller"


@derived(unit="{score}")
def ishii_score(
    age_years: Expr, grip_best_kg: Expr, calf_circumference_cm: Expr, sex: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Ishii's score from age, grip and calf, by sex."""

    def by_sex(sex_word: str) -> Expr:
        c = evidence.coefficients_of("ishii_score", sex_word)
        # c x (value - from), with what does not depend on the person taken together.
        constant = sum(c[term] * c[f"{term}_from"] for term in ("age", "grip", "calf"))
        return age_years * c["age"] + grip_best_kg * c["grip"] + calf_circumference_cm * c["calf"] - constant

    return choose([(sex == "male", by_sex("male")), (sex == "female", by_sex("female"))]).round(DECIMALS)


@verdict
def ishii_positive(ishii_score: Expr, sex: Expr, *, cutoff: Cutoff) -> Expr:
    """Ishii's score reaches the threshold for the person's sex."""
    return judge(ishii_score, cutoff, sex=sex)


@derived(unit="{score}")
def msra5_score(
    age_years: Expr,
    hospital_stays_12m: Expr,
    walks_1000m: Expr,
    three_meals_daily: Expr,
    weight_loss_12m_kg: Expr,
    *,
    evidence: EvidenceSet,
) -> Expr:
    """The Mini Sarcopenia Risk Assessment with five items, 0 to 60; lower is worse."""
    items = {
        "age": age_years,
        "hospital_stays": hospital_stays_12m,
        "walks_1000m": walks_1000m,
        "three_meals_daily": three_meals_daily,
        "weight_loss": weight_loss_12m_kg,
    }
    return _points_of(items, evidence)


@verdict
def msra5_positive(msra5_score: Expr, *, cutoff: Cutoff) -> Expr:
    """MSRA-5 is 45 or less."""
    return judge(msra5_score, cutoff)


@derived(unit="{score}")
def msra7_score(
    age_years: Expr,
    hospital_stays_12m: Expr,
    walks_1000m: Expr,
    three_meals_daily: Expr,
    milk_daily: Expr,
    protein_food_daily: Expr,
    weight_loss_12m_kg: Expr,
    *,
    evidence: EvidenceSet,
) -> Expr:
    """The Mini Sarcopenia Risk Assessment with seven items, 0 to 40; lower is worse."""
    items = {
        "age": age_years,
        "hospital_stays": hospital_stays_12m,
        "walks_1000m": walks_1000m,
        "three_meals_daily": three_meals_daily,
        "milk_daily": milk_daily,
        "protein_food_daily": protein_food_daily,
        "weight_loss": weight_loss_12m_kg,
    }
    return _points_of(items, evidence)


@verdict
def msra7_positive(msra7_score: Expr, *, cutoff: Cutoff) -> Expr:
    """MSRA-7 is 30 or less."""
    return judge(msra7_score, cutoff)


@derived(unit="{score}")
def frail_score(
    fatigue_most_of_time: Expr,
    unable_climb_10_steps: Expr,
    unable_walk_block: Expr,
    illness_count: Expr,
    weight_loss_12m_percent: Expr,
    *,
    evidence: EvidenceSet,
) -> Expr:
    """The FRAIL scale: one point each for fatigue, stairs, walking, five illnesses or more, weight loss above 5 %."""
    answers = [
        fatigue_most_of_time,
        unable_climb_10_steps,
        unable_walk_block,
        judge(illness_count, evidence.cutoff("frail_illnesses")),
        judge(weight_loss_12m_percent, evidence.cutoff("frail_weight_loss")),
    ]
    return count_yes(answers)


@category(levels=STATUS_LEVELS)
def frail_status(frail_score: Expr, *, evidence: EvidenceSet) -> FirstTrue:
    """Robust at 0, prefrail at 1 or 2, frail from 3 on the FRAIL scale."""
    return _frailty_words(frail_score, evidence, "frail")


@derived(unit="{score}")
def fried_score(
    weight_loss_12m_kg: Expr,
    exhaustion_3_days_week: Expr,
    physical_activity_kcal_week: Expr,
    gait_speed_m_s: Expr,
    walk_unable: Expr,
    height_cm: Expr,
    grip_best_kg: Expr,
    bmi: Expr,
    sex: Expr,
    *,
    evidence: EvidenceSet,
) -> Expr:
    """Fried's phenotype: one point each for weight loss, exhaustion, low activity, slow walk for height, weak grip for size."""
    course = evidence.coefficients_of("fried_course_m")["course"]
    slow = walk_unable.fill_null(False) | (
        (course / gait_speed_m_s).round(DECIMALS) >= _by_sex(sex, height_cm, evidence, "fried_slow_from_s")
    )
    answers = [
        judge(weight_loss_12m_kg, evidence.cutoff("fried_weight_loss")),
        exhaustion_3_days_week,
        judge(physical_activity_kcal_week, evidence.cutoff("fried_low_activity"), sex=sex),
        slow,
        grip_best_kg <= _by_sex(sex, bmi, evidence, "fried_weak_to_kg"),
    ]
    return count_yes(answers)


def _by_sex(sex: Expr, value: Expr, evidence: EvidenceSet, item: str) -> Expr:
    return choose(
        [(sex == word, points(value, evidence.points_of(item, word))) for word in ("male", "female")]
    )


@category(levels=STATUS_LEVELS)
def fried_status(fried_score: Expr, *, evidence: EvidenceSet) -> FirstTrue:
    """Robust at 0, prefrail at 1 or 2, frail from 3 of Fried's five."""
    return _frailty_words(fried_score, evidence, "fried")


def _frailty_words(score: Expr, evidence: EvidenceSet, name: str) -> FirstTrue:
    frail = judge(score, evidence.cutoff(f"{name}_status_frail"))
    prefrail = judge(score, evidence.cutoff(f"{name}_status_prefrail"))
    return FirstTrue(((frail, "frail"), (prefrail, "prefrail"), (~prefrail, "robust")))


@derived
def weight_minus_age_fifth(weight_kg: Expr, age_years: Expr, *, evidence: EvidenceSet) -> Expr:
    """A fifth of weight (kg) minus age (years)."""
    fifth = evidence.coefficients_of("osta_index")["weight_minus_age"]
    return ((weight_kg - age_years) * fifth).round(DECIMALS)


@derived(unit="{score}")
def ost_index(weight_minus_age_fifth: Expr) -> Expr:
    """A fifth of weight minus age, cut towards zero to a whole number."""
    below = weight_minus_age_fifth.floor()
    # Below nought the next higher whole number is nearer to nought; -0.4 becomes -1 + 1, which is no minus nought.
    return choose([((weight_minus_age_fifth < 0) & (below != weight_minus_age_fifth), below + 1)], below)


@derived(unit="{score}")
def osta_index(ost_index: Expr) -> Expr:
    """The Asian index, computed as the OST index."""
    return ost_index


@category(levels=("low", "medium", "high"))
def osta_risk(osta_index: Expr, *, evidence: EvidenceSet) -> FirstTrue:
    """OSTA: low risk above -1, medium from -1 to -4, high below -4."""
    low, high = (
        judge(osta_index, evidence.cutoff("osta_low_risk")),
        judge(osta_index, evidence.cutoff("osta_high_risk")),
    )
    return FirstTrue(((low, "low"), (high, "high"), (~high, "medium")))


@derived(unit="{score}")
def orai_score(sex: Expr, age_years: Expr, weight_kg: Expr, drug: Expr, *, evidence: EvidenceSet) -> Expr:
    """ORAI in women: points for age, for low weight, and for taking no oestrogen."""
    items = {"age": age_years, "weight": weight_kg, "no_oestrogen": drug != "hormone_therapy"}
    score = _points_of(items, evidence)
    return choose([(sex == "female", score)])


@verdict
def orai_positive(orai_score: Expr, *, cutoff: Cutoff) -> Expr:
    """ORAI is 9 or more."""
    return judge(orai_score, cutoff)


@derived(unit="{score}")
def sarcopenia_index(creatinine_umol_l: Expr, cystatin_c_mg_l: Expr, *, evidence: EvidenceSet) -> Expr:
    """Creatinine (mg/dL) over cystatin C (mg/L), times 100; it assumes normal and stable kidneys."""
    in_a_mg_dl = evidence.coefficients_of("creatinine_umol_l_in_a_mg_dl")["factor"]
    times = evidence.coefficients_of("times")["factor"]
    return creatinine_umol_l / cystatin_c_mg_l * (times / in_a_mg_dl)


def screening_rules() -> tuple[Rule, ...]:
    """Every screening instrument as rules, with its numbers."""

    def numbers(id: str) -> EvidenceSet:
        return load_evidence("instruments", id)

    positives = {
        sarc_f_positive: "sarc_f",
        sarc_calf_positive: "sarc_calf",
        sarc_f_ebm_positive: "sarc_f_ebm",
        calf_low_awgs2019: "calf",
        ishii_positive: "ishii",
        msra5_positive: "msra5",
        msra7_positive: "msra7",
        orai_positive: "orai",
    }
    scores = {
        sarc_calf_score: "sarc_calf",
        sarc_f_ebm_score: "sarc_f_ebm",
        ishii_score: "ishii",
        msra5_score: "msra5",
        msra7_score: "msra7",
        frail_score: "frail",
        frail_status: "frail",
        fried_score: "fried",
        fried_status: "fried",
        weight_minus_age_fifth: "osta",
        osta_risk: "osta",
        orai_score: "orai",
        sarcopenia_index: "sarcopenia_index",
    }
    return (
        sarc_f_score.rule(),
        finger_ring_positive.rule(),
        ost_index.rule(),
        osta_index.rule(),
        *(template.rule(cutoff=numbers(id).cutoff(template.name)) for template, id in positives.items()),
        *(template.rule(evidence=numbers(id)) for template, id in scores.items()),
    )
