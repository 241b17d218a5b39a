"""What recommendations ask of falls and of safe exercise."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients, Cutoff
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.care.decorators import care_category, care_criterion
from myosteon.rules.guidance.counting import count_rules
from myosteon.rules.judge import DECIMALS, judge

LEVELS = ("low", "intermediate", "high")
FACTORS = (
    "walking_aid",
    "vision_impairment",
    "orthostatic_hypotension",
    "cognition_impaired",
    "urinary_incontinence",
    "parkinson_disease",
    "takes_fall_risk_drug",
    "any_arthritis",
    "fear_of_falling",
)


@care_category(levels=LEVELS)
def fall_risk_wfg(fall_risk_world2022: Expr, fall_risk_world2022_upto: Expr) -> FirstTrue:
    """The risk of falls by the world guidelines, where it is settled; unknown while a higher one is still possible."""
    settled = ((fall_risk_world2022 == word) & (fall_risk_world2022_upto == word) for word in LEVELS)
    return FirstTrue(tuple(zip(settled, LEVELS, strict=True)))


def _in_a_fall(record: Expr, falls_12m: Expr) -> Expr:
    return choose([(is_yes(record), True), (falls_12m == 0, False)], record)


@care_criterion
def long_lie(fall_long_lie_12m: Expr, falls_12m: Expr) -> Expr:
    """Lay on the ground for an hour or more after a fall in the last 12 months; not so of who did not fall."""
    return _in_a_fall(fall_long_lie_12m, falls_12m)


@care_criterion
def syncope_with_fall(fall_unconscious_12m: Expr, falls_12m: Expr) -> Expr:
    """Lost consciousness with a fall in the last 12 months; not so of who did not fall."""
    return _in_a_fall(fall_unconscious_12m, falls_12m)


@care_criterion
def any_arthritis(arthritis: Expr, rheumatoid_arthritis: Expr) -> Expr:
    """Has arthritis of any kind; that there is no rheumatoid arthritis does not exclude it."""
    return is_yes(rheumatoid_arthritis) | arthritis


@care_criterion
def loaded_bone_at_risk(
    bone_metastasis: Expr, months_since_last_fracture: Expr, *, cutoff: Cutoff, calendar: Coefficients
) -> Expr:
    """There is a metastasis in bone, or a bone broke in the last six weeks: whether exercise would load it is for the clinician to say."""
    days = (months_since_last_fracture * calendar["days_in_a_month"]).round(DECIMALS)
    return bone_metastasis | is_yes(judge(days, cutoff))


@care_criterion
def exercise_unsafe(
    exercise_unsafe: Expr,
    unstable_heart_disease: Expr,
    acute_illness: Expr,
    uncontrolled_hypertension: Expr,
    loaded_bone_at_risk: Expr,
) -> Expr:
    """Exercise is not safe now.

    Yes where the clinician says so, or the heart is unstable, an illness is acute or blood pressure is not controlled. Else
    as the clinician says; without that no only where all of these and bone are known to be safe.
    """
    body = any_of([unstable_heart_disease, acute_illness, uncontrolled_hypertension])
    unsafe = is_yes(exercise_unsafe) | is_yes(body)
    safe = ~body & ~loaded_bone_at_risk
    return choose([(unsafe, unsafe), (safe, ~safe)], exercise_unsafe)


def fall_fact_rules() -> Iterator[Rule]:
    """The rules of this module."""
    limits = load_evidence("care_numbers", "guidance_facts")
    calendar = load_evidence("care_numbers", "drug_history").coefficients_of("calendar")
    yield fall_risk_wfg.rule()
    yield long_lie.rule()
    yield syncope_with_fall.rule()
    yield any_arthritis.rule()
    yield from count_rules("fall_risk_factor_count", FACTORS, "of nine factors for falls")
    yield loaded_bone_at_risk.rule(cutoff=limits.cutoff("fracture_fresh"), calendar=calendar)
    yield exercise_unsafe.rule()
