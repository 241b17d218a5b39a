"""Low-trauma fractures and the three ways to record one of a vertebra."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    fracture_vertebral | vertebral_fracture_count | genant_max_grade || vertebral_fracture
    yes                |                          |                  || yes
                       | 1                        |                  || yes
                       |                          | 1                || yes
    no                 | 2                        |                  || yes
    no                 | 0                        | 3                || yes
    yes                | 0                        | 0                || yes
    no                 |                          |                  || no
                       | 0                        |                  || no
                       |                          | 0                || no
    no                 | 0                        | 0                || no
                       |                          |                  ||
    """
)
def test_three_ways_to_record_a_vertebra(answers: Answers) -> None:
    """History, count and Genant grade are judged on those that were recorded: yes where one says yes, no where
    at least one was recorded and none says yes."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, t_score_total_hip -2.5, fracture_hip no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    vertebral_fracture_count | genant_max_grade || bone_who            | osteoporosis_china2022
    1                        |                  || severe_osteoporosis | yes
                             | 2                || severe_osteoporosis | yes
    0                        |                  || osteoporosis        | yes
                             | 0                || osteoporosis        | yes
                             |                  || osteoporosis        | yes
    """
)
def test_a_vertebra_counts_however_recorded(answers: Answers) -> None:
    """A count or a grade counts as the fracture of a vertebra in every verdict."""
    assert answers.computed == answers.expected


@spec(
    """
    genant_max_grade || vertebral_fracture_grade
    0                || none
    1                || mild
    2                || moderate
    3                || severe
                     ||
    """
)
def test_genant_grade_in_words(answers: Answers) -> None:
    """Genant's grades 0 to 3."""
    assert answers.computed == answers.expected
