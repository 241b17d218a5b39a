"""In the broad sense low bone mass is enough: osteoporosis by China 2022, or a T-score of -1.0 or lower
with the bands and the sites of China 2022."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, mass_method dxa, gait_speed_m_s 1.5, grip_kg 20, alm_kg 5, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    t_score_total_hip | t_score_radius_33 || t_score_low_broad | osteosarcopenia_awgs2019 | osteosarcopenia_broad_awgs2019
    -0.99             |                   || no                | no                       | no
    -1.0              |                   || yes               | no                       | yes
    -1.01             |                   || yes               | no                       | yes
    -2.5              |                   || yes               | yes                      | yes
    -0.5              | -1.0              || yes               | no                       | yes
                      | -1.0              || yes               | no                       | yes
                      |                   ||                   |                          |
    """
)
def test_limits(answers: Answers) -> None:
    """A T-score of exactly -1.0 counts, although the WHO bands call it normal."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100, mass_method dxa, gait_speed_m_s 1.5, grip_kg 10, alm_kg 5, fracture_vertebral no, fracture_pelvis no, fracture_proximal_humerus no, fracture_distal_forearm no
    sex    | age_years | t_score_total_hip | fracture_hip || t_score_low_broad | osteosarcopenia_broad_awgs2019
    male   | 45        | -1.5              | no           || no                | no
    male   | 45        | -1.5              | yes          || no                | yes
    female | 45        | -1.5              | no           ||                   |
    female | 45        | -0.5              | no           || no                | no
    female | 45        | -1.5              | yes          ||                   | yes
    male   |           | -1.5              | no           ||                   |
    male   | 45        |                   | no           || no                | no
    """
)
def test_where_the_bands_do_not_apply(answers: Answers) -> None:
    """A T-score counts as no where the bands do not apply, and stays unknown where that is not known; a
    fracture of the hip counts in any case."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    grip_kg | alm_kg | t_score_total_hip || osteosarcopenia_broad_ewgsop2019 | osteosarcopenia_broad_awgs2025 | osteosarcopenia_broad_sdoc2020
    45      |        |                   || no                               | no                             | no
    20      | 5      | -1.0              || yes                              | yes                            |
    20      |        | 0                 || no                               | no                             | no
    20      |        | -1.0              ||                                  |                                |
    """
)
def test_sarcopenia_excluded(answers: Answers) -> None:
    """Where sarcopenia is excluded the answer is no, whatever the bone; where it is open, normal bone is no."""
    assert answers.computed == answers.expected
