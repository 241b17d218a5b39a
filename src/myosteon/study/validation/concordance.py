"""Concordance over time: of two people of whom one had the outcome first, how often had that one the higher risk.

Two readings of death before the outcome, shown side by side where it occurs:

    harrell, uno                 death first is leaving: who died counts up to then (cause-specific)
    harrell_death_counted, ...   who died first will never have the outcome and stays below everybody who has it (Wolbers)

Harrell's depends on how people left; Uno's weights undo it. Pairs with equal risk count one half. Only the time up to
the horizon counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from myosteon.study.validation.censoring import still_followed_before
from myosteon.study.validation.dominance import Dominance, prepare_dominance
from myosteon.study.validation.measurement import Found
from myosteon.study.validation.people import DIED_FIRST, EVENT, Floats, People, Places, take_death_as_leaving
from myosteon.study.validation.timeline import Timeline, make_timeline


@dataclass(frozen=True, slots=True)
class _Pairs:
    """For each person with the outcome: the weight of the others in an order, and of those with a lower, or no higher, risk."""

    order: Places
    before: Places
    lower: Dominance
    no_higher: Dominance

    def count(self, weights: Floats) -> tuple[Floats, Floats]:
        """For each person with the outcome: weight of concordant pairs (half of the ties), and of all pairs."""
        ordered = weights[self.order]
        running = np.concatenate(([0.0], np.cumsum(ordered)))
        concordant = (self.lower.sums(ordered) + self.no_higher.sums(ordered)) / 2
        return concordant, running[self.before]


def _prepare_pairs(order: Places, before: Places, rank: Places, asking: Places) -> _Pairs:
    ranks = rank[order]
    return _Pairs(
        order,
        before,
        prepare_dominance(ranks, before, rank[asking]),
        prepare_dominance(ranks, before, rank[asking] + 1),
    )


class Concordance:
    """Harrell's and Uno's concordance of people followed over time."""

    def __init__(self, people: People) -> None:
        assert people.time is not None
        self._people = people
        self._timeline: Timeline = make_timeline(people)
        rank = np.unique(people.risk, return_inverse=True)[1]
        self._asking = np.flatnonzero(people.event)
        self._later = self._prepare_later(rank)
        self._died = self._prepare_died(rank) if people.competing else None

    def _prepare_later(self, rank: Places) -> _Pairs:
        """Pairs with those who were followed beyond the outcome; who leaves at its time was."""
        key = self._timeline.place * 2 + (self._people.fate != EVENT)
        order = np.argsort(-key, kind="stable")
        descending = -key[order]
        before = np.searchsorted(descending, -key[self._asking], side="left")
        return _prepare_pairs(order, before, rank, self._asking)

    def _prepare_died(self, rank: Places) -> _Pairs:
        """Pairs with those who died before the outcome of another."""
        people, place = self._people, self._timeline.place
        died = np.flatnonzero(people.fate == DIED_FIRST)
        order = died[np.argsort(place[died], kind="stable")]
        before = np.searchsorted(place[order], place[self._asking], side="left")
        return _prepare_pairs(order, before, rank, self._asking)

    def measure(self, weights: Floats) -> Found:
        """Concordances from 0 to 1; NaN where no pair can be compared."""
        asking, place = self._asking, self._timeline.place
        own = weights[asking]
        concordant, pairs = self._later.count(weights)
        leaving = take_death_as_leaving(self._people)
        as_leaving = still_followed_before(leaving, self._timeline, weights)[place]
        double = _undo(own, as_leaving[asking], 2)
        found = {
            "harrell": _ratio(own @ concordant, own @ pairs),
            "uno": _ratio(double @ concordant, double @ pairs),
        }
        if self._died is None:
            return found
        followed = still_followed_before(self._people, self._timeline, weights)[place]
        double, single = (_undo(own, followed[asking], power) for power in (2, 1))
        dead_concordant, dead_pairs = self._died.count(weights)
        known_concordant, known_pairs = self._died.count(_undo(weights, followed, 1))
        found["harrell_death_counted"] = _ratio(
            own @ (concordant + dead_concordant), own @ (pairs + dead_pairs)
        )
        found["uno_death_counted"] = _ratio(
            double @ concordant + single @ known_concordant, double @ pairs + single @ known_pairs
        )
        return found


def _undo(weights: Floats, followed: Floats, power: int) -> Floats:
    return np.divide(weights, followed**power, out=np.zeros_like(weights), where=followed > 0)


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.asarray(part / whole if whole > 0 else np.nan)
