# SPDX-License-Identifier: LGPL-3.0-or-later
"""The models over the raw columns of the reference data: codes and 0/1 fields, as whole numbers in NumPy arrays.

A model is additive and most inputs have few values, so that tables do nearly all the work: ten yes/no fields at once by their
bits, the three classes together, each age. What stays is a division, a root and two exponentials a person and outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from myosteon.rules.risk.qfracture2012.inputs import AGES, BMIS, ends
from myosteon.rules.risk.qfracture2012.model import (
    CLASSES,
    EVIDENCE,
    OUTCOMES,
    PER_CENT,
    SEXES,
    horizons,
    model,
)
from myosteon.rules.risk.qfracture2012.raw_tables import FLAGS, HALVES, raw_tables

Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[str, Array]

DIABETES = ("b_type1", "b_type2")
# The column that holds the codes of each class.
CODED = {"ethnicity": "ethrisk", "smoking": "smoke_cat", "alcohol": "alcohol_cat6"}
WHOLE = ("age", *CODED.values(), *FLAGS, "surv")
NAMES = ("sex", "age", "bmi", *WHOLE[1:])


def codes_of(name: str) -> tuple[int, ...]:
    """The codes of a class, from the lowest."""
    return tuple(int(code) for _, code in EVIDENCE.coefficients_of(f"{name}_code").terms)


def limits_of(column: str) -> tuple[float, float]:
    """The least and the greatest value that a raw column may hold, both included."""
    if column in FLAGS:
        return 0, 1
    if column == "sex":
        return 0, len(SEXES) - 1
    if column == "surv":
        return min(horizons()), max(horizons())
    for name, coded in CODED.items():
        if column == coded:
            return min(codes_of(name)), max(codes_of(name))
    return ends({"age": AGES, "bmi": BMIS}[column])


@cache
def sexes_of(flag: str) -> tuple[str, ...]:
    """The sexes in which a field counts; in the other it is ignored, whatever it holds."""
    return tuple(sex for sex in SEXES if any(flag in model(outcome, sex).flags for outcome in OUTCOMES))


def refusals(columns: Columns) -> dict[str, Array]:
    """For each raw column, in which rows its value is refused: outside the range, or both types of diabetes.

    `columns` holds every name of `NAMES`: sex as the place of its word in `SEXES`, whole numbers, body mass index as a float. A
    value that is missing is a whole number below the range, or not a number.
    """
    found = {name: _outside(columns[name], *limits_of(name)) for name in NAMES}
    for flag in FLAGS:
        if len(sexes_of(flag)) == 1:
            found[flag] &= columns["sex"] == SEXES.index(sexes_of(flag)[0])
    both = (columns[DIABETES[0]] == 1) & (columns[DIABETES[1]] == 1)
    for flag in DIABETES:
        found[flag] |= both
    return found


def _outside(values: Array, low: float, high: float) -> Array:
    # Not a number is outside, which no comparison says of itself.
    outside: Array = ~((values >= low) & (values <= high))
    return outside


def acceptable(columns: Columns) -> Array:
    """In which rows nothing is refused: as `refusals` says, in fewer steps."""
    sex = columns["sex"].view(np.uint8)
    good: Array = sex < len(SEXES)
    for name in NAMES:
        if name not in (*FLAGS, "sex"):
            low, high = limits_of(name)
            good &= columns[name] >= low
            good &= columns[name] <= high
    bits = np.zeros(len(sex), dtype=np.uint8)
    for flag in FLAGS:
        bits |= _counted(columns, flag).view(np.uint8)
    good &= bits < 2
    good &= (columns[DIABETES[0]] & columns[DIABETES[1]]) == 0
    return good


def _counted(columns: Columns, flag: str) -> Array:
    """The field; nought in a sex whose models lack it, whatever it holds there."""
    sexes = sexes_of(flag)
    if len(sexes) > 1:
        return columns[flag]
    counted: Array = columns[flag] * (columns["sex"] == SEXES.index(sexes[0]))
    return counted


def percents(columns: Columns) -> tuple[Array, Array]:
    """The risk of any and of hip fracture within `surv` years, in percent; every row must be acceptable."""
    sex = columns["sex"].astype(np.int16)
    halves = [_bits(sex, [_counted(columns, flag) for flag in half]) for half in HALVES]
    classes = sex
    for name in CLASSES:
        codes = codes_of(name)
        classes = classes * len(codes) + (columns[CODED[name]] - min(codes))
    tables = raw_tables()
    age = sex * tables.ages + columns["age"]
    years = sex * tables.years + columns["surv"]
    inverse = tables.scale / columns["bmi"]
    powers = {1 / 2: np.sqrt(inverse), 1: inverse, 2: inverse * inverse}
    risks = []
    for table in tables.outcomes:
        hazard = table.age.take(age)
        hazard += table.classes.take(classes)
        for half, bits in zip(table.halves, halves, strict=True):
            hazard += half.take(bits)
        hazard += table.years.take(years)
        for power, amounts in table.bmi:
            hazard += amounts.take(sex) * powers[power]
        np.exp(hazard, out=hazard)
        np.negative(hazard, out=hazard)
        np.exp(hazard, out=hazard)
        np.subtract(1, hazard, out=hazard)
        hazard *= PER_CENT
        risks.append(hazard)
    return risks[0], risks[1]


def _bits(sex: Array, flags: Sequence[Array]) -> Array:
    """The sex and ten fields as the bits of one number."""
    bits = sex
    for flag in flags:
        bits = (bits << 1) | flag
    return bits
