"""Sentences that people use to tell the definitions apart."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70
    grip_kg || sarcopenia_ewgsop2019 | sarcopenia_ewgsop2019_upto | sarcopenia_awgs2025 | sarcopenia_awgs2019 | sarcopenia_awgs2014 | sarcopenia_fnih2014
    20      || probable              | severe                     | possible            | possible            |                     | weak
    45      || none                  | none                       | none                |                     |                     | none
            ||                       | severe                     |                     |                     |                     |
    """
)
def test_low_grip_without_a_mass(answers: Answers) -> None:
    """Low grip and no mass: probable in EWGSOP2 2019, possible in AWGS 2025 and in AWGS 2019, weak in FNIH
    2014, open in AWGS 2014."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | gait_speed_m_s | alm_kg || sarcopenia_ewgsop2010 | sarcopenia_ewgsop2019 | sarcopenia_awgs2019 | sarcopenia_awgs2025 | sarcopenia_iwgs2011
    45      | 1.2            | 5      || presarcopenia         | none                  | none                | none                | none
    45      | 1.2            |        ||                       | none                  | none                | none                | none
    45      |                | 5      || presarcopenia         | none                  |                     | none                |
    """
)
def test_low_mass_alone(answers: Answers) -> None:
    """Low mass alone, with strength and performance normal: presarcopenia in EWGSOP 2010, nothing elsewhere."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | gait_speed_m_s | chair_stand_5x_s | alm_kg || sarcopenia_awgs2019 | sarcopenia_awgs2025 | sarcopenia_ewgsop2019
    45      | 0.7            | 11               | 5      || confirmed           | none                | none
    45      | 0.7            | 15.01            | 5      || confirmed           | none                | severe
    45      | 0.7            |                  | 5      || confirmed           | none                | none
    45      | 0.7            | 15.01            |        || possible            | none                | probable
    """
)
def test_low_mass_and_slow_gait(answers: Answers) -> None:
    """Low mass and slow gait with a normal grip: sarcopenia in AWGS 2019, not in AWGS 2025, not in EWGSOP2
    2019 unless the chair rise is slow."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100, weight_kg 20, mass_method dxa, alm_kg 5
    age_years | grip_kg || sarcopenia_awgs2025 | sarcopenia_awgs2025_upto
    64        | 30      || confirmed           | confirmed
    64.9      | 30      || confirmed           | confirmed
    65        | 30      || none                | none
    65        | 27.9    || confirmed           | confirmed
    65        |         ||                     | confirmed
    """
)
def test_sixty_four_and_sixty_five(answers: Answers) -> None:
    """On the 65th birthday the limits of AWGS 2025 fall, for a man's grip from 34 to 28 kg."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 82, height_cm 160, weight_kg 50, mass_method bia, alm_kg 16.948
    grip_kg || asmi  | asm_bmi | asmi_low_bia_awgs2025 | asm_bmi_low_bia_awgs2025 | sarcopenia_awgs2025
    27      || 6.620 | 0.868   | yes                   | no                       | confirmed
            || 6.620 | 0.868   | yes                   | no                       |
    """
)
def test_the_index_decides(answers: Answers) -> None:
    """A man of 82 with 16.948 kg of lean mass, 160 cm and 50 kg is low by the height index and not by the body
    mass index: sarcopenia, because either counts here."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | gait_speed_m_s | alm_kg || sarcopenia_china2021 | sarcopenia_china2021_upto | sarcopenia_china2021_needs
    20      | 0.5            | 5      || severe               | severe                    |
    20      | 1.5            | 5      || confirmed            | confirmed                 |
    40      | 0.5            | 19     || possible             | possible                  |
    40      | 1.5            | 5      || none                 | none                      |
    20      |                |        || possible             | severe                    | chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
            |                |        ||                      | severe                    | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
    """
)
def test_china_2021_is_awgs_2019(answers: Answers) -> None:
    """The Chinese consensus of 2021 judges as AWGS 2019 does."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100, mass_method bia, alm_kg 5
    grip_kg || sarcopenia_jsh2016 | sarcopenia_jsh2021
    25.9    || confirmed          | confirmed
    26.0    || none               | confirmed
    27.9    || none               | confirmed
    28.0    || none               | none
            ||                    |
    """
)
def test_second_edition_of_the_liver_society(answers: Answers) -> None:
    """The second edition of the Japan Society of Hepatology raised the grip for men from 26 to 28 kg."""
    assert answers.computed == answers.expected
