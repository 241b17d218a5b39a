"""AWGS 2019: the second consensus of the Asian Working Group for Sarcopenia."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH
from myosteon.rules.guideline import Guideline
from myosteon.rules.performance import chair_stand_slow, gait_slow, sppb_low
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_grip, tested_by_lean_mass
from myosteon.rules.strength import grip_weak


def as_awgs2019(evidence: EvidenceSet) -> Guideline:
    """A definition with the tests and stages of AWGS 2019, and numbers of its own."""
    return sarcopenia(
        evidence,
        strength=(tested_by_grip(grip_weak),),
        mass=(tested_by_lean_mass("asmi_low"),),
        performance=(
            tested_by(gait_slow, "gait_speed_m_s"),
            tested_by(sppb_low, "sppb_score"),
            tested_by(chair_stand_slow, "chair_stand_5x_s"),
        ),
        stages={
            "possible": STRENGTH | PERFORMANCE,
            "confirmed": MASS & (STRENGTH | PERFORMANCE),
            "severe": MASS & STRENGTH & PERFORMANCE,
        },
    )


GUIDELINE = as_awgs2019(load_evidence("cutoffs", "awgs2019"))
