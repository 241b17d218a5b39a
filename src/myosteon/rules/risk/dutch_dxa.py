"""The Dutch case-finding score: whose bone density should be measured."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.risk.score import additive_score

ALGORITHM = additive_score(load_evidence("risk", "dutch_dxa"))
