"""Backups: made while people work, brought back, and looked at before anybody relies on them.

A SQLite database is copied page by page as of one moment. PostgreSQL is written as an export (`exchange`), which either kind
of database can take back.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from myosteon.errors import InputError
from myosteon.registry.clock import SystemClock
from myosteon.registry.database import Database, open_database
from myosteon.registry.errors import BackupUnusable, DatabaseTrouble, NotEmpty
from myosteon.registry.exchange import CONTENTS, export_all, import_all
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.trouble import found_on_disk, trouble_of_sqlite
from myosteon.registry.verify import Report, verify

PREFIX = "myosteon-"
TIME = "%Y%m%dT%H%M%S%fZ"
SUFFIX = ".sqlite"
# All pages in one go: readers of a log do not hold up a writer, while a copy in parts begins anew with each write.
PAGES = -1


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lies in a folder, made at a time (UTC); `size` in bytes."""

    path: Path
    made_at: datetime
    size: int


def make_backup(database: Database, folder: Path) -> Backup:
    """Makes a backup in a folder while others go on working; it has its name only once it is whole.

    Raises:
        DatabaseTrouble: the database cannot be read, or the folder has no room.
        OSError: the folder cannot be written.
    """
    made = database.clock.now().astimezone(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{PREFIX}{made.strftime(TIME)}"
    if database.file is None:
        export_all(database, path, "parquet")
    else:
        path = path.with_name(path.name + SUFFIX)
        _copy(database.file, path)
    return Backup(path, made, _size(path))


def backups(folder: Path) -> tuple[Backup, ...]:
    """The backups of a folder, the newest first."""
    found = []
    for path in folder.glob(f"{PREFIX}*"):
        try:
            made = datetime.strptime(path.name.removeprefix(PREFIX).removesuffix(SUFFIX), TIME)
        except ValueError:
            continue
        found.append(Backup(path, made.replace(tzinfo=UTC), _size(path)))
    return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))


def check_backup(path: Path) -> Report:
    """Looks whether a backup of SQLite is whole, as `verify` does for a registry.

    Raises:
        BackupUnusable: it cannot be opened at all, or is a folder (bring it back into an empty database and `verify` that).
    """
    if path.is_dir():
        raise BackupUnusable(
            f"{path.name} is an export: restore it into an empty database and verify that one"
        )
    copy = open_database(path, SystemClock())
    try:
        return verify(copy)
    except DatabaseTrouble:
        raise BackupUnusable(f"{path.name} is no whole backup of a registry") from None
    finally:
        copy.close()


def restore(path: Path, database: Database) -> Report:
    """Brings a backup, or an export, back into a database that is empty or not there yet; returns what `verify` then says.

    Raises:
        NotEmpty: there is a registry already; it is not touched.
        BackupUnusable: the backup is damaged; nothing was brought back.
        InputError: a copy of SQLite is to go into PostgreSQL: export it first.
        DatabaseTrouble: the database cannot be written.
    """
    if not path.exists():
        raise BackupUnusable(f"{path.name} is not there")
    if path.is_dir() or path.name == CONTENTS:
        migrate(database)
        import_all(database, path if path.is_dir() else path.parent)
        return verify(database)
    if database.file is None:
        raise InputError(
            "a copy of SQLite goes into SQLite; for PostgreSQL make an export of it and restore that"
        )
    if database.file.exists():
        raise NotEmpty(
            f"{database.file.name} is there already; a backup is restored beside it or in its absence"
        )
    if not check_backup(path).is_whole:
        raise BackupUnusable(f"{path.name} is damaged; nothing was brought back")
    database.file.parent.mkdir(parents=True, exist_ok=True)
    _copy(path, database.file)
    migrate(database)
    return verify(database)


def _copy(source: Path, target: Path) -> None:
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _copy_pages(source, unfinished)
        _sync(unfinished)
        unfinished.rename(target)
        _sync(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy_pages(source: Path, target: Path) -> None:
    try:
        given = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
        taken = sqlite3.connect(target)
        try:
            given.backup(taken, pages=PAGES)
            # One file without a log beside it, that can be carried away.
            taken.execute("PRAGMA journal_mode=DELETE")
        finally:
            taken.close()
            given.close()
    except sqlite3.Error as error:
        found = trouble_of_sqlite(error)
        if found is None:
            raise
        raise found_on_disk(found, target) from None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files)
