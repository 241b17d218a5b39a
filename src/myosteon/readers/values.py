"""How the cells of one column become values of its measure, as Polars expressions.

Nothing is clipped and nothing is guessed: a cell is missing, or it is a value, or it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.readers.cells import ColumnPlan, Look, plan_unreadable
from myosteon.readers.columns import UsedColumn
from myosteon.readers.quantities import plan_number
from myosteon.readers.source import Bounds
from myosteon.readers.words import plan_category, plan_date, plan_text, plan_yes_no

NOT_A_VALUE = "[…]"
"""What stands in a message for a cell that is a list or an object."""


def plan_column(
    column: UsedColumn,
    dtype: pl.DataType,
    *,
    labels: Mapping[str, str] | None = None,
    sex_codes: Mapping[str, str] | None = None,
    bounds: Bounds | None = None,
) -> ColumnPlan:
    """Return how to read a column of a given Polars type.

    `labels` are the texts of its codes, `sex_codes` what the person says of numbers in `sex` (this goes before the
    labels), `bounds` what its file proves of it.
    """
    measure = column.measure
    if dtype == pl.Null:
        return ColumnPlan(column, Look(pl.lit(None, canonical_dtype(measure))), pl.lit(None, pl.String))
    if dtype.is_nested() and not (measure.type == "list" and dtype == pl.List(pl.String)):
        return plan_unreadable(column, pl.lit(NOT_A_VALUE))
    if measure.is_number:
        return plan_number(column, dtype, bounds)
    if measure.type == "bool":
        return plan_yes_no(column, dtype, labels)
    if measure.type == "category":
        return plan_category(
            column, dtype, None if sex_codes and measure.name == "sex" else labels, sex_codes or {}
        )
    return plan_date(column, dtype) if measure.type == "date" else plan_text(column, dtype)
