"""Whole-body DXA of 1999-2006: five completed data sets in one file, five rows per person.

A value that was measured stands the same in all five; a value that was imputed differs. Proper use of imputed
values repeats an analysis five times, so that one frame holds either one completed data set (`imputation`) or
only what was measured.
"""

from __future__ import annotations

import polars as pl

from myosteon.errors import ColumnError
from myosteon.readers.nhanes.files import PERSON

NUMBER = "_MULT_"
DATA_SETS = (1, 2, 3, 4, 5)
# Grams and per cent are released with one decimal: measured values agree exactly.
TOLERANCE = 1e-6


def one_row_per_person(rows: pl.DataFrame, imputation: int | None) -> tuple[pl.DataFrame, int]:
    """One row per person, and in how many people an imputed value was left unknown.

    With `imputation` (1 to 5) that completed data set as it stands; without, each value that all five sets
    agree on. Raises `ColumnError` where a person has two rows and no `_MULT_` says why.
    """
    if NUMBER not in rows.columns:
        if rows[PERSON].is_duplicated().any():
            raise ColumnError(
                "The whole-body DXA file has several rows for a person and no column _MULT_ that numbers the "
                "completed data sets. Take the file from the CDC again."
            )
        return rows, 0
    values = [name for name in rows.columns if name not in (PERSON, NUMBER)]
    if imputation is not None:
        return rows.filter(pl.col(NUMBER) == imputation).select(PERSON, *values), 0
    agreed = [_agreed(name) for name in values]
    people = rows.group_by(PERSON, maintain_order=True).agg(*agreed, _imputed(values).alias(NUMBER))
    return people.drop(NUMBER), int(people[NUMBER].sum())


def _agreed(name: str) -> pl.Expr:
    return pl.when(_spread(name) <= TOLERANCE).then(pl.col(name).first()).alias(name)


def _imputed(values: list[str]) -> pl.Expr:
    return pl.any_horizontal((_spread(name) > TOLERANCE).fill_null(False) for name in values)


def _spread(name: str) -> pl.Expr:
    return pl.col(name).max() - pl.col(name).min()
