"""Grip strength is weak when it lies below the limit for the sex. The limit itself is not weak. Where the
grip or the sex is not known, the answer is unknown: even a very weak grip is not judged without the sex."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sex    | grip_kg || grip_weak_ewgsop2010
    male   | 29.9    || yes
    male   | 30.0    || no
    male   | 30.1    || no
    male   |         ||
    female | 19.9    || yes
    female | 20.0    || no
    female | 20.1    || no
    female |         ||
           | 15.0    ||
    """
)
def test_ewgsop2010(answers: Answers) -> None:
    """EWGSOP 2010 calls a grip below 30 kg in men and below 20 kg in women weak."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | grip_kg || grip_weak_ewgsop2019
    male   | 26.9    || yes
    male   | 27.0    || no
    male   | 27.1    || no
    male   |         ||
    female | 15.9    || yes
    female | 16.0    || no
    female | 16.1    || no
    female |         ||
           | 11.0    ||
    """
)
def test_ewgsop2019(answers: Answers) -> None:
    """EWGSOP2 2019 calls a grip below 27 kg in men and below 16 kg in women weak."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | grip_kg || grip_weak_awgs2014 | grip_weak_jsh2016
    male   | 25.9    || yes                | yes
    male   | 26.0    || no                 | no
    male   | 26.1    || no                 | no
    male   |         ||                    |
    female | 17.9    || yes                | yes
    female | 18.0    || no                 | no
    female | 18.1    || no                 | no
    female |         ||                    |
           | 13.0    ||                    |
    """
)
def test_awgs2014_and_jsh2016(answers: Answers) -> None:
    """AWGS 2014 and the first edition of the Japan Society of Hepatology share 26 and 18 kg."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | grip_kg || grip_weak_awgs2019 | grip_weak_china2021 | grip_weak_jsh2021
    male   | 27.9    || yes                | yes                 | yes
    male   | 28.0    || no                 | no                  | no
    male   | 28.1    || no                 | no                  | no
    male   |         ||                    |                     |
    female | 17.9    || yes                | yes                 | yes
    female | 18.0    || no                 | no                  | no
    female | 18.1    || no                 | no                  | no
    female |         ||                    |                     |
           | 13.0    ||                    |                     |
    """
)
def test_awgs2019_china2021_and_jsh2021(answers: Answers) -> None:
    """AWGS 2019, the Chinese consensus of 2021 and the second edition of the Japan Society of Hepatology share
    28 and 18 kg."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | grip_kg || grip_weak_fnih2014
    male   | 25.9    || yes
    male   | 26.0    || no
    male   | 26.1    || no
    male   |         ||
    female | 15.9    || yes
    female | 16.0    || no
    female | 16.1    || no
    female |         ||
           | 11.0    ||
    """
)
def test_fnih2014(answers: Answers) -> None:
    """FNIH 2014 calls a grip below 26 kg in men and below 16 kg in women weak."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | grip_kg || grip_weak_sdoc2020
    male   | 35.4    || yes
    male   | 35.5    || no
    male   | 35.6    || no
    male   |         ||
    female | 19.9    || yes
    female | 20.0    || no
    female | 20.1    || no
    female |         ||
           | 15.0    ||
    """
)
def test_sdoc2020(answers: Answers) -> None:
    """SDOC 2020 has the highest limits: 35.5 kg in men and 20 kg in women."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | age_years | grip_kg || grip_weak_awgs2025
    male   | 50        | 33.9    || yes
    male   | 50        | 34.0    || no
    male   | 64        | 33.9    || yes
    male   | 64.9      | 33.9    || yes
    male   | 64.9      | 34.0    || no
    male   | 65        | 33.9    || no
    male   | 65        | 28.0    || no
    male   | 65        | 27.9    || yes
    female | 50        | 19.9    || yes
    female | 64.9      | 20.0    || no
    female | 64.9      | 19.9    || yes
    female | 65        | 18.0    || no
    female | 65        | 17.9    || yes
    male   | 49.9      | 10.0    ||
    male   |           | 10.0    ||
           | 70        | 10.0    ||
    male   | 70        |         ||
    """
)
def test_awgs2025_by_age(answers: Answers) -> None:
    """AWGS 2025 has one pair of limits from 50 up to the 65th birthday, 34 and 20 kg, and another from 65, 28
    and 18 kg. Under 50 it has none, and without the age the answer is unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male
    grip_kg | grip_left_kg | grip_right_kg || grip_best_kg | grip_weak_awgs2019
    27.9    | 30           | 40            || 27.9         | yes
    28.0    | 20           |               || 28           | no
            | 27.9         | 28.0          || 28           | no
            | 28.0         | 27.9          || 28           | no
            | 27.9         | 27.9          || 27.9         | yes
            | 27.9         |               || 27.9         | yes
            |              | 28.0          || 28           | no
            |              |               ||              |
    """
)
def test_the_better_hand(answers: Answers) -> None:
    """The best grip is used where it is given. Otherwise it is the better of the left and the right hand; one
    hand alone is a grip test done, too."""
    assert answers.computed == answers.expected
