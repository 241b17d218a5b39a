"""IWGS 2011: the International Working Group on Sarcopenia."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.formula import MASS, PERFORMANCE
from myosteon.rules.performance import chair_stand_failed, gait_slow
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_flag, tested_by_lean_mass

GUIDELINE = sarcopenia(
    load_evidence("cutoffs", "iwgs2011"),
    mass=(tested_by_lean_mass("asmi_low"),),
    performance=(
        tested_by(gait_slow, "gait_speed_m_s"),
        tested_by_flag(chair_stand_failed),
    ),
    stages={
        "confirmed": MASS & PERFORMANCE,
    },
)
