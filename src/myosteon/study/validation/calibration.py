"""Calibration: do as many have the outcome as the risk says, on the whole and at each height of the risk.

observed_expected      observed share over mean risk; 1 is right, 2 means twice as many as predicted
intercept              shift on the link's scale that makes observed equal expected; 0 is right
slope, slope_intercept  1 is right; below 1 the high risks are too high and the low ones too low
ici, e50, e90          mean, median and 90th centile of the distance between risk and the smoothed curve (shares)
curve                  the smoothed observed share at the risks `Calibration.grid`
"""

from __future__ import annotations

import numpy as np

from myosteon.study.validation.aalen_johansen import incidence_by, pseudo_values
from myosteon.study.validation.links import Link, bend, unbend
from myosteon.study.validation.measurement import Found, number
from myosteon.study.validation.people import Floats, People, take_death_as_leaving
from myosteon.study.validation.regression import Equation, Fit, fit, solve_nearby
from myosteon.study.validation.spline import place_knots, spread_out
from myosteon.study.validation.timeline import make_timeline

GRID_POINTS = 61
GRID_FROM, GRID_TO = 0.01, 0.99
ONE, SLOPE = 0, 1
FLAT = np.zeros(1)
AS_IT_IS = np.array([0.0, 1.0, 0.0, 0.0])
"""Where a fit starts: no shift; a risk that is right."""


def link_of(people: People) -> Link:
    """The logit at a fixed horizon, the complementary log-log over time."""
    return "logit" if people.time is None else "cloglog"


class Calibration:
    """Calibration in the large, the slope and, where asked for, the smoothed curve."""

    def __init__(self, people: People, smoothed: bool = True) -> None:
        self._people = people
        self._timeline = None if people.time is None else make_timeline(people)
        self._alone = (
            make_timeline(take_death_as_leaving(people))
            if people.time is not None and people.competing
            else None
        )
        self.link = link_of(people)
        self._bent = bend(people.risk, self.link)
        self._knots = place_knots(self._bent) if smoothed else None
        self._smoothed = smoothed
        self._columns = spread_out(self._bent, self._knots)
        ends = np.quantile(self._bent, (GRID_FROM, GRID_TO))
        places = np.linspace(ends[0], ends[1], GRID_POINTS)
        self.grid = unbend(places, self.link)
        self._grid_columns = spread_out(places, self._knots)
        self._no_offset = np.zeros(people.count)
        self._first: dict[str, Floats] = {}

    @property
    def is_bent(self) -> bool:
        """Whether the smoothed curve may bend: it is straight on the link's scale where too few risks differ."""
        return self._knots is not None

    def measure(self, weights: Floats) -> Found:
        """Every value of the module's list; NaN where a fit has no solution."""
        answer = self._answers(weights)
        expected = float(weights @ self._people.risk) / float(weights.sum())
        observed = self._observed(weights)
        shift = self._solve("shift", self._shift(answer), weights)
        line = self._solve("line", self._line(answer), weights)
        found = {
            "observed": number(observed),
            "expected": number(expected),
            "observed_expected": number(observed / expected if expected > 0 else np.nan),
            "intercept": number(shift[ONE] if shift is not None else np.nan),
            "slope": number(line[SLOPE] if line is not None else np.nan),
            "slope_intercept": number(line[ONE] if line is not None else np.nan),
        }
        if self._alone is not None:
            alone = incidence_by(self._alone, weights)
            found["observed_without_death"] = number(alone)
            found["observed_expected_without_death"] = number(alone / expected if expected > 0 else np.nan)
        if self._smoothed:
            equation = Equation(self._columns, answer, self._no_offset, self.link)
            curve = self._solve("curve", equation, weights)
            found.update(self._distances(curve, weights))
        return found

    def fits(self) -> tuple[Fit | None, Fit | None]:
        """The shift alone, and the line (intercept, slope), for everybody counted once; None without a solution."""
        ones = np.ones(self._people.count)
        answer = self._answers(ones)
        return fit(self._shift(answer), ones, FLAT), fit(self._line(answer), ones, AS_IT_IS[:2])

    def _answers(self, weights: Floats) -> Floats:
        if self._timeline is None:
            return self._people.event.astype(float)
        return pseudo_values(self._timeline, weights)

    def _observed(self, weights: Floats) -> float:
        if self._timeline is None:
            return float(weights @ self._people.event) / float(weights.sum())
        return incidence_by(self._timeline, weights)

    def _shift(self, answer: Floats) -> Equation:
        return Equation(self._columns[:, :1], answer, self._bent, self.link)

    def _line(self, answer: Floats) -> Equation:
        return Equation(self._columns[:, :2], answer, self._no_offset, self.link)

    def _solve(self, which: str, equation: Equation, weights: Floats) -> Floats | None:
        """A drawn sample starts where the fit to everybody ended, and need not end as exactly."""
        first = self._first.get(which)
        if first is not None:
            return solve_nearby(equation, weights, first)
        start = FLAT if which == "shift" else AS_IT_IS[: equation.columns.shape[1]]
        found = fit(equation, weights, start)
        if found is None:
            return None
        self._first[which] = found.coefficients
        return found.coefficients

    def _distances(self, curve: Floats | None, weights: Floats) -> dict[str, Floats]:
        if curve is None:
            nothing = number(np.nan)
            return {"ici": nothing, "e50": nothing, "e90": nothing, "curve": np.full(GRID_POINTS, np.nan)}
        smoothed = unbend(self._columns @ curve, self.link)
        distance = np.abs(smoothed - self._people.risk)
        median, ninetieth = weighted_quantiles(distance, weights, (0.5, 0.9))
        return {
            "ici": number(float(weights @ distance) / float(weights.sum())),
            "e50": number(median),
            "e90": number(ninetieth),
            "curve": unbend(self._grid_columns @ curve, self.link),
        }


def weighted_quantiles(values: Floats, weights: Floats, shares: tuple[float, ...]) -> list[float]:
    """The least value up to which at least that share of the weight lies."""
    order = np.argsort(values)
    gathered = np.cumsum(weights[order])
    places = np.searchsorted(gathered, np.asarray(shares) * gathered[-1] * (1 - 1e-12))
    return [float(values[order[place]]) for place in places]
