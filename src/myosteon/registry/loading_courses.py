"""Brings courses of drugs from a file into the registry of a clinic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from myosteon.registry.audit import record
from myosteon.registry.database import Actor, Database
from myosteon.registry.people import find_identifier
from myosteon.registry.treatments import TreatmentFields, add_treatment, treatments_of

COURSES_AT_ONCE = 500
FIELDS = ("drug", "dose", "start_date", "stop_date", "last_dose_date", "doses", "reason_stopped")


@dataclass(frozen=True, slots=True)
class LoadedCourses:
    """What an import did: new courses, those that were there already, and those of people whom the clinic does not know."""

    courses: int
    there: int
    nobody: int


def load_courses(
    database: Database, actor: Actor, organisation_id: str, courses: pl.DataFrame
) -> LoadedCourses:
    """Adds courses as `history.treatments.read_treatments` reads them; `person_id` is the clinic's identifier.

    Raises:
        DatabaseTrouble: the batches before are saved, nothing of this one is.
    """
    added = there = nobody = 0
    for batch in courses.iter_slices(COURSES_AT_ONCE):
        with database.write(actor) as write:
            for row in batch.iter_rows(named=True):
                person_id = find_identifier(write.connection, organisation_id, str(row["person_id"]))
                if person_id is None:
                    nobody += 1
                    continue
                given = _fields(row)
                if any(one.fields == given for one in treatments_of(write.connection, person_id)):
                    there += 1
                    continue
                add_treatment(write, person_id, given)
                added += 1
    with database.write(actor) as write:
        counts = {"courses": added}
        record(write, "loaded_courses", "organisation", organisation_id, detail=counts)
    return LoadedCourses(added, there, nobody)


def _fields(row: dict[str, Any]) -> TreatmentFields:
    return TreatmentFields(**{name: row[name] for name in FIELDS if name in row})
