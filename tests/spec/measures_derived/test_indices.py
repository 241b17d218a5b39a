"""Quantities that are computed from measurements. They are unknown where one of their parts is."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    height_cm | weight_kg || bmi
    100       | 20        || 20
    160       | 51.2      || 20.000000000
    170       | 70        || 24.221453
    170       |           ||
              | 70        ||
              |           ||
    """
)
def test_body_mass_index(answers: Answers) -> None:
    """Weight over height squared."""
    assert answers.computed == answers.expected


@spec(
    """
    height_cm | weight_kg | alm_kg | mass_method || asmi     | asm_bmi | alm_weight_percent
    160       | 50        | 17     | dxa         || 6.640625 | 0.8704  | 34
    160       | 50        | 17     | estimated   || 6.640625 | 0.8704  | 34
    160       | 50        | 17     |             || 6.640625 | 0.8704  | 34
    160       |           | 17     |             || 6.640625 |         |
              | 50        | 17     |             ||          |         | 34
    160       | 50        |        |             ||          |         |
    """
)
def test_muscle_mass_indices(answers: Answers) -> None:
    """Limb lean mass over height squared and over body mass index, whatever the method of measuring, and as a
    share of body weight."""
    assert answers.computed == answers.expected


@spec(
    """
    height_cm | weight_kg | alm_kg || asmi        | bmi
    170       | 70        | 20     || 6.920415225 | 24.221453287
    165.3     | 61.7      | 17.3   || 6.331409390 | 22.580806900
    170       | 70        |        ||             | 24.221453287
    """
)
def test_rounded_to_nine_decimals(answers: Answers) -> None:
    """Computed values are rounded to nine decimals before they are compared or given."""
    assert answers.computed == answers.expected
