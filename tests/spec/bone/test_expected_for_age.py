"""For premenopausal women and men under 50 the Z-score speaks: below the range expected for age at -2.0 or
lower."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 49
    z_score_lumbar_spine | z_score_femoral_neck | z_score_total_hip || bone_age_expected
    -1.9                 |                      |                   || within_expected
    -1.99                |                      |                   || within_expected
    -2.0                 |                      |                   || below_expected
    -2.01                |                      |                   || below_expected
    0                    | 0                    | -2.0              || below_expected
    0                    | -2.0                 | 0                 || below_expected
    0                    | 0                    | 0                 || within_expected
                         |                      |                   ||
    """
)
def test_limits(answers: Answers) -> None:
    """The lowest Z-score of the sites that were measured decides."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: z_score_total_hip -2.5
    sex    | age_years | postmenopausal || bone_age_expected
    male   | 49.9      |                || below_expected
    male   | 50        |                ||
    male   |           |                ||
    female | 45        | no             || below_expected
    female | 60        | no             || below_expected
    female | 45        | yes            ||
    female | 45        |                ||
    female | 60        |                ||
           | 45        |                ||
    """
)
def test_for_whom(answers: Answers) -> None:
    """It is given only where the T-score bands are known not to apply."""
    assert answers.computed == answers.expected
