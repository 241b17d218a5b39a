# SPDX-License-Identifier: LGPL-3.0-or-later
"""The terms of a model over columns: the term itself, or the least and the greatest that the unknown inputs allow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add

import narwhals as nw

from myosteon.evidence.types import InputRange
from myosteon.logic.three_valued import Expr, choose, higher_of, lower_of
from myosteon.rules.risk.qfracture2012.fields import FIELDS
from myosteon.rules.risk.qfracture2012.inputs import AGES, BMIS, COARSE, LEVELS, ends
from myosteon.rules.risk.qfracture2012.model import (
    CLASSES,
    PER_CENT,
    SEXES,
    Curve,
    Model,
    extremes,
    model,
)

Inputs = Mapping[str, Expr]
AGE, BMI = "age", "bmi"


def log_hazard(outcome: str, years: int, inputs: Inputs, sex: Expr, *, greatest: bool) -> Expr:
    """The least or the greatest logarithm of the cumulative hazard within `years`; never unknown.

    The two are the same number exactly where every input of the person's model is known.
    """
    bounds = [_sum_of(model(outcome, word), years, inputs, greatest) for word in SEXES]
    either = higher_of(*bounds) if greatest else lower_of(*bounds)
    return choose([(sex == word, bound) for word, bound in zip(SEXES, bounds, strict=True)], either)


def percent(log_hazard: Expr) -> Expr:
    """The risk, in percent, of a logarithm of the cumulative hazard."""
    return (1 - (-log_hazard.exp()).exp()) * PER_CENT


def term(outcome: str, name: str, value: Expr, sex: Expr) -> Expr:
    """What one input adds to the logarithm of the hazard; 0 where the person's model lacks it; unknown where it or sex is."""
    known = [(sex == word, _term(model(outcome, word), name, value)) for word in SEXES]
    return choose(known)


def _term(of: Model, name: str, value: Expr) -> Expr:
    if name in (AGE, BMI):
        return _curves(_continuous(of)[name][0], value)
    if name in CLASSES:
        return choose([(value == word, nw.lit(amount)) for word, amount in of.classes[name].items()])
    if name not in of.flags:
        return nw.lit(0.0)
    return choose([(value, nw.lit(of.flags[name])), (~value, nw.lit(0.0))])


def _sum_of(of: Model, years: int, inputs: Inputs, greatest: bool) -> Expr:
    terms = [
        *(
            nw.coalesce(
                _curves(curves, inputs[name]), nw.lit(_end(extremes(curves, *ends(limits)), greatest))
            )
            for name, (curves, limits) in _continuous(of).items()
        ),
        *(_class_bound(of.classes[name], name, inputs[name], greatest) for name in CLASSES),
        *(
            _flag_bound(of.flags[field.name], inputs[field.name], greatest)
            for field in FIELDS
            if field.name in of.flags
        ),
    ]
    return reduce(add, terms) + of.baseline(years)


def _continuous(of: Model) -> dict[str, tuple[tuple[Curve, ...], InputRange]]:
    return {AGE: (of.age, AGES), BMI: (of.bmi, BMIS)}


def _curves(curves: tuple[Curve, ...], value: Expr) -> Expr:
    return reduce(add, [curve.expression(value) for curve in curves])


def _class_bound(amounts: Mapping[str, float], name: str, value: Expr, greatest: bool) -> Expr:
    """A class that is not known in full is any of those that fit what is known."""

    def bound(words: tuple[str, ...]) -> Expr:
        return nw.lit(_end(tuple(amounts[word] for word in words), greatest))

    branches: list[tuple[Expr, Expr | float | bool]] = [
        (value == level, bound(COARSE[name].get(level, (level,)))) for level in LEVELS[name]
    ]
    return choose(branches, bound(tuple(amounts)))


def _flag_bound(amount: float, answer: Expr, greatest: bool) -> Expr:
    """An unknown answer counts as the one that lowers, or raises, the hazard."""
    if (amount > 0) == greatest:
        return choose([(~answer, nw.lit(0.0))], nw.lit(amount))
    return choose([(answer, nw.lit(amount))], nw.lit(0.0))


def _end(values: tuple[float, ...], greatest: bool) -> float:
    return max(values) if greatest else min(values)
