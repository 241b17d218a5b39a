"""Answers `myosteon backup`, `restore`, `verify`, `export` and `load`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import Language, say
from myosteon.app.serving import DATABASE, USUAL_FILE
from myosteon.app.texts import both, tell
from myosteon.errors import InputError, MissingPart
from myosteon.history.treatments import Treatments, read_treatments
from myosteon.readers.reading import Reading

if TYPE_CHECKING:
    from myosteon.registry.database import Database
    from myosteon.registry.verify import Report

FORMS = ("parquet", "csv")
PERSON = "person_id"


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be added to a registry: people, their courses, and the name of the clinic to whom they belong."""

    file: Path
    treatments: Path | None
    clinic: str | None
    reading: ReadingOptions


def run_backup(folder: Path, where: str | None, language: Language) -> bool:
    """Makes a backup and looks at it; whether it is whole. One of PostgreSQL is an export, which is looked at as it is restored.

    Raises:
        InputError: the folder cannot be written.
        DatabaseTrouble: the database cannot be read.
    """
    with _opened(where) as database:
        from myosteon.registry.backup import check_backup, make_backup

        try:
            made = make_backup(database, folder)
        except OSError as error:
            raise InputError(
                both("registry_folder", folder=folder.name, why=error.strerror or error)
            ) from error
        say(tell("backup_made", language, file=made.path, size=f"{made.size / 1024**2:,.1f}"))
        return made.path.is_dir() or _say_report(check_backup(made.path), language)


def run_restore(backup: Path, where: str | None, language: Language) -> bool:
    """Brings a backup back; whether what is there then is whole.

    Raises:
        NotEmpty, BackupUnusable, InputError, DatabaseTrouble: as `registry.backup.restore`; nothing was brought back.
    """
    with _opened(where) as database:
        from myosteon.registry.backup import restore

        report = restore(backup, database)
        say(tell("backup_restored", language))
        return _say_report(report, language)


def run_verify(where: str | None, language: Language) -> bool:
    """Looks at everything; whether it is whole.

    Raises:
        DatabaseTrouble: the database cannot be read.
    """
    with _opened(where) as database:
        from myosteon.registry.verify import verify

        return _say_report(verify(database), language)


def run_export(folder: Path, form: str, where: str | None, language: Language) -> None:
    """Writes everything into a new folder.

    Raises:
        InputError: the folder is there already or cannot be written, or nobody knows the form.
        DatabaseTrouble: the database cannot be read; no folder is left behind.
    """
    if form not in FORMS:
        raise InputError(f"--format {form} is not known; choose one of {', '.join(FORMS)}")
    with _opened(where) as database:
        from myosteon.registry.exchange import export_all

        try:
            rows = export_all(database, folder, "csv" if form == "csv" else "parquet")
        except OSError as error:
            raise InputError(
                both("registry_folder", folder=folder.name, why=error.strerror or error)
            ) from error
        say(tell("registry_exported", language, tables=len(rows), rows=f"{sum(rows.values()):,}"))


def run_load(asked: Load, where: str | None, language: Language) -> bool:
    """Adds people, visits and courses; whether values or courses were refused, or people are not clear.

    Raises:
        InputError: the file or the clinic cannot be used.
        DatabaseTrouble: the database cannot be written; batches that were saved before stay.
    """
    reading = read_people(asked.file, asked.reading)
    courses = read_treatments(asked.treatments) if asked.treatments else None
    with _opened(where) as database:
        from myosteon.registry.database import PROGRAM
        from myosteon.registry.loading import load_people
        from myosteon.registry.migrations.migrate import migrate

        migrate(database)
        clinic = _clinic(database, asked.clinic)
        say_what_was_read(_without_unused(reading), language)
        loaded = load_people(database, PROGRAM, clinic, reading.frame)
        parts = {
            name: f"{getattr(loaded, name):,}" for name in ("people", "known", "visits", "there", "unclear")
        }
        say(tell("registry_loaded", language, **parts))
        not_used = courses is not None and _load_courses(database, clinic, courses, language)
    say(tell("registry_worklist", language))
    return reading.refused_in_all > 0 or loaded.unclear > 0 or not_used


def _without_unused(reading: Reading) -> Reading:
    # A name or a date of birth is no measure, but it is used here.
    return replace(reading, notices=tuple(one for one in reading.notices if one.kind != "unused"))


@contextmanager
def _opened(where: str | None) -> Iterator[Database]:
    try:
        from myosteon.registry.database import open_database
    except ModuleNotFoundError as error:
        raise MissingPart(both("serve_missing", library=error.name)) from error
    database = open_database(where or os.environ.get(DATABASE) or USUAL_FILE)
    try:
        yield database
    finally:
        database.close()


def _clinic(database: Database, name: str | None) -> str:
    """The identifier of the clinic that was named, or of the only one."""
    from myosteon.registry.organisations import organisations

    with database.read() as connection:
        found = [one for one in organisations(connection) if not one.fields.closed]
    named = [one for one in found if name is None or one.fields.name == name]
    if len(named) == 1:
        return named[0].id
    raise InputError(both("registry_clinic", names=", ".join(one.fields.name for one in found) or "-"))


def _load_courses(database: Database, clinic: str, read: Treatments, language: Language) -> bool:
    """Adds courses, none of somebody of whom one could not be used: a history with a gap would look like a whole one."""
    from myosteon.registry.database import PROGRAM
    from myosteon.registry.loading_courses import load_courses

    for refusal in read.refusals:
        say(refusal.describe(language))
    whole = read.courses.filter(~read.courses[PERSON].is_in(sorted(read.incomplete)))
    loaded = load_courses(database, PROGRAM, clinic, whole)
    parts = {"courses": loaded.courses, "there": loaded.there, "nobody": loaded.nobody}
    say(tell("registry_courses", language, **parts))
    if read.incomplete:
        say(tell("registry_incomplete", language, people=len(read.incomplete)))
    return bool(read.refusals) or loaded.nobody > 0


def _say_report(report: Report, language: Language) -> bool:
    for fault in report.faults:
        say(fault)
    if report.clock_went_back:
        say(tell("registry_clock", language, lines=report.clock_went_back))
    said = "registry_whole" if report.is_whole else "registry_not_whole"
    people, visits = report.rows.get("person", 0), report.rows.get("visit", 0)
    say(tell(said, language, people=f"{people:,}", visits=f"{visits:,}", faults=len(report.faults)))
    return report.is_whole
