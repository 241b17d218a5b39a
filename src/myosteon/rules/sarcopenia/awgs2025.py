"""AWGS 2025: the update with cut-offs from 50 years, two mass indices and no severe stage."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.formula import MASS, STRENGTH
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by_grip, tested_by_lean_mass
from myosteon.rules.strength import grip_weak_for_age

GUIDELINE = sarcopenia(
    load_evidence("cutoffs", "awgs2025"),
    strength=(tested_by_grip(grip_weak_for_age),),
    mass=(tested_by_lean_mass("asmi_low", "asm_bmi_low", by_age=True),),
    stages={
        "possible": STRENGTH,
        "confirmed": STRENGTH & MASS,
    },
    gated_by_age=True,
)
