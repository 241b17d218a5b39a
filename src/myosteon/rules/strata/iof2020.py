"""Strata of the International Osteoporosis Foundation and ESCEO, 2020: FRAX of a major fracture against European thresholds by age."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.rules.guideline import Settings
from myosteon.rules.strata.criterion import Criterion, bands_apply_from_age
from myosteon.rules.strata.frax import frax_above_intervention, frax_above_upper, frax_by_age_of
from myosteon.rules.strata.stratum import named, strata

EVIDENCE = load_evidence("strata", "stratum_iof2020")


def _criteria(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    return (
        frax_by_age_of(frax_above_intervention, evidence),
        frax_by_age_of(frax_above_upper, evidence),
    )


GUIDELINE = strata(
    EVIDENCE,
    base="low",
    levels={"high": named("frax_above_intervention"), "very_high": named("frax_above_upper")},
    criteria=_criteria,
    applies=bands_apply_from_age,
)
