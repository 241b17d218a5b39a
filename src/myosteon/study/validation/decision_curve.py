"""The decision curve: what acting on the risk is worth, for every threshold above which one would act.

Net benefit is true positives less false positives times the odds of the threshold, per person (Vickers and Elkin 2006). At
one threshold the outcome of those above it is observed by Aalen-Johansen where some left early (Vickers et al. 2008).

    net_benefit      acting on the risk
    treat_all        acting on everybody; acting on nobody is 0
    gain             net benefit above the better of all and nobody
"""

from __future__ import annotations

import numpy as np

from myosteon.study.validation.aalen_johansen import incidence_by
from myosteon.study.validation.measurement import Found
from myosteon.study.validation.people import Floats, People
from myosteon.study.validation.timeline import Timeline, make_timeline

STEPS = (0.0005, 0.001, 0.002, 0.0025, 0.005, 0.01, 0.02)
MOST_THRESHOLDS = 50
UPTO_SHARE = 0.99
"""The curve ends at the risk that this share of the people stay below: beyond, it would rest on a handful."""


def choose_thresholds(people: People, asked: tuple[float, ...] = ()) -> Floats:
    """Even thresholds from the first step up to where hardly anybody has such a risk, and those asked for (shares)."""
    top = float(np.quantile(people.risk, UPTO_SHARE))
    step = next((step for step in STEPS if top <= step * MOST_THRESHOLDS), STEPS[-1])
    count = max(2, min(MOST_THRESHOLDS, int(np.ceil(top / step))))
    return np.union1d(step * np.arange(1, count + 1), np.asarray(asked, float))


class DecisionCurve:
    """Net benefit at some thresholds."""

    def __init__(self, people: People, thresholds: Floats) -> None:
        self._people = people
        self.thresholds = thresholds
        self._odds = thresholds / (1 - thresholds)
        self._whole = None if people.time is None else make_timeline(people)
        self._above = [np.flatnonzero(people.risk >= threshold) for threshold in thresholds]
        self._parts: list[Timeline | None] = [self._timeline_of(above) for above in self._above]

    def measure(self, weights: Floats) -> Found:
        """Net benefits (per person), one for each threshold."""
        total = float(weights.sum())
        share = np.array([weights[above].sum() / total for above in self._above])
        found = np.array(
            [
                self._observed(timeline, above, weights)
                for timeline, above in zip(self._parts, self._above, strict=True)
            ]
        )
        everybody = self._observed(self._whole, np.arange(self._people.count), weights)
        net = share * (found - (1 - found) * self._odds)
        all_treated = everybody - (1 - everybody) * self._odds
        return {
            "net_benefit": net,
            "treat_all": all_treated,
            "gain": net - np.maximum(all_treated, 0.0),
        }

    def _timeline_of(self, above: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Timeline | None:
        if self._people.time is None or not len(above):
            return None
        chosen = np.zeros(self._people.count, bool)
        chosen[above] = True
        return make_timeline(self._people.among(chosen))

    def _observed(
        self, timeline: Timeline | None, above: np.ndarray[tuple[int], np.dtype[np.int64]], weights: Floats
    ) -> float:
        """The share with the outcome among those above; 0 where there is nobody."""
        own = weights[above]
        total = float(own.sum())
        if total == 0:
            return 0.0
        if timeline is None:
            return float(own @ self._people.event[above]) / total
        return incidence_by(timeline, own)
