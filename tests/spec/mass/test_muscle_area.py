"""The Japan Society of Hepatology also takes the muscle area at the third lumbar vertebra by CT, over
height squared (cm²/m²)."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sex    | smi_l3_cm2_m2 || smi_l3_low_jsh2016 | smi_l3_low_jsh2021
    male   | 41.9          || yes                | yes
    male   | 42.0          || no                 | no
    male   | 42.1          || no                 | no
    female | 37.9          || yes                | yes
    female | 38.0          || no                 | no
    female | 38.1          || no                 | no
           | 30.0          ||                    |
    male   |               ||                    |
    """
)
def test_limits(answers: Answers) -> None:
    """Low below 42 in men, below 38 in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100
    alm_kg | mass_method | smi_l3_cm2_m2 || mass_low_jsh2016
    6.9    | bia         | 50            || yes
    7.0    | bia         | 41            || yes
    7.0    | bia         | 50            || no
    7.0    | bia         |               || no
           | bia         | 50            || no
           | bia         | 41            || yes
    6.9    | dxa         | 50            || no
    6.9    | dxa         | 41            || yes
    6.9    | dxa         |               ||
    6.9    | estimated   | 50            || no
           |             |               ||
    """
)
def test_two_ways_of_measuring(answers: Answers) -> None:
    """Muscle area and lean mass by BIA are alternative tests: low where one says so. A lean mass by a method
    that the definition cannot judge is as if it had not been measured."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male
    height_cm | alm_kg | mass_method | smi_l3_cm2_m2 || mass_low_jsh2016
              | 7.5    | bia         | 50            ||
              | 7.5    | bia         | 41            || yes
    100       | 7.5    |             | 50            ||
    100       | 7.5    |             | 41            || yes
    100       |        |             | 50            || no
              | 7.5    | dxa         | 50            || no
    """
)
def test_a_test_done_without_an_answer(answers: Answers) -> None:
    """A lean mass by BIA of a person whose height is not known was measured and cannot be judged: a normal
    muscle area does not settle the question, a low one does. So with an unknown method, which may be BIA."""
    assert answers.computed == answers.expected
