"""The scale on which a risk is bent: the logit at a fixed horizon, the complementary log-log over time.

On the complementary log-log scale a shift multiplies the cumulative hazard, as in the models that predict over time.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from myosteon.study.validation.people import Floats

Link = Literal["logit", "cloglog"]

NEAREST = 1e-6
"""A risk of exactly 0 or 1 has no place on these scales; it is taken as this near to it."""


def bend(risk: Floats, link: Link) -> Floats:
    """Risks (0 to 1) on the scale of the link."""
    inside = np.clip(risk, NEAREST, 1 - NEAREST)
    if link == "logit":
        return np.asarray(np.log(inside) - np.log1p(-inside))
    return np.asarray(np.log(-np.log1p(-inside)))


def unbend(value: Floats, link: Link) -> Floats:
    """Risks back from the scale of the link."""
    with np.errstate(over="ignore"):
        if link == "logit":
            return np.asarray(1 / (1 + np.exp(-value)))
        return np.asarray(-np.expm1(-np.exp(value)))


def count_at_the_ends(risk: Floats) -> int:
    """How many risks are so near 0 or 1 that they were moved."""
    return int(np.sum((risk < NEAREST) | (risk > 1 - NEAREST)))
