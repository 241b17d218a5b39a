"""The pass over the data that finds what must be refused: counts first, then the refused cells alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from myosteon.readers.hints import Diagnosis, diagnose, word_refusal
from myosteon.readers.reading import MOST_REFUSALS_LISTED, Notice, Refusal, give_notice
from myosteon.readers.values import ColumnPlan

MOST_ROWS_COMPARED = 5_000_000
"""Above this many rows two rows of one person and visit are not looked for: the keys would have to be kept in memory."""

ROW = "row number in the file"
PERSON, VISIT = "person_id", "visit_date"


@dataclass(frozen=True, slots=True)
class Counts:
    """What one pass over the data counted.

    `rows` has the empty rows left out. `refused`, `unusual` and `departing` are by measure, `unnamed` the rows that do
    not say who they are about.
    """

    rows: int
    empty_rows: int
    unnamed: int
    refused: dict[str, int]
    unusual: dict[str, int]
    departing: dict[str, int]


def count_faults(
    frame: pl.LazyFrame, plans: Sequence[ColumnPlan], *, rows: int | None, empty: pl.Expr | None
) -> Counts:
    """Count refused, unusual and missing cells in one streaming pass; no pass where nothing is left to find out.

    `rows` is the number of rows where it is known already. `empty` is true for rows without any value, None where the
    format has none such.
    """
    asked: dict[str, pl.Expr] = {}
    for plan in plans:
        name = plan.column.measure.name
        for what, found in (("refused", plan.refused), ("unusual", plan.unusual), ("departs", plan.departs)):
            if found is not None:
                asked[f"{what}:{name}"] = found.sum()
    person = next((plan for plan in plans if plan.column.measure.name == PERSON), None)
    if person is not None:
        unnamed = person.value.is_null()
        asked["unnamed"] = (unnamed if empty is None else unnamed & ~empty).sum()
    if empty is not None:
        asked["empty"] = empty.sum()
    if rows is None:
        asked["rows"] = pl.len()
    counted: dict[str, int] = {}
    if asked:
        counted = (
            frame.select(found.alias(name) for name, found in asked.items())
            .collect(engine="streaming")
            .row(0, named=True)
        )

    def by_measure(what: str) -> dict[str, int]:
        return {
            name.split(":", 1)[1]: count for name, count in counted.items() if name.startswith(f"{what}:")
        }

    empty_rows = counted.get("empty", 0)
    all_rows = counted["rows"] if rows is None else rows
    return Counts(
        rows=all_rows - empty_rows,
        empty_rows=empty_rows,
        unnamed=counted.get("unnamed", 0),
        refused=by_measure("refused"),
        unusual=by_measure("unusual"),
        departing=by_measure("departs"),
    )


def list_refused_cells(
    frame: pl.LazyFrame, plans: Sequence[ColumnPlan], counts: Counts
) -> tuple[list[Refusal], list[Notice]]:
    """Return one refusal for each refused cell, in the order of the file, and a notice for those beyond the first 10,000.

    `frame` has the column `ROW`. Only rows with a refused cell are collected, and only the columns that name them.
    """
    refusing = [plan for plan in plans if counts.refused.get(plan.column.measure.name)]
    if not refusing:
        return [], []
    cells = [
        pl.when(plan.refused).then(plan.given).alias(f"cell:{number}")
        for number, plan in enumerate(refusing)
        if plan.refused is not None
    ]
    any_refused = pl.any_horizontal([plan.refused for plan in refusing if plan.refused is not None])
    chosen = frame.filter(any_refused).select(ROW, *_key_columns(plans), *cells)
    rows = chosen.head(MOST_REFUSALS_LISTED).collect(engine="streaming")
    refusals: list[Refusal] = []
    known: dict[tuple[int, str], Diagnosis] = {}
    listed = [0] * len(refusing)
    for row, number, value in _walk_cells(rows, len(refusing)):
        if len(refusals) == MOST_REFUSALS_LISTED:
            break
        column = refusing[number].column
        if (number, value) not in known:
            known[number, value] = diagnose(column, value)
        refusals.append(_make_refusal(row, column.name, value, known[number, value]))
        listed[number] += 1
    notices = [
        give_notice("refusals_not_listed", (plan.column.name,), left, column=plan.column.name)
        for plan, count in zip(refusing, listed, strict=True)
        if (left := counts.refused[plan.column.measure.name] - count)
    ]
    return refusals, notices


def list_unnamed_rows(
    frame: pl.LazyFrame, plans: Sequence[ColumnPlan], counts: Counts
) -> tuple[list[Refusal], list[Notice]]:
    """Return a refusal for each row without a person_id, where the file has more than one row."""
    if not counts.unnamed or counts.rows == 1:
        return [], []
    keys = _key_columns(plans)
    rows = (
        frame.select(ROW, *keys)
        .filter(pl.col(PERSON).is_null())
        .head(MOST_REFUSALS_LISTED)
        .collect(engine="streaming")
    )
    return _list_rows(rows, "no_person_id", counts.unnamed)


def list_repeated_visits(
    frame: pl.LazyFrame, plans: Sequence[ColumnPlan], counts: Counts
) -> tuple[list[Refusal], list[Notice]]:
    """Return a refusal for each further row of a person and visit; both rows stay.

    Rows without a person_id are not compared. Two rows without a visit_date are two rows of one visit. Above
    `MOST_ROWS_COMPARED` rows nothing is compared, and a notice says so.
    """
    keys = _key_columns(plans)
    if counts.rows < 2 or not any(plan.column.measure.name == PERSON for plan in plans):
        return [], []
    if counts.rows > MOST_ROWS_COMPARED:
        return [], [give_notice("duplicates_not_checked", (PERSON, VISIT), rows=f"{counts.rows:,}")]
    named = frame.select(ROW, *keys).filter(pl.col(PERSON).is_not_null())
    visit = pl.struct(key.meta.output_name() for key in keys)
    rows = named.filter(~visit.is_first_distinct()).collect(engine="streaming").sort(ROW)
    return _list_rows(rows.head(MOST_REFUSALS_LISTED), "duplicate_visit", rows.height)


def _key_columns(plans: Sequence[ColumnPlan]) -> list[pl.Expr]:
    return [plan.value.alias(name) for plan in plans if (name := plan.column.measure.name) in (PERSON, VISIT)]


def _walk_cells(rows: pl.DataFrame, width: int) -> Iterator[tuple[dict[str, object], int, str]]:
    for row in rows.iter_rows(named=True):
        for number in range(width):
            if row[f"cell:{number}"] is not None:
                yield row, number, str(row[f"cell:{number}"])


def _list_rows(rows: pl.DataFrame, kind: str, in_all: int) -> tuple[list[Refusal], list[Notice]]:
    diagnosis = word_refusal(kind)
    refusals = [
        _make_refusal(row, PERSON, str(row[PERSON] or ""), diagnosis) for row in rows.iter_rows(named=True)
    ]
    left = in_all - len(refusals)
    return refusals, [give_notice("refusals_not_listed", (PERSON,), left, column=PERSON)] if left > 0 else []


def _make_refusal(row: dict[str, object], column: str, value: str, diagnosis: Diagnosis) -> Refusal:
    visit = row.get(VISIT)
    number = row[ROW]
    return Refusal(
        person_id=None if row.get(PERSON) is None else str(row[PERSON]),
        visit_date=visit.isoformat() if isinstance(visit, datetime.date) else None,
        row=number if isinstance(number, int) else None,
        column=column,
        value=value,
        kind=diagnosis.kind,
        reason_en=diagnosis.reason.en,
        reason_zh=diagnosis.reason.zh,
        remedy_en=diagnosis.remedy.en,
        remedy_zh=diagnosis.remedy.zh,
    )
