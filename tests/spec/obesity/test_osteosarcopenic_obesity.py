"""Osteosarcopenic obesity in women: a T-score of -1.0 or lower, low muscle mass by the named definition,
and body fat of 32 % or more."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex female, age_years 70, height_cm 100, mass_method bia
    t_score_total_hip | alm_kg | body_fat_percent || osteosarcopenic_obesity_awgs2019 | osteosarcopenic_obesity_ewgsop2019
    -1.0              | 5.4    | 32               || yes                              | yes
    -0.9              | 5.4    | 32               || no                               | no
    -1.0              | 5.4    | 31.9             || no                               | no
    -1.0              | 5.6    | 32               || yes                              | no
    -1.0              | 5.7    | 32               || no                               | no
                      | 5.4    | 32               ||                                  |
    -1.0              |        | 32               ||                                  |
    -1.0              | 5.4    |                  ||                                  |
                      |        | 31.9             || no                               | no
    """
)
def test_limits(answers: Answers) -> None:
    """The T-score is the lowest of spine and hip, where the bands apply."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100, mass_method bia, alm_kg 5, body_fat_percent 40, t_score_total_hip -2
    sex    | age_years | postmenopausal || osteosarcopenic_obesity_awgs2019
    female | 70        |                || yes
    female | 45        | no             || no
    female | 45        | yes            || yes
    female | 45        |                ||
    male   | 70        |                ||
           | 70        |                ||
    """
)
def test_women_only(answers: Answers) -> None:
    """Men get no answer, and nor does a person whose sex is not known. A premenopausal woman's T-score counts
    as no."""
    assert answers.computed == answers.expected
