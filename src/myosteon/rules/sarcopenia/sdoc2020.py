"""SDOC 2020: the Sarcopenia Definitions and Outcomes Consortium, which leaves muscle mass out."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.formula import PERFORMANCE, STRENGTH
from myosteon.rules.performance import gait_slow
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_grip
from myosteon.rules.strength import grip_weak

GUIDELINE = sarcopenia(
    load_evidence("cutoffs", "sdoc2020"),
    strength=(tested_by_grip(grip_weak),),
    performance=(tested_by(gait_slow, "gait_speed_m_s"),),
    stages={
        "confirmed": STRENGTH & PERFORMANCE,
    },
)
