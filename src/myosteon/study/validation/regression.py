"""One regression for calibration: of outcomes through the logit, of pseudo-values through the complementary log-log.

The second is the estimating equation of Andersen, Klein and Rosthøj (2003) with the variance of a proportion and working
independence; without censoring it is the usual binomial regression.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from myosteon.study.validation.links import Link, unbend
from myosteon.study.validation.people import Floats

MOST_STEPS = 50
STEPS_NEARBY = 12
CLOSE_FOR_A_DRAW = 1e-5
CLOSE_ENOUGH = 1e-10
"""How little the last step may move a coefficient, relative to the largest."""
MOST_HALVINGS = 30
SMALLEST = 1e-300
ONE = np.ones(1)
LEAST_STEP = 1e-16
MOST_UNEVEN = 1e13
"""Beyond this condition number terms repeat each other."""


@dataclass(frozen=True, slots=True)
class Fit:
    """`coefficients`, and their `covariance` (of the model for the logit, sandwich for pseudo-values)."""

    coefficients: Floats
    covariance: Floats

    def error(self, which: int) -> float:
        """The standard error of one coefficient."""
        return float(np.sqrt(self.covariance[which, which]))


@dataclass(frozen=True, slots=True)
class Equation:
    """`columns` (people by terms), the `answer` of each person (0, 1 or a pseudo-value), a fixed `offset`, the link."""

    columns: Floats
    answer: Floats
    offset: Floats
    link: Link

    def means(self, coefficients: Floats) -> Floats:
        """The expected answer of each person."""
        return unbend(self.columns @ coefficients + self.offset, self.link)

    def lack(self, coefficients: Floats, weights: Floats) -> float:
        """What the fit makes small: the negative (quasi-)likelihood of a proportion."""
        inside = np.clip(self.means(coefficients), SMALLEST, 1 - LEAST_STEP)
        return float(-weights @ (self.answer * np.log(inside) + (1 - self.answer) * np.log1p(-inside)))

    def slopes(self, mean: Floats) -> tuple[Floats, Floats]:
        """How the mean moves with the predictor, and what a deviation counts for: that, over a proportion's variance."""
        if self.link == "logit":
            return mean * (1 - mean), ONE
        inside = np.clip(mean, SMALLEST, 1 - LEAST_STEP)
        hazard = -np.log1p(-inside)
        return (1 - inside) * hazard, hazard / inside


def fit(equation: Equation, weights: Floats, start: Floats) -> Fit | None:
    """Solves the equation by scoring; None where it has no solution (one outcome only, terms that repeat each other)."""
    coefficients, lack = start, equation.lack(start, weights)
    for _ in range(MOST_STEPS):
        step = _step(equation, weights, coefficients)
        if step is None:
            return None
        for _ in range(MOST_HALVINGS):
            tried = equation.lack(coefficients + step, weights)
            if tried <= lack + CLOSE_ENOUGH * (1 + abs(lack)):
                break
            step = step / 2
        coefficients, lack = coefficients + step, tried
        if _is_small(step, coefficients, CLOSE_ENOUGH):
            return Fit(coefficients, _covariance(equation, weights, coefficients))
    return None


def solve_nearby(equation: Equation, weights: Floats, start: Floats) -> Floats | None:
    """The coefficients where the solution lies near `start`, as that of a drawn sample does; to five digits.

    Steps are not guarded; where they do not settle, the guarded way is gone after all.
    """
    coefficients = start
    for _ in range(STEPS_NEARBY):
        step = _step(equation, weights, coefficients)
        if step is None:
            return None
        coefficients = coefficients + step
        if _is_small(step, coefficients, CLOSE_FOR_A_DRAW):
            return coefficients
    guarded = fit(equation, weights, start)
    return None if guarded is None else guarded.coefficients


def _is_small(step: Floats, coefficients: Floats, close: float) -> bool:
    return float(np.max(np.abs(step))) < close * (1 + float(np.max(np.abs(coefficients))))


def _step(equation: Equation, weights: Floats, coefficients: Floats) -> Floats | None:
    mean = equation.means(coefficients)
    moves, counts = equation.slopes(mean)
    pull = weights * counts
    terms = equation.columns.T
    score, information = (
        terms @ (pull * (equation.answer - mean)),
        (terms * (pull * moves)) @ equation.columns,
    )
    if not np.all(np.isfinite(information)) or np.linalg.cond(information) > MOST_UNEVEN:
        return None
    return np.asarray(np.linalg.solve(information, score))


def _covariance(equation: Equation, weights: Floats, coefficients: Floats) -> Floats:
    mean = equation.means(coefficients)
    moves, counts = equation.slopes(mean)
    terms = equation.columns.T
    bread = np.linalg.inv((terms * (weights * counts * moves)) @ equation.columns)
    if equation.link == "logit":
        return np.asarray(bread)
    spread = weights * (counts * (equation.answer - mean)) ** 2
    return np.asarray(bread @ ((terms * spread) @ equation.columns) @ bread)
