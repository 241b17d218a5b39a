"""JSH 2016: the Japan Society of Hepatology, for people with liver disease, first edition."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.formula import MASS, STRENGTH
from myosteon.rules.guideline import Guideline
from myosteon.rules.mass import smi_l3_low
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by_grip, tested_by_lean_mass, tested_by_muscle_area
from myosteon.rules.strength import grip_weak


def as_jsh2016(evidence: EvidenceSet) -> Guideline:
    """A definition with the tests and stages of JSH 2016, and numbers of its own."""
    return sarcopenia(
        evidence,
        strength=(tested_by_grip(grip_weak),),
        mass=(tested_by_lean_mass("asmi_low"), tested_by_muscle_area(smi_l3_low)),
        stages={"confirmed": STRENGTH & MASS},
    )


GUIDELINE = as_jsh2016(load_evidence("cutoffs", "jsh2016"))
