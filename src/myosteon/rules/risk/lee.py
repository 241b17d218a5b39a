"""The Lee index: death within four years, and at its ends within ten."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.risk.score import additive_score

ALGORITHM = additive_score(load_evidence("risk", "lee"))
