"""The FRAMO Index: hip fracture and death within two years, from four simple items."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.risk.score import additive_score

ALGORITHM = additive_score(load_evidence("risk", "framo"))
