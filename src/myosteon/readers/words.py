"""Cells of words: yes and no, categories, dates, names. A word that is not known is refused, never guessed."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.readers.cells import ColumnPlan, Look, has_other_text, is_missing, text_of
from myosteon.readers.columns import UsedColumn

YES = ("true", "yes", "1", "1.0", "是")
NO = ("false", "no", "0", "0.0", "否")
"""1.0 and 0.0 are how a program writes 1 and 0 in a column with gaps."""

SEX_WORDS = {"f": "female", "m": "male", "女": "female", "男": "male"}

ISO_DATE = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?$"
"""A date, and a time of day behind it, which is dropped."""

Words = Mapping[str, str] | Mapping[str, bool] | Mapping[str, str | bool]


def plan_yes_no(column: UsedColumn, dtype: pl.DataType, labels: Mapping[str, str] | None) -> ColumnPlan:
    """Return how to read a column of yes and no: the contract's words in any case, or 1 and 0."""
    raw = pl.col(column.name)
    if dtype == pl.Boolean:
        return ColumnPlan(column, Look(raw), raw.cast(pl.String))
    if dtype.is_numeric() and not labels:
        number = raw.fill_nan(None) if dtype.is_float() else raw
        value = pl.when(number == 1).then(True).when(number == 0).then(False)
        return ColumnPlan(
            column, Look(value, value.is_null() & number.is_not_null()), text_of(column.name, dtype)
        )
    return _plan_words(column, dtype, labels, dict.fromkeys(YES, True) | dict.fromkeys(NO, False))


def plan_category(
    column: UsedColumn,
    dtype: pl.DataType,
    labels: Mapping[str, str] | None,
    sex_codes: Mapping[str, str],
) -> ColumnPlan:
    """Return how to read a column of categories: the words of the measure in any case; for sex also f, m, 女, 男.

    `sex_codes` are the numbers that the person has given a meaning.
    """
    measure, raw = column.measure, pl.col(column.name)
    if isinstance(dtype, pl.Enum) and set(dtype.categories) <= set(measure.words):
        canonical = canonical_dtype(measure)
        return ColumnPlan(
            column, Look(raw if dtype == canonical else raw.cast(canonical)), raw.cast(pl.String)
        )
    words = {word: word for word in measure.words}
    if measure.name == "sex":
        words |= SEX_WORDS
        words |= {
            spelling: word for code, word in sex_codes.items() for spelling in (code.lower(), f"{code}.0")
        }
    return _plan_words(column, dtype, labels, words)


def _plan_words(
    column: UsedColumn, dtype: pl.DataType, labels: Mapping[str, str] | None, words: Words
) -> ColumnPlan:
    canonical = canonical_dtype(column.measure)
    code = text_of(column.name, dtype)
    text, given = code, code
    if labels:
        text = code.replace(dict(labels)).str.strip_chars()
        given = pl.when(text == code).then(code).otherwise(pl.format("{} ({})", code, text))
    value = _translate(text.str.to_lowercase(), words, canonical)
    full = Look(value, value.is_null() & has_other_text(text))
    if dtype != pl.String or labels:
        return ColumnPlan(column, full, given)
    raw, spellings = pl.col(column.name), _spell_out(words)
    is_canonical = all(word == meaning for word, meaning in words.items())
    value = raw.cast(canonical, strict=False) if is_canonical else _translate(raw, spellings, canonical)
    known = tuple(words) if is_canonical else tuple(spellings)
    return ColumnPlan(column, full, given, Look(value, has_other_text(raw, known)))


def _translate(text: pl.Expr, words: Words, canonical: pl.DataType) -> pl.Expr:
    return text.replace_strict(list(words), list(words.values()), default=None, return_dtype=canonical)


def _spell_out(words: Words) -> dict[str, str | bool]:
    """Return the words in the three spellings that programs write: true, True, TRUE."""
    return {
        spelling: meaning
        for word, meaning in words.items()
        for spelling in (word, word.capitalize(), word.upper())
    }


def plan_date(column: UsedColumn, dtype: pl.DataType) -> ColumnPlan:
    """Return how to read a column of dates: dates of the file's own, or ISO text; a time of day is dropped."""
    raw = pl.col(column.name)
    if dtype == pl.Date:
        return ColumnPlan(column, Look(raw), raw.cast(pl.String))
    if dtype == pl.Datetime:
        return ColumnPlan(column, Look(raw.dt.date()), raw.cast(pl.String))
    text = text_of(column.name, dtype)
    value = text.str.extract(ISO_DATE, 1).str.to_date("%Y-%m-%d", strict=False)
    return ColumnPlan(column, Look(value, value.is_null() & has_other_text(text)), text)


def plan_text(column: UsedColumn, dtype: pl.DataType) -> ColumnPlan:
    """Return how to read a column of names (person_id) or of lists separated by `;` (medications)."""
    raw = pl.col(column.name)
    text = raw.list.join(";") if dtype == pl.List(pl.String) else text_of(column.name, dtype)
    if column.measure.type == "list":
        text = _join_json_list(text)
    full = Look(pl.when(~is_missing(text)).then(text))
    if dtype != pl.String:
        return ColumnPlan(column, full, text)
    # Nothing is refused here; the quick look is for columns that are clean, which are then taken as they are.
    return ColumnPlan(column, full, raw, Look(raw, is_missing(text) | (text != raw)))


def _join_json_list(text: pl.Expr) -> pl.Expr:
    """Turn the JSON list of a line of JSON (["a", "b"]) into a;b; other text stays."""
    quoted = text.str.extract_all(r'"(?:[^"\\]|\\.)*"')
    inner = (
        pl.element().str.slice(1, pl.element().str.len_chars() - 2).str.replace_all('\\"', '"', literal=True)
    )
    is_list = text.str.starts_with("[") & text.str.ends_with("]")
    joined = quoted.list.eval(inner).list.join(";")
    return pl.when(is_list & (joined != "")).then(joined).when(~is_list).then(text)
