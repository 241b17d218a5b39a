"""Values and the ends of their intervals, put together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from myosteon.study.validation.bootstrap import Bounds
from myosteon.study.validation.people import Floats
from myosteon.study.validation.result import Estimate


def make_estimates(values: Mapping[str, Floats], bounds: Mapping[str, Bounds]) -> dict[str, Estimate]:
    """Every single value with its interval; curves are left out, and so is a value that could not be found."""
    return {
        name: make_estimate(float(value), bounds.get(name))
        for name, value in values.items()
        if np.ndim(value) == 0 and np.isfinite(value)
    }


def make_estimate(value: float, bounds: Bounds | None, place: int | None = None) -> Estimate:
    """One value with its interval; of a curve, the interval at a place."""
    if bounds is None:
        return Estimate(value)
    low, high = (float(end) if place is None else float(end[place]) for end in (bounds.low, bounds.high))
    return Estimate(value, low, high) if np.isfinite(low) and np.isfinite(high) else Estimate(value)
