"""Who may be the same person as one about to be added: the same number, or the same name with a birth that does not differ."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from myosteon.app.web.call import Call
from myosteon.app.web.standing.words import about_person, name_of
from myosteon.registry.name_words import plain
from myosteon.registry.people import PersonFields, find_identifier, read_people
from myosteon.registry.search import find_people

DIFFERENT = "different"
MOST_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody who is there already; `number` is the clinic's own."""

    path: str
    name: str
    about: str
    number: str


def doubles_of(call: Call, given: PersonFields) -> tuple[Double, ...]:
    """People of the clinic who may be the one that is being added. A birth that is not known differs from none."""
    with call.read() as connection:
        ids = list(
            dict.fromkeys((*_same_number(call, connection, given), *_same_name(call, connection, given)))
        )
        people = read_people(connection, ids)
    return tuple(
        Double(
            f"/people/{id}",
            name_of(people[id], call.language),
            about_person(people[id], call.today, call.language),
            people[id].fields.identifier or "",
        )
        for id in ids
    )


def _same_number(call: Call, connection: Connection, given: PersonFields) -> list[str]:
    found = find_identifier(connection, call.organisation.id, given.identifier) if given.identifier else None
    return [found] if found else []


def _same_name(call: Call, connection: Connection, given: PersonFields) -> list[str]:
    if not given.name:
        return []
    found = find_people(connection, (call.organisation.id,), given.name, limit=MOST_LOOKED_AT)
    people = read_people(connection, [one.person_id for one in found])
    return [
        one.person_id
        for one in found
        if _bare(people[one.person_id].fields.name or "") == _bare(given.name)
        and _may_be_born_alike(people[one.person_id].fields, given)
    ]


def _bare(name: str) -> tuple[str, ...]:
    """The words of a name in any order, whatever their case; blanks within a Chinese name do not count."""
    text = plain(name)
    return tuple(sorted(text.split())) if text.isascii() else ("".join(text.split()),)


def _may_be_born_alike(one: PersonFields, other: PersonFields) -> bool:
    years = [known.birth_date.year if known.birth_date else known.birth_year for known in (one, other)]
    if None in years:
        return True
    return years[0] == years[1]
