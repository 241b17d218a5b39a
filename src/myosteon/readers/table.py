"""The door for tables: a file or a frame in, canonical columns out, with a list of what was refused.

    reading = read_table(Path("visits.csv"))
    reading.frame      # lazy; canonical columns, then the carried ones
    reading.refusals   # values that are impossible or cannot be read: null in the frame, named here
    reading.notices    # what the reader did on the way

Refusals and notices speak English and Chinese: `refusal.describe("zh")`, `in_language(error, "zh")`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from polars import selectors

from myosteon.errors import ColumnError, FileUnreadable, ValueRefused
from myosteon.readers.cells import ColumnPlan
from myosteon.readers.checking import (
    PERSON,
    ROW,
    Counts,
    count_faults,
    list_refusals,
)
from myosteon.readers.columns import Matching, match_columns
from myosteon.readers.opening import open_source
from myosteon.readers.options import history_measures, parse_sex_codes, read_rename_map
from myosteon.readers.reading import Reading, Refusal
from myosteon.readers.source import Source
from myosteon.readers.telling import tell_of_data
from myosteon.readers.values import plan_column
from myosteon.readers.wording import Sentence, say
from myosteon.vocabulary.measures import load_measures

__all__ = ["history_measures", "parse_sex_codes", "read_frame", "read_rename_map", "read_table"]

READ_AS_NO = "read_as_no"
"""The column, with `absent_means_no` only, that lists the histories of a person which were unknown and are read as no."""

ONLY_PERSON = "1"
"""The person_id of the only row of a file that gives none."""

MOST_LINES_IN_AN_ERROR = 200


def read_table(
    path: Path,
    *,
    sex_codes: Mapping[str, str] | None = None,
    rename: Mapping[str, str] | None = None,
    strict: bool = False,
    absent_means_no: bool = False,
    sheet: str | int | None = None,
) -> Reading:
    """Read a table of visits from a file: CSV, TSV, Excel, Parquet, JSON lines, SAS, Stata or SPSS.

    CSV and Parquet stay lazy and may be larger than memory. `sex_codes` says what numbers in `sex` mean, `rename` maps
    the file's names to those of the vocabulary, `sheet` chooses a sheet by name or by number from 1. `absent_means_no`
    reads an unknown history (fractures, diseases, drugs), absent columns included, as no. `strict` refuses the whole
    file where one value is refused.

    Raises `FileUnreadable` (not there, empty, damaged, of another kind), `ColumnError` (`sex`, `age_years` or
    `person_id` missing, two columns for one measure) and, when strict, `ValueRefused`. Each names the remedy.
    """
    source = open_source(path, sheet=sheet, also_known=tuple(rename or ()))
    return _read_source(source, path, sex_codes, rename, strict, absent_means_no)


def read_frame(
    frame: pl.DataFrame | pl.LazyFrame,
    *,
    sex_codes: Mapping[str, str] | None = None,
    rename: Mapping[str, str] | None = None,
    strict: bool = False,
    absent_means_no: bool = False,
) -> Reading:
    """Read a table of visits that is a Polars frame already: the same rules, options and errors as `read_table`.

    A lazy frame is run once for the check and stays lazy.
    """
    rows = frame.height if isinstance(frame, pl.DataFrame) else None
    lazy = frame.lazy()
    source = Source(lazy, tuple(lazy.collect_schema().names()), rows=rows)
    return _read_source(source, say("frame.name"), sex_codes, rename, strict, absent_means_no)


def _read_source(
    source: Source,
    where: Path | Sentence,
    sex_codes: Mapping[str, str] | None,
    rename: Mapping[str, str] | None,
    strict: bool,
    absent_means_no: bool,
) -> Reading:
    matching = match_columns(source.names, where=where, rename=rename, case_matters=source.case_matters)
    schema = source.frame.collect_schema()
    plans = [
        plan_column(
            column,
            schema[column.name],
            labels=source.labels.get(column.name),
            sex_codes=sex_codes,
            bounds=source.bounds.get(column.name),
        )
        for column in matching.used
    ]
    empty = pl.all_horizontal(pl.all().is_null()) if source.is_text else None
    try:
        counts = count_faults(source.frame, plans, rows=source.rows, empty=empty)
        _refuse_nobody(where, matching, counts)
        refusals, left = list_refusals(_number_rows(source.frame, counts), plans, counts)
    except pl.exceptions.PolarsError as error:
        if source.explain is None:
            raise
        raise source.explain(error) from None
    if strict and refusals:
        raise ValueRefused(_list_for_strict(refusals, left))
    history = history_measures() if absent_means_no else frozenset()
    filled = tuple(name for name in load_measures() if name in history)
    frame = _build_frame(source.frame, matching, plans, counts, filled, empty)
    notices = [*source.notices, *matching.notices, *tell_of_data(source, plans, counts, filled, left)]
    measures = tuple(name for name in frame.collect_schema().names() if name in load_measures())
    return Reading(frame, measures, matching.carried, tuple(refusals), tuple(notices), counts.rows)


def _refuse_nobody(where: Path | Sentence, matching: Matching, counts: Counts) -> None:
    if counts.rows == 0:
        raise FileUnreadable(say("error.no_rows", path=where))
    if counts.rows > 1 and not any(column.measure.name == PERSON for column in matching.used):
        raise ColumnError(say("error.no_person_id", path=where, rows=counts.rows))


def _number_rows(frame: pl.LazyFrame, counts: Counts) -> pl.LazyFrame:
    numbered = frame.with_row_index(ROW, offset=1)
    if not counts.empty_rows:
        return numbered
    return numbered.filter(~pl.all_horizontal(pl.all().exclude(ROW).is_null()))


def _build_frame(
    frame: pl.LazyFrame,
    matching: Matching,
    plans: Sequence[ColumnPlan],
    counts: Counts,
    filled: tuple[str, ...],
    empty: pl.Expr | None,
) -> pl.LazyFrame:
    """Return the plan of the canonical frame, with no step in it that the counts show to be needless."""
    if empty is not None and counts.empty_rows:
        frame = frame.filter(~empty)
    columns = {
        plan.column.measure.name: _settle(plan, counts, plan.column.measure.name in filled) for plan in plans
    }
    for name in filled:
        columns.setdefault(name, pl.lit(False))
    if counts.rows == 1:
        columns[PERSON] = columns.get(PERSON, pl.lit(None, pl.String)).fill_null(ONLY_PERSON)
    ordered = [columns[name].alias(name) for name in load_measures() if name in columns]
    assumed = [_list_read_as_no(plans, counts, filled)] if filled else []
    return frame.select(*ordered, selectors.by_name(*matching.carried), *assumed)


def _list_read_as_no(plans: Sequence[ColumnPlan], counts: Counts, filled: tuple[str, ...]) -> pl.Expr:
    """Return the histories of each person that were unknown and are read as no, so that the assumption stays with them."""
    by_name = {plan.column.measure.name: plan for plan in plans}
    named: list[pl.Expr] = []
    for name in filled:
        if name in by_name:
            unknown = _settle(by_name[name], counts, absent_is_no=False).is_null()
            still_unknown = _settle(by_name[name], counts, absent_is_no=True).is_null()
            named.append(pl.when(unknown & ~still_unknown).then(pl.lit(name)))
        else:
            named.append(pl.lit(name))
    return pl.concat_str(named, separator=";", ignore_nulls=True).alias(READ_AS_NO)


def _settle(plan: ColumnPlan, counts: Counts, absent_is_no: bool) -> pl.Expr:
    name = plan.column.measure.name
    look = plan.first if name in counts.settled_quickly else plan.full
    value = look.value.fill_null(False) if absent_is_no else look.value
    # Last, so that a word that could not be read stays unknown and is not taken for an absent one.
    refused = look.refused if name in counts.refused else None
    return value if refused is None else pl.when(refused).then(None).otherwise(value)


def _list_for_strict(refusals: Sequence[Refusal], left: Counter[str]) -> Sentence:
    count = len(refusals) + left.total()
    message = say("error.strict", count=count)
    for refusal in refusals[:MOST_LINES_IN_AN_ERROR]:
        message = message + "\n" + Sentence(refusal.describe("en"), refusal.describe("zh"))
    if count > MOST_LINES_IN_AN_ERROR:
        message = message + "\n" + say("line.more", count=count - MOST_LINES_IN_AN_ERROR)
    return message
