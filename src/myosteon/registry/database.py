"""Opens the database, and gives transactions to read and to write in.

    database = open_database(Path("clinic.sqlite"), clock)
    with database.read() as connection:
        person = read_person(connection, person_id)
    with database.write(Actor(account_id, organisation_id)) as write:
        save_visit(write, visit_id, seen=2, measures={...})

All of a `write` is saved together when its block ends, or none of it is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from myosteon.errors import InputError, MissingPart
from myosteon.registry.clock import Clock, SystemClock
from myosteon.registry.errors import DatabaseGone
from myosteon.registry.schema import audit_end
from myosteon.registry.trouble import found_on_disk, trouble, trouble_of

WRITING = "myosteon_writing"
FILE = "myosteon_file"
BUSY_MILLISECONDS = 10_000
CONNECT_SECONDS = 5
CONNECTIONS = 8
# Kilobytes, which SQLite wants as a negative number.
CACHE = -32_768


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: an account of an organisation; both None for the program itself."""

    account_id: str | None = None
    organisation_id: str | None = None


PROGRAM = Actor()


@dataclass(frozen=True, slots=True)
class Write:
    """A transaction that saves: its connection, who saves, and when."""

    connection: Connection
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Database:
    """A database that is open. `file` is where a SQLite database lies, None for PostgreSQL."""

    engine: Engine
    clock: Clock
    file: Path | None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the registry throughout.

        Raises:
            DatabaseTrouble: the database cannot be read.
        """
        with trouble_said(self.file), self._connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def write(self, actor: Actor) -> Iterator[Write]:
        """A transaction to save in, after every other; saved when the block ends without an error.

        Raises:
            DatabaseTrouble: the database cannot be written; nothing of the block is saved.
        """
        with trouble_said(self.file), self._connect(writing=True) as connection:
            # Who writes holds the end of the audit: entries and lines get their numbers one after another.
            connection.execute(select(audit_end.c.number).with_for_update())
            yield Write(connection, actor, self.clock.now())
            self._check_file(connection)
            connection.commit()

    @contextmanager
    def _connect(self, *, writing: bool = False) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            if self.file is not None and not _is_same_file(connection, self.file):
                connection.invalidate()
            if self.engine.dialect.name == "postgresql" and not writing:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection.execution_options(**{WRITING: writing})
            connection.begin()
            self._check_file(connection)
            yield connection

    def _check_file(self, connection: Connection) -> None:
        # A file that was removed or replaced can still be written, by nobody ever to be read.
        if self.file is not None and not _is_same_file(connection, self.file):
            connection.invalidate()
            raise trouble(DatabaseGone)

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def open_database(where: str | Path, clock: Clock | None = None) -> Database:
    """A database by its address (`postgresql://...`, `sqlite:///...`) or by the file of a SQLite database.

    Nothing is read yet and no table is made: `migrations.migrate` does that.

    Raises:
        InputError: an address of a database that is neither SQLite nor PostgreSQL.
        MissingPart: psycopg is not installed.
    """
    url = (
        make_url(where)
        if isinstance(where, str) and "://" in where
        else URL.create("sqlite", database=str(where))
    )
    kind = url.get_backend_name()
    if kind == "sqlite":
        file = Path(url.database or "").absolute()
        return Database(_open_sqlite(file), clock or SystemClock(), file)
    if kind == "postgresql":
        return Database(_open_postgresql(url), clock or SystemClock(), None)
    raise InputError(f"a registry is kept in SQLite or PostgreSQL, not in {kind}")


def _open_sqlite(file: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # rw, not rwc: a database that is gone must not come back empty.
        return sqlite3.connect(
            f"{file.as_uri()}?mode=rw", uri=True, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000
        )

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, record: Any) -> None:
        raw.isolation_level = None
        record.info[FILE] = _file_number(file)
        for pragma in (
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MILLISECONDS}",
            "synchronous=FULL",
            f"cache_size={CACHE}",
            "temp_store=MEMORY",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        # A writer says so at once; a reader that turns into one may be refused half-way.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _open_postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=CONNECTIONS,
            max_overflow=CONNECTIONS,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_SECONDS},
            hide_parameters=True,
        )
    except ModuleNotFoundError:
        raise MissingPart("PostgreSQL needs psycopg: pip install 'myosteon[postgresql]'") from None


def _file_number(file: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_same_file(connection: Connection, file: Path) -> bool:
    known: tuple[int, int] | None = connection.info.get(FILE)
    return known is not None and known == _file_number(file)


@contextmanager
def trouble_said(file: Path | None = None) -> Iterator[None]:
    """Raises the registry's own errors in place of those of the database; `file` is that of SQLite."""
    try:
        yield
    except SQLAlchemyError as error:
        found = trouble_of(error)
        if found is None:
            raise
        # Without the cause: its text may hold what was being saved.
        raise found_on_disk(found, file) from None
