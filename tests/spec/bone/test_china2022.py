"""Osteoporosis by the Chinese guideline of 2022, three roads: a T-score of -2.5 or lower; a fragility
fracture of hip or vertebra, whatever the T-score; low bone mass with a fragility fracture of proximal
humerus, pelvis or distal forearm."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    t_score_total_hip | t_score_radius_33 || osteoporosis_china2022
    -2.49             |                   || no
    -2.5              |                   || yes
    -2.51             |                   || yes
    -1.0              | -2.5              || yes
    -1.0              | -2.4              || no
                      | -2.5              || yes
                      |                   ||
    """
)
def test_by_t_score(answers: Answers) -> None:
    """The lowest T-score of spine, hip and one-third radius is -2.5 or lower."""
    assert answers.computed == answers.expected


@spec(
    """
    sex  | age_years | t_score_total_hip | fracture_hip | fracture_vertebral || osteoporosis_china2022
    male | 70        | 0.5               | yes          | no                 || yes
    male | 70        | 0.5               | no           | yes                || yes
    male | 70        | 0.5               | no           | no                 || no
    male | 70        | 0.5               | no           |                    ||
    male | 70        | 0.5               |              | no                 ||
    male | 70        | 0.5               |              | yes                || yes
    male | 30        |                   | yes          |                    || yes
         |           |                   | yes          |                    || yes
         |           |                   |              |                    ||
    """
)
def test_by_hip_or_vertebra(answers: Answers) -> None:
    """A fragility fracture of the hip or of a vertebra is osteoporosis whatever the T-score, at any age and
    for either sex. An unknown one leaves the question open."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, fracture_hip no, fracture_vertebral no
    t_score_total_hip | fracture_proximal_humerus | fracture_pelvis | fracture_distal_forearm | fracture_other || osteoporosis_china2022
    -1.5              | no                        | no              | no                      | no             || no
    -1.5              | yes                       | no              | no                      | no             || yes
    -1.5              | no                        | yes             | no                      | no             || yes
    -1.5              | no                        | no              | yes                     | no             || yes
    -1.5              | no                        | no              | no                      | yes            || no
    -1.5              |                           |                 | yes                     |                || yes
    -1.5              | no                        | no              |                         | no             ||
    -1.0              | yes                       | no              | no                      | no             || no
    -1.01             | yes                       | no              | no                      | no             || yes
    -2.49             | yes                       | no              | no                      | no             || yes
    -2.5              | yes                       | no              | no                      | no             || yes
    -0.5              |                           |                 |                         |                || no
                      | no                        | no              | no                      | no             ||
                      | yes                       |                 |                         |                ||
    """
)
def test_by_low_bone_mass_with_a_fracture(answers: Answers) -> None:
    """Between -2.5 and -1.0, both ends excluded, one of the three lesser fractures decides. Another fracture
    does not count here."""
    assert answers.computed == answers.expected


@spec(
    """
    t_score_total_hip | sex    | age_years | postmenopausal | fracture_hip | fracture_vertebral | fracture_pelvis || osteoporosis_china2022
    -3.0              | male   | 49        |                | no           | no                 | no              || no
    -3.0              | male   | 49        |                | yes          | no                 | no              || yes
    -1.5              | male   | 49        |                | no           | no                 | yes             || no
                      | male   | 49        |                | no           | no                 |                 || no
    -3.0              | female | 45        | no             | no           | no                 | no              || no
    -3.0              | female | 45        | no             |              | no                 | no              ||
    """
)
def test_where_the_bands_do_not_apply(answers: Answers) -> None:
    """In premenopausal women and men under 50 neither a T-score nor low bone mass proves or excludes: they
    count as no, and fractures decide alone."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_distal_forearm no
    t_score_total_hip | sex    | age_years | fracture_pelvis || osteoporosis_china2022
    -3.0              | female | 45        | no              ||
    -1.5              | female | 45        | yes             ||
    -1.5              | female | 45        | no              || no
    -1.5              | female | 45        |                 ||
    -1.0              | female | 45        | yes             || no
    -3.0              |        | 70        | no              ||
    -3.0              | male   |           | no              ||
    0                 |        |           | yes             || no
                      | female | 45        | no              ||
    """
)
def test_where_it_is_not_known_whether_they_apply(answers: Answers) -> None:
    """A T-score that would say yes is unknown; one that would say no is no."""
    assert answers.computed == answers.expected
