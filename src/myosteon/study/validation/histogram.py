"""How the risks lie among people with and without the outcome."""

from __future__ import annotations

import numpy as np

from myosteon.study.validation.people import People
from myosteon.study.validation.result import Histogram

BINS = 40
UPTO = 0.995
"""The last bin also holds the few risks beyond this share of the people."""


def draw_up(people: People) -> Histogram:
    """Bins of equal width from 0 (or the least) on; whole points each have their own."""
    risk = people.risk
    values = np.unique(risk)
    if len(values) <= BINS and np.all(values == np.round(values)):
        edges = np.arange(values[0] - 0.5, values[-1] + 1)
    else:
        edges = np.linspace(min(0.0, float(values[0])), float(np.quantile(risk, UPTO)), BINS + 1)
        edges = edges if edges[-1] > edges[0] else np.linspace(0.0, float(values[-1]), BINS + 1)
    inside = np.clip(risk, edges[0], edges[-1])
    without, _ = np.histogram(inside[~people.event], edges)
    with_event, _ = np.histogram(inside[people.event], edges)
    return Histogram(edges, tuple(map(int, without)), tuple(map(int, with_event)))
