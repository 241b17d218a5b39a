"""What can be measured on weighted people, and drawn again: every measure is a function of the weights alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from myosteon.study.validation.people import Floats

Found = Mapping[str, Floats]
"""Values by name: a single number has no shape, a curve one axis. NaN where nothing can be said."""


class Measurement(Protocol):
    """Prepared once for some people, then asked for any weights of theirs."""

    def measure(self, weights: Floats) -> Found:
        """The values for these weights (how often each person counts)."""
        ...


def number(value: float) -> Floats:
    """A single value."""
    return np.asarray(value, float)
