"""Fills an empty registry with the made-up clinics, as if they had worked for years: every entry has its own day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from myosteon.app.made_up.crowd import make_crowd
from myosteon.app.made_up.stories import Happening, Story
from myosteon.app.made_up.told import told
from myosteon.app.texts import both
from myosteon.app.web.passwords import Passwords
from myosteon.app.web.standing.keeping import Keeper
from myosteon.errors import InputError
from myosteon.registry.accounts import has_accounts, make_account
from myosteon.registry.clock import SetClock, SystemClock, today
from myosteon.registry.database import PROGRAM, Actor, Database, open_database
from myosteon.registry.loading import load_people
from myosteon.registry.loading_courses import load_courses
from myosteon.registry.organisations import OrganisationFields, add_organisation, organisations

MADE_UP = "made_up"
# Before anything that is told.
FIRST_DAYS = 1100


@dataclass(frozen=True, slots=True)
class _Staff:
    """By the key of a clinic: its identifier, who saves there, and how its clinician signs."""

    clinics: Mapping[str, str]
    writers: Mapping[str, str]
    signed: Mapping[str, str]

    def actor(self, clinic: str) -> Actor:
        return Actor(self.writers[clinic], self.clinics[clinic])


def is_made_up(database: Database) -> bool:
    """Whether the registry holds the made-up clinics."""
    with database.read() as connection:
        return any(one.fields.settings.get(MADE_UP) for one in organisations(connection))


def fill_with_made_up_people(where: str, zone: ZoneInfo) -> bool:
    """Fills the registry at `where`, whose tables are there; False where it was filled before.

    Raises:
        InputError: it holds a clinic that is not made up.
        DatabaseTrouble: it cannot be written.
    """
    now = SystemClock().now()
    clock = SetClock(now)
    database = open_database(where, clock)
    try:
        with database.read() as connection:
            is_used = has_accounts(connection)
        if is_used:
            if is_made_up(database):
                return False
            raise InputError(both("serve_own_people"))
        _fill(database, clock, zone)
    finally:
        database.close()
    return True


def _fill(database: Database, clock: SetClock, zone: ZoneInfo) -> None:
    now, day = clock.now(), today(clock, zone)
    loaded = int(told().crowd["loaded_days"])

    def at(days: int) -> None:
        clock.time = now - timedelta(days=days)

    at(FIRST_DAYS)
    staff = _open_clinics(database)
    happenings = _happenings(staff, day)
    for one in (one for one in happenings if one.days > loaded):
        at(one.days)
        _save(database, staff, one)
    at(loaded)
    _load_crowd(database, staff, day - timedelta(days=loaded))
    for one in (one for one in happenings if one.days <= loaded):
        at(one.days)
        _save(database, staff, one)
    at(0)
    Keeper(database, zone).rebuild()


def _open_clinics(database: Database) -> _Staff:
    """The clinics and their accounts; all have one password, which everybody may know."""
    kept = Passwords().hash(told().password)
    clinics: dict[str, str] = {}
    writers: dict[str, str] = {}
    signed: dict[str, str] = {}
    with database.write(PROGRAM) as write:
        for one in told().clinics:
            fields = OrganisationFields(
                one["name"], one["tier"], one["region"], one["telephone"], settings={MADE_UP: True}
            )
            clinics[one["key"]] = add_organisation(write, fields)
        for one in told().accounts:
            made = make_account(
                write,
                organisation_id=clinics[one["clinic"]],
                login=one["login"],
                shown_name=one["name"],
                role=one["role"],
                password_hash=kept,
                must_change_password=False,
            )
            if one["role"] == "clinician":
                writers[one["clinic"]], signed[one["clinic"]] = made.id, one["name"]
    return _Staff(clinics, writers, signed)


def _happenings(staff: _Staff, day: date) -> list[Happening]:
    """What happened to the people told by hand, the oldest first."""
    stories = [Story(person, staff.clinics, staff.signed, day, {}) for person in told().people]
    return sorted((one for story in stories for one in story.happenings()), key=lambda one: -one.days)


def _save(database: Database, staff: _Staff, one: Happening) -> None:
    with database.write(staff.actor(one.clinic)) as write:
        one.save(write)


def _load_crowd(database: Database, staff: _Staff, last_day: date) -> None:
    crowd = make_crowd(last_day)
    for clinic, id in staff.clinics.items():
        load_people(database, staff.actor(clinic), id, crowd.visits_at(clinic))
        load_courses(database, staff.actor(clinic), id, crowd.courses_at(clinic))
