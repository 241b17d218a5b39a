"""OSTA, OST and ORAI: the risk of osteoporosis from age, weight and oestrogen."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    weight_kg | age_years || osta_index | ost_index | osta_risk
    78        | 70        || 1          | 1         | low
    70        | 70        || 0          | 0         | low
    65.1      | 70        || 0          | 0         | low
    65        | 70        || -1         | -1        | medium
    60.1      | 70        || -1         | -1        | medium
    60        | 70        || -2         | -2        | medium
    45.1      | 70        || -4         | -4        | medium
    45        | 70        || -5         | -5        | high
    50.5      | 80.5      || -6         | -6        | high
    59.3      | 69.3      || -2         | -2        | medium
              | 70        ||            |           |
    65        |           ||            |           |
    """
)
def test_osta_and_ost(answers: Answers) -> None:
    """0.2 times the weight in kg minus the age in years, cut towards zero to a whole number. OSTA: low risk
    above -1, medium from -1 to -4, high below -4."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | age_years | weight_kg | drug            || orai_score | orai_positive
    female | 75        | 59.9      | none            || 26         | yes
    female | 75        | 70        | hormone_therapy || 15         | yes
    female | 74.9      | 70        | hormone_therapy || 9          | yes
    female | 65        | 70        | hormone_therapy || 9          | yes
    female | 64.9      | 70        | none            || 7          | no
    female | 55        | 60        | hormone_therapy || 8          | no
    female | 55        | 60        | alendronate     || 10         | yes
    female | 54.9      | 60        | none            || 5          | no
    female | 45        | 69.9      | none            || 5          | no
    female | 44.9      | 70        | hormone_therapy || 0          | no
    female | 45        | 59.9      | hormone_therapy || 9          | yes
    male   | 75        | 50        | none            ||            |
           | 75        | 50        | none            ||            |
    female |           | 50        | none            ||            |
    female | 75        |           | none            ||            |
    female | 75        | 50        |                 ||            |
    """
)
def test_orai(answers: Answers) -> None:
    """In women: 15, 9, 5 or no points for the age, 9, 3 or none for the weight, 2 for taking no oestrogen now.
    Positive from 9."""
    assert answers.computed == answers.expected
