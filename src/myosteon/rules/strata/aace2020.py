"""Strata of the American Association of Clinical Endocrinology, 2020: high is osteoporosis, very high by any one of further signs."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.rules.guideline import Settings
from myosteon.rules.strata.criterion import Criterion, bands_apply
from myosteon.rules.strata.falls import fall_risk_high_of
from myosteon.rules.strata.fractures import (
    fracture_ever_of,
    fracture_recent_of,
    fracture_under_harming_drug_of,
    fracture_under_treatment_of,
    fractures_several_of,
)
from myosteon.rules.strata.frax import frax_high, frax_of, frax_very_high
from myosteon.rules.strata.stratum import any_named, named, strata
from myosteon.rules.strata.t_score import (
    SPINE_HIP_OR_RADIUS,
    t_score_of,
    t_score_of_osteoporosis,
    very_low_t_score,
)

EVIDENCE = load_evidence("strata", "stratum_aace2020")


def _criteria(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    very_low = very_low_t_score(evidence, SPINE_HIP_OR_RADIUS, settings)
    return (
        fracture_ever_of(evidence),
        t_score_of(t_score_of_osteoporosis, evidence, SPINE_HIP_OR_RADIUS),
        frax_of(frax_high, evidence),
        fracture_recent_of(evidence),
        fractures_several_of(evidence),
        very_low,
        frax_of(frax_very_high, evidence),
        fracture_under_treatment_of(evidence),
        fracture_under_harming_drug_of(evidence),
        fall_risk_high_of(evidence),
    )


HIGH = any_named("fracture_ever", "t_score_of_osteoporosis", "frax_high")
VERY_HIGH = any_named(
    "fracture_recent",
    "fractures_several",
    "t_score_very_low",
    "frax_very_high",
    "fracture_under_treatment",
    "fracture_under_harming_drug",
)

GUIDELINE = strata(
    EVIDENCE,
    base="below",
    levels={"high": HIGH, "very_high": VERY_HIGH | (HIGH & named("fall_risk_high"))},
    criteria=_criteria,
    applies=bands_apply,
)
