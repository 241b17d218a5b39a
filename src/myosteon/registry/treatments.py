"""Courses of drugs of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Any

import polars as pl
from sqlalchemy import Connection, select

from myosteon.errors import ValueRefused
from myosteon.registry.database import Write
from myosteon.registry.entries import Kind, add_entry, add_thing, entries_of, seen_by
from myosteon.registry.errors import NotThere, ReasonMissing
from myosteon.registry.schema import treatment, treatment_entry
from myosteon.vocabulary.measures import load_measures

COLUMNS = (
    "person_id",
    "drug",
    "dose",
    "start_date",
    "stop_date",
    "last_dose_date",
    "doses",
    "reason_stopped",
)
# No day: the reader of courses then holds what the person took for incompletely known, and no clock for running.
UNKNOWN_DAY = "day not known"


@dataclass(frozen=True, slots=True)
class TreatmentFields:
    """One course: a word of the measure `drug`, when it began and ended; None is unknown, or not ended for `stop_date`.

    `stopped_on_unknown_day`: it has ended, nobody knows when. `withdrawn`: it was written down by mistake.
    """

    drug: str
    dose: str | None = None
    start_date: date | None = None
    stop_date: date | None = None
    stopped_on_unknown_day: bool = False
    last_dose_date: date | None = None
    doses: int | None = None
    reason_stopped: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Treatment:
    """A course as it stands after entry `number`, or that entry itself; `reason` is why it was corrected."""

    id: str
    person_id: str
    number: int
    fields: TreatmentFields
    made_at: datetime
    changed_at: datetime
    changed_by: str | None
    reason: str | None = None


def add_treatment(write: Write, person_id: str, given: TreatmentFields) -> str:
    """Adds a course; returns its identifier.

    Raises:
        ValueRefused: no drug of the vocabulary, or days that cannot be.
    """
    return add_thing(write, KIND, {"person_id": person_id}, _checked(given), person_id=person_id)


def change_treatment(
    write: Write, treatment_id: str, seen: int, given: TreatmentFields, reason: str | None = None
) -> int:
    """Saves a course as it now is (every field), behind entry `seen`; returns the number of the new entry.

    A further dose or a stop, where none was, needs no reason; every other change does.

    Raises:
        NotThere, Conflict, ReasonMissing: as for every entry.
        ValueRefused: as for `add_treatment`.
    """
    kept = _checked(given)
    now = read_treatment(write.connection, treatment_id)
    said = (reason or "").strip()
    goes_on = now.number != seen or _goes_on(now.fields, given)
    if not said and not goes_on:
        raise ReasonMissing("a correction says why it is made")
    return add_entry(
        write,
        KIND,
        treatment_id,
        seen,
        kept,
        reason=said,
        person_id=now.person_id,
        action="corrected" if said else "continued",
    )


def read_treatment(connection: Connection, treatment_id: str, until: datetime | None = None) -> Treatment:
    """A course as it is, or as it stood at a time.

    Raises:
        NotThere: there is none, or was none by then.
    """
    own = select(treatment.c.person_id).where(treatment.c.id == treatment_id)
    person_id = connection.execute(own).scalar()
    if person_id is None:
        raise NotThere("treatment", treatment_id)
    rows = seen_by(entries_of(connection, KIND, treatment_id), until)
    if not rows:
        raise NotThere("treatment", treatment_id)
    return _treatment(person_id, rows[0].made_at, rows[-1])


def treatment_entries(connection: Connection, treatment_id: str) -> tuple[Treatment, ...]:
    """Every save of a course, in order, each as it stood after it."""
    now = read_treatment(connection, treatment_id)
    rows = entries_of(connection, KIND, treatment_id)
    return tuple(_treatment(now.person_id, rows[0].made_at, row) for row in rows)


def treatments_of(
    connection: Connection, person_ids: str | Iterable[str], until: datetime | None = None
) -> tuple[Treatment, ...]:
    """The courses of a person or of several, in the order in which they began; withdrawn ones too (look at `withdrawn`)."""
    wanted = [person_ids] if isinstance(person_ids, str) else list(person_ids)
    asked = (
        select(treatment.c.person_id, treatment_entry)
        .join(treatment_entry, treatment_entry.c.treatment_id == treatment.c.id)
        .where(treatment.c.person_id.in_(wanted))
        .order_by(treatment_entry.c.treatment_id, treatment_entry.c.number)
    )
    found = []
    for _, own in groupby(connection.execute(asked), key=lambda row: row.treatment_id):
        rows = seen_by(list(own), until)
        if rows:
            found.append(_treatment(rows[0].person_id, rows[0].made_at, rows[-1]))
    return tuple(
        sorted(found, key=lambda one: (one.person_id, one.fields.start_date or date.min, one.made_at, one.id))
    )


def courses_frame(courses: Iterable[Treatment]) -> pl.DataFrame:
    """Courses as `history.treatments.read_courses` takes them: text, with `row` from 1; withdrawn ones are left out."""
    kept = [one for one in courses if not one.fields.withdrawn]
    rows = [{name: _text(one, name) for name in COLUMNS} for one in kept]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    return frame.with_row_index("row", offset=1)


def _text(course: Treatment, name: str) -> str | None:
    if name == "person_id":
        return course.person_id
    if name == "stop_date" and course.fields.stopped_on_unknown_day and course.fields.stop_date is None:
        return UNKNOWN_DAY
    value = getattr(course.fields, name)
    return None if value is None else str(value)


def _checked(given: TreatmentFields) -> dict[str, Any]:
    words = load_measures()["drug"].words
    if given.drug not in words or given.drug == "none":
        raise ValueRefused("the course names no drug of the vocabulary")
    begun, ended, last = given.start_date, given.stop_date, given.last_dose_date
    if begun and ended and ended < begun:
        raise ValueRefused("the course ends before it begins")
    if last and ((begun and last < begun) or (ended and last > ended)):
        raise ValueRefused("the last dose lies outside the course")
    if given.doses is not None and given.doses < 0:
        raise ValueRefused("there are no fewer than no doses")
    return asdict(given)


def _goes_on(before: TreatmentFields, now: TreatmentFields) -> bool:
    """Whether a course was only carried on: another dose, or an end where none was."""
    told = {"last_dose_date", "doses", "stop_date", "stopped_on_unknown_day", "reason_stopped"}
    same = all(
        getattr(before, one.name) == getattr(now, one.name)
        for one in fields(TreatmentFields)
        if one.name not in told
    )
    ended = before.stop_date is not None or before.stopped_on_unknown_day
    later = before.last_dose_date is None or (
        now.last_dose_date is not None and now.last_dose_date >= before.last_dose_date
    )
    more = before.doses is None or (now.doses is not None and now.doses >= before.doses)
    return same and not ended and later and more


def _treatment(person_id: str, made_at: datetime, row: Any) -> Treatment:
    known = TreatmentFields(**{one.name: getattr(row, one.name) for one in fields(TreatmentFields)})
    return Treatment(
        row.treatment_id, person_id, row.number, known, made_at, row.made_at, row.made_by, row.reason
    )


KIND = Kind("treatment", treatment, treatment_entry, read_treatment, treatment_entries)
