"""Values outside the hard range of the contract: made unknown, counted, never clipped."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from myosteon.readers.nhanes.variables import Column

ADULT = 18


def refuse_impossible(frame: pl.DataFrame, columns: Sequence[Column]) -> tuple[pl.DataFrame, list[str]]:
    """`frame` with impossible values made null, and a note per column with their number.

    The ranges of the contract are those of adults, so that most refusals of size are children: the notes tell
    how many.
    """
    ranged = [column for column in columns if column.hard_min is not None and column.hard_max is not None]
    counts = frame.select(
        expression
        for column in ranged
        for expression in (
            _impossible(column).sum().alias(column.name),
            (_impossible(column) & (pl.col("age_years") < ADULT)).sum().alias(f"{column.name} under {ADULT}"),
        )
    ).row(0, named=True)
    notes = [
        f"{column.name}: values outside {column.hard_min:g} to {column.hard_max:g} refused, now unknown: "
        f"{counts[column.name]} ({counts[f'{column.name} under {ADULT}']} in people under {ADULT})."
        for column in ranged
        if counts[column.name]
    ]
    return frame.with_columns(
        pl.when(~_impossible(column)).then(column.name).alias(column.name) for column in ranged
    ), notes


def _impossible(column: Column) -> pl.Expr:
    return (~pl.col(column.name).is_between(column.hard_min, column.hard_max)).fill_null(False)
