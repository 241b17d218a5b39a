"""The tables of the registry: made by the migrations as the schema says, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from myosteon.errors import InputError
from myosteon.registry.database import Database, open_database
from myosteon.registry.errors import DatabaseGone, DatabaseOld
from myosteon.registry.migrations.migrate import is_current, migrate
from myosteon.registry.schema import METADATA


def test_the_migrations_make_what_the_schema_says(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert set(inspect(connection).get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_checks_and_unique_columns_are_made_too(database: Database) -> None:
    with database.engine.connect() as connection:
        found = inspect(connection)
        for table in METADATA.sorted_tables:
            named = {one["name"] for one in found.get_check_constraints(table.name)}
            wanted = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert wanted <= named, table.name
            foreign = {
                (tuple(f["constrained_columns"]), f["referred_table"])
                for f in found.get_foreign_keys(table.name)
            }
            assert foreign == {((k.parent.name,), k.column.table.name) for k in table.foreign_keys}, (
                table.name
            )


def test_a_second_migration_changes_nothing(database: Database) -> None:
    with database.engine.connect() as connection:
        before = inspect(connection).get_table_names()
    migrate(database)
    assert is_current(database)
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == before
        assert connection.execute(text("SELECT count(*) FROM audit_end")).scalar() == 1


def test_a_database_without_tables_is_said_to_be_old(address: str | Path) -> None:
    database = open_database(address)
    if database.file is not None:
        database.file.touch()
    assert not is_current(database)
    with pytest.raises(DatabaseOld), database.read() as connection:
        connection.execute(text("SELECT * FROM person"))
    database.close()


def test_a_database_that_a_later_program_changed_is_left_alone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseOld):
        migrate(database)
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_file_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    database = open_database(tmp_path / "nothing.sqlite")
    with pytest.raises(DatabaseGone), database.read():
        pass
    assert not (tmp_path / "nothing.sqlite").exists()


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(InputError, match="not in mysql"):
        open_database("mysql://localhost/x")
