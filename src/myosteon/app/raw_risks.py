"""QFracture-2012 over a file of raw columns: the codes and fields of the reference data in, two risks and what was refused out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from myosteon.errors import ColumnError
from myosteon.rules.risk.qfracture2012.hazards import USUAL_YEARS
from myosteon.rules.risk.qfracture2012.model import SEXES, model
from myosteon.rules.risk.qfracture2012.raw import NAMES, WHOLE, acceptable, percents, refusals

ANSWERS = {"qfracture_any_percent": pl.Float64, "qfracture_hip_percent": pl.Float64, "refused": pl.String}
# So many that what is worked on stays in the processor's cache.
ROWS_AT_ONCE = 32_768
# Below every range: a value that is missing, no whole number, or no number at all.
NO_VALUE = -1

Raw = Mapping[str, Any]


def raw_risks(people: pl.DataFrame | pl.LazyFrame, years: int | None = None) -> Any:
    """The two raw risks of everybody, in percent, behind the columns of the frame.

    Args:
        people: `sex` (female, male), `age` in whole years 30-100, `bmi` in kg/m2 20-40, `ethrisk` 1-9, `smoke_cat` 0-4,
            `alcohol_cat6` 0-5, the twenty 0/1 fields of the models, and `surv`, the horizon in whole years 1-18. Other columns come
            through untouched. A field that the models of a sex lack is ignored in it.
        years: one horizon for all, in place of `surv`; 10 where neither is given.

    Returns:
        The frame (lazy where `people` is) with `qfracture_any_percent`, `qfracture_hip_percent` (the models' own numbers: the
        hip's may be the greater) and `refused`: the fields whose value is missing, outside its range or no whole number, and both
        types of diabetes where both are 1, separated by `;`. A row with a refused field has no risk.

    Raises:
        ColumnError: columns are missing; or the frame has one of the columns that are added.
        RuleError: `years` is no horizon of the models.
    """
    names = people.collect_schema().names()
    _check(names, years)
    if isinstance(people, pl.LazyFrame):
        schema: dict[str, Any] = {**people.collect_schema(), **ANSWERS}
        return people.map_batches(lambda part: _with_risks(part, years), schema=schema, streamable=True)
    return _with_risks(people, years)


def _check(names: list[str], years: int | None) -> None:
    if years is not None:
        model("any", "female").baseline(years)
    missing = [name for name in NAMES if name not in names and name != "surv"]
    if missing:
        raise ColumnError(f"the raw columns {', '.join(missing)} are missing; every person needs all of them")
    taken = [name for name in ANSWERS if name in names]
    if taken:
        raise ColumnError(f"the file already has {', '.join(taken)}; rename or drop what would be replaced")


def _with_risks(people: pl.DataFrame, years: int | None) -> pl.DataFrame:
    raw = _arrays(people, years)
    any_risk, hip_risk = np.empty(people.height), np.empty(people.height)
    good = np.empty(people.height, dtype=bool)
    for start in range(0, people.height, ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        part = {name: values[rows] for name, values in raw.items()}
        good[rows] = kept = acceptable(part)
        if kept.all():
            any_risk[rows], hip_risk[rows] = percents(part)
        else:
            sound = {name: values[kept] for name, values in part.items()}
            any_risk[rows][kept], hip_risk[rows][kept] = percents(sound)
    risks = [pl.Series(name, risk) for name, risk in zip(ANSWERS, (any_risk, hip_risk), strict=False)]
    if good.all():
        return people.with_columns(*risks, pl.lit(None, dtype=pl.String).alias("refused"))
    given = pl.Series(good)
    known = [pl.when(given).then(risk).alias(risk.name) for risk in risks]
    return people.with_columns(*known, _refused(raw, ~good))


def _refused(raw: Raw, bad: Any) -> pl.Series:
    """The names of the refused fields of each row; null where `bad` is not."""
    found = pl.DataFrame(refusals({name: values[bad] for name, values in raw.items()}))
    pieces = [pl.when(pl.col(name)).then(pl.lit(name)) for name in NAMES]
    texts = found.select(pl.concat_str(pieces, separator=";", ignore_nulls=True).alias("refused")).to_series()
    place = pl.Series(np.where(bad, np.cumsum(bad) - 1, NO_VALUE))
    return texts.gather(place.set(place < 0, None)).alias("refused")


def _arrays(people: pl.DataFrame, years: int | None) -> dict[str, Any]:
    """The columns as the models take them: whole numbers of a byte, sex by its place, body mass index as a float."""
    wanted = [_sex(people.schema["sex"]), _number("bmi", people.schema["bmi"])]
    given = [name for name in WHOLE if name in people.columns and not (name == "surv" and years is not None)]
    columns = people.select(*wanted, *[_whole(people[name]) for name in given])
    raw = {name: columns[name].to_numpy() for name in columns.columns}
    if "surv" not in raw:
        raw["surv"] = np.full(people.height, USUAL_YEARS if years is None else years, dtype=np.int8)
    return raw


def _sex(kind: Any) -> pl.Expr:
    known = isinstance(kind, pl.Enum) and set(SEXES) <= set(kind.categories)
    sex = pl.col("sex") if known else pl.col("sex").cast(pl.String)
    codes = [(sex == word, pl.lit(code, dtype=pl.Int8)) for code, word in enumerate(SEXES)]
    (first, code), (second, other) = codes
    return (
        pl.when(first)
        .then(code)
        .when(second)
        .then(other)
        .otherwise(pl.lit(NO_VALUE, dtype=pl.Int8))
        .alias("sex")
    )


def _number(name: str, kind: Any) -> pl.Expr:
    number = pl.col(name) if kind == pl.Float64 else pl.col(name).cast(pl.Float64, strict=False)
    return number.fill_null(float("nan"))


def _whole(column: pl.Series) -> pl.Expr:
    """The column in bytes; what is missing, broken or too large for one becomes a value that every range refuses."""
    if column.dtype == pl.Int8 and not column.null_count():
        return pl.col(column.name)
    if column.dtype.is_integer() or column.dtype == pl.Boolean:
        whole = pl.col(column.name)
    else:
        number = _number(column.name, column.dtype)
        whole = pl.when(number == number.floor()).then(number)
    return whole.cast(pl.Int8, strict=False).fill_null(NO_VALUE)
