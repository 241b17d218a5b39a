"""EWGSOP 2010: the first European consensus."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH
from myosteon.rules.performance import gait_slow, sppb_low
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_grip, tested_by_lean_mass
from myosteon.rules.strength import grip_weak

GUIDELINE = sarcopenia(
    load_evidence("cutoffs", "ewgsop2010"),
    strength=(tested_by_grip(grip_weak),),
    mass=(tested_by_lean_mass("asmi_low"),),
    performance=(
        tested_by(gait_slow, "gait_speed_m_s"),
        tested_by(sppb_low, "sppb_score"),
    ),
    stages={
        "presarcopenia": MASS,
        "confirmed": MASS & (STRENGTH | PERFORMANCE),
        "severe": MASS & STRENGTH & PERFORMANCE,
    },
)
