"""EWGSOP2 2019 reads five rises from a chair as a test of strength, beside grip. Either test alone is
enough."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    chair_stand_5x_s | chair_stand_unable || chair_stand_slow_ewgsop2019
    14.99            |                    || no
    15.00            |                    || no
    15.01            |                    || yes
                     |                    ||
    180              |                    || yes
    2                |                    || no
    """
)
def test_longer_than_fifteen_seconds(answers: Answers) -> None:
    """Strength is low by this test when five rises take more than 15 seconds; 15 seconds themselves are not
    slow."""
    assert answers.computed == answers.expected


@spec(
    """
    chair_stand_5x_s | chair_stand_unable || chair_stand_slow_ewgsop2019
                     | yes                || yes
    9                | yes                || yes
    9                | no                 || no
    16               | no                 || yes
                     | no                 ||
                     |                    ||
    """
)
def test_unable_to_rise(answers: Answers) -> None:
    """A person who tried and could not rise counts as slower than any limit, even beside a measured time. That
    the person could rise is not a time: without one the answer stays unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex female
    grip_kg | chair_stand_5x_s | chair_stand_unable || strength_low_ewgsop2019
    15      | 10               |                    || yes
    15      |                  |                    || yes
    20      | 16               |                    || yes
            | 16               |                    || yes
            |                  | yes                || yes
    20      |                  | yes                || yes
    20      | 10               |                    || no
    20      |                  |                    || no
            | 10               |                    || no
    20      |                  | no                 || no
            |                  | no                 ||
            |                  |                    ||
    """
)
def test_either_test_alone(answers: Answers) -> None:
    """Grip and chair rise are alternative tests of one thing, judged on those that were done: low where one
    says so, not low where at least one was done and none says so, unknown where none was done."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | grip_kg | chair_stand_5x_s || strength_low_ewgsop2019
           | 20      | 10               ||
           | 20      | 16               || yes
           | 20      |                  ||
           |         | 10               || no
           |         | 16               || yes
    female | 20      | 10               || no
    """
)
def test_grip_without_the_sex(answers: Answers) -> None:
    """A grip that was measured but cannot be judged, because the sex is not known, is a test done with an
    unknown answer: a quick chair rise does not settle it, a slow one does."""
    assert answers.computed == answers.expected
