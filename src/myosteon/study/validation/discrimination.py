"""The area under the ROC curve: how often a person with the outcome by the horizon had a higher risk than one without.

Over time it is the cumulative/dynamic area at the horizon, those who left weighted away; who died first is without the
outcome. Equal risks count one half.
"""

from __future__ import annotations

import math

import numpy as np

from myosteon.study.validation.censoring import known_at_horizon
from myosteon.study.validation.measurement import Found, number
from myosteon.study.validation.people import Floats, People
from myosteon.study.validation.timeline import make_timeline


class Discrimination:
    """The area under the curve at the horizon."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._timeline = None if people.time is None else make_timeline(people)
        levels, self._place = np.unique(people.risk, return_inverse=True)
        self._levels = len(levels)

    def measure(self, weights: Floats) -> Found:
        """The area, from 0 to 1; NaN where there is nobody with or nobody without."""
        known = known_at_horizon(self._people, self._timeline, weights)
        cases = np.bincount(self._place, known.as_case, self._levels)
        controls = np.bincount(self._place, known.as_control, self._levels)
        below = np.cumsum(controls) - controls / 2
        pairs = cases.sum() * controls.sum()
        return {"auc": number(float(cases @ below) / pairs if pairs > 0 else np.nan)}


def standard_error_of_auc(people: People) -> float:
    """DeLong's standard error of the area at a fixed horizon."""
    with_it, without = people.risk[people.event], people.risk[~people.event]
    above = _share_below(without, with_it)
    under = 1 - _share_below(with_it, without)
    return math.sqrt(float(np.var(above, ddof=1)) / len(above) + float(np.var(under, ddof=1)) / len(under))


def _share_below(others: Floats, values: Floats) -> Floats:
    """For each value the share of the others below it, equal ones counted half."""
    ordered = np.sort(others)
    sides = np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    return np.asarray(sides / (2 * len(ordered)))
