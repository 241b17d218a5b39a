"""Sarcopenic obesity by ESPEN/EASO 2022: altered strength, high body fat and low lean mass for weight. The
screening step is left to the clinician."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sex    | grip_kg | chair_stand_5x_s | chair_stand_unable || strength_altered_espen_easo
    male   | 26.9    |                  |                    || yes
    male   | 27.0    |                  |                    || no
    female | 15.9    |                  |                    || yes
    female | 16.0    |                  |                    || no
    male   | 30      | 16.9             |                    || no
    male   | 30      | 17.0             |                    || yes
    male   | 30      |                  | yes                || yes
           | 30      | 10               |                    ||
           | 10      |                  |                    ||
           |         | 10               |                    || no
    male   |         |                  |                    ||
    """
)
def test_altered_strength(answers: Answers) -> None:
    """Grip below 27 kg in men and 16 kg in women, or five rises from 17 seconds, judged on those that were
    done."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | ethnicity | age_years | body_fat_percent || body_fat_high_espen_easo
    male   | white     | 20        | 26.0             || no
    male   | white     | 39.9      | 26.1             || yes
    female | white     | 20        | 39.0             || no
    female | white     | 39.9      | 39.1             || yes
    male   | white     | 40        | 29.0             || no
    male   | white     | 59.9      | 29.1             || yes
    female | white     | 40        | 41.0             || no
    female | white     | 59.9      | 41.1             || yes
    male   | white     | 60        | 31.0             || no
    male   | white     | 79.9      | 31.1             || yes
    female | white     | 60        | 43.0             || no
    female | white     | 79.9      | 43.1             || yes
    male   | asian     | 20        | 28.0             || no
    male   | asian     | 39.9      | 28.1             || yes
    female | asian     | 20        | 40.0             || no
    female | asian     | 39.9      | 40.1             || yes
    male   | asian     | 40        | 29.0             || no
    male   | asian     | 59.9      | 29.1             || yes
    female | asian     | 40        | 41.0             || no
    female | asian     | 59.9      | 41.1             || yes
    male   | asian     | 60        | 29.0             || no
    male   | asian     | 79.9      | 29.1             || yes
    female | asian     | 60        | 41.0             || no
    female | asian     | 79.9      | 41.1             || yes
    male   | black     | 20        | 26.0             || no
    male   | black     | 39.9      | 26.1             || yes
    female | black     | 20        | 38.0             || no
    female | black     | 39.9      | 38.1             || yes
    male   | black     | 40        | 27.0             || no
    male   | black     | 59.9      | 27.1             || yes
    female | black     | 40        | 39.0             || no
    female | black     | 59.9      | 39.1             || yes
    male   | black     | 60        | 29.0             || no
    male   | black     | 79.9      | 29.1             || yes
    female | black     | 60        | 41.0             || no
    female | black     | 79.9      | 41.1             || yes
    male   | white     | 80        | 60               ||
    male   | white     | 19.9      | 60               ||
    male   | hispanic  | 50        | 60               ||
    male   |           | 50        | 60               ||
           | white     | 50        | 60               ||
    male   | white     |           | 60               ||
    male   | white     | 50        |                  ||
    """
)
def test_high_body_fat(answers: Answers) -> None:
    """Above the limit for ethnic group, sex and age, from 20 to 79. For other groups and ages there is no
    limit."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: weight_kg 100
    sex    | alm_kg | mass_method || alm_weight_percent | alm_weight_low_espen_easo
    male   | 25.6   | dxa         || 25.6               | yes
    male   | 25.7   | dxa         || 25.7               | no
    female | 19.3   | dxa         || 19.3               | yes
    female | 19.4   | dxa         || 19.4               | no
    male   | 20.0   | bia         || 20.0               |
    male   | 20.0   |             || 20.0               |
           | 20.0   | dxa         || 20.0               |
    male   |        | dxa         ||                    |
    """
)
def test_low_mass_for_weight(answers: Answers) -> None:
    """By DXA alone: below 25.7 % of the weight in men, 19.4 % in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, ethnicity white, age_years 65, weight_kg 100, mass_method dxa
    grip_kg | body_fat_percent | alm_kg || sarcopenic_obesity_espen_easo
    20      | 35               | 20     || yes
    40      | 35               | 20     || no
    20      | 25               | 20     || no
    20      | 35               | 30     || no
    20      | 35               |        ||
    20      |                  | 20     ||
            | 35               | 20     ||
    40      |                  |        || no
            |                  | 30     || no
            |                  |        ||
    """
)
def test_all_three(answers: Answers) -> None:
    """The three are joined by the three-valued and."""
    assert answers.computed == answers.expected
