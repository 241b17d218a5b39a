"""People in the registry: added, corrected with a reason, shown as they were."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from myosteon.errors import ValueRefused
from myosteon.registry.clock import SetClock
from myosteon.registry.database import Actor, Database
from myosteon.registry.errors import Conflict, IdentifierTaken, NotThere, ReasonMissing
from myosteon.registry.people import (
    PersonFields,
    add_person,
    correct_person,
    count_people,
    find_identifier,
    people_of,
    person_entries,
    read_person,
)

CHEN = PersonFields("陈桂英", "female", date(1948, 2, 29), identifier="W-0007", telephone="138 0000 0000")


def added(database: Database, actor: Actor, fields: PersonFields = CHEN) -> str:
    with database.write(actor) as write:
        return add_person(write, str(actor.organisation_id), fields)


def test_a_person_is_read_as_she_was_added(database: Database, village: Actor) -> None:
    person_id = added(database, village)
    with database.read() as connection:
        person = read_person(connection, person_id)
        assert find_identifier(connection, str(village.organisation_id), "W-0007") == person_id
        assert count_people(connection, village.organisation_id) == 1
    assert person.organisation_id == village.organisation_id
    assert person.number == 1
    assert person.fields.name == "陈桂英"
    assert person.fields.birth_date == date(1948, 2, 29)
    assert person.fields.birth_year == 1948
    assert person.made_at == person.changed_at == database.clock.now()


def test_a_correction_is_a_new_entry_and_the_old_one_can_be_shown(
    database: Database, village: Actor, clock: SetClock
) -> None:
    person_id = added(database, village)
    before = clock.now()
    clock.move(timedelta(days=3))
    corrected = PersonFields("陈桂英", "female", date(1949, 2, 28), identifier="W-0007")
    with database.write(village) as write:
        assert correct_person(write, person_id, 1, corrected, "the card says 1949") == 2
    with database.read() as connection:
        assert read_person(connection, person_id).fields.birth_year == 1949
        assert read_person(connection, person_id, before).fields.birth_date == date(1948, 2, 29)
        first, second = person_entries(connection, person_id)
    assert (first.number, first.reason, first.fields.telephone) == (1, None, "138 0000 0000")
    assert (second.number, second.reason, second.fields.telephone) == (2, "the card says 1949", None)


def test_nobody_was_there_before_she_was_added(database: Database, village: Actor) -> None:
    person_id = added(database, village)
    with database.read() as connection, pytest.raises(NotThere):
        read_person(connection, person_id, datetime(2026, 11, 1, tzinfo=UTC))


def test_a_correction_without_a_reason_is_refused(database: Database, village: Actor) -> None:
    person_id = added(database, village)
    with pytest.raises(ReasonMissing), database.write(village) as write:
        correct_person(write, person_id, 1, CHEN, "  ")


def test_who_comes_second_sees_what_the_first_saved_and_overwrites_nothing(
    database: Database, village: Actor
) -> None:
    person_id = added(database, village)
    with database.write(village) as write:
        correct_person(write, person_id, 1, PersonFields("陈桂英", telephone="1"), "new number")
    with pytest.raises(Conflict) as refused, database.write(village) as write:
        correct_person(write, person_id, 1, PersonFields("陈桂英", telephone="2"), "new number")
    conflict = refused.value
    assert conflict.current.fields.telephone == "1"  # type: ignore[attr-defined]
    assert [entry.number for entry in conflict.later] == [2]  # type: ignore[attr-defined]
    assert "陈" not in str(conflict)
    with database.read() as connection:
        assert read_person(connection, person_id).fields.telephone == "1"


@pytest.mark.parametrize(
    "fields",
    [
        PersonFields("x", "f"),
        PersonFields("x", birth_date=date(2026, 11, 22)),
        PersonFields("x", birth_year=2027),
        PersonFields("x", birth_year=1879),
    ],
    ids=["a sex that is no word", "born the day after tomorrow", "born next year", "born too long ago"],
)
def test_what_cannot_be_is_refused(database: Database, village: Actor, fields: PersonFields) -> None:
    with pytest.raises(ValueRefused):
        added(database, village, fields)


def test_tomorrow_by_utc_may_be_today_in_the_clinic(database: Database, village: Actor) -> None:
    added(database, village, PersonFields("x", birth_date=date(2026, 11, 21)))
    with database.read() as connection:
        assert count_people(connection) == 1


def test_two_people_of_a_clinic_have_no_identifier_in_common(
    database: Database, village: Actor, hospital: Actor
) -> None:
    first = added(database, village)
    with pytest.raises(IdentifierTaken) as refused:
        added(database, village, PersonFields("another", identifier=" W-0007 "))
    assert refused.value.person_id == first
    elsewhere = added(database, hospital, PersonFields("another", identifier="W-0007"))
    other = added(database, village, PersonFields("another", identifier="W-0008"))
    with pytest.raises(IdentifierTaken), database.write(village) as write:
        correct_person(write, other, 1, PersonFields("another", identifier="W-0007"), "the card")
    with database.read() as connection:
        assert read_person(connection, elsewhere).fields.identifier == "W-0007"


def test_an_identifier_that_was_given_up_may_be_given_again(database: Database, village: Actor) -> None:
    first = added(database, village)
    with database.write(village) as write:
        correct_person(write, first, 1, PersonFields("陈桂英"), "not hers")
    assert added(database, village, PersonFields("another", identifier="W-0007")) != first


def test_people_without_an_identifier_are_not_taken_for_one(database: Database, village: Actor) -> None:
    ids = {added(database, village, PersonFields("x", identifier=text)) for text in (None, "", "  ")}
    with database.read() as connection:
        people = people_of(connection, str(village.organisation_id))
    assert {one.id for one in people} == ids
    assert {one.fields.identifier for one in people} == {None}


def test_people_are_read_a_part_at_a_time(database: Database, village: Actor) -> None:
    ids = sorted(added(database, village, PersonFields(f"x{n}")) for n in range(5))
    with database.read() as connection:
        first = people_of(connection, str(village.organisation_id), limit=3)
        rest = people_of(connection, str(village.organisation_id), after=first[-1].id)
    assert [one.id for one in (*first, *rest)] == ids
