"""SARC-F and the two instruments built on it."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sarc_f_score | sarc_f_strength | sarc_f_assistance | sarc_f_rise | sarc_f_climb | sarc_f_falls || sarc_f_score | sarc_f_positive
    3            |                 |                   |             |              |              || 3            | no
    4            |                 |                   |             |              |              || 4            | yes
                 | 1               | 1                 | 1           | 0            | 0            || 3            | no
                 | 1               | 1                 | 1           | 1            | 0            || 4            | yes
                 | 2               | 2                 | 2           | 2            | 2            || 10           | yes
                 | 2               | 2                 | 2           | 2            |              ||              |
                 |                 | 2                 | 2           | 2            | 2            ||              |
    1            | 2               | 2                 | 2           | 2            | 2            || 1            | no
    5            | 0               | 0                 | 0           | 0            |              || 5            | yes
                 |                 |                   |             |              |              ||              |
    """
)
def test_total(answers: Answers) -> None:
    """The total as given, else the sum of the five items; all five are needed. A total that is given counts,
    whatever its items."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | calf_circumference_cm | sarc_f_score || sarc_calf_score | sarc_calf_positive
    male   | 34.0                  | 0            || 10              | no
    male   | 34.0                  | 1            || 11              | yes
    male   | 34.1                  | 10           || 10              | no
    male   | 33.9                  | 4            || 14              | yes
    female | 33.0                  | 1            || 11              | yes
    female | 33.1                  | 1            || 1               | no
    female | 32.9                  | 0            || 10              | no
           | 30.0                  | 4            ||                 |
           | 40.0                  | 4            ||                 |
    male   |                       | 4            ||                 |
    male   | 34.0                  |              ||                 |
    """
)
def test_sarc_calf(answers: Answers) -> None:
    """SARC-CalF adds 10 where the calf is 34 cm or less in men, 33 cm or less in women, and is positive from
    11: a small calf alone is not enough."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100
    sarc_f_score | age_years | weight_kg || sarc_f_ebm_score | sarc_f_ebm_positive
    1            | 75        | 21.1      || 11               | no
    2            | 75        | 21.1      || 12               | yes
    2            | 74.9      | 21.1      || 2                | no
    2            | 74.9      | 21        || 12               | yes
    0            | 75        | 21        || 20               | yes
    10           | 80        | 20        || 30               | yes
                 | 75        | 21        ||                  |
    4            |           | 21        ||                  |
    4            | 75        |           ||                  |
    """
)
def test_sarc_f_ebm(answers: Answers) -> None:
    """SARC-F+EBM adds 10 from the age of 75 and 10 at a body mass index of 21 or less, and is positive from
    12."""
    assert answers.computed == answers.expected
