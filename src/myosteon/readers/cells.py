"""What is common to the cells of every type: how they are seen, which are missing, what a look at a column gives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.readers.columns import UsedColumn

MISSING = tuple(
    "".join(letters)
    for word in ("", "na", "nan", "null", ".")
    for letters in product(*({letter, letter.upper()} for letter in word))
)
"""Cells that are unknown, in every mixture of small and capital letters; outer blanks do not count."""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see a column.

    `value` is the canonical value, null where the cell is missing or unreadable; a number out of range still stands in
    it. `refused` is true (else false or null) where the cell is refused, None where that cannot happen. `unusual`
    likewise, for possible values outside the plausible range.
    """

    value: pl.Expr
    refused: pl.Expr | None = None
    unusual: pl.Expr | None = None


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How to read one column.

    `full` is right for every cell. `quick` is cheaper: it knows neither blanks around a cell nor rare spellings, and its
    `refused` is true for these too. Where that is true nowhere, `quick` is right and nothing is refused. `given` is the
    cell as text, for messages.
    """

    column: UsedColumn
    full: Look
    given: pl.Expr
    quick: Look | None = None

    @property
    def first(self) -> Look:
        """The look to begin with: the quick one where there is one."""
        return self.full if self.quick is None else self.quick


def is_missing(text: pl.Expr) -> pl.Expr:
    """Say whether a text cell, outer blanks removed, is one of the words for unknown. Null stays null."""
    return text.is_in(MISSING)


def has_other_text(text: pl.Expr, words: tuple[str, ...] = ()) -> pl.Expr:
    """Say whether a text cell is neither missing nor one of the words given. Never null."""
    return text.is_not_null() & ~text.is_in([*MISSING, *words])


def text_of(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return a column as text without outer blanks; a whole number is written without a point."""
    raw = pl.col(name)
    if dtype == pl.String:
        return raw.str.strip_chars()
    if dtype.is_float():
        raw = raw.fill_nan(None)
        whole = raw.cast(pl.Int64, strict=False)
        return pl.when(whole.cast(dtype) == raw).then(whole.cast(pl.String)).otherwise(raw.cast(pl.String))
    text = raw.cast(pl.String, strict=False).str.strip_chars()
    if not dtype.is_decimal():
        return text
    has_point = text.str.contains(".", literal=True)
    return pl.when(has_point).then(text.str.strip_chars_end("0").str.strip_chars_end(".")).otherwise(text)


def plan_unreadable(column: UsedColumn, given: pl.Expr) -> ColumnPlan:
    """Return a plan that refuses every cell: the type of the column cannot hold values of its measure."""
    nothing = pl.lit(None, canonical_dtype(column.measure))
    return ColumnPlan(column, Look(nothing, pl.col(column.name).is_not_null()), given)
