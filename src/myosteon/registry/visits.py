"""Visits: what was measured on a day, save by save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from myosteon.registry.database import Write
from myosteon.registry.entries import Kind, add_entry, add_thing, entries_of, seen_by
from myosteon.registry.errors import NotThere, ReasonMissing
from myosteon.registry.measured import Measured, read_measures, write_measures
from myosteon.registry.schema import visit, visit_entry

State = Literal["open", "finished"]


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as it stands after entry `number`. `measures` are the last values; what was withdrawn is not among them.

    `day` is None where a file gave none.
    """

    id: str
    person_id: str
    organisation_id: str
    number: int
    day: date | None
    state: State
    measures: Mapping[str, Measured]
    made_at: datetime
    changed_at: datetime
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One save of a visit: what it set (a value None was withdrawn), and why where it corrects."""

    visit_id: str
    number: int
    made_at: datetime
    made_by: str | None
    by_organisation_id: str | None
    reason: str | None
    day: date | None
    state: State | None
    step: str | None
    measures: Mapping[str, Measured]


def start_visit(
    write: Write,
    person_id: str,
    organisation_id: str,
    day: date | None,
    measures: Mapping[str, Measured] | None = None,
    *,
    state: State = "open",
    step: str | None = None,
) -> str:
    """Begins a visit of a person at a clinic on a day; returns its identifier.

    Raises:
        ValueRefused: a measure or value that the vocabulary does not know.
    """
    entry = {"day": day, "state": state, "step": step, "measures": write_measures(measures or {})}
    row = {"person_id": person_id, "organisation_id": organisation_id, "day": day, "state": state}
    return add_thing(write, KIND, row, entry, person_id=person_id)


def save_visit(
    write: Write,
    visit_id: str,
    seen: int,
    measures: Mapping[str, Measured] | None = None,
    *,
    state: State | None = None,
    day: date | None = None,
    step: str | None = None,
    reason: str | None = None,
) -> int:
    """Saves measures of a visit behind entry `seen`, the last that the editor saw; returns the number of the new entry.

    Only what is named changes; `WITHDRAWN` takes a value back. `state="finished"` ends the visit.

    Raises:
        NotThere, Conflict: as for every entry.
        ReasonMissing: the visit is finished, or its day changes, and nothing says why.
        ValueRefused: a measure or value that the vocabulary does not know.
    """
    kept = write_measures(measures or {})
    now = write.connection.execute(
        select(visit.c.person_id, visit.c.state, visit.c.day).where(visit.c.id == visit_id)
    ).one_or_none()
    if now is None:
        raise NotThere("visit", visit_id)
    moved = day is not None and day != now.day
    if (now.state == "finished" or moved) and not (reason or "").strip():
        raise ReasonMissing("a correction says why it is made")
    row: dict[str, Any] = {"state": state} if state else {}
    if moved:
        row["day"] = day
    return add_entry(
        write,
        KIND,
        visit_id,
        seen,
        {"day": day if moved else None, "state": state, "step": step, "measures": kept},
        row=row,
        reason=reason,
        person_id=now.person_id,
        action="corrected"
        if now.state == "finished" or moved
        else "finished"
        if state == "finished"
        else "saved",
    )


def read_visit(connection: Connection, visit_id: str, until: datetime | None = None) -> Visit:
    """A visit as it is, or as it stood at a time.

    Raises:
        NotThere: there is none, or was none by then.
    """
    found = _rows(connection, visit.c.id == visit_id)
    folded = fold_visit(found, until)
    if folded is None:
        raise NotThere("visit", visit_id)
    return folded


def visits_of(connection: Connection, person_id: str, until: datetime | None = None) -> tuple[Visit, ...]:
    """The visits of a person by day (one without a day first), then by when they were begun."""
    rows = _rows(connection, visit.c.person_id == person_id)
    folded = [fold_visit(list(own), until) for _, own in groupby(rows, key=lambda row: row.visit_id)]
    return tuple(
        sorted((one for one in folded if one), key=lambda one: (one.day or date.min, one.made_at, one.id))
    )


def visit_entries(connection: Connection, visit_id: str) -> tuple[VisitEntry, ...]:
    """Every save of a visit, in order."""
    return tuple(_entry(row) for row in entries_of(connection, KIND, visit_id))


def open_visits(connection: Connection, organisation_id: str, limit: int = 100) -> tuple[Visit, ...]:
    """The visits of a clinic that were begun and not finished, the newest first."""
    asked = (
        select(visit.c.id)
        .where(visit.c.organisation_id == organisation_id, visit.c.state == "open")
        .order_by(visit.c.made_at.desc(), visit.c.id)
        .limit(limit)
    )
    return tuple(read_visit(connection, row.id) for row in connection.execute(asked).all())


def _rows(connection: Connection, which: Any) -> Sequence[Row[Any]]:
    asked = (
        select(visit.c.person_id, visit.c.organisation_id, visit_entry)
        .join(visit_entry, visit_entry.c.visit_id == visit.c.id)
        .where(which)
        .order_by(visit_entry.c.visit_id, visit_entry.c.number)
    )
    return connection.execute(asked).all()


def fold_visit(rows: Sequence[Row[Any]], until: datetime | None = None) -> Visit | None:
    """The visit that its entries make, in order; None where there was none by `until`."""
    known = seen_by(rows, until)
    if not known:
        return None
    measures: dict[str, Any] = {}
    day, state = None, "open"
    for row in known:
        measures.update(row.measures)
        day = row.day or day
        state = row.state or state
    first, last = known[0], known[-1]
    present = {name: one for name, one in read_measures(measures).items() if one.value is not None}
    return Visit(
        first.visit_id,
        first.person_id,
        first.organisation_id,
        last.number,
        day,
        state,  # type: ignore[arg-type]  # the table keeps it to the two words
        present,
        first.made_at,
        last.made_at,
        last.made_by,
    )


def _entry(row: Row[Any]) -> VisitEntry:
    values = {name: getattr(row, name) for name in VisitEntry.__dataclass_fields__}
    return VisitEntry(**values | {"measures": read_measures(row.measures)})


KIND = Kind("visit", visit, visit_entry, read_visit, visit_entries)
