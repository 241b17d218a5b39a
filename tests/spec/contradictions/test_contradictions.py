"""Where two records of one thing disagree, the flag, the yes and the total count, and the contradiction is
reported for that person."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    chair_stand_unable | chair_stand_5x_s | walk_unable | gait_speed_m_s | gait_4m_s | walk_400m_completed | walk_400m_s || contradictions
    yes                | 9                |             |                |           |                     |             || contradiction_chair_stand
    no                 | 9                |             |                |           |                     |             ||
    yes                |                  |             |                |           |                     |             ||
                       | 9                |             |                |           |                     |             ||
                       |                  | yes         | 1.2            |           |                     |             || contradiction_walk
                       |                  | yes         |                | 4         |                     |             || contradiction_walk
                       |                  | no          | 1.2            | 4         |                     |             ||
                       |                  | yes         |                |           |                     |             ||
                       |                  |             |                |           | no                  | 300         || contradiction_walk_400m
                       |                  |             |                |           | yes                 | 300         ||
                       |                  |             |                |           | no                  |             ||
                       |                  |             |                |           |                     | 300         ||
    yes                | 9                | yes         | 1.2            |           | no                  | 300         || contradiction_chair_stand;contradiction_walk;contradiction_walk_400m
                       |                  |             |                |           |                     |             ||
    """
)
def test_failed_and_yet_timed(answers: Answers) -> None:
    """A failure beside a time. A success beside a time, or a failure without one, is no contradiction."""
    assert answers.computed == answers.expected


@spec(
    """
    fracture_vertebral | vertebral_fracture_count | genant_max_grade || vertebral_fracture | contradictions
    no                 | 2                        |                  || yes                | contradiction_vertebral_fracture
    yes                | 0                        |                  || yes                | contradiction_vertebral_fracture
    no                 |                          | 1                || yes                | contradiction_vertebral_fracture
                       | 0                        | 1                || yes                | contradiction_vertebral_fracture
    yes                | 2                        | 1                || yes                |
    no                 | 0                        | 0                || no                 |
    yes                |                          |                  || yes                |
                       |                          |                  ||                    |
    """
)
def test_vertebra_broken_and_not(answers: Answers) -> None:
    """One record of a vertebra says yes and another no."""
    assert answers.computed == answers.expected


@spec(
    """
    sarc_f_score | sarc_f_strength | sarc_f_assistance | sarc_f_rise | sarc_f_climb | sarc_f_falls || contradictions       | sarc_f_score
    5            | 1               | 1                 | 1           | 1            | 0            || contradiction_sarc_f | 5
    4            | 1               | 1                 | 1           | 1            | 0            ||                      | 4
    4            | 2               | 2                 | 2           | 2            |              ||                      | 4
                 | 1               | 1                 | 1           | 1            | 0            ||                      | 4
                 |                 |                   |             |              |              ||                      |
    """
)
def test_total_and_items(answers: Answers) -> None:
    """A total beside items that sum to another. Where an item is not known there is nothing to compare."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: balance_side_by_side_s 10, balance_semi_tandem_s 10, balance_tandem_s 10, gait_4m_s 4
    sppb_score | chair_stand_5x_s || sppb_score | contradictions
    12         | 11               || 12         |
    11         | 11               || 11         | contradiction_sppb
    11         |                  || 11         |
               | 11               || 12         |
               |                  ||            |
    """
)
def test_battery_and_parts(answers: Answers) -> None:
    """The SPPB total beside parts that sum to another."""
    assert answers.computed == answers.expected


@spec(
    """
    grip_kg | grip_left_kg | grip_right_kg || grip_best_kg | contradictions
    30      | 28           | 30            || 30           |
    30      | 28           | 29            || 30           | contradiction_grip
    25      | 28           | 29            || 25           | contradiction_grip
    30      | 28           |               || 30           |
            | 28           | 29            || 29           |
            |              |               ||              |
    """
)
def test_grip_and_hands(answers: Answers) -> None:
    """A best grip that is not the better of the two hands. One hand alone is nothing to compare with."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70
    walk_unable | gait_speed_m_s | sppb_score | chair_stand_5x_s || gait_slow_awgs2019 | sppb_low_awgs2019 | contradictions
    yes         | 1.5            | 12         |                  || yes                | no                | contradiction_walk
                | 1.5            | 12         | 100              || no                 | no                |
                |                |            |                  ||                    |                   |
    """
)
def test_the_flag_counts(answers: Answers) -> None:
    """A contradiction changes no rule: the flag, the yes, the total are judged."""
    assert answers.computed == answers.expected
