"""Quartiles and bins of numbers of which each different value is known with how many people, or what weight, have it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from myosteon.outputs.risk_summary import Bins

QUARTERS = (0.25, 0.5, 0.75)
MOST_BINS = 30
STEPS = (1.0, 2.0, 5.0)


def quartiles_of(values: Sequence[tuple[float, float]], *, counted: bool) -> tuple[float, float, float]:
    """The quartiles of rising values, each with its number of people or its weight.

    Args:
        values: at least one value; rising, each once, with a number or weight above 0.
        counted: whether people count the same: then quartiles lie between two people where they have to (linear, as
            pandas and NumPy have it). Else each is the smallest value that its share of the weight does not exceed.
    """
    first, middle, last = (
        _between(values, share) if counted else _by_weight(values, share) for share in QUARTERS
    )
    return first, middle, last


def _between(values: Sequence[tuple[float, float]], share: float) -> float:
    ends = list(accumulate(count for _, count in values))
    place = share * (ends[-1] - 1)
    low, part = math.floor(place), place - math.floor(place)
    lower, upper = (_at(values, ends, at) for at in (low, math.ceil(place)))
    return lower + part * (upper - lower)


def _at(values: Sequence[tuple[float, float]], ends: Sequence[float], place: int) -> float:
    """The value of the person in that place, counted from 0."""
    return next(value for (value, _), end in zip(values, ends, strict=True) if place < end)


def _by_weight(values: Sequence[tuple[float, float]], share: float) -> float:
    ends = list(accumulate(weight for _, weight in values))
    # A hair less than the share: sums of weights that should meet it may miss it by their last digit.
    wanted = share * ends[-1] * (1 - 1e-12)
    return next(value for (value, _), end in zip(values, ends, strict=True) if end >= wanted)


def bins_for(values: Sequence[float], *, from_nought: bool = False) -> Bins:
    """Bins that hold all values: one for each whole number where that is enough, else at most 31 of an even width.

    With `from_nought` the scale begins at 0 (or below it, where a value lies there) and is no row of whole numbers.
    """
    if not values:
        return Bins(0.0, 1.0, 1)
    low, high = min(values), max(values)
    if from_nought:
        low = min(low, 0.0)
    whole = all(value == math.floor(value) for value in values)
    if whole and not from_nought and high - low < MOST_BINS:
        return Bins(low - 0.5, 1.0, int(high - low) + 1)
    width = even_width((high - low) / MOST_BINS)
    start = math.floor(low / width + 1e-9) * width
    return Bins(start, width, max(1, math.floor((high - start) / width + 1e-9) + 1))


def even_width(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is not below `least`."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (*STEPS, 10.0) if step * power >= least * (1 - 1e-9))


def place_in(value: float, bins: Bins) -> int:
    """The bin of a value; a value on a limit belongs to the bin that starts there."""
    return min(bins.count - 1, max(0, math.floor((value - bins.start) / bins.width + 1e-9)))
