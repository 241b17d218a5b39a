"""FNIH 2014: the Foundation for the National Institutes of Health's project."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH
from myosteon.rules.performance import gait_slow
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_grip, tested_by_lean_mass
from myosteon.rules.strength import grip_weak

GUIDELINE = sarcopenia(
    load_evidence("cutoffs", "fnih2014"),
    strength=(tested_by_grip(grip_weak),),
    mass=(tested_by_lean_mass("asm_bmi_low"),),
    performance=(tested_by(gait_slow, "gait_speed_m_s"),),
    stages={
        "weak": STRENGTH,
        "confirmed": STRENGTH & MASS,
        "severe": STRENGTH & MASS & PERFORMANCE,
    },
)
