"""Looks whether a registry is whole: the database, the numbers of the entries, what points to what, and the audit trail.

Nothing is repaired. A fault names tables, identifiers and numbers, never a value of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from myosteon.registry import fractures, organisations, people, referrals, treatments, visits
from myosteon.registry.audit import all_lines, broken_links
from myosteon.registry.database import Database
from myosteon.registry.digest import Digest
from myosteon.registry.entries import hash_entry
from myosteon.registry.results import hash_of_result
from myosteon.registry.schema import METADATA, audit, person, person_entry, result, visit, visit_entry

KINDS = (organisations.KIND, people.KIND, visits.KIND, treatments.KIND, fractures.KIND, referrals.KIND)
MOST_SAID = 20
ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Attributes:
        rows: the rows of each table.
        faults: what is not as it should be, in words; empty where the registry is whole.
        clock_went_back: lines of the audit that are earlier than the line before; no fault, but worth knowing.
    """

    rows: dict[str, int]
    faults: tuple[str, ...]
    clock_went_back: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is amiss."""
        return not self.faults


def verify(database: Database) -> Report:
    """Looks at everything, as of one moment.

    Raises:
        DatabaseTrouble: the database cannot be read at all.
    """
    with database.read() as connection:
        rows = {
            table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in METADATA.sorted_tables
        }
        faults: list[str] = []
        for looks in (_database, _pointers, _numbers, _copies, _chain, _contents):
            faults += looks(connection)
        return Report(rows, tuple(faults), _clock_went_back(connection))


def _database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        said = [row[0] for row in connection.execute(text(f"PRAGMA integrity_check({MOST_SAID})"))]
        if said != ["ok"]:
            yield f"the file of the database is damaged in {len(said)} places or more"


def _pointers(connection: Connection) -> Iterator[str]:
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            there = key.column.table.alias()
            lost = (
                select(func.count())
                .select_from(table.outerjoin(there, key.parent == there.c[key.column.name]))
                .where(key.parent.is_not(None), there.c[key.column.name].is_(None))
            )
            count = connection.execute(lost).scalar_one()
            if count:
                yield f"{table.name}: {count} rows point by {key.parent.name} to nothing"


def _numbers(connection: Connection) -> Iterator[str]:
    for kind in KINDS:
        key = kind.entries.c[kind.key]
        own = (
            select(
                key.label("id"),
                func.count().label("count"),
                func.min(kind.entries.c.number).label("first"),
                func.max(kind.entries.c.number).label("last"),
            )
            .group_by(key)
            .subquery()
        )
        things = kind.things
        wrong = (
            select(things.c.id)
            .select_from(things.outerjoin(own, own.c.id == things.c.id))
            .where(
                own.c.id.is_(None)
                | (own.c.first != 1)
                | (own.c.count != own.c.last)
                | (own.c.last != things.c.latest)
            )
            .order_by(things.c.id)
        )
        yield from _said(
            f"{kind.name}: the entries of %s are not numbered from 1 to the last without a gap",
            (row.id for row in connection.execute(wrong)),
        )


def _copies(connection: Connection) -> Iterator[str]:
    last = (person_entry.c.person_id == person.c.id) & (person_entry.c.number == person.c.latest)
    other = person.c.identifier.is_distinct_from(person_entry.c.identifier)
    asked = select(person.c.id).join(person_entry, last).where(other).order_by(person.c.id)
    yield from _said(
        "person: %s has another identifier than its last entry", connection.execute(asked).scalars()
    )
    for name in ("day", "state"):
        set_at = visit_entry.c[name].is_not(None)
        number = (
            select(func.max(visit_entry.c.number))
            .where(visit_entry.c.visit_id == visit.c.id, set_at)
            .correlate(visit)
            .scalar_subquery()
        )
        entry = (visit_entry.c.visit_id == visit.c.id) & (visit_entry.c.number == number)
        asked = (
            select(visit.c.id)
            .select_from(visit.outerjoin(visit_entry, entry))
            .where(visit.c[name].is_distinct_from(visit_entry.c[name]))
            .order_by(visit.c.id)
        )
        yield from _said(
            f"visit: %s has another {name} than its entries", connection.execute(asked).scalars()
        )


def _chain(connection: Connection) -> Iterator[str]:
    yield from _said("audit: line %s does not follow the line before", broken_links(connection))


def _contents(connection: Connection) -> Iterator[str]:
    """Every entry is as the audit says that it was saved; those of an import all together."""
    known: dict[tuple[str, str, int], str] = {}
    results: dict[str, str] = {}
    loaded = Digest()
    for line in all_lines(connection):
        if line.action == "loaded" and "digest" in line.detail:
            loaded.add_hash(line.detail["digest"])
        elif line.kind == "result" and line.entry_hash:
            results[str(line.thing_id)] = line.entry_hash
        elif line.entry_hash and "number" in line.detail:
            known[line.kind, str(line.thing_id), line.detail["number"]] = line.entry_hash
    found = Digest()
    for kind in KINDS:
        for row in _each(connection, kind.entries):
            key = (kind.name, row[kind.key], row["number"])
            hashed, wanted = hash_entry(kind.entries, row), known.pop(key, None)
            if wanted is None:
                found.add_hash(hashed)
            elif wanted != hashed:
                yield f"{kind.name}: entry {key[2]} of {key[1]} is not what was saved"
    if found.text != loaded.text:
        yield "entries without a line of the audit of their own are not those that were loaded"
    yield from _said("%s was saved by the audit and is not there", (" ".join(map(str, key)) for key in known))
    for one in connection.execute(select(result)):
        if results.pop(one.id, None) != hash_of_result(one):
            yield f"result: {one.id} is not what was kept"
    yield from _said("result: %s was kept by the audit and is not there", results)


def _each(connection: Connection, table: Table) -> Iterator[Any]:
    stream = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
    for row in stream:
        yield row._mapping


def _clock_went_back(connection: Connection) -> int:
    before = func.lag(audit.c.at).over(order_by=audit.c.number).label("before")
    lines = select(audit.c.at, before).subquery()
    asked = select(func.count()).select_from(lines).where(lines.c.at < lines.c.before)
    return int(connection.execute(asked).scalar_one())


def _said(sentence: str, names: Any) -> Iterator[str]:
    for place, name in enumerate(names):
        if place == MOST_SAID:
            yield sentence % "more"
            return
        yield sentence % name
