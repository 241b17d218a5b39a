"""Strata of the Endocrine Society, 2019: low, moderate, high and very high by fractures, T-score and FRAX."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.rules.guideline import Settings
from myosteon.rules.strata.criterion import Criterion, bands_apply
from myosteon.rules.strata.fractures import hip_or_vertebral_fracture_of, vertebral_fractures_several_of
from myosteon.rules.strata.frax import frax_high, frax_of
from myosteon.rules.strata.stratum import any_named, named, strata
from myosteon.rules.strata.t_score import SPINE_OR_HIP, t_score_low, t_score_of, t_score_of_osteoporosis

EVIDENCE = load_evidence("strata", "stratum_endocrine2019")


def _criteria(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    return (
        t_score_of(t_score_low, evidence, SPINE_OR_HIP),
        hip_or_vertebral_fracture_of(evidence),
        t_score_of(t_score_of_osteoporosis, evidence, SPINE_OR_HIP),
        frax_of(frax_high, evidence),
        vertebral_fractures_several_of(evidence),
    )


GUIDELINE = strata(
    EVIDENCE,
    base="low",
    levels={
        "moderate": named("t_score_low"),
        "high": any_named("hip_or_vertebral_fracture", "t_score_of_osteoporosis", "frax_high"),
        "very_high": named("vertebral_fractures_several") & named("t_score_of_osteoporosis"),
    },
    criteria=_criteria,
    applies=bands_apply,
)
