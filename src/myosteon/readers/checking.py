"""The pass over the data that finds what must be refused: counts first, then the refused cells alone."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from myosteon.readers.cells import ColumnPlan, Look
from myosteon.readers.hints import Diagnosis, diagnose, word_refusal
from myosteon.readers.reading import MOST_REFUSALS_LISTED, Refusal

MOST_ROWS_COMPARED = 5_000_000
"""Above this many rows two rows of one person and visit are not looked for: the keys would have to be kept in memory."""

ROW = "myosteon: row in the file"
PERSON, VISIT = "person_id", "visit_date"

Found = tuple[list[Refusal], Counter[str]]
"""Refusals that are listed, and by column how many more there are."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the passes over the data counted.

    `rows` has the empty rows left out. `unnamed` rows do not say who they are about. `refused` and `unusual` are by
    measure, where there are any. `settled_quickly` names the measures for which the quick look is right.
    """

    rows: int
    empty_rows: int
    unnamed: int
    refused: Mapping[str, int]
    unusual: Mapping[str, int]
    settled_quickly: frozenset[str]


def count_faults(
    frame: pl.LazyFrame, plans: Sequence[ColumnPlan], *, rows: int | None, empty: pl.Expr | None
) -> Counts:
    """Count refused and unusual cells: a quick look at all columns, a full look at those where it was not enough.

    `rows` is the number of rows where it is known already. `empty` is true for rows without any value, None where the
    format has none such. Where the format has proved everything, no pass is made.
    """
    asked: dict[str, pl.Expr] = {}
    for number, plan in enumerate(plans):
        if plan.first.refused is not None:
            asked[f"refused:{number}"] = plan.first.refused.sum()
        if plan.first.unusual is not None:
            asked[f"unusual:{number}"] = plan.first.unusual.sum()
    person = next((n for n, plan in enumerate(plans) if plan.column.measure.name == PERSON), None)
    if person is not None:
        asked["unnamed"] = _count_unnamed(plans[person].first, empty)
    if empty is not None:
        asked["empty"] = empty.sum()
    if rows is None:
        asked["rows"] = pl.len()
    counted = _count(frame, asked)
    odd = [n for n, plan in enumerate(plans) if plan.quick is not None and counted.get(f"refused:{n}")]
    asked = {}
    for n in odd:
        counted |= {f"refused:{n}": 0, f"unusual:{n}": 0}
        if (refused := plans[n].full.refused) is not None:
            asked[f"refused:{n}"] = refused.sum()
        if (unusual := plans[n].full.unusual) is not None:
            asked[f"unusual:{n}"] = unusual.sum()
        if n == person:
            asked["unnamed"] = _count_unnamed(plans[n].full, empty)
    counted |= _count(frame, asked)
    names = [plan.column.measure.name for plan in plans]
    empty_rows = counted.get("empty", 0)
    return Counts(
        rows=(counted["rows"] if rows is None else rows) - empty_rows,
        empty_rows=empty_rows,
        unnamed=counted.get("unnamed", 0),
        refused={name: count for n, name in enumerate(names) if (count := counted.get(f"refused:{n}"))},
        unusual={name: count for n, name in enumerate(names) if (count := counted.get(f"unusual:{n}"))},
        settled_quickly=frozenset(names[n] for n, plan in enumerate(plans) if plan.quick and n not in odd),
    )


def _count_unnamed(look: Look, empty: pl.Expr | None) -> pl.Expr:
    unnamed = look.value.is_null()
    return (unnamed if empty is None else unnamed & ~empty).sum()


def _count(frame: pl.LazyFrame, asked: Mapping[str, pl.Expr]) -> dict[str, int]:
    if not asked:
        return {}
    counted = frame.select(found.alias(name) for name, found in asked.items()).collect(engine="streaming")
    return {name: int(count or 0) for name, count in counted.row(0, named=True).items()}


def list_refusals(frame: pl.LazyFrame, plans: Sequence[ColumnPlan], counts: Counts) -> Found:
    """Return every refusal of a file, in its order, the first 10,000 of them; and by column how many more there are.

    `frame` has the column `ROW`, and no empty rows.
    """
    refusals: list[Refusal] = []
    left: Counter[str] = Counter()
    for find in (list_refused_cells, list_unnamed_rows, list_repeated_visits):
        found, more = find(frame, plans, counts)
        refusals.extend(found)
        left.update(more)
    refusals.sort(key=lambda refusal: refusal.row or 0)
    left.update(refusal.column for refusal in refusals[MOST_REFUSALS_LISTED:])
    return refusals[:MOST_REFUSALS_LISTED], +left


def list_refused_cells(frame: pl.LazyFrame, plans: Sequence[ColumnPlan], counts: Counts) -> Found:
    """Return a refusal for each refused cell, in the order of the file, and how many more there are beyond the first 10,000.

    Only rows with a refused cell are collected, and only the columns that name them.
    """
    refusing = [
        (plan, refused)
        for plan in plans
        if counts.refused.get(plan.column.measure.name) and (refused := plan.full.refused) is not None
    ]
    if not refusing:
        return [], Counter()
    cells = [
        pl.when(refused).then(plan.given).alias(f"cell:{n}") for n, (plan, refused) in enumerate(refusing)
    ]
    chosen = frame.filter(pl.any_horizontal([refused for _, refused in refusing]))
    chosen = chosen.select(ROW, *_key_columns(plans), *cells)
    rows = chosen.head(MOST_REFUSALS_LISTED).collect(engine="streaming")
    refusals: list[Refusal] = []
    known: dict[tuple[int, str], Diagnosis] = {}
    listed = [0] * len(refusing)
    for row, n, value in _walk_cells(rows, len(refusing)):
        if len(refusals) == MOST_REFUSALS_LISTED:
            break
        column = refusing[n][0].column
        if (n, value) not in known:
            known[n, value] = diagnose(column, value)
        refusals.append(_make_refusal(row, column.name, value, known[n, value]))
        listed[n] += 1
    left = Counter(
        {
            plan.column.name: counts.refused[plan.column.measure.name] - count
            for (plan, _), count in zip(refusing, listed, strict=True)
        }
    )
    return refusals, left


def list_unnamed_rows(frame: pl.LazyFrame, plans: Sequence[ColumnPlan], counts: Counts) -> Found:
    """Return a refusal for each row without a person_id, where the file has more than one row."""
    if not counts.unnamed or counts.rows == 1:
        return [], Counter()
    unnamed = frame.select(ROW, *_key_columns(plans)).filter(pl.col(PERSON).is_null())
    rows = unnamed.head(MOST_REFUSALS_LISTED).collect(engine="streaming")
    return _list_rows(rows, "no_person_id", counts.unnamed)


def list_repeated_visits(frame: pl.LazyFrame, plans: Sequence[ColumnPlan], counts: Counts) -> Found:
    """Return a refusal for each further row of a person and visit; both rows stay.

    Rows without a person_id are not compared. Two rows without a visit_date are two rows of one visit. Above
    `MOST_ROWS_COMPARED` rows nothing is compared.
    """
    keys = _key_columns(plans)
    if not 2 <= counts.rows <= MOST_ROWS_COMPARED or not any(
        plan.column.measure.name == PERSON for plan in plans
    ):
        return [], Counter()
    named = frame.select(ROW, *keys).filter(pl.col(PERSON).is_not_null())
    visit = pl.struct(key.meta.output_name() for key in keys)
    repeated = named.filter(~visit.is_first_distinct()).collect(engine="streaming").sort(ROW)
    return _list_rows(repeated.head(MOST_REFUSALS_LISTED), "duplicate_visit", repeated.height)


def _key_columns(plans: Sequence[ColumnPlan]) -> list[pl.Expr]:
    keys = (plan for plan in plans if plan.column.measure.name in (PERSON, VISIT))
    return [plan.full.value.alias(plan.column.measure.name) for plan in keys]


def _walk_cells(rows: pl.DataFrame, width: int) -> Iterator[tuple[dict[str, object], int, str]]:
    for row in rows.iter_rows(named=True):
        for number in range(width):
            if row[f"cell:{number}"] is not None:
                yield row, number, str(row[f"cell:{number}"])


def _list_rows(rows: pl.DataFrame, kind: str, in_all: int) -> Found:
    diagnosis = word_refusal(kind)
    refusals = [
        _make_refusal(row, PERSON, str(row[PERSON] or ""), diagnosis) for row in rows.iter_rows(named=True)
    ]
    return refusals, Counter({PERSON: in_all - len(refusals)})


def _make_refusal(row: Mapping[str, object], column: str, value: str, diagnosis: Diagnosis) -> Refusal:
    visit, number, person = row.get(VISIT), row[ROW], row.get(PERSON)
    return Refusal(
        person_id=None if person is None else str(person),
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
