"""Cells of numbers: read, converted once, held against the hard range. Nothing is clipped."""

from __future__ import annotations

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.readers.cells import ColumnPlan, Look, has_other_text, plan_unreadable, text_of
from myosteon.readers.columns import UsedColumn
from myosteon.readers.source import Bounds
from myosteon.units import convert
from myosteon.vocabulary.measures import Measure

SIGNIFICANT_DIGITS_OF_FLOAT32 = 7
DECIMALS_OF_COMPUTED_VALUES = 9
"""The contract rounds what is computed to nine decimals; a converted value is computed."""


def plan_number(column: UsedColumn, dtype: pl.DataType, bounds: Bounds | None) -> ColumnPlan:
    """Return how to read a column of numbers; `bounds` is what its file proves of it."""
    given = text_of(column.name, dtype)
    if dtype == pl.String or dtype == pl.Categorical or dtype == pl.Enum:
        return _plan_text(column, dtype, given)
    number = _typed_number(pl.col(column.name), dtype)
    if number is None:
        return plan_unreadable(column, given)
    return ColumnPlan(column, _look(column, number, None, bounds, is_whole=dtype.is_integer()), given)


def _typed_number(raw: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    if dtype.is_integer():
        return raw
    if dtype == pl.Float32:
        # 0.8 in four bytes is 0.800000011920929 in eight: the digits that four bytes hold are what was meant.
        return raw.fill_nan(None).cast(pl.Float64).round_sig_figs(SIGNIFICANT_DIGITS_OF_FLOAT32)
    if dtype.is_float():
        return raw.fill_nan(None)
    return raw.cast(pl.Float64) if dtype.is_decimal() else None


def _plan_text(column: UsedColumn, dtype: pl.DataType, given: pl.Expr) -> ColumnPlan:
    number = given.cast(pl.Float64, strict=False).fill_nan(None)
    full = _look(column, number, number.is_null() & has_other_text(given))
    if dtype != pl.String:
        return ColumnPlan(column, full, given)
    raw = pl.col(column.name)
    # A NaN is greater than every number to Polars, so the quick look finds it out of range and leaves it to the full one.
    number = raw.cast(pl.Float64, strict=False)
    return ColumnPlan(column, full, given, _look(column, number, number.is_null() & has_other_text(raw)))


def _look(
    column: UsedColumn,
    number: pl.Expr,
    unreadable: pl.Expr | None,
    bounds: Bounds | None = None,
    *,
    is_whole: bool = False,
) -> Look:
    measure = column.measure
    if column.unit is not None and measure.unit is not None:
        number = convert(number.cast(pl.Float64), column.unit, measure.unit, measure.name)
        number = number.round(DECIMALS_OF_COMPUTED_VALUES)
    inside_hard, inside_plausible = prove_range(column, bounds)
    refusals = [] if unreadable is None else [unreadable]
    if not inside_hard:
        refusals.append(~number.is_between(*hard_range(measure)))
    if measure.type == "int" and not is_whole:
        refusals.append(number != number.floor())
    unusual = None
    # Unusual values that a file's statistics show are told from there, without a pass over the data to count them.
    if measure.plausible is not None and not inside_plausible and not inside_hard:
        usual = number.is_between(measure.plausible.min, measure.plausible.max)
        unusual = number.is_between(*hard_range(measure)) & ~usual
    value = number.cast(canonical_dtype(measure), strict=False)
    return Look(value, pl.any_horizontal(refusals) if refusals else None, unusual)


def hard_range(measure: Measure) -> tuple[float, float]:
    """Return the ends of the hard range of a number."""
    assert measure.hard_min is not None
    assert measure.hard_max is not None
    return measure.hard_min, measure.hard_max


def prove_range(column: UsedColumn, bounds: Bounds | None) -> tuple[bool, bool]:
    """Say whether a file's own statistics prove that a column keeps its hard range, and its plausible range."""
    if bounds is None:
        return False, False
    ends = convert_bounds(column, bounds)
    if ends is None:
        return True, True
    (least, most), (low, high), usual = ends, hard_range(column.measure), column.measure.plausible
    return low <= least and most <= high, usual is None or (usual.min <= least and most <= usual.max)


def convert_bounds(column: UsedColumn, bounds: Bounds) -> tuple[float, float] | None:
    """Return the bounds in the canonical unit; None where every value is missing."""
    if bounds.least is None or bounds.most is None:
        return None
    if column.unit is None or column.measure.unit is None:
        return bounds.least, bounds.most
    unit, name = column.measure.unit, column.measure.name
    ends = (convert(float(end), column.unit, unit, name) for end in (bounds.least, bounds.most))
    least, most = (round(end, DECIMALS_OF_COMPUTED_VALUES) for end in ends)
    return least, most
