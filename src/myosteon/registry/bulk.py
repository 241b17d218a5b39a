"""Many rows at once, by the quickest way of each database. Values are as they lie in the table: text for times and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

# Kilobytes of memory for pages while many rows come in, which SQLite wants as a negative number: the indexes stay in it.
CACHE = -400_000


@contextmanager
def much_memory(connection: Connection) -> Iterator[None]:
    """Lets SQLite keep more pages in memory for as long as the block runs."""
    if connection.dialect.name != sqlite.dialect.name:
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size={CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={usual}")


def insert_rows(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Adds rows whose values stand in the order of `names`."""
    columns = ", ".join(names)
    if connection.dialect.name == postgresql.dialect.name:
        raw: Any = connection.connection.driver_connection
        with raw.cursor().copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join("?" * len(names))
    several = [tuple(row) for row in rows]
    if several:
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({places})", several)
