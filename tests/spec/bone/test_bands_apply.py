"""The T-score bands apply to men from 50 and to postmenopausal women."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sex    | age_years | postmenopausal || t_score_bands_apply | taken_as_postmenopausal
    male   | 49.9      |                || no                  | no
    male   | 50        |                || yes                 | no
    male   |           |                ||                     | no
    female | 49.9      |                ||                     | no
    female | 50        |                || yes                 | yes
    female |           |                ||                     | no
    female | 49.9      | yes            || yes                 | no
    female | 49.9      | no             || no                  | no
    female | 60        | yes            || yes                 | no
    female | 60        | no             || no                  | no
    female |           | yes            || yes                 | no
    female |           | no             || no                  | no
           | 70        |                ||                     | no
           | 70        | yes            ||                     | no
           |           |                ||                     | no
    """
)
def test_for_whom(answers: Answers) -> None:
    """A woman of 50 or over whose menopause is not recorded is taken to be postmenopausal, and the remark says
    so. A woman whose menopause is recorded is judged by it at any age."""
    assert answers.computed == answers.expected


@spec(
    """
    t_score_lumbar_spine | t_score_femoral_neck | t_score_total_hip | t_score_radius_33 || t_score_lowest | t_score_lowest_with_radius | t_score_for_bone_who
    -1.0                 | -2.0                 | -1.5              |                   || -2.0           | -2.0                       | -2.0
    -2.1                 | -2.0                 | -1.5              |                   || -2.1           | -2.1                       | -2.1
    -1.0                 | -1.2                 | -1.5              |                   || -1.5           | -1.5                       | -1.5
    -1.0                 | -1.2                 | -1.5              | -3.0              || -1.5           | -3.0                       | -1.5
    -1.0                 | -1.2                 | -1.5              | -0.5              || -1.5           | -1.5                       | -1.5
                         |                      | -1.5              |                   || -1.5           | -1.5                       | -1.5
                         | -1.2                 |                   |                   || -1.2           | -1.2                       | -1.2
    0.4                  |                      |                   |                   || 0.4            | 0.4                        | 0.4
                         |                      |                   | -2.6              ||                | -2.6                       | -2.6
                         |                      |                   |                   ||                |                            |
    """
)
def test_lowest_t_score(answers: Answers) -> None:
    """The lowest T-score of the sites that were measured: lumbar spine, femoral neck, total hip. The one-third
    radius counts for China 2022, and for the WHO bands only where neither spine nor hip was measured."""
    assert answers.computed == answers.expected
