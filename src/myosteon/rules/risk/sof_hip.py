"""The one-year hip fracture score of the Study of Osteoporotic Fractures, for women who have osteoporosis."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.risk.score import additive_score

ALGORITHM = additive_score(load_evidence("risk", "sof_hip"))
