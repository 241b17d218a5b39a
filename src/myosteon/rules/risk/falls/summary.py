"""What goes with falls and is present in a person: a list, no score. Limits of tests are those of the two pathways."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, choose, is_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_criterion, risk_listing

EVIDENCE = load_evidence("risk", "fall_risk_summary")


@risk_criterion
def cognition_impaired(cognitive_impairment: Expr, dementia: Expr) -> Expr:
    """Memory or thinking is impaired, or there is dementia."""
    return is_yes(dementia) | cognitive_impairment


@risk_criterion
def takes_fall_risk_drug(fall_risk_drug_classes_count: Expr, fall_risk_drug_classes_at_least: Expr) -> Expr:
    """Takes a medicine of a class that raises the risk of falls."""
    return choose([(fall_risk_drug_classes_at_least > 0, True), (fall_risk_drug_classes_count == 0, False)])


# Factor -> the measure that tells it, named where the factor is unknown.
FACTORS = {
    "fell_12m": "falls_12m",
    "fell_with_injury_12m": "falls_injurious_12m",
    "fear_of_falling": "fear_of_falling",
    "gait_slow_world2022": "gait_speed_m_s",
    "tug_slow_steadi": "tug_s",
    "chair_stands_few": "chair_stand_30s_count",
    "tandem_short_steadi": "balance_tandem_s",
    "walking_aid": "walking_aid",
    "takes_fall_risk_drug": "medications",
    "orthostatic_hypotension": "orthostatic_hypotension",
    "vision_impairment": "vision_impairment",
    "cognition_impaired": "cognitive_impairment",
    "urinary_incontinence": "urinary_incontinence",
    "parkinson_disease": "parkinson_disease",
    "arthritis": "arthritis",
    "home_hazards": "home_hazards",
}


@risk_listing
def fall_risk_summary(*factors: Expr) -> Listing:
    """The factors for falls that are known to be present."""
    return Listing(tuple((is_yes(answer), (name,)) for answer, name in zip(factors, FACTORS, strict=True)))


@risk_listing
def fall_risk_summary_needs(*factors: Expr) -> Listing:
    """What would tell the factors for falls that are unknown; an unknown factor may be present."""
    return Listing(
        tuple(
            (answer.is_null(), (measure,)) for answer, measure in zip(factors, FACTORS.values(), strict=True)
        )
    )


def _rules(settings: Settings) -> tuple[Rule, ...]:
    names = tuple(FACTORS)
    return (
        cognition_impaired.rule(),
        takes_fall_risk_drug.rule(),
        renamed(fall_risk_summary.rule(), inputs=names, evidence=EVIDENCE.finding("fall_risk_summary")),
        renamed(fall_risk_summary_needs.rule(), inputs=names),
    )


ALGORITHM = Algorithm(EVIDENCE, _rules, ("fall_risk_summary", "fall_risk_summary_needs"))
