"""Strata of the National Osteoporosis Guideline Group of the United Kingdom, 2021: FRAX against thresholds by age, and signs of very high risk.

Of major and hip fracture the higher stratum counts. Computed without bone density, FRAX is high from the upper assessment
threshold and intermediate from the lower one; computed with it, high from the intervention threshold, and low below.
"""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet, Finding
from myosteon.logic.rule import criterion
from myosteon.logic.three_valued import Expr
from myosteon.rules.guideline import Settings
from myosteon.rules.sarcopenia.thing import lacking
from myosteon.rules.strata.criterion import Criterion, bands_apply_from_age, criterion_of
from myosteon.rules.strata.fractures import vertebral_fracture_recent_of, vertebral_fractures_several_of
from myosteon.rules.strata.frax import (
    frax_at_intervention,
    frax_at_lower_assessment,
    frax_at_upper_assessment,
    frax_at_very_high_risk,
    frax_by_age_of,
)
from myosteon.rules.strata.glucocorticoid import glucocorticoid_high_for_long_of
from myosteon.rules.strata.stratum import any_named, named, strata
from myosteon.rules.strata.t_score import SPINE_OR_HIP, t_score_of, t_score_very_low

EVIDENCE = load_evidence("strata", "stratum_nogg2021")


@criterion
def frax_computed_with_bmd(frax_with_bmd: Expr, *, finding: Finding) -> Expr:
    """FRAX was computed with bone density."""
    return frax_with_bmd


@criterion
def frax_computed_without_bmd(frax_with_bmd: Expr, *, finding: Finding) -> Expr:
    """FRAX was computed without bone density."""
    return ~frax_with_bmd


def _criteria(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    return (
        frax_by_age_of(frax_at_lower_assessment, evidence),
        frax_by_age_of(frax_at_intervention, evidence),
        frax_by_age_of(frax_at_upper_assessment, evidence),
        frax_by_age_of(frax_at_very_high_risk, evidence),
        criterion_of(frax_computed_with_bmd, evidence, lacking("frax_with_bmd")),
        criterion_of(frax_computed_without_bmd, evidence, lacking("frax_with_bmd")),
        vertebral_fracture_recent_of(evidence),
        vertebral_fractures_several_of(evidence),
        t_score_of(t_score_very_low, evidence, SPINE_OR_HIP),
        glucocorticoid_high_for_long_of(evidence),
    )


WITHOUT = named("frax_computed_without_bmd") & named("frax_at_lower_assessment")
WITH = named("frax_computed_with_bmd") & named("frax_at_intervention")

GUIDELINE = strata(
    EVIDENCE,
    base="low",
    levels={
        # From the intervention threshold on the stratum is intermediate at least, with bone density or without.
        "intermediate": WITHOUT | named("frax_at_intervention"),
        "high": named("frax_at_upper_assessment") | WITH,
        "very_high": any_named(
            "frax_at_very_high_risk",
            "vertebral_fracture_recent",
            "vertebral_fractures_several",
            "t_score_very_low",
            "glucocorticoid_high_for_long",
        ),
    },
    criteria=_criteria,
    applies=bands_apply_from_age,
)
