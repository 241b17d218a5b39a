"""Every derived fact that recommendations and the safety review of a plan ask for."""

from __future__ import annotations

from myosteon.logic.rule import Rule
from myosteon.rules.guidance.bone_facts import bone_fact_rules
from myosteon.rules.guidance.calcium_facts import calcium_fact_rules
from myosteon.rules.guidance.counting import AT_LEAST, AT_MOST
from myosteon.rules.guidance.fall_facts import fall_fact_rules
from myosteon.rules.guidance.kidney_facts import kidney_fact_rules
from myosteon.rules.guidance.medicine_counts import medicine_count_rules
from myosteon.rules.guidance.medicines_in_use import medicine_in_use_rules
from myosteon.rules.guidance.risk_factors import risk_factor_rules
from myosteon.rules.guidance.same import same_rules

# A count is unknown while one of its parts is. What it is at least and at most is known before, and settles many comparisons.
BOUNDS = {
    name: (f"{name}_{AT_LEAST}", f"{name}_{AT_MOST}")
    for name in ("clinical_risk_factor_count", "cns_active_count", "fall_risk_factor_count", "frid_count")
}


def derived_guidance_rules() -> tuple[Rule, ...]:
    """The facts, as rules of the stratum of care; they need the rules of risks, strata and care."""
    return (
        *same_rules(),
        *medicine_in_use_rules(),
        *medicine_count_rules(),
        *bone_fact_rules(),
        *kidney_fact_rules(),
        *calcium_fact_rules(),
        *fall_fact_rules(),
        *risk_factor_rules(),
    )
