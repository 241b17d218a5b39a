"""How the items of published scores are read from measures: one column for each question that a score asks.

A question is answered from its own measure, else from another measure that settles it; unknown stays unknown.
"""

from __future__ import annotations

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule, criterion, derived, renamed
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.judge import judge

YES, NO = nw.lit(True), nw.lit(False)
MONTHS_IN_A_YEAR = "months_in_a_year"


@derived(unit="a")
def age_whole_years(age_years: Expr) -> Expr:
    """Age in whole years, as every score counts it: a fraction of a year is dropped."""
    return age_years.floor()


@derived(unit="m/s")
def walking_speed_m_s(gait_speed_m_s: Expr, walk_unable: Expr) -> Expr:
    """Usual walking speed; of somebody who cannot walk it is 0."""
    return nw.when(is_yes(walk_unable)).then(nw.lit(0.0)).otherwise(gait_speed_m_s)


@criterion
def smokes_now(smoking_current: Expr, smoking_category: Expr) -> Expr:
    """Smokes now: as recorded, else by the category; it also stands for having smoked in the past week."""
    never_or_former = any_of([smoking_category == "never", smoking_category == "former"])
    return nw.coalesce(smoking_current, ~never_or_former)


@criterion
def needs_arms_to_rise(chair_rise_arms: Expr, chair_stand_5x_s: Expr) -> Expr:
    """Needs the arms to rise from a chair; no where five rises were timed, which are done without."""
    return nw.coalesce(chair_rise_arms, nw.when(~chair_stand_5x_s.is_null()).then(NO))


@criterion
def needs_arms_or_stands_badly(needs_arms_to_rise: Expr, tandem_stand_poor: Expr) -> Expr:
    """Needs the arms to rise from a chair, or stands poorly with one foot before the other."""
    return needs_arms_to_rise | tandem_stand_poor


@criterion
def cannot_rise_five_times(chair_stand_unable: Expr, chair_rise_arms: Expr, chair_stand_5x_s: Expr) -> Expr:
    """Cannot rise five times without arms: as recorded, yes for who needs the arms, no where five rises were timed."""
    return choose(
        [
            (chair_stand_unable, YES),
            (chair_rise_arms, YES),
            (~chair_stand_unable | ~chair_stand_5x_s.is_null(), NO),
        ]
    )


@derived(unit="a")
def age_at_last_fracture_years(
    age_years: Expr, months_since_last_fracture: Expr, *, months_in_a_year: float
) -> Expr:
    """Age at the last low-trauma fracture, from how many months ago it was."""
    return age_years - months_since_last_fracture / months_in_a_year


@criterion
def last_fracture_since_50(age_at_last_fracture_years: Expr, *, cutoff: Cutoff) -> Expr:
    """The last low-trauma fracture came at 50 or later."""
    return judge(age_at_last_fracture_years, cutoff)


@criterion
def fracture_since_50(
    fracture_after_50: Expr,
    last_fracture_since_50: Expr,
    any_low_trauma_fracture: Expr,
    months_since_last_fracture: Expr,
) -> Expr:
    """Broke a bone after 50: as recorded, else by the age at the last fracture, else no where none is on record."""
    none_on_record = ~any_low_trauma_fracture & months_since_last_fracture.is_null()
    return nw.coalesce(fracture_after_50, last_fracture_since_50, nw.when(none_on_record).then(NO))


@criterion
def nonvertebral_fracture_since_50(fracture_nonvertebral_after_50: Expr, fracture_since_50: Expr) -> Expr:
    """Broke a bone other than a vertebra after 50; no where none was broken after 50."""
    return nw.coalesce(fracture_nonvertebral_after_50, nw.when(~fracture_since_50).then(NO))


@criterion
def wrist_arm_hip_or_vertebra_broken(
    fracture_distal_forearm: Expr,
    fracture_proximal_humerus: Expr,
    fracture_hip: Expr,
    vertebral_fracture: Expr,
) -> Expr:
    """A low-trauma fracture of wrist or forearm, upper arm, hip or vertebra since the age of 40."""
    return any_of([fracture_distal_forearm, fracture_proximal_humerus, fracture_hip, vertebral_fracture])


@criterion
def mother_broke_hip(mother_hip_fracture: Expr, parent_hip_fracture: Expr) -> Expr:
    """The mother broke a hip after 50; no where neither parent did."""
    return nw.coalesce(mother_hip_fracture, nw.when(~parent_hip_fracture).then(NO))


@criterion
def first_degree_hip_fracture(
    parent_hip_fracture: Expr, mother_hip_fracture: Expr, sibling_hip_fracture: Expr
) -> Expr:
    """A parent, a brother or a sister broke a hip; no where neither a parent nor a sibling did."""
    parent = nw.when(is_yes(mother_hip_fracture)).then(YES).otherwise(parent_hip_fracture)
    return parent | sibling_hip_fracture


@criterion
def long_high_glucocorticoid(
    glucocorticoid_mg_day: Expr, glucocorticoid_months: Expr, *, dose: Cutoff, months: Cutoff
) -> Expr:
    """Takes more than 7.5 mg of prednisone a day, or what equals it, for more than 3 months."""
    return judge(glucocorticoid_mg_day, dose) & judge(glucocorticoid_months, months)


@criterion
def any_diabetes(diabetes_type1: Expr, diabetes_type2: Expr) -> Expr:
    """Has diabetes, of type 1 or 2."""
    return diabetes_type1 | diabetes_type2


@criterion
def walking_blocks_is_hard(difficulty_walking_blocks: Expr, unable_walk_block: Expr) -> Expr:
    """Has difficulty walking several blocks; yes for who cannot walk a single one."""
    return nw.coalesce(difficulty_walking_blocks, nw.when(unable_walk_block).then(YES))


@criterion
def malignancy_within_20_years(malignancy_20y: Expr, cancer: Expr) -> Expr:
    """Active cancer within the last 20 years; no where there was never a cancer."""
    return nw.coalesce(malignancy_20y, nw.when(~cancer).then(NO))


@criterion
def hip_fracture_on_record(fracture_hip: Expr, months_since_hip_fracture: Expr) -> Expr:
    """Has broken a hip: as recorded, or because the months since then are."""
    return nw.coalesce(nw.when(~months_since_hip_fracture.is_null()).then(YES), fracture_hip)


@criterion
def fell_in_last_months(morse_fall_history: Expr, falls_12m: Expr) -> Expr:
    """Fell during this stay or in the last three months; no for who has not fallen for twelve."""
    return nw.coalesce(morse_fall_history, nw.when(falls_12m == 0).then(NO))


# What to measure where a column is unknown: its own measures, not all that could settle it.
ASKS: dict[str, tuple[str, ...]] = {
    "age_whole_years": ("age_years",),
    "bmi": ("height_cm", "weight_kg"),
    "walking_speed_m_s": ("gait_speed_m_s",),
    "smokes_now": ("smoking_current",),
    "needs_arms_to_rise": ("chair_rise_arms",),
    "needs_arms_or_stands_badly": ("tandem_stand_poor", "chair_rise_arms"),
    "cannot_rise_five_times": ("chair_stand_unable",),
    "fracture_since_50": ("fracture_after_50",),
    "nonvertebral_fracture_since_50": ("fracture_nonvertebral_after_50",),
    "wrist_arm_hip_or_vertebra_broken": (
        "fracture_hip",
        "fracture_vertebral",
        "vertebral_fracture_count",
        "genant_max_grade",
        "fracture_proximal_humerus",
        "fracture_distal_forearm",
    ),
    "vertebral_fracture": ("fracture_vertebral", "vertebral_fracture_count", "genant_max_grade"),
    "mother_broke_hip": ("mother_hip_fracture",),
    "first_degree_hip_fracture": ("parent_hip_fracture", "sibling_hip_fracture"),
    "long_high_glucocorticoid": ("glucocorticoid_mg_day", "glucocorticoid_months"),
    "any_diabetes": ("diabetes_type1", "diabetes_type2"),
    "walking_blocks_is_hard": ("difficulty_walking_blocks",),
    "malignancy_within_20_years": ("malignancy_20y",),
    "hip_fracture_on_record": ("fracture_hip",),
    "fell_in_last_months": ("morse_fall_history",),
}


def reading_rules() -> tuple[Rule, ...]:
    """Every reading as a rule."""
    fracture_index = load_evidence("risk", "fracture_index")
    dutch_dxa = load_evidence("risk", "dutch_dxa")
    plain = (
        age_whole_years,
        walking_speed_m_s,
        smokes_now,
        needs_arms_to_rise,
        needs_arms_or_stands_badly,
        cannot_rise_five_times,
        nonvertebral_fracture_since_50,
        wrist_arm_hip_or_vertebra_broken,
        mother_broke_hip,
        first_degree_hip_fracture,
        any_diabetes,
        walking_blocks_is_hard,
        malignancy_within_20_years,
        hip_fracture_on_record,
        fell_in_last_months,
    )
    return (
        *(template.rule() for template in plain),
        age_at_last_fracture_years.rule(
            months_in_a_year=fracture_index.coefficients_of(MONTHS_IN_A_YEAR)["months"]
        ),
        last_fracture_since_50.rule(cutoff=fracture_index.cutoff("last_fracture_since_50")),
        renamed(fracture_since_50.rule(), shown=fracture_since_50.arguments[:-1]),
        long_high_glucocorticoid.rule(dose=dutch_dxa.cutoff("dose"), months=dutch_dxa.cutoff("months")),
    )
