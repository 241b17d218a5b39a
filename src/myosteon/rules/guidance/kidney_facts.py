"""What recommendations ask of the kidneys."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr
from myosteon.rules.care.decorators import care_criterion
from myosteon.rules.judge import judge


@care_criterion
def ckd_risk_of_progression(
    egfr_ml_min_1_73m2: Expr,
    albuminuria_mg_g: Expr,
    *,
    reduced: Cutoff,
    severely: Cutoff,
    albuminuria: Cutoff,
) -> Expr:
    """Kidney disease is likely to progress: eGFR is severely reduced, or it is reduced and much albumin is lost."""
    both = judge(egfr_ml_min_1_73m2, reduced) & judge(albuminuria_mg_g, albuminuria)
    return judge(egfr_ml_min_1_73m2, severely) | both


def kidney_fact_rules() -> Iterator[Rule]:
    """The rules of this module."""
    limits = load_evidence("care_numbers", "guidance_facts")
    yield ckd_risk_of_progression.rule(
        reduced=limits.cutoff("egfr_reduced"),
        severely=limits.cutoff("egfr_severely_reduced"),
        albuminuria=limits.cutoff("albuminuria_severe"),
    )
