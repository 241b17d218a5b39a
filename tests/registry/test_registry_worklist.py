"""What the worklist reads: in the order in which it waits, with everything counted, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from myosteon.registry.accounts import make_account
from myosteon.registry.clock import SetClock
from myosteon.registry.database import PROGRAM, Actor, Database
from myosteon.registry.last_visits import last_visits
from myosteon.registry.loading import load_people
from myosteon.registry.loading_courses import load_courses
from myosteon.registry.messages import mark_read, send_message
from myosteon.registry.next_steps import decided_on, write_next_step
from myosteon.registry.organisations import OrganisationFields, change_organisation
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.referral_lists import count_referrals, open_referrals, unread_of
from myosteon.registry.referrals import take_step, write_referral
from myosteon.registry.standing import Standing, replace_standing
from myosteon.registry.visits import start_visit
from myosteon.registry.worklist import (
    changed_since,
    clinics_as_they_are,
    count_waiting,
    last_line,
    last_load,
    standing_of_people,
    waiting,
)

TODAY = date(2026, 11, 20)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def add(database: Database, actor: Actor, name: str) -> str:
    with database.write(actor) as write:
        return add_person(write, str(actor.organisation_id), PersonFields(name=name))


def stand(database: Database, actor: Actor, person: str, *rows: Standing) -> None:
    with database.write(actor) as write:
        replace_standing(write, person, rows)


def test_the_longest_due_stands_first_and_what_has_no_day_last(database: Database, village: Actor) -> None:
    days = {"late": date(2026, 9, 20), "soon": date(2026, 11, 23), "undated": None}
    for name, day in days.items():
        stand(database, village, add(database, village, name), Standing("urgent", 0, "line", day))
    with database.read() as connection:
        found = waiting(connection, str(village.organisation_id), 0)
        assert [one.person.fields.name for one in found] == ["late", "soon", "undated"]
        assert [one.standing.due_on for one in found] == list(days.values())
        assert [
            one.person.fields.name for one in waiting(connection, str(village.organisation_id), 0, limit=2)
        ] == [
            "late",
            "soon",
        ]
        assert count_waiting(connection, str(village.organisation_id), 0) == 3


def test_between_two_days_nothing_without_a_day_is_found(database: Database, village: Actor) -> None:
    for day in (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=7), TODAY + timedelta(days=8)):
        stand(database, village, add(database, village, "somebody"), Standing("dated", 2, "line", day))
    organisation = str(village.organisation_id)
    with database.read() as connection:
        for first, last, count in (
            (None, TODAY, 2),
            (TODAY, TODAY, 1),
            (TODAY + timedelta(days=1), TODAY + timedelta(days=7), 1),
            (None, None, 5),
        ):
            assert count_waiting(connection, organisation, 2, first=first, last=last) == count
            assert len(waiting(connection, organisation, 2, first=first, last=last)) == count


def test_another_clinic_reads_nothing_of_it(database: Database, village: Actor, hospital: Actor) -> None:
    person = add(database, village, "somebody")
    stand(database, village, person, Standing("urgent", 0, "line", TODAY))
    with database.read() as connection:
        assert waiting(connection, str(hospital.organisation_id), 0) == ()
        assert count_waiting(connection, str(hospital.organisation_id), 0) == 0
        assert [one.line for one in standing_of_people(connection, [person])[person]] == ["line"]


def test_who_was_saved_since_a_line_of_the_audit_is_told(database: Database, village: Actor) -> None:
    before, after = add(database, village, "before"), add(database, village, "after")
    with database.read() as connection:
        seen = last_line(connection)
    with database.write(village) as write:
        start_visit(write, after, str(village.organisation_id), TODAY)
    with database.read() as connection:
        assert changed_since(connection, seen, [before, after]) == {after}
        assert last_visits(connection, [before, after]) == {after: TODAY}


def test_a_clinic_that_is_changed_is_not_as_it_was(database: Database, village: Actor) -> None:
    with database.read() as connection:
        was = clinics_as_they_are(connection)
    with database.write(village) as write:
        changed = OrganisationFields("Willow village", 2)
        change_organisation(write, str(village.organisation_id), 1, changed, reason="a hospital now")
    with database.read() as connection:
        assert clinics_as_they_are(connection) != was


def test_a_file_that_was_taken_in_is_seen(database: Database, village: Actor) -> None:
    own = str(village.organisation_id)
    people = pl.DataFrame({"person_id": ["K1"], "visit_date": [TODAY], "sex": ["female"]})
    courses = pl.DataFrame({"person_id": ["K1"], "drug": ["denosumab"], "start_date": [TODAY]})
    seen = []
    for take_in in (None, (load_people, people), (load_courses, courses)):
        if take_in:
            take_in[0](database, village, own, take_in[1])
        with database.read() as connection:
            seen.append(last_load(connection))
    assert seen[0] == 0
    assert len(set(seen)) == 3


def test_referrals_stand_in_the_order_in_which_somebody_waits_for_them(
    database: Database, clock: SetClock, village: Actor, hospital: Actor
) -> None:
    person, ids = add(database, village, "somebody"), {}
    for state in ("written", "sent", "accepted", "answered", "sent_back", "withdrawn", "closed"):
        with database.write(village) as write:
            ids[state] = write_referral(
                write,
                person,
                str(village.organisation_id),
                question=state,
                to_organisation_id=hospital.organisation_id,
            )
    ways = {
        "sent": ("sent",),
        "accepted": ("sent", "accepted"),
        "answered": ("sent", "accepted", "answered"),
        "sent_back": ("sent", "sent_back"),
        "withdrawn": ("sent", "withdrawn"),
        "closed": ("sent", "answered", "closed"),
    }
    for state, steps in ways.items():
        for number, step in enumerate(steps, start=1):
            by = hospital if step in ("accepted", "answered", "sent_back") else village
            clock.move(timedelta(minutes=1))
            with database.write(by) as write:
                take_step(write, ids[state], number, step)  # type: ignore[arg-type]  # the words stand above
    with database.read() as connection:
        out = [one.state for one in open_referrals(connection, str(village.organisation_id))]
        incoming = [one.state for one in open_referrals(connection, str(hospital.organisation_id))]
        assert out == ["answered", "sent_back", "sent", "accepted", "written"]
        assert incoming == ["sent", "accepted"]
        assert count_referrals(connection, str(hospital.organisation_id)) == {
            ("in", "sent"): 1,
            ("in", "accepted"): 1,
        }
        assert sum(count_referrals(connection, str(village.organisation_id)).values()) == 5


def test_a_message_is_unread_until_it_is_read_and_never_by_its_own_clinic(
    database: Database, village: Actor, hospital: Actor
) -> None:
    person = add(database, village, "somebody")
    with database.write(PROGRAM) as write:
        account = make_account(
            write,
            organisation_id=str(village.organisation_id),
            login="reader",
            shown_name="Reader",
            role="clinician",
            password_hash="-",
        )
    reader = Actor(account.id, village.organisation_id)
    with database.write(village) as write:
        asked = write_referral(
            write,
            person,
            str(village.organisation_id),
            question="?",
            to_organisation_id=hospital.organisation_id,
        )
        take_step(write, asked, 1, "sent")
    with database.write(hospital) as write:
        send_message(write, asked, "When?")
    with database.read() as connection:
        assert unread_of(connection, [asked], str(village.organisation_id), account.id) == {asked}
        assert unread_of(connection, [asked], str(hospital.organisation_id), account.id) == set()
    with database.write(reader) as write:
        mark_read(write, asked)
    with database.read() as connection:
        assert unread_of(connection, [asked], str(village.organisation_id), account.id) == set()


def test_what_was_decided_is_dated_by_the_clinics_day(
    database: Database, clock: SetClock, village: Actor, hospital: Actor
) -> None:
    """At 20 o'clock of 20 November UTC it is the 21st in Shanghai; what is withdrawn decides nothing."""
    clock.move(timedelta(hours=8))
    person = add(database, village, "somebody")
    with database.write(village) as write:
        asked = write_referral(write, person, str(village.organisation_id), question="?", to_name="Elsewhere")
    with database.read() as connection:
        assert decided_on(connection, [person], SHANGHAI) == {person: [date(2026, 11, 21)]}
    with database.write(village) as write:
        take_step(write, asked, 1, "withdrawn")
        write_next_step(
            write, person, "comes", day=TODAY, language="en", rules_version="1", evidence_version="1"
        )
    with database.read() as connection:
        assert decided_on(connection, [person], SHANGHAI) == {person: [TODAY]}
