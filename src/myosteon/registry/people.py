"""People: who they are and which clinic they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from myosteon.errors import ValueRefused
from myosteon.registry.database import Write
from myosteon.registry.entries import Kind, add_entry, add_thing, entries_of, seen_by
from myosteon.registry.errors import IdentifierTaken, NotThere, ReasonMissing
from myosteon.registry.schema import person, person_entry
from myosteon.registry.search import keep_words
from myosteon.vocabulary.measures import load_measures

FIRST_YEAR = 1880


@dataclass(frozen=True, slots=True)
class PersonFields:
    """What is known of a person; None is unknown. `birth_year` stands alone where the day is not known.

    `identifier` is the clinic's own number; no two people of a clinic have the same.
    """

    name: str | None = None
    sex: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    identifier: str | None = None
    telephone: str | None = None
    address: str | None = None
    language: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person as she stands after entry `number`, or that entry itself; `reason` is why it was corrected."""

    id: str
    organisation_id: str
    number: int
    fields: PersonFields
    made_at: datetime
    changed_at: datetime
    changed_by: str | None
    reason: str | None = None


def add_person(write: Write, organisation_id: str, given: PersonFields) -> str:
    """Adds a person of a clinic; returns the identifier.

    Raises:
        ValueRefused: sex is no word of the contract, or a birth lies in the future or before 1880.
        IdentifierTaken: another person of the clinic has it.
    """
    kept = _checked(given, write.now)
    _refuse_taken(write.connection, organisation_id, kept.identifier, None)
    row = {"organisation_id": organisation_id, "identifier": kept.identifier}
    person_id = add_thing(write, KIND, row, asdict(kept), person_id=None)
    keep_words(write.connection, person_id, organisation_id, kept)
    return person_id


def correct_person(write: Write, person_id: str, seen: int, given: PersonFields, reason: str) -> int:
    """Saves a person as she now is (every field), behind entry `seen`; returns the number of the new entry.

    Raises:
        NotThere, Conflict: as for every entry.
        ReasonMissing: nothing says why.
        ValueRefused, IdentifierTaken: as for `add_person`.
    """
    if not reason.strip():
        raise ReasonMissing("a correction says why it is made")
    kept = _checked(given, write.now)
    found = write.connection.execute(
        select(person.c.organisation_id).where(person.c.id == person_id)
    ).scalar()
    if found is None:
        raise NotThere("person", person_id)
    _refuse_taken(write.connection, found, kept.identifier, person_id)
    number = add_entry(
        write,
        KIND,
        person_id,
        seen,
        asdict(kept),
        row={"identifier": kept.identifier},
        reason=reason.strip(),
        person_id=person_id,
        action="corrected",
    )
    keep_words(write.connection, person_id, found, kept)
    return number


def read_person(connection: Connection, person_id: str, until: datetime | None = None) -> Person:
    """A person as she is, or as she stood in the registry at a time.

    Raises:
        NotThere: there is none, or was none by then.
    """
    own = select(person.c.organisation_id).where(person.c.id == person_id)
    organisation_id = connection.execute(own).scalar()
    if organisation_id is None:
        raise NotThere("person", person_id)
    rows = seen_by(entries_of(connection, KIND, person_id), until)
    if not rows:
        raise NotThere("person", person_id)
    return _person(organisation_id, rows[0].made_at, rows[-1])


def person_entries(connection: Connection, person_id: str) -> tuple[Person, ...]:
    """Every save of a person, in order, each as she stood after it."""
    now = read_person(connection, person_id)
    rows = entries_of(connection, KIND, person_id)
    return tuple(_person(now.organisation_id, rows[0].made_at, row) for row in rows)


def read_people(connection: Connection, ids: Iterable[str]) -> dict[str, Person]:
    """Several people as they are, by identifier; who is not there is left out."""
    entry = person_entry
    asked = (
        select(person.c.organisation_id, person.c.made_at.label("first"), entry)
        .join(entry, (entry.c.person_id == person.c.id) & (entry.c.number == person.c.latest))
        .where(person.c.id.in_(list(ids)))
    )
    return {row.person_id: _person(row.organisation_id, row.first, row) for row in connection.execute(asked)}


def people_of(
    connection: Connection, organisation_id: str, *, after: str = "", limit: int = 100
) -> tuple[Person, ...]:
    """People of a clinic in the order of their identifiers here, from behind `after` on."""
    asked = (
        select(person.c.id)
        .where(person.c.organisation_id == organisation_id, person.c.id > after)
        .order_by(person.c.id)
        .limit(limit)
    )
    ids = [row.id for row in connection.execute(asked)]
    found = read_people(connection, ids)
    return tuple(found[one] for one in ids)


def count_people(connection: Connection, organisation_id: str | None = None) -> int:
    """How many people a clinic has, or all clinics."""
    asked = select(func.count()).select_from(person)
    if organisation_id is not None:
        asked = asked.where(person.c.organisation_id == organisation_id)
    return int(connection.execute(asked).scalar_one())


def find_identifier(connection: Connection, organisation_id: str, identifier: str) -> str | None:
    """Who of a clinic has that number of the clinic; None where nobody has."""
    asked = select(person.c.id).where(
        person.c.organisation_id == organisation_id, person.c.identifier == identifier
    )
    found: str | None = connection.execute(asked).scalar()
    return found


def _checked(given: PersonFields, now: datetime) -> PersonFields:
    values: dict[str, Any] = {
        one.name: value.strip() or None if isinstance(value, str) else value
        for one in fields(PersonFields)
        for value in (getattr(given, one.name),)
    }
    if values["sex"] is not None and values["sex"] not in load_measures()["sex"].words:
        raise ValueRefused("sex is female or male, or unknown")
    born = values["birth_date"]
    year = born.year if born else values["birth_year"]
    # A day of slack: it may be tomorrow already where the clinic is.
    if year is not None and not FIRST_YEAR <= year <= (now + timedelta(days=1)).year:
        raise ValueRefused("a year of birth lies between 1880 and this year")
    if born is not None and (born - now.date()).days > 1:
        raise ValueRefused("a day of birth does not lie in the future")
    return PersonFields(**values | {"birth_year": year})


def _refuse_taken(
    connection: Connection, organisation_id: str, identifier: str | None, own: str | None
) -> None:
    taken = find_identifier(connection, organisation_id, identifier) if identifier else None
    if taken is not None and taken != own:
        raise IdentifierTaken(taken)


def _person(organisation_id: str, made_at: datetime, row: Any) -> Person:
    known = PersonFields(**{one.name: getattr(row, one.name) for one in fields(PersonFields)})
    return Person(
        row.person_id, organisation_id, row.number, known, made_at, row.made_at, row.made_by, row.reason
    )


KIND = Kind("person", person, person_entry, read_person, person_entries)
