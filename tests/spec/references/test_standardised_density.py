"""Standardised bone density (mg/cm²), a scale common to the makers: for cohorts, not for change in one
person."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    dxa_maker | bmd_femoral_neck_g_cm2 | bmd_total_hip_g_cm2 || sbmd_femoral_neck_mg_cm2 | sbmd_total_hip_mg_cm2
    hologic   | 0.800                  | 0.800               || 888.6                    | 812.4
    lunar     | 0.800                  | 0.800               || 728.2                    | 752.2
    norland   | 0.800                  | 0.800               || 794.0                    | 835.6
              | 0.800                  | 0.800               ||                          |
    hologic   |                        |                     ||                          |
    """
)
def test_hip(answers: Answers) -> None:
    """Femoral neck and total hip by maker."""
    assert answers.computed == answers.expected


@spec(
    """
    dxa_maker | bmd_lumbar_spine_g_cm2 || sbmd_lumbar_spine_mg_cm2
    hologic   | 0.900                  || 967.6
    lunar     | 1.000                  || 946.8
    norland   | 0.900                  || 976.4
              | 0.900                  ||
    norland   |                        ||
    """
)
def test_spine(answers: Answers) -> None:
    """Lumbar spine by maker."""
    assert answers.computed == answers.expected
