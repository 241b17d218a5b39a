"""Strata of the Chinese guideline of 2022: high is osteoporosis, or low bone mass with a high FRAX; very high needs osteoporosis and more."""

from __future__ import annotations

from collections.abc import Callable

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.three_valued import Expr, may_be_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.osteoporosis.needs import SITES_WITH_RADIUS
from myosteon.rules.sarcopenia.thing import Lacking
from myosteon.rules.strata.criterion import Criterion, bands_lacking, sites_lacking
from myosteon.rules.strata.falls import fall_risk_high_of, fall_with_chronic_disease_of
from myosteon.rules.strata.fractures import (
    VERTEBRAL,
    fracture_recent_of,
    fracture_under_harming_drug_of,
    fracture_under_treatment_of,
    fractures_several_of,
)
from myosteon.rules.strata.frax import frax_high, frax_of, frax_very_high
from myosteon.rules.strata.glucocorticoid import glucocorticoid_high_for_long_of
from myosteon.rules.strata.stratum import any_named, named, strata
from myosteon.rules.strata.t_score import SPINE_HIP_OR_RADIUS, counted_t_score_of, very_low_t_score

OSTEOPOROSIS, LOW_BONE_MASS = "osteoporosis_china2022", "low_bone_mass_china2022"
LESSER = ("fracture_proximal_humerus", "fracture_pelvis", "fracture_distal_forearm")
EVIDENCE = load_evidence("strata", "stratum_china2022")


def _where_open(column: str, decides: str) -> Callable[[dict[str, Expr]], Expr]:
    return lambda columns: columns[decides] & columns[column].is_null()


def _osteoporosis() -> Criterion:
    """The diagnosis of the same guideline, with what it lacks itself."""
    bands, t_score, lesser = (
        f"{name}_china2022" for name in ("bands_decide", "t_score_decides", "lesser_fractures_decide")
    )
    waits = Lacking((), (bands,), lambda columns: columns[bands])
    return Criterion(
        "osteoporosis_china2022",
        OSTEOPOROSIS,
        (
            *bands_lacking(waits),
            Lacking(SITES_WITH_RADIUS, (t_score,), lambda columns: columns[t_score]),
            Lacking(("fracture_hip",), ("fracture_hip",), lambda columns: columns["fracture_hip"].is_null()),
            VERTEBRAL,
            *(Lacking((site,), (lesser, site), _where_open(site, lesser)) for site in LESSER),
        ),
    )


def _low_bone_mass() -> Criterion:
    """Low bone mass by the same guideline: a T-score between, of somebody to whom the bands apply."""
    between = "t_score_between_china2022"
    waits = Lacking((), (between,), lambda columns: may_be_yes(columns[between]))
    sites = sites_lacking(SITES_WITH_RADIUS, "t_score_lowest_with_radius", bands=True)
    return Criterion("low_bone_mass", LOW_BONE_MASS, (sites, *bands_lacking(waits)))


def _criteria(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    very_low = very_low_t_score(evidence, SPINE_HIP_OR_RADIUS, settings)
    return (
        _osteoporosis(),
        _low_bone_mass(),
        frax_of(frax_high, evidence),
        fracture_recent_of(evidence),
        fracture_under_treatment_of(evidence),
        fractures_several_of(evidence),
        glucocorticoid_high_for_long_of(evidence),
        fracture_under_harming_drug_of(evidence),
        counted_t_score_of(very_low, evidence, SPINE_HIP_OR_RADIUS),
        fall_risk_high_of(evidence),
        fall_with_chronic_disease_of(evidence),
        frax_of(frax_very_high, evidence),
    )


FURTHER = any_named(
    "fracture_recent",
    "fracture_under_treatment",
    "fractures_several",
    "glucocorticoid_high_for_long",
    "fracture_under_harming_drug",
    "t_score_very_low",
    "fall_risk_high",
    "fall_with_chronic_disease",
    "frax_very_high",
)

GUIDELINE = strata(
    EVIDENCE,
    base="below",
    levels={
        "high": named("osteoporosis_china2022") | (named("low_bone_mass") & named("frax_high")),
        "very_high": named("osteoporosis_china2022") & FURTHER,
    },
    criteria=_criteria,
)
