"""Usual walking speed. Who cannot walk is slower than any limit."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    gait_speed_m_s | walk_unable || gait_slow_ewgsop2010 | gait_slow_awgs2014 | gait_slow_fnih2014 | gait_slow_sdoc2020
    0.79           |             || yes                  | yes                | yes                | yes
    0.80           |             || no                   | no                 | no                 | no
    0.81           |             || no                   | no                 | no                 | no
                   |             ||                      |                    |                    |
    0              |             || yes                  | yes                | yes                | yes
    """
)
def test_below_0_8(answers: Answers) -> None:
    """Slow below 0.8 m/s in EWGSOP 2010, AWGS 2014, FNIH 2014 and SDOC 2020: 0.8 itself is not slow."""
    assert answers.computed == answers.expected


@spec(
    """
    gait_speed_m_s || gait_slow_ewgsop2019
    0.79           || yes
    0.80           || yes
    0.81           || no
                   ||
    """
)
def test_up_to_0_8(answers: Answers) -> None:
    """Slow at 0.8 m/s or less in EWGSOP2 2019."""
    assert answers.computed == answers.expected


@spec(
    """
    gait_speed_m_s || gait_slow_awgs2019 | gait_slow_china2021 | gait_slow_iwgs2011
    0.99           || yes                | yes                 | yes
    1.00           || no                 | no                  | no
    1.01           || no                 | no                  | no
                   ||                    |                     |
    """
)
def test_below_1_0(answers: Answers) -> None:
    """Slow below 1.0 m/s in AWGS 2019, China 2021 and IWGS 2011."""
    assert answers.computed == answers.expected


@spec(
    """
    gait_speed_m_s | walk_unable || gait_slow_ewgsop2010 | gait_slow_ewgsop2019 | gait_slow_awgs2019 | gait_slow_iwgs2011
                   | yes         || yes                  | yes                  | yes                | yes
    1.5            | yes         || yes                  | yes                  | yes                | yes
    1.5            | no          || no                   | no                   | no                 | no
    0.5            | no          || yes                  | yes                  | yes                | yes
                   | no          ||                      |                      |                    |
                   |             ||                      |                      |                    |
    """
)
def test_unable_to_walk(answers: Answers) -> None:
    """Who cannot walk counts as slower than any limit, even beside a measured speed. That a person can walk is
    not a speed."""
    assert answers.computed == answers.expected
