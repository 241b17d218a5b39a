"""Brings the tables of a database to this version of the program. What is there stays."""

from __future__ import annotations

import sqlite3
from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import insert, select

from myosteon.registry.audit import START
from myosteon.registry.database import WRITING, Database, trouble_said
from myosteon.registry.errors import DatabaseOld, DatabaseReadOnly
from myosteon.registry.schema import audit_end
from myosteon.registry.trouble import found_on_disk, trouble, trouble_of_sqlite

FOLDER = "myosteon.registry.migrations"


def migrate(database: Database) -> None:
    """Makes every table that is missing and every change that is due; the file of SQLite too where there is none.

    Raises:
        DatabaseTrouble: the database cannot be read or written, or a later program changed it (`DatabaseOld`).
    """
    with trouble_said(database.file), as_file(files(FOLDER)) as folder:
        if database.file is not None:
            _make_file(database.file)
        with database.engine.connect() as connection:
            connection = connection.execution_options(**{WRITING: True})
            with connection.begin():
                config = Config()
                config.set_main_option("script_location", str(folder))
                config.attributes["connection"] = connection
                try:
                    command.upgrade(config, "head")
                except CommandError as error:
                    # Its version is none that this program knows: a later program changed it.
                    raise trouble(DatabaseOld) from error
                if connection.execute(select(audit_end.c.id)).first() is None:
                    connection.execute(insert(audit_end).values(id=1, number=0, line_hash=START))


def is_current(database: Database) -> bool:
    """Whether the tables are those of this program.

    Raises:
        DatabaseTrouble: the database cannot be read.
    """
    with as_file(files(FOLDER)) as folder, database.read() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder))
        head = ScriptDirectory.from_config(config).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() == head


def _make_file(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        raw = sqlite3.connect(file)
    except (OSError, sqlite3.Error):
        raise trouble(DatabaseReadOnly) from None
    try:
        # Kept in the file: readers do not wait for a writer, and a write that was acknowledged outlives a crash.
        raw.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        found = trouble_of_sqlite(error)
        if found is None:
            raise
        raise found_on_disk(found, file) from None
    finally:
        raw.close()
