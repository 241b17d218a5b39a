"""The tests of performance within one definition are alternatives, judged on those that were done."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    gait_speed_m_s | sppb_score || performance_low_ewgsop2010
    0.7            | 12         || yes
    0.7            |            || yes
    1.2            | 8          || yes
                   | 8          || yes
    1.2            | 12         || no
    1.2            |            || no
                   | 12         || no
                   |            ||
    """
)
def test_two_tests_of_ewgsop2010(answers: Answers) -> None:
    """Gait or SPPB."""
    assert answers.computed == answers.expected


@spec(
    """
    gait_speed_m_s | sppb_score | tug_s | walk_400m_s | walk_400m_completed || performance_low_ewgsop2019
    1.2            | 12         | 10    | 300         | yes                 || no
    1.2            |            |       |             |                     || no
                   | 9          |       |             |                     || no
                   |            | 10    |             |                     || no
                   |            |       | 300         |                     || no
    0.8            | 12         | 10    | 300         |                     || yes
    1.2            | 8          | 10    | 300         |                     || yes
    1.2            | 12         | 20    | 300         |                     || yes
    1.2            | 12         | 10    | 360         |                     || yes
    1.2            | 12         | 10    |             | no                  || yes
                   |            |       |             | yes                 ||
                   |            |       |             |                     ||
    """
)
def test_four_tests_of_ewgsop2019(answers: Answers) -> None:
    """Gait, SPPB, timed up and go, 400 m walk. One that says low decides; one that was done and says not low
    is enough for no."""
    assert answers.computed == answers.expected


@spec(
    """
    gait_speed_m_s | sppb_score | chair_stand_5x_s || performance_low_awgs2019
    1.0            | 10         | 11.9             || no
    1.0            |            |                  || no
                   | 10         |                  || no
                   |            | 11.9             || no
    0.9            | 10         | 11.9             || yes
    1.0            | 9          | 11.9             || yes
    1.0            | 10         | 12.0             || yes
                   |            | 12.0             || yes
                   |            |                  ||
    """
)
def test_three_tests_of_awgs2019(answers: Answers) -> None:
    """Gait, SPPB, five rises from a chair."""
    assert answers.computed == answers.expected


@spec(
    """
    gait_speed_m_s | walk_unable | chair_stand_unable || performance_low_awgs2014 | performance_low_sdoc2020 | performance_low_iwgs2011
    0.7            |             |                    || yes                      | yes                      | yes
    0.9            |             |                    || no                       | no                       | yes
    1.0            |             |                    || no                       | no                       | no
    1.0            |             | yes                || no                       | no                       | yes
    1.0            | yes         |                    || yes                      | yes                      | yes
                   |             | yes                ||                          |                          | yes
                   |             | no                 ||                          |                          |
                   |             |                    ||                          |                          |
    """
)
def test_gait_alone(answers: Answers) -> None:
    """AWGS 2014, FNIH 2014 and SDOC 2020 know gait alone; IWGS 2011 gait, or the inability to rise or to walk."""
    assert answers.computed == answers.expected
