"""Reads what the registry holds of one person, and makes of it what the rules and the page take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from myosteon.app.web.person.history import Course, Dose, PersonHistory
from myosteon.app.web.person.judge import nobody_treated
from myosteon.history.treatments import read_courses
from myosteon.registry.fractures import Fracture, fractures_of
from myosteon.registry.frames import frame_of
from myosteon.registry.people import Person
from myosteon.registry.treatments import (
    Treatment,
    TreatmentFields,
    courses_frame,
    treatment_entries,
    treatments_of,
)
from myosteon.registry.visits import Visit, visits_of


@dataclass(frozen=True, slots=True, eq=False)
class PersonRecord:
    """One person of the registry: finished visits and courses as the rules take them, open visits, fractures."""

    person: Person
    history: PersonHistory
    finished: tuple[Visit, ...]
    open: tuple[Visit, ...]
    fractures: tuple[Fracture, ...]


def load_person(connection: Connection, person: Person, *, finishing: str | None = None) -> PersonRecord:
    """The record of a person. A visit that somebody is still entering is not judged; what was withdrawn is left out.

    Args:
        connection: to read by.
        person: who.
        finishing: a visit that is about to be finished, and is judged as if it were.
    """
    visits = visits_of(connection, person.id)
    finished = tuple(visit for visit in visits if visit.state == "finished" or visit.id == finishing)
    kept = [one for one in treatments_of(connection, person.id) if not one.fields.withdrawn]
    courses = tuple(_course(one, treatment_entries(connection, one.id)) for one in kept)
    history = PersonHistory(
        frame_of(person, finished, known_only=True),
        read_courses(courses_frame(kept)) if kept else nobody_treated(),
        courses,
    )
    fractures = tuple(one for one in fractures_of(connection, person.id) if not one.fields.withdrawn)
    still_open = tuple(visit for visit in visits if visit not in finished)
    return PersonRecord(person, history, finished, still_open, fractures)


def _course(now: Treatment, entries: Iterable[Treatment]) -> Course:
    known = now.fields
    return Course(
        id=now.id,
        drug=known.drug,
        start=known.start_date,
        stop=known.stop_date,
        last_dose=known.last_dose_date,
        doses=known.doses,
        dose=known.dose or "",
        reason_stopped=known.reason_stopped or "",
        dated=tuple(_dated(entry.fields for entry in entries)),
        stopped_on_unknown_day=known.stopped_on_unknown_day,
    )


def _dated(saves: Iterable[TreatmentFields]) -> Iterable[Dose]:
    """The doses whose days were written down: each save names the last one then. A day that was corrected away is none.

    Read from the newest save back: an earlier one counts only where its last dose lies before, with fewer doses.
    """
    later: date | None = None
    fewer: int | None = None
    for known in reversed(list(saves)):
        day, number = known.last_dose_date, known.doses
        if day is None or (later is not None and day >= later):
            continue
        if fewer is not None and (number is None or number >= fewer):
            continue
        later, fewer = day, number if number is not None else fewer
        yield Dose(day, number)
