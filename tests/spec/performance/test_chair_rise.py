"""Five rises from a chair as a test of performance."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    chair_stand_5x_s | chair_stand_unable || chair_stand_slow_awgs2019 | chair_stand_slow_china2021
    11.99            |                    || no                        | no
    12.00            |                    || yes                       | yes
    12.01            |                    || yes                       | yes
                     |                    ||                           |
                     | yes                || yes                       | yes
    9                | yes                || yes                       | yes
    9                | no                 || no                        | no
                     | no                 ||                           |
    """
)
def test_twelve_seconds_or_more(answers: Answers) -> None:
    """AWGS 2019 and China 2021: slow from 12 seconds."""
    assert answers.computed == answers.expected


@spec(
    """
    chair_stand_5x_s | chair_stand_unable || chair_stand_failed_iwgs2011 | performance_low_iwgs2011
    9                |                    ||                             |
                     | yes                || yes                         | yes
    9                | yes                || yes                         | yes
                     | no                 ||                             |
    180              |                    ||                             |
                     |                    ||                             |
    """
)
def test_unable_to_rise_in_iwgs2011(answers: Answers) -> None:
    """IWGS 2011 asks only whether five rises fail. A time, however short, says nothing here, and nor does the
    word that the rises were done."""
    assert answers.computed == answers.expected
