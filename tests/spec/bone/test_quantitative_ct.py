"""Trabecular bone density of the spine by quantitative computed tomography, by the American College of
Radiology."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    qct_spine_mg_cm3 || bone_qct_acr
    120.1            || normal
    120              || low
    119.9            || low
    80.1             || low
    80               || low
    79.9             || osteoporosis
    -10              || osteoporosis
                     ||
    """
)
def test_limits(answers: Answers) -> None:
    """Normal above 120, low from 80 to 120, osteoporosis below 80 mg/cm³. Both limits are low."""
    assert answers.computed == answers.expected
