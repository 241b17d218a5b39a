"""Where people stand: what is due, when, and since when it is late. Derived: the web room computes it, this keeps it.

Days are kept, never "late": whether something is late is told by the page's day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from myosteon.registry.database import Write
from myosteon.registry.errors import NotThere
from myosteon.registry.people import Person, read_people
from myosteon.registry.schema import person, standing

# In the table it stands for no day, before all others.
NO_DAY = date.min


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing of the worklist.

    Attributes:
        kind: its group, in the page's words: due, dose, screened, ...
        urgency: 0 cannot wait; higher waits longer.
        due_on: the day on which it is due; None: at once, or on no day.
        late_from: from this day on it is late; None: never.
        line: the rule or line that says so.
        content: what the page shows, as JSON (both languages, the verdict in short).
    """

    kind: str
    urgency: int
    line: str
    due_on: date | None = None
    late_from: date | None = None
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StandingOf:
    """One thing of the worklist with the person whom it is about."""

    person: Person
    standing: Standing


def replace_standing(write: Write, person_id: str, rows: Sequence[Standing]) -> None:
    """Puts these in place of all that stood for a person. No line of the audit: nothing new is said by it.

    Raises:
        NotThere: there is no such person.
    """
    own = write.connection.execute(select(person.c.organisation_id).where(person.c.id == person_id)).scalar()
    if own is None:
        raise NotThere("person", person_id)
    replace_standings(write, {person_id: (own, rows)})


def replace_standings(write: Write, found: Mapping[str, tuple[str, Sequence[Standing]]]) -> None:
    """The same for many people: the identifier of each, with that of her clinic and what stands for her."""
    write.connection.execute(delete(standing).where(standing.c.person_id.in_(list(found))))
    rows = [
        {"person_id": person_id, "organisation_id": organisation_id, "position": position, **_stored(one)}
        for person_id, (organisation_id, own) in found.items()
        for position, one in enumerate(own)
    ]
    if rows:
        write.connection.execute(insert(standing), rows)


def read_standing(
    connection: Connection,
    organisation_id: str,
    *,
    until: date | None = None,
    kinds: Iterable[str] | None = None,
    limit: int = 200,
    offset: int = 0,
) -> tuple[StandingOf, ...]:
    """What stands for the people of a clinic: the most urgent first, then by the day on which it is due (none: first).

    Args:
        until: only what is due by this day, or on no day.
        kinds: only of these groups.
    """
    asked = (
        select(standing)
        .where(*_which(organisation_id, until, kinds))
        .order_by(
            standing.c.urgency,
            standing.c.due_on,
            standing.c.person_id,
            standing.c.position,
        )
        .limit(limit)
        .offset(offset)
    )
    rows = connection.execute(asked).all()
    people = read_people(connection, {row.person_id for row in rows})
    return tuple(StandingOf(people[row.person_id], _standing(row)) for row in rows)


def standing_of(connection: Connection, person_id: str) -> tuple[Standing, ...]:
    """What stands for one person, in the order in which it was given."""
    asked = select(standing).where(standing.c.person_id == person_id).order_by(standing.c.position)
    return tuple(_standing(row) for row in connection.execute(asked))


def count_standing(
    connection: Connection, organisation_id: str, *, until: date | None = None
) -> dict[tuple[str, int], int]:
    """How many things stand for the people of a clinic, by group and urgency."""
    asked = (
        select(standing.c.kind, standing.c.urgency, func.count().label("count"))
        .where(*_which(organisation_id, until, None))
        .group_by(standing.c.kind, standing.c.urgency)
    )
    return {(row.kind, row.urgency): row[2] for row in connection.execute(asked)}


def _which(organisation_id: str, until: date | None, kinds: Iterable[str] | None) -> list[Any]:
    wanted: list[Any] = [standing.c.organisation_id == organisation_id]
    if until is not None:
        wanted.append(standing.c.due_on <= until)
    if kinds is not None:
        wanted.append(standing.c.kind.in_(list(kinds)))
    return wanted


def _stored(one: Standing) -> dict[str, Any]:
    return asdict(one) | {"due_on": one.due_on or NO_DAY}


def _standing(row: Any) -> Standing:
    due_on = None if row.due_on == NO_DAY else row.due_on
    return Standing(row.kind, row.urgency, row.line, due_on, row.late_from, row.content)
