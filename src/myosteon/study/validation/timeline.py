"""The distinct times of a follow-up, and what happens at each to people who carry weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from myosteon.study.validation.people import DIED_FIRST, EVENT, Floats, People, Places


@dataclass(frozen=True, slots=True)
class Timeline:
    """`times` ascending and distinct; `place` of each person among them; who has the outcome, who died first."""

    times: Floats
    place: Places
    with_event: Places
    died_first: Places

    def events(self, weights: Floats) -> Floats:
        """Weight of those with the outcome at each time."""
        return self._at(self.with_event, weights)

    def deaths(self, weights: Floats) -> Floats:
        """Weight of those who died first at each time."""
        return self._at(self.died_first, weights)

    def at_risk(self, weights: Floats) -> Floats:
        """Weight of those still followed at each time, those who end there included."""
        ending = np.bincount(self.place, weights, len(self.times))
        return np.asarray(np.cumsum(ending[::-1])[::-1])

    def _at(self, chosen: Places, weights: Floats) -> Floats:
        return np.asarray(np.bincount(self.place[chosen], weights[chosen], len(self.times)), float)


def make_timeline(people: People) -> Timeline:
    """The timeline of people who were followed over time."""
    assert people.time is not None
    times, place = np.unique(people.time, return_inverse=True)
    return Timeline(
        times, place, np.flatnonzero(people.fate == EVENT), np.flatnonzero(people.fate == DIED_FIRST)
    )
