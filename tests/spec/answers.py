"""Judges the people of all tables at once on each engine, and hands every test its own rows.

One run for all tables of a session costs little more than one for a single table; on Spark that is seconds, not minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from engines import Engine, assess_on, canonical_people, compute_on
from myosteon.assess import make_assessor
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures

from .table import Cell, Computing, Table, TableError

YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Answers:
    """What came out and what must come out, row by row, as text."""

    computed: list[dict[str, Cell]]
    expected: list[dict[str, Cell]]


def judge_tables(engine: Engine, tables: Sequence[Table]) -> dict[int, Answers]:
    """The answers for every table, by the table's `id`; tables with the same settings are judged in one run."""
    found: dict[int, Answers] = {}
    for settings in {table.settings for table in tables}:
        group = [table for table in tables if table.settings == settings]
        people = [_person(row) for table in group for row in table.people()]
        columns = _judge(engine, people, settings, {name for table in group for name in table.expected})
        start = 0
        for table in group:
            rows = columns[start : start + len(table.rows)]
            found[id(table)] = _answers(table, rows)
            start += len(table.rows)
    return found


def compute_table(engine: Engine, table: Table, computing: Computing) -> Answers:
    """The answers of a table whose columns are operations on yes/no columns."""
    given = {name: [YES_NO.get(row[name]) for row in table.people()] for name in table.given}
    frame = pl.DataFrame(
        {"person_id": _ids(len(table.rows)), **given},
        schema={"person_id": pl.String, **dict.fromkeys(given, pl.Boolean)},
    )
    columns = computing(**{name: nw.col(name) for name in table.given})
    expressions = {name: columns[name] for name in table.expected}
    assert all(isinstance(expression, nw.Expr) for expression in expressions.values())
    computed = compute_on(engine, frame, expressions)  # type: ignore[arg-type]
    return _answers(table, computed.to_dicts())


def _judge(
    engine: Engine, people: list[dict[str, object]], settings: Iterable[tuple[str, str]], wanted: set[str]
) -> list[dict[str, object]]:
    chosen: dict[str, Any] = {name: word or True for name, word in settings}
    switched = Settings(**chosen)
    unknown = wanted - set(make_assessor(settings=switched).outputs("all"))
    if unknown:
        raise TableError(f"no such columns: {', '.join(sorted(unknown))}")
    named = [{**person, "person_id": id} for person, id in zip(people, _ids(len(people)), strict=True)]
    answered = assess_on(engine, canonical_people(named), "all", switched)
    return answered.select("person_id", *sorted(wanted - {"person_id"})).to_dicts()


def _ids(count: int) -> list[str]:
    return [f"{place:06d}" for place in range(count)]


def _person(row: Mapping[str, Cell]) -> dict[str, object]:
    return {name: _value(name, cell) for name, cell in row.items()}


def _value(name: str, cell: Cell) -> object:
    measures = load_measures()
    if name not in measures:
        raise TableError(f"{name} is no measure")
    if cell == "":
        return None
    kind = measures[name].type
    if kind == "bool":
        return YES_NO[cell]
    if kind == "int":
        return int(cell)
    return float(cell) if kind == "float" else cell


def _answers(table: Table, rows: Sequence[Mapping[str, object]]) -> Answers:
    expected = table.answers()
    computed = [
        {name: _text(row[name], cell) for name, cell in cells.items()}
        for row, cells in zip(rows, expected, strict=True)
    ]
    return Answers(computed, expected)


def _text(value: object, printed: Cell) -> Cell:
    """A computed value as a cell; a number that agrees with the printed one to its decimals is written as that."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return printed if _agrees(float(value), printed) else repr(value)
    return str(value)


def _agrees(value: float, printed: Cell) -> bool:
    try:
        number = float(printed)
    except ValueError:
        return False
    decimals = len(printed.partition(".")[2])
    # A whole number is a score or a count: it is compared exactly, but for what a sum in binary leaves over.
    return abs(value - number) <= (0.5 * 10.0**-decimals if decimals else 0.0) + 1e-9
