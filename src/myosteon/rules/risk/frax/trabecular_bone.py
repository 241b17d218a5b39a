"""The class of a trabecular bone score, beside FRAX: its adjustment is not public, and none is made."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr
from myosteon.rules.judge import judge
from myosteon.rules.risk.decorators import risk_category


@risk_category(levels=("normal", "partly_degraded", "degraded"))
def trabecular_bone_class(trabecular_bone_score: Expr, *, normal: Cutoff, degraded: Cutoff) -> FirstTrue:
    """Microarchitecture by the trabecular bone score: normal from 1.350, degraded to 1.200, partly degraded between."""
    lowest = judge(trabecular_bone_score, degraded)
    return FirstTrue(
        (
            (judge(trabecular_bone_score, normal), "normal"),
            (lowest, "degraded"),
            (~lowest, "partly_degraded"),
        )
    )


def trabecular_bone_rules(evidence: EvidenceSet) -> tuple[Rule, ...]:
    """The class."""
    normal, degraded = (evidence.cutoff(f"trabecular_bone_{word}") for word in ("normal", "degraded"))
    return (trabecular_bone_class.rule(normal=normal, degraded=degraded),)
