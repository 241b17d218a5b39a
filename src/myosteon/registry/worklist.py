"""Reads the worklist of a clinic: each asks for things that can wait equally long, so that an index answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from myosteon.registry.audit import hash_of
from myosteon.registry.people import read_people
from myosteon.registry.schema import audit, audit_end, organisation, person, standing
from myosteon.registry.standing import NO_DAY, Standing, StandingOf

REBUILT = "worklist"
# What the audit says of files that were taken in.
ORGANISATION = "organisation"
LOADED = ("loaded", "loaded_courses")
HASH_SHOWN = 12
# What is due on some day is due after the day that stands for none.
FIRST_DAY = NO_DAY + timedelta(days=1)


def waiting(
    connection: Connection,
    organisation_id: str,
    urgency: int,
    *,
    first: date | None = None,
    last: date | None = None,
    limit: int = 100,
) -> tuple[StandingOf, ...]:
    """What of one urgency stands for the people of a clinic, the longest due first, what has no day at the end.

    Args:
        first, last: only what is due on these days or between them; nothing without a day then.
    """
    rows = list(_rows(connection, _which(organisation_id, urgency, first or FIRST_DAY, last), limit))
    if first is None and last is None and len(rows) < limit:
        undated = _which(organisation_id, urgency, NO_DAY, NO_DAY)
        rows += _rows(connection, undated, limit - len(rows))
    people = read_people(connection, {row.person_id for row in rows})
    return tuple(StandingOf(people[row.person_id], _standing(row)) for row in rows)


def _rows(connection: Connection, which: list[Any], limit: int) -> Sequence[Any]:
    # In the order of the index, so that the first hundred of a hundred thousand are found without sorting.
    asked = (
        select(standing)
        .where(*which)
        .order_by(standing.c.due_on, standing.c.person_id, standing.c.position)
        .limit(limit)
    )
    return connection.execute(asked).all()


def count_waiting(
    connection: Connection,
    organisation_id: str,
    urgency: int,
    *,
    first: date | None = None,
    last: date | None = None,
) -> int:
    """How many there are."""
    bound = None if first is None and last is None else first or FIRST_DAY
    asked = select(func.count()).where(*_which(organisation_id, urgency, bound, last))
    return int(connection.execute(asked).scalar_one())


def standing_of_people(connection: Connection, person_ids: Collection[str]) -> dict[str, list[Standing]]:
    """What stands for some people, the most urgent first."""
    asked = (
        select(standing)
        .where(standing.c.person_id.in_(list(person_ids)))
        .order_by(standing.c.urgency, standing.c.due_on, standing.c.position)
    )
    found: dict[str, list[Standing]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.person_id, []).append(_standing(row))
    return found


def every_person(connection: Connection) -> Iterable[tuple[str, str]]:
    """The identifier of everybody with that of her clinic, those of one clinic together."""
    asked = select(person.c.id, person.c.organisation_id).order_by(person.c.organisation_id, person.c.id)
    return [(row.id, row.organisation_id) for row in connection.execute(asked)]


def last_line(connection: Connection) -> int:
    """The number of the last line of the audit: what was saved later is told by `changed_since`."""
    return int(connection.execute(select(audit_end.c.number)).scalar() or 0)


def changed_since(connection: Connection, number: int, person_ids: Collection[str]) -> set[str]:
    """Those of some people about whom the audit has a line behind `number`."""
    asked = select(audit.c.person_id).where(audit.c.number > number, audit.c.person_id.in_(list(person_ids)))
    return {row.person_id for row in connection.execute(asked)}


def last_rebuilt(connection: Connection) -> dict[str, Any]:
    """What the last rebuilding of the worklist wrote into the audit; empty where there was none."""
    asked = select(audit.c.detail).where(audit.c.kind == REBUILT).order_by(audit.c.number.desc()).limit(1)
    return dict(connection.execute(asked).scalar() or {})


def last_load(connection: Connection) -> int:
    """The number of the last audit line that tells of a file of people or courses taken in; 0 where there is none."""
    asked = select(func.max(audit.c.number)).where(audit.c.kind == ORGANISATION, audit.c.action.in_(LOADED))
    return int(connection.execute(asked).scalar() or 0)


def clinics_as_they_are(connection: Connection) -> str:
    """A text that is another one as soon as a clinic is added or changed: what it can do decides what stands for its people."""
    asked = select(organisation.c.id, organisation.c.latest).order_by(organisation.c.id)
    return hash_of([[row.id, row.latest] for row in connection.execute(asked)])[:HASH_SHOWN]


def _which(organisation_id: str, urgency: int, first: date | None, last: date | None) -> list[Any]:
    wanted: list[Any] = [standing.c.organisation_id == organisation_id, standing.c.urgency == urgency]
    if first is not None:
        wanted.append(standing.c.due_on >= first)
    if last is not None:
        wanted.append(standing.c.due_on <= last)
    return wanted


def _standing(row: Any) -> Standing:
    due_on = None if row.due_on == NO_DAY else row.due_on
    return Standing(row.kind, row.urgency, row.line, due_on, row.late_from, row.content)
