"""Muscle mass estimated from weight, height and girths. Sex is coded differently from equation to equation,
and each keeps its own code."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sex    | weight_kg | height_cm | age_years || alm_wen2011_kg
    male   | 65        | 168       | 70        || 21.143
    female | 55        | 156       | 70        || 13.772
    female | 45        | 150       | 80        || 10.830
    male   | 50        | 160       | 82        || 16.948
           | 65        | 168       | 70        ||
    male   |           | 168       | 70        ||
    male   | 65        |           | 70        ||
    male   | 65        | 168       |           ||
    """
)
def test_wen(answers: Answers) -> None:
    """Wen 2011, for Chinese adults: a man counts 1, a woman 2."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | weight_kg | waist_cm | calf_circumference_cm | height_cm || alm_kawakami2021_kg
    male   | 65        | 85       | 36                    | 168       || 21.279
    female | 52        | 80       | 34                    | 155       || 13.990
           | 65        | 85       | 36                    | 168       ||
    male   | 65        |          | 36                    | 168       ||
    male   | 65        | 85       |                       | 168       ||
    male   | 65        | 85       | 36                    |           ||
    """
)
def test_kawakami(answers: Answers) -> None:
    """Kawakami 2021, for Japanese adults, with waist and calf: a man counts 1, a woman 0."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | weight_kg | height_cm | age_years | ethnicity || skeletal_muscle_lee2000_kg
    male   | 70        | 170       | 70        | asian     || 25.58
    male   | 70        | 170       | 70        | white     || 26.78
    male   | 70        | 170       | 70        | black     || 28.18
    female | 60        | 160       | 65        | white     || 17.45
    male   | 70        | 170       | 70        | hispanic  ||
    male   | 70        | 170       | 70        | other     ||
    male   | 70        | 170       | 70        |           ||
    male   | 70        | 170       |           | white     ||
           | 70        | 170       | 70        | white     ||
    """
)
def test_lee(answers: Answers) -> None:
    """Lee 2000: skeletal muscle of the whole body, only for the ethnic groups that it names."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, weight_kg 50, height_cm 160, age_years 82
    alm_kg || alm_wen2011_kg | asmi | mass_low_awgs2019 | mass_low_ewgsop2019
           || 16.948         |      |                   |
    16.0   || 16.948         | 6.25 | yes               | yes
    """
)
def test_never_a_measured_mass(answers: Answers) -> None:
    """An equation that can be computed leaves the verdicts on mass unknown: nothing was measured."""
    assert answers.computed == answers.expected
