# SPDX-License-Identifier: LGPL-3.0-or-later
"""The terms of the models as tables: of every age, every combination of the classes, every combination of ten fields, every horizon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from myosteon.rules.risk.qfracture2012.fields import FIELDS
from myosteon.rules.risk.qfracture2012.inputs import AGES, CLASS_WORDS, ends
from myosteon.rules.risk.qfracture2012.model import (
    CLASSES,
    EVIDENCE,
    OUTCOMES,
    SEXES,
    Model,
    horizons,
    model,
    total,
)

Array: TypeAlias = NDArray[Any]

FLAGS = tuple(field.name for field in FIELDS)
HALVES = (FLAGS[: len(FLAGS) // 2], FLAGS[len(FLAGS) // 2 :])


@dataclass(frozen=True, slots=True)
class Table:
    """The terms of one outcome, each as one row of numbers: those of women first."""

    age: Array
    classes: Array
    halves: tuple[Array, ...]
    years: Array
    bmi: tuple[tuple[float, Array], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of each outcome; how many ages and years a sex takes, and by what body mass index is divided."""

    outcomes: tuple[Table, ...]
    ages: int
    years: int
    scale: float


@cache
def raw_tables() -> Tables:
    """The tables, made once."""
    ages, years = int(ends(AGES)[1]) + 1, max(horizons()) + 1
    return Tables(
        tuple(_table([model(outcome, sex) for sex in SEXES], ages, years) for outcome in OUTCOMES),
        ages,
        years,
        EVIDENCE.coefficients_of("scale")["bmi"],
    )


def _table(models: Sequence[Model], ages: int, years: int) -> Table:
    low = int(ends(AGES)[0])
    powers = sorted({-curve.power for of in models for curve in of.bmi})
    return Table(
        age=_joined([[total(of.age, age) if age >= low else 0.0 for age in range(ages)] for of in models]),
        classes=_joined([_of_classes(of) for of in models]),
        halves=tuple(_joined([_of_flags(of, half) for of in models]) for half in HALVES),
        years=_joined([[of.baseline(year) if year else 0.0 for year in range(years)] for of in models]),
        bmi=tuple(
            (power, _joined([[sum(c.coefficient for c in of.bmi if -c.power == power)] for of in models]))
            for power in powers
        ),
    )


def _of_classes(of: Model) -> list[float]:
    """Every combination of the classes, with what is subtracted from the terms of body mass index."""
    centre = sum(curve.coefficient * curve.centre for curve in of.bmi)
    words = product(*(CLASS_WORDS[name] for name in CLASSES))
    return [sum(of.classes[n][w] for n, w in zip(CLASSES, each, strict=True)) - centre for each in words]


def _of_flags(of: Model, half: Sequence[str]) -> list[float]:
    """Every combination of the fields, the first of them the highest bit."""
    amounts = [of.flags.get(flag, 0.0) for flag in half]
    return [
        sum(amount for amount, held in zip(amounts, bits, strict=True) if held)
        for bits in product((0, 1), repeat=len(half))
    ]


def _joined(rows: Sequence[Sequence[float]]) -> Array:
    return np.array([value for row in rows for value in row])
