"""The bands of the World Health Organization: normal at -1.0 or above, low bone mass between -2.5 and -1.0,
osteoporosis at -2.5 or below, severe with any low-trauma fracture."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    t_score_total_hip || bone_who      | bone_who_upto
    1.0               || normal        | normal
    -0.99             || normal        | normal
    -1.0              || normal        | normal
    -1.0001           || low_bone_mass | low_bone_mass
    -1.01             || low_bone_mass | low_bone_mass
    -2.49             || low_bone_mass | low_bone_mass
    -2.4999           || low_bone_mass | low_bone_mass
    -2.5              || osteoporosis  | osteoporosis
    -2.51             || osteoporosis  | osteoporosis
                      ||               | osteoporosis
    """
)
def test_limits(answers: Answers) -> None:
    """A T-score is compared as given, without rounding."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70
    t_score_total_hip | fracture_hip | fracture_vertebral | fracture_proximal_humerus | fracture_pelvis | fracture_distal_forearm | fracture_other || bone_who            | bone_who_upto
    -2.5              | no           | no                 | no                        | no              | no                      | no             || osteoporosis        | osteoporosis
    -2.5              | yes          | no                 | no                        | no              | no                      | no             || severe_osteoporosis | severe_osteoporosis
    -2.5              | no           | yes                | no                        | no              | no                      | no             || severe_osteoporosis | severe_osteoporosis
    -2.5              | no           | no                 | yes                       | no              | no                      | no             || severe_osteoporosis | severe_osteoporosis
    -2.5              | no           | no                 | no                        | yes             | no                      | no             || severe_osteoporosis | severe_osteoporosis
    -2.5              | no           | no                 | no                        | no              | yes                     | no             || severe_osteoporosis | severe_osteoporosis
    -2.5              | no           | no                 | no                        | no              | no                      | yes            || severe_osteoporosis | severe_osteoporosis
    -2.5              |              |                    |                           |                 |                         | yes            || severe_osteoporosis | severe_osteoporosis
    -2.5              | no           | no                 | no                        | no              | no                      |                || osteoporosis        | severe_osteoporosis
    -2.5              |              |                    |                           |                 |                         |                || osteoporosis        | severe_osteoporosis
    -2.4              | yes          |                    |                           |                 |                         |                || low_bone_mass       | low_bone_mass
                      | yes          |                    |                           |                 |                         |                ||                     | severe_osteoporosis
                      |              |                    |                           |                 |                         |                ||                     | severe_osteoporosis
    """
)
def test_fractures_make_it_severe(answers: Answers) -> None:
    """Any low-trauma fracture makes osteoporosis severe: hip, vertebra, proximal humerus, pelvis, distal
    forearm or another. It is the plain three-valued or, so one unknown fracture leaves the severe band
    open. A fracture changes no other band."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: t_score_total_hip -3.0, fracture_hip yes
    sex    | age_years | postmenopausal || bone_who            | bone_who_upto
    male   | 49.9      |                ||                     |
    female | 45        | no             ||                     |
    female | 45        |                ||                     |
           | 70        |                ||                     |
    male   |           |                ||                     |
    female | 45        | yes            || severe_osteoporosis | severe_osteoporosis
    female | 50        |                || severe_osteoporosis | severe_osteoporosis
    """
)
def test_where_the_bands_do_not_apply(answers: Answers) -> None:
    """Both columns are empty unless the bands are known to apply."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    t_score_lumbar_spine | t_score_total_hip | t_score_radius_33 || bone_who
                         |                   | -2.6              || osteoporosis
                         | -1.5              | -2.6              || low_bone_mass
    -0.5                 |                   | -2.6              || normal
                         |                   |                   ||
    """
)
def test_the_radius_alone(answers: Answers) -> None:
    """The one-third radius counts only where neither spine nor hip was measured."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    sex    | age_years | t_score_total_hip | fracture_hip | fracture_vertebral || bone_who_needs
    male   | 70        | -2.5              | no           | no                 ||
    male   | 70        | -2.5              |              | no                 || fracture_hip
    male   | 70        | -2.5              |              |                    || fracture_hip;fracture_vertebral;vertebral_fracture_count;genant_max_grade
    male   | 70        | -2.5              | yes          |                    ||
    male   | 70        | -1.5              |              |                    ||
    male   | 70        |                   | no           | no                 || t_score_lumbar_spine;t_score_femoral_neck;t_score_total_hip;t_score_radius_33
    male   | 70        |                   |              | no                 || t_score_lumbar_spine;t_score_femoral_neck;t_score_total_hip;t_score_radius_33;fracture_hip
    male   | 40        |                   |              |                    ||
    male   |           | -2.5              | no           | no                 || age_years
    female | 45        | -2.5              | no           | no                 || postmenopausal
           | 70        | -2.5              | no           | no                 || sex
    """
)
def test_what_is_needed(answers: Answers) -> None:
    """What the band depends on: what tells whether the bands apply, a T-score, or the fractures that are not
    recorded."""
    assert answers.computed == answers.expected
