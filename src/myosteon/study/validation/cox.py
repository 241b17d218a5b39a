"""The Cox slope: how the hazard up to the horizon rises with the risk on the complementary log-log scale; 1 is right.

Death before the outcome is leaving. It uses when the outcome came, and not only whether, so that it may differ from the
slope at the horizon where hazards are not proportional. Ties by Breslow.
"""

from __future__ import annotations

import numpy as np

from myosteon.study.validation.links import bend
from myosteon.study.validation.measurement import Found, number
from myosteon.study.validation.people import Floats, People
from myosteon.study.validation.timeline import make_timeline

MOST_STEPS = 30
CLOSE_ENOUGH = 1e-9


class CoxSlope:
    """The slope of a Cox regression on the risk."""

    def __init__(self, people: People) -> None:
        self._timeline = make_timeline(people)
        self._bent = bend(people.risk, "cloglog")
        self._bent -= self._bent.mean()
        self._start: float | None = None

    def measure(self, weights: Floats) -> Found:
        """The slope; NaN where it does not settle."""
        timeline, bent = self._timeline, self._bent
        events = timeline.events(weights)
        chosen = timeline.with_event
        reached = float(weights[chosen] @ bent[chosen])
        slope = 1.0 if self._start is None else self._start
        for _ in range(MOST_STEPS):
            pull = weights * np.exp(slope * bent)
            first = _safe(timeline.at_risk(pull))
            mean = timeline.at_risk(pull * bent) / first
            spread = timeline.at_risk(pull * bent**2) / first - mean**2
            information = float(events @ spread)
            if not information > 0:
                return {"cox_slope": number(np.nan)}
            step = (reached - float(events @ mean)) / information
            slope += float(np.clip(step, -1, 1))
            if abs(step) < CLOSE_ENOUGH:
                # The first fit is that of everybody; a drawn sample lies near it.
                self._start = slope if self._start is None else self._start
                return {"cox_slope": number(slope)}
        return {"cox_slope": number(np.nan)}


def _safe(weight: Floats) -> Floats:
    return np.where(weight > 0, weight, 1.0)
