"""What the database's own errors mean, by their codes and never by their text, which may hold values of a person."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from myosteon.registry.errors import (
    DatabaseBusy,
    DatabaseFull,
    DatabaseGone,
    DatabaseOld,
    DatabaseReadOnly,
    DatabaseTrouble,
)

BY_SQLITE_CODE: dict[int, type[DatabaseTrouble]] = {
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_CANTOPEN: DatabaseGone,
    sqlite3.SQLITE_IOERR: DatabaseGone,
    sqlite3.SQLITE_CORRUPT: DatabaseGone,
    sqlite3.SQLITE_NOTADB: DatabaseGone,
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
}
# Bytes; a write of one page and its log takes more.
LEAST_ROOM = 32_768
# The first byte of SQLite's code says the family.
FAMILY = 0xFF

BY_POSTGRESQL_CODE: dict[str, type[DatabaseTrouble]] = {
    "53100": DatabaseFull,
    "25006": DatabaseReadOnly,
    "40001": DatabaseBusy,
    "40P01": DatabaseBusy,
    "55P03": DatabaseBusy,
    "57014": DatabaseBusy,
    "42P01": DatabaseOld,
    "42703": DatabaseOld,
}
# Classes of codes: connection, resources, operator's intervention, the system beneath.
GONE_CLASSES = ("08", "53", "57", "58", "XX")
SENTENCES: dict[type[DatabaseTrouble], str] = {
    DatabaseGone: "the database is not there or does not answer; what was being saved is not saved",
    DatabaseFull: "there is no room left for the database; what was being saved is not saved",
    DatabaseReadOnly: "the database may not be written; what was being saved is not saved",
    DatabaseBusy: "the database is held by others; what was being saved is not saved, it may be tried again",
    DatabaseOld: "the tables of the database are not those of this program; start the newest `myosteon serve` on it",
}


def trouble(kind: type[DatabaseTrouble]) -> DatabaseTrouble:
    """The error of a kind with its sentence."""
    return kind(SENTENCES[kind])


def trouble_of(error: SQLAlchemyError) -> DatabaseTrouble | None:
    """What an error of the database means for who uses it; None where it is a fault of the program."""
    if not isinstance(error, DBAPIError):
        return trouble(DatabaseGone) if "QueuePool" in type(error).__name__ else None
    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        kind = _of_sqlite(origin)
    else:
        kind = _of_postgresql(getattr(origin, "sqlstate", None), error)
    return None if kind is None else trouble(kind)


def found_on_disk(found: DatabaseTrouble, file: Path | None) -> DatabaseTrouble:
    """The same trouble, or what the disk says that it is: SQLite cannot always tell why a file cannot be used."""
    if file is None or not isinstance(found, DatabaseGone) or not file.exists():
        return found
    if not os.access(file.parent, os.W_OK) or not os.access(file, os.W_OK):
        return trouble(DatabaseReadOnly)
    return trouble(DatabaseFull) if shutil.disk_usage(file.parent).free < LEAST_ROOM else found


def trouble_of_sqlite(error: sqlite3.Error) -> DatabaseTrouble | None:
    """The same for an error of SQLite itself."""
    kind = _of_sqlite(error)
    return None if kind is None else trouble(kind)


def _of_sqlite(error: sqlite3.Error) -> type[DatabaseTrouble] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    # Code 1 is any fault of a statement; of those only a missing table or column is the database's.
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(("no such table", "no such column")):
        return DatabaseOld
    return BY_SQLITE_CODE.get(code & FAMILY)


def _of_postgresql(code: str | None, error: DBAPIError) -> type[DatabaseTrouble] | None:
    if code in BY_POSTGRESQL_CODE:
        return BY_POSTGRESQL_CODE[code]
    lost = error.connection_invalidated or (code is None and isinstance(error, OperationalError))
    return DatabaseGone if lost or (code or "").startswith(GONE_CLASSES) else None
