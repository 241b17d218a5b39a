"""The canonical contract: which columns a frame has that the rules can judge, of which types, within which ranges.

One row is one person at one visit. Null is unknown; NaN does not occur. Numbers are in the unit of the vocabulary and
within its hard range. Readers make such frames; a program that makes its own can have it checked here.
"""

from __future__ import annotations

import polars as pl

from myosteon.errors import ColumnError, ValueRefused
from myosteon.vocabulary.measures import Measure, load_measures

REQUIRED_COLUMNS = ("sex", "age_years")


def canonical_dtype(measure: Measure) -> pl.DataType:
    """Return the Polars type of a measure: Float64, Int16, Boolean, Enum of its words, Date or String.

    A count or score is Int16 (no hard range is wider), so that it can be unknown but never NaN or a half. A list (medications) is text separated by `;`.
    """
    if measure.type == "category":
        return pl.Enum(measure.words)
    return {
        "float": pl.Float64(),
        "int": pl.Int16(),
        "bool": pl.Boolean(),
        "date": pl.Date(),
        "string": pl.String(),
        "list": pl.String(),
    }[measure.type]


def check_canonical(frame: pl.DataFrame | pl.LazyFrame) -> None:
    """Raise an `InputError` where a frame does not keep the canonical contract; return nothing where it does.

    `ColumnError`: `sex` or `age_years` is missing, a column has another type (words included), or its name is that of
    a measure in another unit. `ValueRefused`: a number is NaN or outside its hard range. Columns of other names are not
    looked at. A lazy frame is read once for the counts, without being kept. No value of a person is in the message.
    """
    schema = frame.lazy().collect_schema()
    problems = [*_find_missing(schema), *_find_other_types(schema), *_find_other_units(schema)]
    if problems:
        raise ColumnError(_list_problems(problems))
    numbers = [measure for name, measure in load_measures().items() if name in schema and measure.is_number]
    counted = (
        frame.lazy().select(_count_faults(measure) for measure in numbers).collect(engine="streaming").row(0)
    )
    faults = [
        f"{measure.name} has {count} values that are NaN or outside {measure.hard_min:g} to {measure.hard_max:g}"
        for measure, count in zip(numbers, counted, strict=True)
        if count
    ]
    if faults:
        raise ValueRefused(_list_problems(faults))


def _find_missing(schema: pl.Schema) -> list[str]:
    return [f"the column {name} is missing" for name in REQUIRED_COLUMNS if name not in schema]


def _find_other_types(schema: pl.Schema) -> list[str]:
    return [
        f"{name} is {schema[name]}, not {canonical_dtype(measure)}"
        for name, measure in load_measures().items()
        if name in schema and schema[name] != canonical_dtype(measure)
    ]


def _find_other_units(schema: pl.Schema) -> list[str]:
    return [
        f"{other.column} is {measure.name} in another unit"
        for measure in load_measures().values()
        for other in measure.alternative_units
        if other.column in schema
    ]


def _count_faults(measure: Measure) -> pl.Expr:
    number = pl.col(measure.name)
    # Polars takes NaN for greater than every number, so the range alone finds it too.
    return (~number.is_between(measure.hard_min, measure.hard_max)).sum().alias(measure.name)


def _list_problems(problems: list[str]) -> str:
    return (
        "The frame does not keep the canonical contract: "
        + "; ".join(problems)
        + ". myosteon.readers.table.read_frame turns a frame with the contract's column names into a canonical one."
    )
