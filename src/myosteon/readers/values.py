"""How the cells of one column become values of its measure, as Polars expressions.

Nothing is clipped and nothing is guessed: a cell is missing, or it is a value, or it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.readers.columns import UsedColumn
from myosteon.readers.source import Bounds
from myosteon.units import convert
from myosteon.vocabulary.measures import Measure

MISSING = ("", "na", "nan", "null", ".")
"""Cells that are unknown, in small letters; outer blanks do not count."""

YES_NO = {
    "true": True, "yes": True, "1": True, "1.0": True, "是": True,
    "false": False, "no": False, "0": False, "0.0": False, "否": False,
}  # fmt: skip
"""1.0 is how a program writes the 1 of a column with gaps."""

SEX_WORDS = {"f": "female", "m": "male", "女": "female", "男": "male"}

ISO_DATE = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?$"
"""A date, and a time of day behind it, which is dropped."""

SIGNIFICANT_DIGITS_OF_FLOAT32 = 7
DECIMALS_OF_COMPUTED_VALUES = 9
"""The contract rounds what is computed to nine decimals; a converted value is computed."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How to read one column.

    `value` is the canonical value, null where the cell is missing or unreadable; a number out of range still stands in
    it. `refused` is true (else false or null) where the cell is refused, None where that cannot happen. `unusual`
    likewise for values outside the plausible range. `plain` is a cheaper `value`, right where `departs` is true nowhere.
    `given` is the cell as text, for messages.
    """

    column: UsedColumn
    value: pl.Expr
    given: pl.Expr
    refused: pl.Expr | None = None
    unusual: pl.Expr | None = None
    plain: pl.Expr | None = None
    departs: pl.Expr | None = None


def plan_column(
    column: UsedColumn,
    dtype: pl.DataType,
    *,
    labels: Mapping[str, str] | None = None,
    sex_codes: Mapping[str, str] | None = None,
    bounds: Bounds | None = None,
) -> ColumnPlan:
    """Return how to read a column of a given Polars type.

    `labels` are the texts of its codes, `bounds` what its file proves of it.
    """
    measure = column.measure
    if measure.name == "sex" and sex_codes:
        labels = None  # what the person says goes before what the file says
    if dtype == pl.Null:
        return ColumnPlan(column, pl.lit(None, canonical_dtype(measure)), pl.lit(None, pl.String))
    if dtype.is_nested() and not (measure.type == "list" and dtype == pl.List(pl.String)):
        return _plan_unreadable(column, pl.lit("[…]"))
    if measure.is_number:
        return _plan_number(column, dtype, bounds)
    if measure.type == "bool":
        return _plan_yes_no(column, dtype, labels)
    if measure.type == "category":
        return _plan_category(column, dtype, labels, sex_codes or {})
    return _plan_date(column, dtype) if measure.type == "date" else _plan_text(column, dtype)


def is_missing(text: pl.Expr) -> pl.Expr:
    """Say whether a text cell, outer blanks removed, is one of the words for unknown. Null stays null."""
    return text.str.to_lowercase().is_in(MISSING)


def text_of(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return a column as text without outer blanks; a whole number is written without a point."""
    raw = pl.col(name)
    if dtype == pl.String:
        return raw.str.strip_chars()
    if dtype.is_float():
        raw = raw.fill_nan(None)
        whole = raw.cast(pl.Int64, strict=False)
        return pl.when(whole.cast(dtype) == raw).then(whole.cast(pl.String)).otherwise(raw.cast(pl.String))
    if dtype.is_decimal():
        return text_of_decimal(raw)
    return raw.cast(pl.String, strict=False).str.strip_chars()


def text_of_decimal(raw: pl.Expr) -> pl.Expr:
    """Return a decimal as text without the zeros that only fill its places."""
    text = raw.cast(pl.String)
    return (
        pl.when(text.str.contains(".", literal=True))
        .then(text.str.strip_chars_end("0").str.strip_chars_end("."))
        .otherwise(text)
    )


def _plan_unreadable(column: UsedColumn, given: pl.Expr) -> ColumnPlan:
    nothing = pl.lit(None, canonical_dtype(column.measure))
    return ColumnPlan(column, nothing, given, refused=pl.col(column.name).is_not_null())


def _plan_number(column: UsedColumn, dtype: pl.DataType, bounds: Bounds | None) -> ColumnPlan:
    measure, raw, given = column.measure, pl.col(column.name), text_of(column.name, dtype)
    if dtype.is_integer():
        number, unreadable = raw, None
    elif dtype == pl.Float32:
        # 0.8 in four bytes is 0.800000011920929 in eight: the digits that four bytes hold are what was meant.
        number, unreadable = (
            raw.fill_nan(None).cast(pl.Float64).round_sig_figs(SIGNIFICANT_DIGITS_OF_FLOAT32),
            None,
        )
    elif dtype.is_float():
        number, unreadable = raw.fill_nan(None), None
    elif dtype.is_decimal():
        number, unreadable = raw.cast(pl.Float64), None
    elif dtype == pl.String or dtype == pl.Categorical or dtype == pl.Enum:
        number = given.cast(pl.Float64, strict=False).fill_nan(None)
        unreadable = number.is_null() & given.is_not_null() & ~is_missing(given)
    else:
        return _plan_unreadable(column, given)
    if column.unit is not None and measure.unit is not None:
        number = convert(number.cast(pl.Float64), column.unit, measure.unit, measure.name)
        number = number.round(DECIMALS_OF_COMPUTED_VALUES)
    refusals = [] if unreadable is None else [unreadable]
    inside_hard, inside_plausible = prove_range(column, bounds)
    if not inside_hard:
        refusals.append(~number.is_between(measure.hard_min, measure.hard_max))
    if measure.type == "int" and not dtype.is_integer():
        refusals.append(number != number.floor())
    unusual = None
    # Unusual values that a file's statistics show are told from there, without a pass over the data to count them.
    if measure.plausible is not None and not inside_plausible and not inside_hard:
        usual = measure.plausible
        possible = number.is_between(measure.hard_min, measure.hard_max)
        unusual = possible & ~number.is_between(usual.min, usual.max)
    value = number.cast(canonical_dtype(measure), strict=False)
    return ColumnPlan(column, value, given, pl.any_horizontal(refusals) if refusals else None, unusual)


def prove_range(column: UsedColumn, bounds: Bounds | None) -> tuple[bool, bool]:
    """Say whether a file's own statistics prove that a column keeps its hard range, and its plausible range."""
    measure = column.measure
    if bounds is None:
        return False, False
    ends = convert_bounds(column, bounds)
    if ends is None:
        return True, True
    least, most = ends
    usual = measure.plausible
    inside_hard = _at_least(least, measure.hard_min) and _at_least(measure.hard_max, most)
    return inside_hard, usual is None or (usual.min <= least and most <= usual.max)


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


def _at_least(number: float | None, limit: float | None) -> bool:
    return number is None or limit is None or number >= limit


def _plan_yes_no(column: UsedColumn, dtype: pl.DataType, labels: Mapping[str, str] | None) -> ColumnPlan:
    raw = pl.col(column.name)
    if dtype == pl.Boolean:
        return ColumnPlan(column, raw, raw.cast(pl.String))
    if dtype.is_numeric() and not labels:
        number = raw.fill_nan(None) if dtype.is_float() else raw
        value = pl.when(number == 1).then(True).when(number == 0).then(False)
        return ColumnPlan(column, value, text_of(column.name, dtype), value.is_null() & number.is_not_null())
    return _plan_words(column, dtype, labels, YES_NO, pl.Boolean())


def _plan_category(
    column: UsedColumn, dtype: pl.DataType, labels: Mapping[str, str] | None, sex_codes: Mapping[str, str]
) -> ColumnPlan:
    measure, canonical = column.measure, canonical_dtype(column.measure)
    raw = pl.col(column.name)
    if isinstance(dtype, pl.Enum) and set(dtype.categories) <= set(measure.words):
        return ColumnPlan(column, raw if dtype == canonical else raw.cast(canonical), raw.cast(pl.String))
    words = {word.lower(): word for word in measure.words}
    if measure.name == "sex":
        words |= SEX_WORDS | {
            spelling: word for code, word in sex_codes.items() for spelling in (code.lower(), f"{code}.0")
        }
    plan = _plan_words(column, dtype, labels, words, canonical)
    if dtype != pl.String or labels:
        return plan
    return replace(
        plan,
        plain=raw.cast(canonical, strict=False),
        departs=raw.is_not_null() & ~raw.is_in(list(measure.words)),
    )


def _plan_words(
    column: UsedColumn,
    dtype: pl.DataType,
    labels: Mapping[str, str] | None,
    words: Mapping[str, str] | Mapping[str, bool],
    canonical: pl.DataType,
) -> ColumnPlan:
    code = text_of(column.name, dtype)
    text, given = code, code
    if labels:
        text = code.replace(dict(labels)).str.strip_chars()
        given = pl.when(text == code).then(code).otherwise(pl.format("{} ({})", code, text))
    value = text.str.to_lowercase().replace_strict(
        list(words), list(words.values()), default=None, return_dtype=canonical
    )
    return ColumnPlan(column, value, given, value.is_null() & text.is_not_null() & ~is_missing(text))


def _plan_date(column: UsedColumn, dtype: pl.DataType) -> ColumnPlan:
    raw = pl.col(column.name)
    if dtype == pl.Date:
        return ColumnPlan(column, raw, raw.cast(pl.String))
    if dtype == pl.Datetime:
        return ColumnPlan(column, raw.dt.date(), raw.cast(pl.String))
    text = text_of(column.name, dtype)
    value = text.str.extract(ISO_DATE, 1).str.to_date("%Y-%m-%d", strict=False)
    return ColumnPlan(column, value, text, value.is_null() & text.is_not_null() & ~is_missing(text))


def _plan_text(column: UsedColumn, dtype: pl.DataType) -> ColumnPlan:
    raw = pl.col(column.name)
    text = raw.list.join(";") if dtype == pl.List(pl.String) else text_of(column.name, dtype)
    if column.measure.type == "list":
        text = _join_json_list(text)
    value = pl.when(~is_missing(text)).then(text)
    if dtype != pl.String:
        return ColumnPlan(column, value, text)
    # A column without blanks around its cells and without words for unknown is taken as it is.
    return ColumnPlan(
        column, value, raw, plain=raw, departs=value.is_null() & raw.is_not_null() | (text != raw)
    )


def _join_json_list(text: pl.Expr) -> pl.Expr:
    """Turn the JSON list of a line of JSON (["a", "b"]) into a;b; other text stays."""
    quoted = text.str.extract_all(r'"(?:[^"\\]|\\.)*"')
    inner = (
        pl.element().str.slice(1, pl.element().str.len_chars() - 2).str.replace_all('\\"', '"', literal=True)
    )
    is_list = text.str.starts_with("[") & text.str.ends_with("]")
    return pl.when(is_list).then(quoted.list.eval(inner).list.join(";")).otherwise(text)


def name_range(measure: Measure) -> tuple[float, float]:
    """Return the hard range of a number."""
    assert measure.hard_min is not None
    assert measure.hard_max is not None
    return measure.hard_min, measure.hard_max
