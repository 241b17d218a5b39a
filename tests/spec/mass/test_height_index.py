"""Limb lean mass over height squared (kg/m²). At a height of 1 m the index is the lean mass itself, which
makes these tables easy to read. Without the sex, the lean mass or the height there is no answer."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: height_cm 100
    sex    | alm_kg || asmi | asmi_low_dxa_ewgsop2010
    male   | 7.25   || 7.25 | yes
    male   | 7.26   || 7.26 | yes
    male   | 7.27   || 7.27 | no
    male   |        ||      |
    female | 5.49   || 5.49 | yes
    female | 5.50   || 5.50 | yes
    female | 5.51   || 5.51 | no
    female |        ||      |
           | 4.00   || 4.00 |
    """
)
def test_ewgsop2010(answers: Answers) -> None:
    """EWGSOP 2010, by DXA: low at 7.26 or less in men, 5.5 or less in women. The limit itself is low."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100
    sex    | alm_kg || asmi | asmi_low_ewgsop2019
    male   | 6.99   || 6.99 | yes
    male   | 7.00   || 7.00 | no
    male   | 7.01   || 7.01 | no
    male   |        ||      |
    female | 5.49   || 5.49 | yes
    female | 5.50   || 5.50 | no
    female | 5.51   || 5.51 | no
    female |        ||      |
           | 4.00   || 4.00 |
    """
)
def test_ewgsop2019(answers: Answers) -> None:
    """EWGSOP2 2019, by whatever method: low below 7.0 in men, below 5.5 in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100
    sex    | alm_kg || asmi | asmi_low_dxa_awgs2014 | asmi_low_dxa_awgs2019 | asmi_low_dxa_china2021
    male   | 6.99   || 6.99 | yes                   | yes                   | yes
    male   | 7.00   || 7.00 | no                    | no                    | no
    male   | 7.01   || 7.01 | no                    | no                    | no
    male   |        ||      |                       |                       |
    female | 5.39   || 5.39 | yes                   | yes                   | yes
    female | 5.40   || 5.40 | no                    | no                    | no
    female | 5.41   || 5.41 | no                    | no                    | no
    female |        ||      |                       |                       |
           | 4.00   || 4.00 |                       |                       |
    """
)
def test_asian_dxa(answers: Answers) -> None:
    """AWGS 2014, AWGS 2019 and China 2021, by DXA: low below 7.0 in men, below 5.4 in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100
    sex    | alm_kg || asmi | asmi_low_bia_awgs2014 | asmi_low_bia_awgs2019 | asmi_low_bia_china2021
    male   | 6.99   || 6.99 | yes                   | yes                   | yes
    male   | 7.00   || 7.00 | no                    | no                    | no
    male   | 7.01   || 7.01 | no                    | no                    | no
    male   |        ||      |                       |                       |
    female | 5.69   || 5.69 | yes                   | yes                   | yes
    female | 5.70   || 5.70 | no                    | no                    | no
    female | 5.71   || 5.71 | no                    | no                    | no
    female |        ||      |                       |                       |
           | 4.00   || 4.00 |                       |                       |
    """
)
def test_asian_bia(answers: Answers) -> None:
    """The same three, by BIA: low below 7.0 in men, below 5.7 in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100
    sex    | alm_kg || asmi | asmi_low_dxa_iwgs2011
    male   | 7.22   || 7.22 | yes
    male   | 7.23   || 7.23 | yes
    male   | 7.24   || 7.24 | no
    male   |        ||      |
    female | 5.66   || 5.66 | yes
    female | 5.67   || 5.67 | yes
    female | 5.68   || 5.68 | no
    female |        ||      |
           | 4.00   || 4.00 |
    """
)
def test_iwgs2011(answers: Answers) -> None:
    """IWGS 2011, by DXA: low at 7.23 or less in men, 5.67 or less in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100
    sex    | alm_kg || asmi | asmi_low_bia_jsh2016 | asmi_low_bia_jsh2021
    male   | 6.99   || 6.99 | yes                  | yes
    male   | 7.00   || 7.00 | no                   | no
    male   | 7.01   || 7.01 | no                   | no
    male   |        ||      |                      |
    female | 5.69   || 5.69 | yes                  | yes
    female | 5.70   || 5.70 | no                   | no
    female | 5.71   || 5.71 | no                   | no
    female |        ||      |                      |
           | 4.00   || 4.00 |                      |
    """
)
def test_jsh(answers: Answers) -> None:
    """Both editions of the Japan Society of Hepatology, by BIA: low below 7.0 in men, below 5.7 in women."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: height_cm 100
    sex    | age_years | alm_kg || asmi_low_dxa_awgs2025 | asmi_low_bia_awgs2025
    male   | 60        | 7.19   || yes                   | yes
    male   | 60        | 7.20   || no                    | yes
    male   | 60        | 7.59   || no                    | yes
    male   | 60        | 7.60   || no                    | no
    male   | 64.9      | 7.19   || yes                   | yes
    male   | 65        | 7.19   || no                    | no
    male   | 65        | 6.99   || yes                   | yes
    male   | 65        | 7.00   || no                    | no
    female | 60        | 5.49   || yes                   | yes
    female | 60        | 5.50   || no                    | yes
    female | 60        | 5.69   || no                    | yes
    female | 60        | 5.70   || no                    | no
    female | 65        | 5.39   || yes                   | yes
    female | 65        | 5.40   || no                    | yes
    female | 65        | 5.69   || no                    | yes
    female | 65        | 5.70   || no                    | no
    male   | 49.9      | 4.00   ||                       |
    male   |           | 4.00   ||                       |
           | 70        | 4.00   ||                       |
    male   | 70        |        ||                       |
    """
)
def test_awgs2025_by_age(answers: Answers) -> None:
    """AWGS 2025 has limits by method and by age, with the change on the 65th birthday; under 50, or without
    the age, it has none."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male
    height_cm | alm_kg    || asmi        | asmi_low_dxa_awgs2019
    175       | 21.4375   || 7.000000000 | no
    168.3     | 19.827423 || 7.000000000 | no
    160       | 17.92     || 7.000000000 | no
    152.5     | 16.279375 || 7.000000000 | no
    175       | 21.4374   || 6.9999673   | yes
              | 17.92     ||             |
    175       |           ||             |
    """
)
def test_on_the_limit_at_any_height(answers: Answers) -> None:
    """A lean mass that lies on a limit is on it at any height, although the division leaves a remainder in the
    last digits: the index is rounded to nine decimals before it is compared."""
    assert answers.computed == answers.expected
