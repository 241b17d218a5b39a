"""Osteosarcopenia beside strata that look at bone alone: a remark with its published associations, never a factor."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.rule import Decorator, Rule
from myosteon.logic.three_valued import Expr

MARKER = "osteosarcopenia_risk_marker"
risk_remark = Decorator("yes_no", "risk")


@risk_remark
def osteosarcopenia_risk_marker(
    osteosarcopenia_awgs2019: Expr, osteosarcopenia_ewgsop2019: Expr, *, associations: EvidenceSet
) -> Expr:
    """There is osteosarcopenia by AWGS 2019 or by EWGSOP2: people with it fracture and die more often; no stratum counts it."""
    return osteosarcopenia_awgs2019 | osteosarcopenia_ewgsop2019


def osteosarcopenia_marker_rules() -> tuple[Rule, ...]:
    """The remark."""
    return (osteosarcopenia_risk_marker.rule(associations=load_evidence("strata", MARKER)),)
