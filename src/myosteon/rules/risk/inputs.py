"""What risks and strata are computed from beyond the measures themselves: classes of medicines, kidney function."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.logic.rule import Rule
from myosteon.rules.risk.kidney import kidney_rules
from myosteon.rules.risk.medications import medication_rules

# What `assess --risk` shows of these, beside the measures that they complete.
INPUT_COLUMNS = (
    "creatinine_clearance_cockcroft_gault_ml_min",
    "fall_risk_drug_classes_count",
    "fall_risk_drug_classes_at_least",
)


def input_rules() -> Iterator[Rule]:
    """Every rule that completes or derives an input of a risk."""
    yield from medication_rules()
    yield from kidney_rules()
