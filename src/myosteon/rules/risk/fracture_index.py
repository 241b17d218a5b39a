"""The FRACTURE Index: with bone density five-year risks, without it points only."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.rules.risk.score import additive_score

WITH_BONE_DENSITY = additive_score(load_evidence("risk", "fracture_index"))
WITHOUT_BONE_DENSITY = additive_score(load_evidence("risk", "fracture_index_without_bmd"))
