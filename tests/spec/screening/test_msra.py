"""The Mini Sarcopenia Risk Assessment. Lower is worse; every item is needed."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    age_years | hospital_stays_12m | walks_1000m | three_meals_daily | weight_loss_12m_kg || msra5_score | msra5_positive
    69.9      | 0                  | yes         | yes               | 0                  || 60          | no
    70        | 0                  | yes         | yes               | 0                  || 55          | no
    70        | 1                  | yes         | yes               | 2                  || 50          | no
    69.9      | 2                  | yes         | yes               | 2                  || 45          | yes
    70        | 0                  | yes         | yes               | 2.01               || 45          | yes
    70        | 0                  | no          | yes               | 0                  || 40          | yes
    70        | 0                  | yes         | no                | 0                  || 40          | yes
    75        | 3                  | no          | no                | 5                  || 0           | yes
              | 0                  | yes         | yes               | 0                  ||             |
    70        |                    | yes         | yes               | 0                  ||             |
    70        | 0                  |             | yes               | 0                  ||             |
    70        | 0                  | yes         |                   | 0                  ||             |
    70        | 0                  | yes         | yes               |                    ||             |
    """
)
def test_five_items(answers: Answers) -> None:
    """MSRA-5, 0 to 60: positive at 45 or less."""
    assert answers.computed == answers.expected


@spec(
    """
    age_years | hospital_stays_12m | walks_1000m | three_meals_daily | weight_loss_12m_kg | milk_daily | protein_food_daily || msra7_score | msra7_positive
    69.9      | 0                  | yes         | yes               | 2                  | yes        | yes                || 40          | no
    70        | 0                  | yes         | yes               | 2                  | yes        | yes                || 35          | no
    70        | 1                  | yes         | yes               | 2                  | yes        | yes                || 30          | yes
    69.9      | 2                  | yes         | yes               | 2                  | yes        | yes                || 30          | yes
    69.9      | 0                  | yes         | yes               | 2.01               | no         | yes                || 30          | yes
    69.9      | 0                  | yes         | yes               | 0                  | yes        | no                 || 35          | no
    69.9      | 0                  | no          | yes               | 0                  | yes        | yes                || 35          | no
    69.9      | 0                  | yes         | no                | 0                  | yes        | yes                || 35          | no
    75        | 3                  | no          | no                | 5                  | no         | no                 || 0           | yes
    70        | 0                  | yes         | yes               | 0                  |            | yes                ||             |
    70        | 0                  | yes         | yes               | 0                  | yes        |                    ||             |
    70        | 0                  | yes         | yes               |                    | yes        | yes                ||             |
    70        |                    | yes         | yes               | 0                  | yes        | yes                ||             |
              | 0                  | yes         | yes               | 0                  | yes        | yes                ||             |
    """
)
def test_seven_items(answers: Answers) -> None:
    """MSRA-7, 0 to 40: positive at 30 or less."""
    assert answers.computed == answers.expected
