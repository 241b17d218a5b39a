"""Osteosarcopenia: sarcopenia confirmed or severe under the named definition, and osteoporosis by China
2022. Both are three-valued, and so is the `and`."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, mass_method dxa, gait_speed_m_s 1.5, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    grip_kg | alm_kg | t_score_total_hip || osteoporosis_china2022 | sarcopenia_awgs2019 | osteosarcopenia_awgs2019
    20      | 5      | -2.5              || yes                    | confirmed           | yes
    20      | 5      | -1.5              || no                     | confirmed           | no
    20      | 5      |                   ||                        | confirmed           |
    20      | 9      | -2.5              || yes                    | possible            | no
    20      | 9      |                   ||                        | possible            | no
    20      |        | -2.5              || yes                    | possible            |
    20      |        | -1.5              || no                     | possible            | no
    20      |        |                   ||                        | possible            |
    45      |        | -2.5              || yes                    | none                | no
            | 5      | -2.5              || yes                    |                     |
            | 5      | -1.5              || no                     |                     | no
    """
)
def test_both_are_needed(answers: Answers) -> None:
    """A confirmed sarcopenia with osteoporosis is yes; one of them excluded is no, even where the other is
    unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa, t_score_total_hip -2.5
    grip_kg | gait_speed_m_s | alm_kg || osteosarcopenia_ewgsop2010 | osteosarcopenia_ewgsop2019 | osteosarcopenia_awgs2019 | osteosarcopenia_fnih2014 | osteosarcopenia_china2021
    20      | 0.5            | 5      || yes                        | yes                        | yes                      | yes                      | yes
    45      | 1.5            | 5      || no                         | no                         | no                       | no                       | no
    20      | 1.5            | 19     || no                         | no                         | no                       | no                       | no
    20      | 0.5            |        ||                            |                            |                          |                          |
    20      |                | 5      || yes                        | yes                        | yes                      | yes                      | yes
    """
)
def test_severe_counts_and_a_lower_stage_does_not(answers: Answers) -> None:
    """Severe counts as confirmed. Presarcopenia, probable, possible and weak do not."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex female, age_years 75, height_cm 100, mass_method bia, alm_kg 5, grip_kg 10
    fracture_hip | vertebral_fracture_count || osteosarcopenia_awgs2014 | osteosarcopenia_jsh2016 | osteosarcopenia_ewgsop2010
    yes          |                          || yes                      | yes                     |
                 | 1                        || yes                      | yes                     |
    no           | 0                        ||                          |                         |
                 |                          ||                          |                         |
    """
)
def test_a_fracture_is_enough_for_the_bone(answers: Answers) -> None:
    """The bone half is met by a fracture of hip or vertebra, too."""
    assert answers.computed == answers.expected
