"""KWGS 2023: functional sarcopenia is low strength with low performance, whatever the muscle mass."""

from __future__ import annotations

from importlib.resources import files

from myosteon.evidence.load import read_evidence
from myosteon.logic.formula import PERFORMANCE, STRENGTH
from myosteon.rules.performance import chair_stand_slow, gait_slow, sppb_low
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by, tested_by_grip
from myosteon.rules.strength import grip_weak

GUIDELINE = sarcopenia(
    read_evidence(files("myosteon_example") / "kwgs2023.toml"),
    strength=(tested_by_grip(grip_weak),),
    performance=(
        tested_by(gait_slow, "gait_speed_m_s"),
        tested_by(sppb_low, "sppb_score"),
        tested_by(chair_stand_slow, "chair_stand_5x_s"),
    ),
    stages={
        "functional": STRENGTH & PERFORMANCE,
    },
)
