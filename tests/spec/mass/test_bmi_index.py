"""Limb lean mass over body mass index (m²). At 1 m and 20 kg the body mass index is 20, so that the index
is a twentieth of the lean mass."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: height_cm 100, weight_kg 20
    sex    | alm_kg || asm_bmi | asm_bmi_low_fnih2014
    male   | 15.76  || 0.788   | yes
    male   | 15.78  || 0.789   | no
    male   | 15.80  || 0.790   | no
    male   |        ||         |
    female | 10.22  || 0.511   | yes
    female | 10.24  || 0.512   | no
    female | 10.26  || 0.513   | no
    female |        ||         |
           | 6.00   || 0.300   |
    """
)
def test_fnih2014(answers: Answers) -> None:
    """FNIH 2014: low below 0.789 in men, below 0.512 in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100, weight_kg 20
    sex    | age_years | alm_kg || asm_bmi | asm_bmi_low_dxa_awgs2025 | asm_bmi_low_bia_awgs2025
    male   | 60        | 15.98  || 0.799   | yes                      | yes
    male   | 60        | 16.00  || 0.800   | no                       | yes
    male   | 60        | 17.98  || 0.899   | no                       | yes
    male   | 60        | 18.00  || 0.900   | no                       | no
    male   | 65        | 14.58  || 0.729   | yes                      | yes
    male   | 65        | 14.60  || 0.730   | no                       | yes
    male   | 65        | 16.58  || 0.829   | no                       | yes
    male   | 65        | 16.60  || 0.830   | no                       | no
    female | 60        | 10.98  || 0.549   | yes                      | yes
    female | 60        | 11.00  || 0.550   | no                       | yes
    female | 60        | 12.58  || 0.629   | no                       | yes
    female | 60        | 12.60  || 0.630   | no                       | no
    female | 65        | 10.38  || 0.519   | yes                      | yes
    female | 65        | 10.40  || 0.520   | no                       | yes
    female | 65        | 11.38  || 0.569   | no                       | yes
    female | 65        | 11.40  || 0.570   | no                       | no
    male   | 49.9      | 6.00   || 0.300   |                          |
    male   |           | 6.00   || 0.300   |                          |
           | 70        | 6.00   || 0.300   |                          |
    male   | 70        |        ||         |                          |
    """
)
def test_awgs2025_by_age(answers: Answers) -> None:
    """AWGS 2025 takes this index as well, with limits by method and by age."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, mass_method dxa
    height_cm | weight_kg | alm_kg || asmi  | asm_bmi | mass_low_awgs2025
    100       | 20        | 6.9    || 6.9   | 0.345   | yes
    160       | 60        | 17.9   || 6.992 | 0.764   | yes
    160       | 60        | 18.0   || 7.031 | 0.768   | no
    160       | 90        | 20.0   || 7.813 | 0.569   | yes
    160       |           | 17.9   || 6.992 |         | yes
    160       |           | 18.0   || 7.031 |         |
              | 60        | 18.0   ||       |         |
    160       | 60        |        ||       |         |
    """
)
def test_either_index_of_awgs2025(answers: Answers) -> None:
    """In AWGS 2025 one low index of the two is enough. Both come from one measurement, so this is the plain
    three-valued or: where the weight is missing and the height index is normal, mass is unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, alm_kg 15
    height_cm | weight_kg || bmi | asm_bmi | asm_bmi_low_fnih2014
    100       | 20        || 20  | 0.75    | yes
    100       |           ||     |         |
              | 20        ||     |         |
              |           ||     |         |
    """
)
def test_weight_or_height_unknown(answers: Answers) -> None:
    """The index needs weight and height, both."""
    assert answers.computed == answers.expected
