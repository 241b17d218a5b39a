"""A restricted cubic spline (Harrell): bends between its outer knots, straight beyond them."""

from __future__ import annotations

import numpy as np

from myosteon.study.validation.people import Floats

KNOTS_AT = (0.05, 0.35, 0.65, 0.95)
"""Shares of the people at which four knots lie (Harrell, Regression Modeling Strategies, table 2.3)."""


def place_knots(values: Floats) -> Floats | None:
    """Four knots among the values; None where they do not differ enough for a bend."""
    knots = np.quantile(values, KNOTS_AT)
    span = knots[-1] - knots[0]
    return knots if np.all(np.diff(knots) > 1e-6 * max(span, 1e-12)) else None


def spread_out(values: Floats, knots: Floats | None) -> Floats:
    """Columns of the curve: one, the value, and a bend for each knot but two; straight where there are no knots."""
    columns = [np.ones_like(values), values]
    if knots is not None:
        last, before_last = knots[-1], knots[-2]
        for knot in knots[:-2]:
            bend = _cube(values - knot)
            bend -= _cube(values - before_last) * (last - knot) / (last - before_last)
            bend += _cube(values - last) * (before_last - knot) / (last - before_last)
            columns.append(bend / (last - knots[0]) ** 2)
    # Each column lies in one piece: sums over people are quick.
    return np.asfortranarray(np.column_stack(columns))


def _cube(value: Floats) -> Floats:
    return np.asarray(np.maximum(value, 0.0) ** 3)
