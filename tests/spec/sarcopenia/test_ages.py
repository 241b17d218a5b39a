"""The ages that a definition was made for. Verdicts are given at any age; outside these ages a remark says
so. AWGS 2025 alone gives no verdict at all under 50."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    age_years || age_outside_scope_awgs2014 | age_outside_scope_awgs2019 | age_outside_scope_china2021 | age_outside_scope_sdoc2020 | age_outside_scope_awgs2025
    49.9      || yes                        | yes                        | yes                         | yes                        | yes
    50        || yes                        | yes                        | yes                         | yes                        | no
    59.9      || yes                        | yes                        | yes                         | yes                        | no
    60        || no                         | no                         | no                          | yes                        | no
    64.9      || no                         | no                         | no                          | yes                        | no
    65        || no                         | no                         | no                          | no                         | no
              ||                            |                            |                             |                            |
    """
)
def test_outside_the_scope(answers: Answers) -> None:
    """The remark is about age alone, and unknown where the age is."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100, weight_kg 20, mass_method dxa, alm_kg 5, fracture_hip yes
    age_years | grip_kg || sarcopenia_awgs2025 | sarcopenia_awgs2025_upto | sarcopenia_awgs2025_needs | osteosarcopenia_awgs2025 | osteosarcopenia_broad_awgs2025
    49.9      | 10      ||                     |                          |                           |                          |
    49        |         ||                     |                          |                           |                          |
              | 10      ||                     |                          |                           |                          |
              |         ||                     |                          |                           |                          |
    50        | 10      || confirmed           | confirmed                |                           | yes                      | yes
    50        |         ||                     | confirmed                | grip_kg                   |                          |
    50        | 45      || none                | none                     |                           | no                       | no
    """
)
def test_awgs2025_under_fifty(answers: Answers) -> None:
    """Under 50, or where the age is unknown, all columns of AWGS 2025 are empty, what to measure and
    osteosarcopenia among them."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100, weight_kg 20, mass_method dxa, alm_kg 5, grip_kg 10
    age_years | gait_speed_m_s || sarcopenia_awgs2019 | sarcopenia_ewgsop2019 | sarcopenia_ewgsop2010 | sarcopenia_fnih2014
    30        | 0.5            || severe              | severe                | severe                | severe
    30        | 1.5            || confirmed           | confirmed             | confirmed             | confirmed
    49.9      | 0.5            || severe              | severe                | severe                | severe
    90        | 0.5            || severe              | severe                | severe                | severe
              | 0.5            || severe              | severe                | severe                | severe
    """
)
def test_other_definitions_at_any_age(answers: Answers) -> None:
    """The other definitions answer at any age, and without one."""
    assert answers.computed == answers.expected
