# SPDX-License-Identifier: LGPL-3.0-or-later
"""The four models: any osteoporotic fracture and hip fracture, in women and in men, read from the evidence file.

A model is a sum of terms: age, body mass index, classes of ethnicity, smoking and alcohol, yes/no fields. With the baseline of a
horizon the sum is the logarithm of the cumulative hazard, and the risk is 1 minus e to minus the hazard.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from itertools import repeat
from operator import mul

from myosteon.errors import RuleError
from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.three_valued import Expr

EVIDENCE: EvidenceSet = load_evidence("risk", "qfracture2012")
OUTCOMES = ("any", "hip")
SEXES = ("female", "male")
CLASSES = ("ethnicity", "smoking", "alcohol")
PER_CENT = 100.0


@dataclass(frozen=True, slots=True)
class Curve:
    """One continuous term: (value / scale) to a power, with its logarithm where `logarithm`, centred, times a coefficient."""

    coefficient: float
    centre: float
    power: float
    scale: float
    logarithm: bool

    def of(self, value: float) -> float:
        """The term of one value."""
        scaled = value / self.scale
        raised: float = scaled**self.power * (math.log(scaled) if self.logarithm else 1)
        return self.coefficient * (raised - self.centre)

    def slope(self, value: float) -> float:
        """How fast the term rises at a value."""
        scaled = value / self.scale
        rise = self.power * (math.log(scaled) if self.logarithm else 1) + (1 if self.logarithm else 0)
        slope: float = self.coefficient * rise * scaled ** (self.power - 1) / self.scale
        return slope

    def expression(self, value: Expr) -> Expr:
        """The term of a column, by multiplication and square root: powers cost many times as much."""
        scaled = value / self.scale if self.power > 0 else self.scale / value
        raised = _raised(scaled, abs(self.power))
        if self.logarithm:
            raised = raised * (value / self.scale).log()
        return (raised - self.centre) * self.coefficient


def _raised(value: Expr, power: float) -> Expr:
    half, whole = math.modf(power)
    assert half in (0, 1 / 2)
    factors = [*repeat(value, int(whole)), *([value.sqrt()] if half else [])]
    return reduce(mul, factors)


@dataclass(frozen=True, slots=True)
class Model:
    """One outcome in one sex. `classes` holds the terms of each class by its word, `survival` the share free of fracture by years."""

    outcome: str
    sex: str
    age: tuple[Curve, ...]
    bmi: tuple[Curve, ...]
    flags: Mapping[str, float]
    classes: Mapping[str, Mapping[str, float]]
    survival: Mapping[int, float]

    def baseline(self, years: int) -> float:
        """The logarithm of the cumulative hazard within `years` where every term is nought.

        Raises:
            RuleError: the models have no such horizon.
        """
        if years not in self.survival:
            low, high = min(self.survival), max(self.survival)
            raise RuleError(f"the QFracture-2012 equations give {low} to {high} whole years, not {years}")
        return math.log(-math.log(self.survival[years]))


def total(curves: tuple[Curve, ...], value: float) -> float:
    """The sum of the continuous terms of one value."""
    return sum(curve.of(value) for curve in curves)


def extremes(curves: tuple[Curve, ...], low: float, high: float) -> tuple[float, float]:
    """The least and the greatest sum of the terms from `low` to `high`: at an end, or where the sum turns between them."""

    def slope(value: float) -> float:
        return sum(curve.slope(value) for curve in curves)

    values = [low, high]
    left, right = low, high
    if slope(left) * slope(right) < 0:
        # Halved often enough that the two sides meet in the last digit.
        for _ in range(100):
            middle = (left + right) / 2
            left, right = (left, middle) if slope(left) * slope(middle) <= 0 else (middle, right)
        values.append(left)
    sums = [total(curves, value) for value in values]
    return min(sums), max(sums)


@cache
def model(outcome: str, sex: str) -> Model:
    """The model of `outcome` (any, hip) in `sex` (female, male)."""
    coefficients, centre, power = (
        dict(EVIDENCE.coefficients_of(f"{outcome}_{part}", sex).terms)
        for part in ("continuous", "centre", "power")
    )
    scale = EVIDENCE.coefficients_of("scale")
    logarithms = _terms(f"{outcome}_logarithm", sex)

    def curves(measure: str) -> tuple[Curve, ...]:
        return tuple(
            Curve(coefficient, centre[term], power[term], scale[measure], term in logarithms)
            for term, coefficient in coefficients.items()
            if term.startswith(measure)
        )

    return Model(
        outcome=outcome,
        sex=sex,
        age=curves("age"),
        bmi=curves("bmi"),
        flags=_terms(f"{outcome}_flags", sex),
        classes={name: _terms(f"{outcome}_{name}", sex) for name in CLASSES},
        survival={int(years): share for years, share in _terms(f"{outcome}_survival", sex).items()},
    )


def _terms(name: str, sex: str) -> Mapping[str, float]:
    found = [c for c in EVIDENCE.coefficients if c.name == name and c.sex == sex]
    return dict(found[0].terms) if found else {}


def horizons() -> tuple[int, ...]:
    """The whole years that the models give."""
    return tuple(model(OUTCOMES[0], SEXES[0]).survival)
