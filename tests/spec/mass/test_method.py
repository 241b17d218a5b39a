"""Lean mass is judged by the cut-off of the way it was measured: DXA or BIA. An unknown method is taken to
be one of these two, never an estimate."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex female, height_cm 100
    alm_kg | mass_method || mass_low_awgs2019
    5.39   | dxa         || yes
    5.40   | dxa         || no
    5.69   | bia         || yes
    5.70   | bia         || no
    5.39   |             || yes
    5.40   |             ||
    5.69   |             ||
    5.70   |             || no
           | dxa         ||
           |             ||
    """
)
def test_each_method_by_its_own_cut_off(answers: Answers) -> None:
    """Between 5.4 and 5.7 kg/m² a woman's mass is low by BIA and not by DXA. Where the method is not known,
    the answer is known only where both cut-offs agree."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100
    alm_kg | mass_method || mass_low_awgs2014 | mass_low_awgs2019 | mass_low_china2021
    6.99   |             || yes               | yes               | yes
    7.00   |             || no                | no                | no
    6.99   | dxa         || yes               | yes               | yes
    6.99   | bia         || yes               | yes               | yes
           |             ||                   |                   |
    """
)
def test_men_of_the_asian_groups(answers: Answers) -> None:
    """In men the Asian groups have one number for both methods; an unknown method never leaves the answer
    open."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100
    alm_kg | mass_method || mass_low_ewgsop2010 | mass_low_iwgs2011 | mass_low_jsh2016 | mass_low_jsh2021
    6.0    | dxa         || yes                 | yes               |                  |
    8.0    | dxa         || no                  | no                |                  |
    6.0    | bia         ||                     |                   | yes              | yes
    8.0    | bia         ||                     |                   | no               | no
    6.0    |             ||                     |                   |                  |
    8.0    |             ||                     |                   |                  |
    6.0    | estimated   ||                     |                   |                  |
    """
)
def test_no_cut_off_for_the_method(answers: Answers) -> None:
    """A definition that has a cut-off for one method alone leaves the other unknown: EWGSOP 2010 and IWGS 2011
    judge DXA alone, the Japan Society of Hepatology BIA alone. An unknown method is unknown to them,
    however low the mass."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100, weight_kg 20
    alm_kg | mass_method || mass_low_ewgsop2019 | mass_low_fnih2014
    6.0    | dxa         || yes                 | yes
    6.0    | bia         || yes                 | yes
    6.0    |             || yes                 | yes
    16.0   | bia         || no                  | no
    16.0   |             || no                  | no
    6.0    | estimated   ||                     |
           | dxa         ||                     |
    """
)
def test_any_method(answers: Answers) -> None:
    """EWGSOP2 2019 and FNIH 2014 name no method: DXA, BIA and an unknown method are judged alike."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method estimated
    alm_kg || mass_low_ewgsop2010 | mass_low_ewgsop2019 | mass_low_awgs2019 | mass_low_awgs2025 | mass_low_fnih2014 | mass_low_jsh2016
    3.0    ||                     |                     |                   |                   |                   |
    19.0   ||                     |                     |                   |                   |                   |
           ||                     |                     |                   |                   |                   |
    """
)
def test_estimated(answers: Answers) -> None:
    """A mass estimated from body size proves nothing, neither that it is low nor that it is not."""
    assert answers.computed == answers.expected


@spec(
    """
    setting: accept_estimated_mass
    every row: sex female, age_years 70, height_cm 100, weight_kg 20
    alm_kg | mass_method || mass_low_ewgsop2010 | mass_low_ewgsop2019 | mass_low_awgs2014 | mass_low_awgs2019 | mass_low_iwgs2011 | mass_low_fnih2014 | mass_low_jsh2016 | mass_low_china2021
    5.39   | estimated   || yes                 | yes                 | yes               | yes               | yes               | yes               |                  | yes
    5.50   | estimated   || yes                 | no                  | no                | no                | yes               | yes               |                  | no
    5.69   | estimated   || no                  | no                  | no                | no                | no                | yes               |                  | no
    11.0   | estimated   || no                  | no                  | no                | no                | no                | no                |                  | no
    5.69   | bia         ||                     | no                  | yes               | yes               |                   | yes               | yes              | yes
    5.40   |             ||                     | yes                 |                   |                   |                   | yes               |                  |
    5.69   | dxa         || no                  | no                  | no                | no                | no                | yes               |                  | no
           | estimated   ||                     |                     |                   |                   |                   |                   |                  |
    """
)
def test_estimated_and_accepted(answers: Answers) -> None:
    """Where the user asks for it, an estimated mass is judged by the cut-offs for DXA; a definition without
    these still leaves it unknown. Measured masses are judged as ever."""
    assert answers.computed == answers.expected


@spec(
    """
    setting: accept_estimated_mass
    every row: sex male, height_cm 160, weight_kg 50
    age_years | alm_kg | mass_method || asmi  | asm_bmi | mass_low_awgs2025
    60        | 18.43  | estimated   || 7.199 | 0.944   | yes
    60        | 18.44  | estimated   || 7.203 | 0.944   | no
    65        | 18.43  | estimated   || 7.199 | 0.944   | no
    65        | 17.91  | estimated   || 6.996 | 0.917   | yes
    60        | 19.45  | bia         || 7.598 | 0.996   | yes
    49        | 10.00  | estimated   || 3.906 | 0.512   |
    70        |        | estimated   ||       |         |
    """
)
def test_estimated_and_accepted_in_awgs2025(answers: Answers) -> None:
    """The same with the limits of AWGS 2025, which depend on age."""
    assert answers.computed == answers.expected
