"""The Morse Fall Scale of patients in hospital."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.risk.score import additive_score

ALGORITHM = additive_score(load_evidence("risk", "morse"))
