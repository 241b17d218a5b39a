"""Fried's phenotype: robust at 0, prefrail at 1 or 2, frail from 3 of five signs. The walk over 15 feet is
judged from the usual speed."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, height_cm 170, weight_kg 70
    weight_loss_12m_kg | exhaustion_3_days_week | physical_activity_kcal_week | gait_speed_m_s | grip_kg || fried_score | fried_status
    0                  | no                     | 500                         | 1.2            | 40      || 0           | robust
    4.5                | no                     | 383                         | 1.2            | 40      || 0           | robust
    4.6                | no                     | 500                         | 1.2            | 40      || 1           | prefrail
    0                  | yes                    | 500                         | 1.2            | 40      || 1           | prefrail
    0                  | no                     | 382.9                       | 1.2            | 40      || 1           | prefrail
    0                  | no                     | 500                         | 0.6            | 40      || 1           | prefrail
    0                  | no                     | 500                         | 1.2            | 30      || 1           | prefrail
    0                  | yes                    | 100                         | 1.2            | 40      || 2           | prefrail
    0                  | yes                    | 100                         | 0.6            | 40      || 3           | frail
    5                  | yes                    | 100                         | 0.6            | 20      || 5           | frail
                       | no                     | 500                         | 1.2            | 40      ||             |
    0                  |                        | 500                         | 1.2            | 40      ||             |
    0                  | no                     |                             | 1.2            | 40      ||             |
    0                  | no                     | 500                         |                | 40      ||             |
    0                  | no                     | 500                         | 1.2            |         ||             |
    """
)
def test_five_signs(answers: Answers) -> None:
    """Weight loss above 4.5 kg, exhaustion on three days a week or more, activity below 383 (men) or 270
    (women) kcal a week, a slow walk for the height, a weak grip for the body mass index."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: weight_loss_12m_kg 0, exhaustion_3_days_week no, gait_speed_m_s 1.5, height_cm 160, weight_kg 60, grip_kg 50
    sex    | physical_activity_kcal_week || fried_score
    male   | 382.9                       || 1
    male   | 383                         || 0
    female | 269.9                       || 1
    female | 270                         || 0
    female | 270.1                       || 0
           | 100                         ||
    female |                             ||
    """
)
def test_low_activity(answers: Answers) -> None:
    """Men below 383, women below 270 kcal a week; the limit itself is not low."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: weight_loss_12m_kg 0, exhaustion_3_days_week no, physical_activity_kcal_week 1000, grip_kg 50, weight_kg 70
    sex    | height_cm | gait_speed_m_s | walk_unable || fried_score
    male   | 173       | 0.65           |             || 1
    male   | 173       | 0.66           |             || 0
    male   | 173.1     | 0.76           |             || 1
    male   | 173.1     | 0.77           |             || 0
    male   | 173.1     | 0.762          |             || 1
    female | 159       | 0.65           |             || 1
    female | 159       | 0.66           |             || 0
    female | 159.1     | 0.76           |             || 1
    female | 159.1     | 0.77           |             || 0
    male   | 170       |                | yes         || 1
    male   | 170       | 1.2            | yes         || 1
    male   | 170       | 0              |             || 1
    male   | 170       |                | no          ||
    male   |           | 1.2            |             ||
           | 170       | 1.2            |             ||
    """
)
def test_slow_for_the_height(answers: Answers) -> None:
    """Men up to 173 cm are slow from 7 seconds over 4.572 m, taller men from 6; women up to 159 cm from 7,
    taller women from 6. Who stands still or cannot walk is slow."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: weight_loss_12m_kg 0, exhaustion_3_days_week no, physical_activity_kcal_week 1000, gait_speed_m_s 1.5, height_cm 100
    sex    | weight_kg | grip_kg || fried_score
    male   | 24        | 29      || 1
    male   | 24        | 29.1    || 0
    male   | 24.1      | 30      || 1
    male   | 28        | 30      || 1
    male   | 28        | 30.1    || 0
    male   | 28.1      | 32      || 1
    male   | 28.1      | 32.1    || 0
    female | 23        | 17      || 1
    female | 23        | 17.1    || 0
    female | 23.1      | 17.3    || 1
    female | 26        | 17.3    || 1
    female | 26        | 17.4    || 0
    female | 26.1      | 18      || 1
    female | 29        | 18      || 1
    female | 29        | 18.1    || 0
    female | 29.1      | 21      || 1
    female | 29.1      | 21.1    || 0
    female |           | 10      ||
           | 25        | 10      ||
    """
)
def test_weak_for_the_size(answers: Answers) -> None:
    """Grip at or below a limit that rises with the body mass index: in men 29, 30 and 32 kg up to 24, up to 28
    and above; in women 17, 17.3, 18 and 21 kg up to 23, 26, 29 and above."""
    assert answers.computed == answers.expected
