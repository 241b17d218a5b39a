"""EWGSOP2 2019: the revised European consensus, in which a slow rise from the chair is weakness."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH
from myosteon.rules.performance import chair_stand_slow, gait_slow, sppb_low, tug_slow, walk_400m_failed
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_grip, tested_by_lean_mass
from myosteon.rules.strength import grip_weak

GUIDELINE = sarcopenia(
    load_evidence("cutoffs", "ewgsop2019"),
    strength=(
        tested_by_grip(grip_weak),
        tested_by(chair_stand_slow, "chair_stand_5x_s"),
    ),
    mass=(tested_by_lean_mass("asmi_low"),),
    performance=(
        tested_by(gait_slow, "gait_speed_m_s"),
        tested_by(sppb_low, "sppb_score"),
        tested_by(tug_slow, "tug_s"),
        tested_by(walk_400m_failed, "walk_400m_s"),
    ),
    stages={
        "probable": STRENGTH,
        "confirmed": STRENGTH & MASS,
        "severe": STRENGTH & MASS & PERFORMANCE,
    },
)
