"""The audit trail: who did what, when, to whom. Each line carries the hash of the one before, so that none can vanish unseen.

Every function that saves writes its own line. Opening a record is written by who shows it: `record_opening`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from myosteon.registry.columns import write_moment, write_record
from myosteon.registry.database import Write
from myosteon.registry.schema import audit, audit_end

START = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line. `detail` says what was done (numbers and names of fields, never a value); `entry_hash` is that of the entry saved."""

    number: int
    at: datetime
    account_id: str | None
    organisation_id: str | None
    action: str
    kind: str
    thing_id: str | None
    person_id: str | None
    detail: Mapping[str, Any]
    entry_hash: str | None
    line_hash: str


def hash_of(content: object) -> str:
    """The SHA-256 of some content as JSON."""
    return hashlib.sha256(write_record(content).encode()).hexdigest()


def line_hash(before: str, line: Mapping[str, Any]) -> str:
    """The hash of a line (the values of its row without `line_hash`, `at` as text) behind the line with hash `before`."""
    return hash_of([before, {name: line[name] for name in sorted(line) if name != "line_hash"}])


def record(
    write: Write,
    action: str,
    kind: str,
    thing_id: str | None,
    *,
    person_id: str | None = None,
    detail: Mapping[str, Any] | None = None,
    entry_hash: str | None = None,
) -> int:
    """Adds a line to the trail; returns its number.

    `action` is a verb in the past: added, corrected, opened, signed_in, ... `detail` must not hold a value of a person.
    """
    end = write.connection.execute(select(audit_end.c.number, audit_end.c.line_hash)).one()
    line = {
        "number": end.number + 1,
        "at": write_moment(write.now),
        "account_id": write.actor.account_id,
        "organisation_id": write.actor.organisation_id,
        "action": action,
        "kind": kind,
        "thing_id": thing_id,
        "person_id": person_id,
        "detail": dict(detail or {}),
        "entry_hash": entry_hash,
    }
    hashed = line_hash(end.line_hash, line)
    write.connection.execute(insert(audit).values(**line | {"at": write.now, "line_hash": hashed}))
    write.connection.execute(update(audit_end).values(number=end.number + 1, line_hash=hashed))
    return int(end.number + 1)


def record_opening(write: Write, person_id: str, page: str) -> int:
    """Writes down that a person's record was opened on a page."""
    return record(write, "opened", "person", person_id, person_id=person_id, detail={"page": page})


def lines(
    connection: Connection,
    *,
    person_id: str | None = None,
    account_id: str | None = None,
    organisation_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[AuditLine, ...]:
    """The newest lines first; `since` is included, `until` is not; `before` is a number to go on from."""
    asked = select(audit).order_by(audit.c.number.desc()).limit(limit)
    for column, wanted in (
        (audit.c.person_id, person_id),
        (audit.c.account_id, account_id),
        (audit.c.organisation_id, organisation_id),
    ):
        if wanted is not None:
            asked = asked.where(column == wanted)
    if since is not None:
        asked = asked.where(audit.c.at >= since)
    if until is not None:
        asked = asked.where(audit.c.at < until)
    if before is not None:
        asked = asked.where(audit.c.number < before)
    return tuple(AuditLine(**row._mapping) for row in connection.execute(asked))


def all_lines(connection: Connection) -> Iterator[AuditLine]:
    """Every line from the first on."""
    for row in connection.execution_options(yield_per=1000).execute(select(audit).order_by(audit.c.number)):
        yield AuditLine(**row._mapping)


def broken_links(connection: Connection) -> Iterator[int]:
    """The numbers of lines that were changed, are missing or do not follow the line before; nothing where all is well."""
    before, expected = START, 1
    for line in all_lines(connection):
        content = {
            name: getattr(line, name) for name in AuditLine.__dataclass_fields__ if name != "line_hash"
        }
        content["at"] = write_moment(line.at)
        content["detail"] = dict(line.detail)
        if line.number != expected or line_hash(before, content) != line.line_hash:
            yield line.number
        before, expected = line.line_hash, line.number + 1
    end = connection.execute(select(audit_end.c.number, audit_end.c.line_hash)).one()
    if (end.number, end.line_hash) != (expected - 1, before):
        yield int(end.number)
