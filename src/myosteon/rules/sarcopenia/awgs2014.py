"""AWGS 2014: the first consensus of the Asian Working Group for Sarcopenia."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH
from myosteon.rules.performance import gait_slow
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_grip, tested_by_lean_mass
from myosteon.rules.strength import grip_weak

GUIDELINE = sarcopenia(
    load_evidence("cutoffs", "awgs2014"),
    strength=(tested_by_grip(grip_weak),),
    mass=(tested_by_lean_mass("asmi_low"),),
    performance=(tested_by(gait_slow, "gait_speed_m_s"),),
    stages={
        "confirmed": MASS & (STRENGTH | PERFORMANCE),
    },
)
