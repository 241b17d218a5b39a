"""Ishii's score from age, grip and calf, with coefficients of its own for each sex. It is marked unchecked:
its formula was found printed nowhere."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sex    | age_years | grip_kg | calf_circumference_cm || ishii_score | ishii_positive
    male   | 65        | 43.9    | 23.5                  || 105.3090    | yes
    male   | 65        | 44.0    | 23.5                  || 105.0000    | yes
    male   | 65        | 44.1    | 23.5                  || 104.6910    | no
    female | 66        | 24.3    | 20.8                  || 120.5090    | yes
    female | 66        | 24.4    | 20.8                  || 120.0000    | yes
    female | 66        | 24.5    | 20.8                  || 119.4910    | no
    male   | 75        | 28      | 33                    || 116.56      | yes
    female | 75        | 18      | 32                    || 123.04      | yes
           | 75        | 28      | 33                    ||             |
    male   |           | 28      | 33                    ||             |
    male   | 75        |         | 33                    ||             |
    male   | 75        | 28      |                       ||             |
    """
)
def test_thresholds(answers: Answers) -> None:
    """Positive from 105 in men and from 120 in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 75, calf_circumference_cm 33
    grip_left_kg | grip_right_kg || ishii_score
    28           | 20            || 116.56
                 | 28            || 116.56
                 |               ||
    """
)
def test_either_hand(answers: Answers) -> None:
    """The grip may come from either hand."""
    assert answers.computed == answers.expected
