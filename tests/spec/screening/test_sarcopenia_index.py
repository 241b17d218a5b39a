"""Creatinine (mg/dL) over cystatin C (mg/L), times 100. It has no agreed cut-off, so there is no verdict."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    creatinine_umol_l | cystatin_c_mg_l || sarcopenia_index
    70.72             | 1.0             || 80.0
    61.88             | 1.2             || 58.33
    88.4              | 1.0             || 100.000000000
    88.4              |                 ||
                      | 1.0             ||
    """
)
def test_ratio(answers: Answers) -> None:
    """88.4 µmol/L of creatinine are 1 mg/dL."""
    assert answers.computed == answers.expected
