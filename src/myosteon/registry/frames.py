"""People of the registry as the canonical frame that rules, plans and due lists are made from: one row a visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import groupby, islice
from typing import Any

import polars as pl
from sqlalchemy import Connection, Row, Select, func, select

from myosteon.frame import canonical_dtype
from myosteon.registry.age import age_on
from myosteon.registry.measured import NOT_ENTERED
from myosteon.registry.people import Person, read_person
from myosteon.registry.schema import person, person_entry, visit, visit_entry
from myosteon.registry.visits import Visit, fold_visit, visits_of
from myosteon.vocabulary.measures import load_measures

ALWAYS = ("person_id", "visit_date", "sex", "age_years")
CHUNK = 20_000
FEW = 100


def person_frame(
    connection: Connection, person_id: str, *, until: datetime | None = None, finished_only: bool = False
) -> pl.DataFrame:
    """The visits of one person, by day, with a column for every measure of the vocabulary, known or not.

    Age is that on the day of the visit (`age.age_on`); as it was entered where no birth is known. `until` shows what stood in
    the registry at a time.

    Raises:
        NotThere: there is no such person, or was none by then.
    """
    who = read_person(connection, person_id, until)
    return frame_of(who, visits_of(connection, person_id, until), finished_only=finished_only)


def frame_of(
    who: Person, visits: Iterable[Visit], *, finished_only: bool = False, known_only: bool = False
) -> pl.DataFrame:
    """The same, of a person and visits that were read already; `known_only`: without measures that no visit has."""
    rows = [
        _row(who.id, who.fields, one.day, {name: m.value for name, m in one.measures.items()})
        for one in visits
        if one.state == "finished" or not finished_only
    ]
    present = {name for row in rows for name in row} | set(ALWAYS)
    return _frame(rows, [name for name in _types() if name in present or not known_only])


def people_frame(
    connection: Connection,
    *,
    organisation_id: str | None = None,
    person_ids: Sequence[str] | None = None,
    finished_only: bool = True,
    last_by: date | None = None,
) -> pl.DataFrame:
    """The visits of many people, by person and day (of one day in the order in which they were begun), with the
    measures that any of them has. People without a visit have no row.

    Args:
        organisation_id: only people who belong to this clinic.
        person_ids: only these people.
        finished_only: without the visits that somebody is still entering.
        last_by: of each person only the last finished visit by this day; one without a date counts as the first.
    """
    asked = _asked(organisation_id, person_ids)
    if last_by is not None:
        asked = asked.where(visit.c.id.in_(_last_visits(organisation_id, last_by)))
    stream = connection.execution_options(yield_per=CHUNK).execute(asked)
    rows = _rows(stream, finished_only)
    frames = []
    while chunk := list(islice(rows, CHUNK)):
        present = {name for row in chunk for name in row}
        frames.append(_frame(chunk, [name for name in _types() if name in present or name in ALWAYS]))
    if not frames:
        return _frame([], list(ALWAYS))
    joined = pl.concat(frames, how="diagonal")
    ordered = joined.select(name for name in _types() if name in joined.columns)
    return ordered.sort("person_id", "visit_date", nulls_last=False, maintain_order=True)


def _asked(organisation_id: str | None, person_ids: Sequence[str] | None) -> Select[Any]:
    entry = person_entry
    asked = (
        select(
            visit.c.person_id,
            visit.c.organisation_id,
            entry.c.sex,
            entry.c.birth_date,
            entry.c.birth_year,
            visit_entry,
        )
        .join(visit, visit.c.id == visit_entry.c.visit_id)
        .join(person, person.c.id == visit.c.person_id)
        .join(entry, (entry.c.person_id == person.c.id) & (entry.c.number == person.c.latest))
        .order_by(visit.c.made_at, visit_entry.c.visit_id, visit_entry.c.number)
    )
    if organisation_id is not None:
        asked = asked.where(person.c.organisation_id == organisation_id)
    if person_ids is not None:
        asked = asked.where(person.c.id.in_(list(person_ids)))
    return asked


def _last_visits(organisation_id: str | None, day: date) -> Select[Any]:
    """The identifiers of the last finished visits; of two on one day the same that `history.as_of` takes."""
    order = (visit.c.day.is_(None), visit.c.day.desc(), visit.c.made_at.desc(), visit.c.id.desc())
    place = func.row_number().over(partition_by=visit.c.person_id, order_by=order).label("place")
    asked = select(visit.c.id, place).where(
        visit.c.state == "finished", visit.c.day.is_(None) | (visit.c.day <= day)
    )
    if organisation_id is not None:
        asked = asked.join(person, person.c.id == visit.c.person_id).where(
            person.c.organisation_id == organisation_id
        )
    ranked = asked.subquery()
    return select(ranked.c.id).where(ranked.c.place == 1)


def _rows(stream: Iterable[Row[Any]], finished_only: bool) -> Iterator[dict[str, Any]]:
    for _, own in groupby(stream, key=lambda row: row.visit_id):
        entries = list(own)
        folded = fold_visit(entries)
        if folded is None or (finished_only and folded.state != "finished"):
            continue
        values = {name: measured.value for name, measured in folded.measures.items()}
        yield _row(folded.person_id, entries[0], folded.day, values)


def _row(person_id: str, known: Any, day: date | None, values: dict[str, Any]) -> dict[str, Any]:
    for name in _dates() & values.keys():
        values[name] = date.fromisoformat(values[name])
    age = None if day is None else age_on(day, known.birth_date, known.birth_year)
    typed = values.get("age_years")
    # A year of birth tells less than an age that was given on the day.
    if age is None or (known.birth_date is None and typed is not None):
        age = typed
    return values | {"person_id": person_id, "visit_date": day, "sex": known.sex, "age_years": age}


def _frame(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> pl.DataFrame:
    types = _types()
    present = {name for row in rows for name in row}
    return pl.DataFrame(
        [
            pl.Series(name, [row.get(name) for row in rows], dtype=types[name], strict=False)
            if name in present or len(rows) > FEW
            else _unknown(name, len(rows))
            for name in names
        ]
    )


@lru_cache(maxsize=4096)
def _unknown(name: str, rows: int) -> pl.Series:
    # Most measures are known of nobody: the same empty column serves everybody.
    return pl.Series(name, [None] * rows, dtype=_types()[name])


@cache
def _types() -> dict[str, pl.DataType]:
    return {name: canonical_dtype(measure) for name, measure in load_measures().items()}


@cache
def _dates() -> frozenset[str]:
    return frozenset(
        name for name, one in load_measures().items() if one.type == "date" and name not in NOT_ENTERED
    )
