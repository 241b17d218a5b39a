"""The FRAIL scale, 0 to 5: robust at 0, prefrail at 1 or 2, frail from 3."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: weight_kg 60, weight_loss_12m_kg 0
    fatigue_most_of_time | unable_climb_10_steps | unable_walk_block | illness_count || frail_score | frail_status
    no                   | no                    | no                | 0             || 0           | robust
    yes                  | no                    | no                | 0             || 1           | prefrail
    yes                  | yes                   | no                | 0             || 2           | prefrail
    yes                  | yes                   | yes               | 0             || 3           | frail
    yes                  | yes                   | yes               | 5             || 4           | frail
    yes                  | yes                   | yes               |               ||             |
    no                   | no                    |                   | 0             ||             |
    no                   |                       | no                | 0             ||             |
                         | no                    | no                | 0             ||             |
                         |                       |                   |               ||             |
    """
)
def test_bands(answers: Answers) -> None:
    """One point each for fatigue, stairs, walking, illnesses and weight loss."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: fatigue_most_of_time no, unable_climb_10_steps no, unable_walk_block no
    illness_count | weight_kg | weight_loss_12m_kg || frail_score | frail_status
    4             | 60        | 0                  || 0           | robust
    5             | 60        | 0                  || 1           | prefrail
    0             | 57        | 3.0                || 0           | robust
    0             | 57        | 3.01               || 1           | prefrail
    0             | 57        | 3.1                || 1           | prefrail
    0             | 47.5      | 2.5                || 0           | robust
    5             | 57        | 3.1                || 2           | prefrail
    0             |           | 0                  ||             |
    0             | 57        |                    ||             |
                  | 57        | 3.1                ||             |
    """
)
def test_illnesses_and_weight(answers: Answers) -> None:
    """Illnesses count from five; weight loss counts above 5 % of the weight before, exactly 5 % does not.
    Three points already do not make up for an item that is not known."""
    assert answers.computed == answers.expected
