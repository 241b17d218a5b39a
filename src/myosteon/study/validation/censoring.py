"""Weights that let those who were followed stand for those who left: inverse probability of censoring.

They assume that leaving had nothing to do with the outcome. Who ends at the same time with the outcome and who leaves:
the outcome is taken to come first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from myosteon.study.validation.people import FREE, Floats, People
from myosteon.study.validation.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Known:
    """Each person's weight in two roles at the horizon: as one with the outcome, and as one known to be without.

    Who left before the horizon has 0 in both. Without censoring every weight is the person's own.
    """

    as_case: Floats
    as_control: Floats


def still_followed_before(people: People, timeline: Timeline, weights: Floats) -> Floats:
    """At each time, the probability of not yet having left just before it."""
    ended = np.bincount(timeline.place, weights, len(timeline.times))
    left = np.bincount(timeline.place, weights * (people.fate == FREE), len(timeline.times))
    at_risk = np.cumsum(ended[::-1])[::-1] - (ended - left)
    share_leaving = np.divide(left, at_risk, out=np.zeros_like(left), where=at_risk > 0)
    return np.concatenate(([1.0], np.cumprod(1 - share_leaving)[:-1]))


def known_at_horizon(people: People, timeline: Timeline | None, weights: Floats) -> Known:
    """The weights of everybody whose state at the horizon is known."""
    event = people.event
    if timeline is None:
        return Known(np.where(event, weights, 0.0), np.where(event, 0.0, weights))
    followed = still_followed_before(people, timeline, weights)[timeline.place]
    weighted = np.divide(weights, followed, out=np.zeros_like(weights), where=followed > 0)
    assert people.time is not None and people.horizon is not None
    left_early = (people.fate == FREE) & (people.time < people.horizon)
    return Known(
        np.where(event, weighted, 0.0),
        np.where(event | left_early, 0.0, weighted),
    )
