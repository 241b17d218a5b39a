"""Muscle mass estimated from impedance. Each equation is a column of its own, and none ever stands in for a
measured lean mass."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    height_cm | bia_resistance_ohm | bia_reactance_ohm | weight_kg | age_years | sex    || alm_kyle2003_kg | alm_sergi2015_kg
    170       | 500                | 50                | 70        | 70        | male   || 21.841          | 20.391
    170       | 500                | 50                | 70        | 70        | female || 19.932          | 19.007
    170       | 500                | 50                | 70        |           | male   ||                 | 20.391
              | 500                | 50                | 70        | 70        | male   ||                 |
    170       |                    | 50                | 70        | 70        | male   ||                 |
    170       | 500                |                   | 70        | 70        | male   ||                 |
    170       | 500                | 50                |           | 70        | male   ||                 |
    170       | 500                | 50                | 70        | 70        |        ||                 |
    """
)
def test_kyle_and_sergi(answers: Answers) -> None:
    """Kyle 2003 and Sergi 2015: limb lean mass (kg) from height, resistance, reactance, weight and sex (man 1,
    woman 0), Kyle with the age as well."""
    assert answers.computed == answers.expected


@spec(
    """
    height_cm | bia_resistance_ohm | weight_kg | sex    || resistance_index | alm_yoshida2014_kg
    165       | 500                | 62        | male   || 54.450           | 21.806
    152       | 580                | 50        | female || 39.834           | 15.534
    165       | 500                | 62        |        || 54.450           |
    165       | 500                |           | male   || 54.450           |
    165       |                    | 62        | male   ||                  |
              | 500                | 62        | male   ||                  |
    """
)
def test_yoshida(answers: Answers) -> None:
    """Yoshida 2014: limb lean mass (kg) of Japanese people, with an equation for each sex."""
    assert answers.computed == answers.expected


@spec(
    """
    height_cm | bia_resistance_ohm | age_years | sex    || skeletal_muscle_janssen2000_kg
    165       | 500                | 70        | male   || 25.791
    152       | 580                | 75        | female || 15.751
    165       | 500                |           | male   ||
    165       | 500                | 70        |        ||
    165       |                    | 70        | male   ||
    """
)
def test_janssen(answers: Answers) -> None:
    """Janssen 2000: skeletal muscle of the whole body (kg), which no cut-off for the limbs may judge."""
    assert answers.computed == answers.expected
