"""Numbered entries: adds one behind the last that the editor saw, or says that somebody else was first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from myosteon.registry.audit import hash_of, record
from myosteon.registry.columns import new_id, write_moment
from myosteon.registry.database import Write
from myosteon.registry.errors import Conflict, NotThere

COMMON = ("number", "made_at", "made_by", "by_organisation_id", "reason")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing with its two tables; `read` gives a thing and `read_entries` its entries, for who comes second."""

    name: str
    things: Table
    entries: Table
    read: Callable[[Connection, str], object]
    read_entries: Callable[[Connection, str], Sequence[Any]]

    @property
    def key(self) -> str:
        """The column of the entries that names the thing."""
        return f"{self.name}_id"


def add_thing(
    write: Write,
    kind: Kind,
    row: Mapping[str, Any],
    entry: Mapping[str, Any],
    *,
    person_id: str | None,
    action: str = "added",
) -> str:
    """Adds a thing with its first entry and the line of the audit; returns its identifier."""
    thing_id = new_id()
    own = {"id": thing_id, "latest": 1, "made_at": write.now}
    if "made_by" in kind.things.c:
        own["made_by"] = write.actor.account_id
    write.connection.execute(insert(kind.things).values(**own, **row))
    _write_entry(
        write,
        kind,
        thing_id,
        1,
        entry,
        None,
        person_id or (thing_id if kind.name == "person" else None),
        action,
    )
    return thing_id


def add_entry(
    write: Write,
    kind: Kind,
    thing_id: str,
    seen: int,
    entry: Mapping[str, Any],
    *,
    row: Mapping[str, Any] | None = None,
    reason: str | None = None,
    person_id: str | None,
    action: str,
) -> int:
    """Adds an entry behind number `seen`, the last that the editor saw; returns its number. `row` are copies that change.

    Raises:
        NotThere: there is no such thing.
        Conflict: the thing has entries that the editor did not see.
    """
    number = seen + 1
    things = kind.things
    moved = write.connection.execute(
        update(things)
        .where(things.c.id == thing_id, things.c.latest == seen)
        .values(latest=number, **(row or {}))
    )
    if moved.rowcount != 1:
        raise _second(write.connection, kind, thing_id, seen)
    _write_entry(write, kind, thing_id, number, entry, reason, person_id, action)
    return number


def _second(connection: Connection, kind: Kind, thing_id: str, seen: int) -> NotThere | Conflict:
    latest = connection.execute(select(kind.things.c.latest).where(kind.things.c.id == thing_id)).scalar()
    if latest is None:
        return NotThere(kind.name, thing_id)
    later = tuple(entry for entry in kind.read_entries(connection, thing_id) if entry.number > seen)
    return Conflict(kind.name, thing_id, seen, kind.read(connection, thing_id), later)


def _write_entry(
    write: Write,
    kind: Kind,
    thing_id: str,
    number: int,
    entry: Mapping[str, Any],
    reason: str | None,
    person_id: str | None,
    action: str,
) -> None:
    values = {
        kind.key: thing_id,
        "number": number,
        "made_at": write.now,
        "made_by": write.actor.account_id,
        "by_organisation_id": write.actor.organisation_id,
        "reason": reason or None,
        **entry,
    }
    write.connection.execute(insert(kind.entries).values(**values))
    record(
        write,
        action,
        kind.name,
        thing_id,
        person_id=person_id,
        detail={"number": number},
        entry_hash=hash_entry(kind.entries, values),
    )


def hash_entry(entries: Table, values: Mapping[str, Any]) -> str:
    """The hash of an entry's content as it lies in its table."""
    return hash_of({column.name: _plain(values.get(column.name)) for column in entries.c})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return write_moment(value)
    return value.isoformat() if isinstance(value, date) else value


def entries_of(connection: Connection, kind: Kind, thing_id: str) -> Sequence[Row[Any]]:
    """The rows of the entries of a thing, in order.

    Raises:
        NotThere: there is no such thing.
    """
    table = kind.entries
    asked = select(table).where(table.c[kind.key] == thing_id).order_by(table.c.number)
    rows = connection.execute(asked).all()
    if not rows:
        raise NotThere(kind.name, thing_id)
    return rows


def seen_by(rows: Sequence[Row[Any]], until: datetime | None) -> Sequence[Row[Any]]:
    """The entries up to the last that was made by `until` (all where it is None).

    Order is that of the numbers: where the clock went back, what stands before an entry that was made in time counts too.
    """
    if until is None:
        return rows
    made = [place for place, row in enumerate(rows, start=1) if row.made_at <= until]
    return rows[: made[-1]] if made else []
