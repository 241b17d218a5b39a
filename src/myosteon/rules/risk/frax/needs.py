"""What an adjusted FRAX value still needs."""

from __future__ import annotations

from myosteon.logic.answers import Listing
from myosteon.logic.three_valued import Expr, all_of, is_yes
from myosteon.rules.risk.decorators import risk_listing


@risk_listing
def frax_adjustments_needs(
    frax_major_adjusted_percent: Expr,
    frax_hip_adjusted_percent: Expr,
    frax_conflict_major: Expr,
    frax_conflict_hip: Expr,
    frax_major_percent: Expr,
    frax_hip_percent: Expr,
    age_years: Expr,
    frax_age_years: Expr,
    frax_lacks_glucocorticoid: Expr,
    frax_glucocorticoid_applies: Expr,
    glucocorticoid_mg_day: Expr,
    frax_with_glucocorticoid: Expr,
    frax_spine_counts: Expr,
    frax_with_bmd: Expr,
    t_score_femoral_neck: Expr,
    frax_prior_fractures_applies: Expr,
) -> Listing:
    """The unknown measures on which an adjusted value depends; none where it is given, refused, or two adjustments conflict."""
    accepted = (age_years.is_null() | ~frax_age_years.is_null()) & ~is_yes(frax_lacks_glucocorticoid)
    major, hip = (
        all_of([accepted, adjusted.is_null(), raw.is_null() | frax_age_years.is_null() | ~is_yes(conflict)])
        for adjusted, raw, conflict in (
            (frax_major_adjusted_percent, frax_major_percent, frax_conflict_major),
            (frax_hip_adjusted_percent, frax_hip_percent, frax_conflict_hip),
        )
    )
    either = major | hip
    dose_open = either & frax_glucocorticoid_applies.is_null()
    spine_open = major & frax_spine_counts.is_null()
    return Listing(
        (
            (either & age_years.is_null(), ("age_years",)),
            (major & frax_major_percent.is_null(), ("frax_major_percent",)),
            (hip & frax_hip_percent.is_null(), ("frax_hip_percent",)),
            (dose_open & glucocorticoid_mg_day.is_null(), ("glucocorticoid_mg_day",)),
            (dose_open & frax_with_glucocorticoid.is_null(), ("frax_with_glucocorticoid",)),
            (spine_open & frax_with_bmd.is_null(), ("frax_with_bmd",)),
            (spine_open & t_score_femoral_neck.is_null(), ("t_score_femoral_neck",)),
            (either & frax_prior_fractures_applies.is_null(), ("fracture_count",)),
        )
    )
