"""The Short Physical Performance Battery, 0 to 12 points."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sppb_score || sppb_low_ewgsop2010 | sppb_low_ewgsop2019 | sppb_low_awgs2019 | sppb_low_china2021
    7          || yes                 | yes                 | yes               | yes
    8          || yes                 | yes                 | yes               | yes
    9          || no                  | no                  | yes               | yes
    10         || no                  | no                  | no                | no
    12         || no                  | no                  | no                | no
    0          || yes                 | yes                 | yes               | yes
               ||                     |                     |                   |
    """
)
def test_limits(answers: Answers) -> None:
    """EWGSOP 2010 and EWGSOP2 2019: low at 8 points or less. AWGS 2019 and China 2021: low at 9 or less."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: balance_side_by_side_s 10, balance_semi_tandem_s 10
    sppb_score | balance_tandem_s | gait_4m_s | chair_stand_5x_s || sppb_balance_points | sppb_gait_points | sppb_chair_points | sppb_score
               | 10               | 4.0       | 11.0             || 4                   | 4                | 4                 | 12
               | 5                | 5.0       | 12.0             || 3                   | 3                | 3                 | 9
               | 1                | 8.0       | 15.0             || 2                   | 2                | 2                 | 6
    7          | 10               | 4.0       | 11.0             || 4                   | 4                | 4                 | 7
    7          |                  |           |                  ||                     |                  |                   | 7
               |                  | 4.0       | 11.0             ||                     | 4                | 4                 |
               | 10               |           | 11.0             || 4                   |                  | 4                 |
               | 10               | 4.0       |                  || 4                   | 4                |                   |
    """
)
def test_built_from_its_parts(answers: Answers) -> None:
    """The total is used where it is given, else built from balance, walk and chair where all three are known."""
    assert answers.computed == answers.expected


@spec(
    """
    balance_side_by_side_s | balance_semi_tandem_s | balance_tandem_s || sppb_balance_points
    9.99                   | 10                    | 10               || 0
    9.99                   |                       |                  || 0
    0                      |                       |                  || 0
    10                     | 9.99                  | 10               || 1
    10                     | 9.99                  |                  || 1
    10                     | 10                    | 2.99             || 2
    10                     | 10                    | 3.00             || 3
    10                     | 10                    | 9.99             || 3
    10                     | 10                    | 10               || 4
    30                     | 30                    | 30               || 4
    10                     | 10                    |                  ||
    10                     |                       | 10               ||
                           | 10                    | 10               ||
                           | 0                     |                  ||
                           |                       |                  ||
    """
)
def test_balance(answers: Answers) -> None:
    """Balance gives up to 4 points. The harder stand is not needed once an easier one is failed, and a harder
    stand without the easier one is not a result."""
    assert answers.computed == answers.expected


@spec(
    """
    gait_4m_s | walk_unable || sppb_gait_points
    4.81      |             || 4
    4.82      |             || 3
    6.20      |             || 3
    6.21      |             || 2
    8.70      |             || 2
    8.71      |             || 1
    120       |             || 1
              | yes         || 0
    4         | yes         || 0
    4         | no          || 4
              | no          ||
              |             ||
    """
)
def test_walk_of_four_metres(answers: Answers) -> None:
    """The walk over 4 m gives up to 4 points; who cannot walk has none."""
    assert answers.computed == answers.expected


@spec(
    """
    chair_stand_5x_s | chair_stand_unable || sppb_chair_points
    11.19            |                    || 4
    11.20            |                    || 3
    13.69            |                    || 3
    13.70            |                    || 2
    16.69            |                    || 2
    16.70            |                    || 1
    60.00            |                    || 1
    60.01            |                    || 0
                     | yes                || 0
    9                | yes                || 0
    9                | no                 || 4
                     | no                 ||
                     |                    ||
    """
)
def test_five_rises(answers: Answers) -> None:
    """Five rises give up to 4 points; more than 60 seconds, or no rise, gives none."""
    assert answers.computed == answers.expected


@spec(
    """
    balance_side_by_side_s | walk_unable | chair_stand_unable || sppb_score | sppb_low_ewgsop2019
    0                      | yes         | yes                || 0          | yes
    0                      | yes         |                    ||            |
    0                      |             | yes                ||            |
                           | yes         | yes                ||            |
    0                      | no          | no                 ||            |
    """
)
def test_a_total_from_failures(answers: Answers) -> None:
    """Cannot rise and cannot walk are known parts of 0 points, so a total can be built without a time."""
    assert answers.computed == answers.expected
