"""Timed up and go and the 400 m walk, both of EWGSOP2 2019."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    tug_s || tug_slow_ewgsop2019
    19.9  || no
    20.0  || yes
    20.1  || yes
          ||
    """
)
def test_timed_up_and_go(answers: Answers) -> None:
    """Slow at 20 seconds or more."""
    assert answers.computed == answers.expected


@spec(
    """
    walk_400m_s | walk_400m_completed || walk_400m_failed_ewgsop2019
    359.9       |                     || no
    360.0       |                     || yes
    360.1       |                     || yes
                | no                  || yes
    300.0       | no                  || yes
    300.0       | yes                 || no
    400.0       | yes                 || yes
                | yes                 ||
                |                     ||
    """
)
def test_walk_of_400_metres(answers: Answers) -> None:
    """Failed when it was not completed or took 360 seconds or more. That it was completed is not a time:
    without one the answer is unknown. A walk that was never tried has not failed."""
    assert answers.computed == answers.expected


@spec(
    """
    walk_unable | tug_s | walk_400m_s || tug_slow_ewgsop2019 | walk_400m_failed_ewgsop2019 | gait_slow_ewgsop2019
    yes         |       |             ||                     |                             | yes
    yes         | 10    | 300         || no                  | no                          | yes
    no          |       |             ||                     |                             |
    """
)
def test_inability_to_walk_is_about_gait(answers: Answers) -> None:
    """`walk_unable` speaks of gait and of the walk in the battery, not of the two tests here."""
    assert answers.computed == answers.expected
