"""Strata of the American College of Rheumatology, 2022, of adults who take glucocorticoids."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.rules.guideline import Settings
from myosteon.rules.strata.acr2022_criteria import (
    bone_lost_of,
    frax_for_dose_of,
    glucocorticoid_moderate_of,
    glucocorticoid_treated_of,
    glucocorticoid_very_high_now_of,
    glucocorticoid_very_high_of,
    of_age_for_frax_of,
    too_young_for_frax_of,
)
from myosteon.rules.strata.criterion import Criterion
from myosteon.rules.strata.fractures import fracture_ever_of
from myosteon.rules.strata.stratum import any_named, named, strata
from myosteon.rules.strata.t_score import (
    SPINE_HIP_OR_RADIUS,
    counted_t_score_of,
    t_score_low,
    t_score_of,
    t_score_of_osteoporosis,
    t_score_very_low,
)

EVIDENCE = load_evidence("strata", "stratum_acr2022")
T_SCORES = (t_score_low, t_score_of_osteoporosis, t_score_very_low)


def _criteria(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    sites = SPINE_HIP_OR_RADIUS
    return (
        fracture_ever_of(evidence),
        glucocorticoid_very_high_of(evidence),
        of_age_for_frax_of(evidence),
        *(
            counted_t_score_of(t_score_of(template, evidence, sites), evidence, sites)
            for template in T_SCORES
        ),
        *frax_for_dose_of(evidence),
        too_young_for_frax_of(evidence),
        glucocorticoid_very_high_now_of(evidence),
        glucocorticoid_moderate_of(evidence),
        bone_lost_of(evidence),
    )


def _applies(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    return (glucocorticoid_treated_of(evidence),)


OLDER, YOUNGER = named("of_age_for_frax"), named("too_young_for_frax")
MODERATE = any_named("t_score_low", "frax_moderate_for_dose")
HIGH = any_named("t_score_of_osteoporosis", "frax_high_for_dose")
VERY_HIGH = any_named("t_score_very_low", "frax_very_high_for_dose")
DOSE_NOW = named("glucocorticoid_very_high_now")
LOST_BONE = named("glucocorticoid_moderate") & named("bone_lost")

GUIDELINE = strata(
    EVIDENCE,
    base="low",
    levels={
        "moderate": (OLDER & MODERATE) | (YOUNGER & LOST_BONE),
        "high": OLDER & HIGH,
        "very_high": any_named("fracture_ever", "glucocorticoid_very_high")
        | (OLDER & VERY_HIGH)
        | (YOUNGER & DOSE_NOW),
    },
    # Somebody of unknown age for whom it holds at any age.
    follows={
        "moderate": MODERATE & (LOST_BONE | DOSE_NOW),
        "high": HIGH & DOSE_NOW,
        "very_high": VERY_HIGH & DOSE_NOW,
    },
    criteria=_criteria,
    applies=_applies,
)
