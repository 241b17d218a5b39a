"""Accuracy of each person's risk: the Brier score, and its gain over telling everybody the observed share.

brier          mean squared distance between risk and outcome at the horizon, those who left weighted away; 0 is best
brier_scaled   1 - brier / the brier of the observed share; 1 is best, 0 no better than one risk for all, below 0 worse
"""

from __future__ import annotations

import numpy as np

from myosteon.study.validation.aalen_johansen import incidence_by
from myosteon.study.validation.censoring import known_at_horizon
from myosteon.study.validation.measurement import Found, number
from myosteon.study.validation.people import Floats, People
from myosteon.study.validation.timeline import make_timeline


class Brier:
    """The Brier score at the horizon, plain and scaled."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._timeline = None if people.time is None else make_timeline(people)

    def measure(self, weights: Floats) -> Found:
        """Both scores."""
        people = self._people
        known = known_at_horizon(people, self._timeline, weights)
        total = float(weights.sum())
        if self._timeline is None:
            observed = float(weights @ people.event) / total
        else:
            observed = incidence_by(self._timeline, weights)
        cases, controls = float(known.as_case.sum()), float(known.as_control.sum())
        own = float(known.as_case @ (1 - people.risk) ** 2 + known.as_control @ people.risk**2) / total
        one_for_all = (cases * (1 - observed) ** 2 + controls * observed**2) / total
        scaled = 1 - own / one_for_all if one_for_all > 0 else np.nan
        return {"brier": number(own), "brier_scaled": number(scaled)}
