"""Keeps the worklist true: works out anew what stands for people after a save, and for everybody when the day or the rules change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from time import sleep
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from myosteon.app.web.clinics import clinic_of
from myosteon.app.web.definition_choice import own_definition
from myosteon.app.web.standing.judge import StandingJudge, standing_judge
from myosteon.app.web.versions import versions
from myosteon.history.treatments import read_courses
from myosteon.registry.audit import record
from myosteon.registry.clock import today
from myosteon.registry.database import PROGRAM, Database
from myosteon.registry.frames import people_frame
from myosteon.registry.next_steps import decided_on
from myosteon.registry.organisations import Organisation, read_organisation
from myosteon.registry.people import read_people
from myosteon.registry.standing import Standing, replace_standings
from myosteon.registry.treatments import courses_frame, treatments_of
from myosteon.registry.worklist import (
    REBUILT,
    changed_since,
    clinics_as_they_are,
    every_person,
    last_line,
    last_load,
    last_rebuilt,
)

# So many at once: the registry is held for a moment only, and whoever saves meanwhile hardly waits.
AT_ONCE = 500
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the worklist of a registry, by the day that it is in the clinic's time zone."""

    database: Database
    zone: ZoneInfo

    @property
    def day(self) -> date:
        """Today."""
        return today(self.database.clock, self.zone)

    def keep(self, person_ids: Collection[str]) -> None:
        """Works out what stands for some people; whoever is saved meanwhile is taken once more.

        Raises:
            DatabaseTrouble: the registry cannot be read or written; what stood before then still stands.
        """
        left = list(person_ids)
        for _ in range(MOST_ATTEMPTS):
            left = self._keep(left)
            if not left:
                return

    def rebuild(self, pause: float = 0.0) -> int:
        """Works out what stands for everybody; returns how many people there are.

        Args:
            pause: seconds between two parts, so that pages are answered meanwhile.
        """
        with self.database.read() as connection:
            made_by = self._made_by(connection)
            everybody = [person for person, _ in every_person(connection)]
        for start in range(0, len(everybody), AT_ONCE):
            self.keep(everybody[start : start + AT_ONCE])
            sleep(pause)
        with self.database.write(PROGRAM) as write:
            record(write, "rebuilt", REBUILT, None, detail=made_by)
        return len(everybody)

    def is_current(self) -> bool:
        """Whether everybody was worked out today, by these rules and this evidence, for the clinics as they are."""
        with self.database.read() as connection:
            return last_rebuilt(connection) == self._made_by(connection)

    def _made_by(self, connection: Connection) -> dict[str, str]:
        """What everything that stands hangs on beside the records themselves."""
        return {
            "day": self.day.isoformat(),
            "rules": versions().rules,
            "evidence": versions().evidence,
            "clinics": clinics_as_they_are(connection),
            "loaded": str(last_load(connection)),
        }

    def _keep(self, person_ids: Sequence[str]) -> list[str]:
        with self.database.read() as connection:
            seen = last_line(connection)
            found = {
                person: (organisation.id, stands.get(person, ()))
                for organisation, own, stands in self._judged(connection, person_ids)
                for person in own
            }
        with self.database.write(PROGRAM) as write:
            changed = changed_since(write.connection, seen, person_ids)
            kept = {person: row for person, row in found.items() if person not in changed}
            if kept:
                replace_standings(write, kept)
        return sorted(changed)

    def _judged(
        self, connection: Connection, person_ids: Sequence[str]
    ) -> Iterator[tuple[Organisation, list[str], dict[str, tuple[Standing, ...]]]]:
        people = read_people(connection, list(person_ids)).values()
        by_clinic = sorted(people, key=lambda one: one.organisation_id)
        for id, own in groupby(by_clinic, key=lambda one: one.organisation_id):
            organisation, ids = read_organisation(connection, id), [one.id for one in own]
            visits = people_frame(connection, person_ids=ids)
            courses = [one for one in treatments_of(connection, ids) if not one.fields.withdrawn]
            treatments = read_courses(courses_frame(courses))
            judge = judge_of(organisation, self.day)
            yield organisation, ids, judge.stands(visits, treatments, decided_on(connection, ids, self.zone))


def judge_of(organisation: Organisation, day: date) -> StandingJudge:
    """The judge for the people of a clinic on a day."""
    return standing_judge(clinic_of(organisation), day, own_definition(organisation))
