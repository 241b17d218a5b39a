"""Adjustments of a FRAX value that the user supplies. FRAX is closed: it is taken as given and never imitated."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import InputRange
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, is_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_listing
from myosteon.rules.risk.frax.adjusted import adjusted_rules
from myosteon.rules.risk.frax.diabetes import diabetes_rules
from myosteon.rules.risk.frax.glucocorticoid import glucocorticoid_rules
from myosteon.rules.risk.frax.needs import frax_adjustments_needs
from myosteon.rules.risk.frax.prior_fractures import prior_fracture_rules
from myosteon.rules.risk.frax.spine import spine_rules
from myosteon.rules.risk.frax.trabecular_bone import trabecular_bone_rules
from myosteon.rules.risk.frax.value import frax_age_years
from myosteon.rules.risk.population import inside, range_of

EVIDENCE = load_evidence("risk", "frax_adjustments")


@risk_listing
def frax_adjustments_outside(
    age_years: Expr, frax_age_years: Expr, frax_lacks_glucocorticoid: Expr
) -> Listing:
    """What no adjustment was made for: an age that FRAX does not accept, a FRAX without the glucocorticoids that are taken."""
    return Listing(
        (
            (~age_years.is_null() & frax_age_years.is_null(), ("age_years",)),
            (is_yes(frax_lacks_glucocorticoid), ("frax_with_glucocorticoid",)),
        )
    )


@risk_listing
def frax_adjustments_clamped(age_whole_years: Expr, *, ages: InputRange) -> Listing:
    """An age that FRAX does not accept, for which the limit of its range stands."""
    return Listing(((is_yes(~inside(age_whole_years, ages)), ("age_years",)),))


def _rules(settings: Settings) -> tuple[Rule, ...]:
    ages = range_of(EVIDENCE.ranges, "age_years")
    assert ages is not None
    clamp = settings.clamp_risk_inputs
    return (
        frax_age_years.rule(ages=ages, clamp=clamp),
        *glucocorticoid_rules(EVIDENCE),
        *spine_rules(EVIDENCE),
        *prior_fracture_rules(EVIDENCE),
        *adjusted_rules(),
        frax_adjustments_needs.rule(),
        *diabetes_rules(EVIDENCE),
        *trabecular_bone_rules(EVIDENCE),
        frax_adjustments_outside.rule(),
        *((renamed(frax_adjustments_clamped.rule(ages=ages), template="risk_clamped"),) if clamp else ()),
    )


ALGORITHM = Algorithm(
    EVIDENCE,
    _rules,
    (
        "frax_major_glucocorticoid_percent",
        "frax_hip_glucocorticoid_percent",
        "frax_major_spine_percent",
        "frax_major_prior_fractures_percent",
        "frax_hip_prior_fractures_percent",
        "frax_major_adjusted_percent",
        "frax_hip_adjusted_percent",
        "frax_adjustments_conflict",
        "frax_adjustments_needs",
        "frax_adjustments_outside",
        "frax_type2_diabetes_options",
        "trabecular_bone_class",
    ),
    clamps=True,
)
