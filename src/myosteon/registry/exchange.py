"""Everything in the registry as a folder of files, one for each table, and back into an empty registry.

    export_all(database, Path("export"), "parquet")
    import_all(empty, Path("export"))

`contents.json` names the tables with their columns and rows. Who is signed in is left out. Values are as they lie in the
database, times as UTC text, so that both kinds of database give the same files and take each other's.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl
from sqlalchemy import Boolean, Column, Connection, Date, Integer, Table, func, literal_column, select

from myosteon.errors import InputError
from myosteon.registry.bulk import insert_rows
from myosteon.registry.columns import write_record
from myosteon.registry.database import WRITING, Database, trouble_said
from myosteon.registry.errors import BackupUnusable, NotEmpty
from myosteon.registry.schema import METADATA, audit_end, web_session

Form = Literal["csv", "parquet"]
FORMS: tuple[Form, ...] = get_args(Form)
CONTENTS = "contents.json"
FORMAT = 1
ROWS_AT_ONCE = 50_000


def tables() -> tuple[Table, ...]:
    """The tables that are written, each behind those that it points to."""
    return tuple(table for table in METADATA.sorted_tables if table is not web_session)


def export_all(database: Database, folder: Path, form: Form = "parquet") -> dict[str, int]:
    """Writes every table into a new folder, as of one moment; returns the rows of each.

    Raises:
        InputError: the folder is there already, or nobody knows the form.
        DatabaseTrouble: the database cannot be read; no folder is left behind.
    """
    if form not in FORMS:
        raise InputError(f"an export is written as {' or '.join(FORMS)}")
    if folder.exists():
        raise InputError(f"{folder.name} is there already; an export is written to a new folder")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        with database.read() as connection:
            counts = {table.name: _write_table(connection, table, unfinished, form) for table in tables()}
        columns = {table.name: table.c.keys() for table in tables()}
        contents = {"format": FORMAT, "form": form, "rows": counts, "columns": columns}
        (unfinished / CONTENTS).write_text(write_record(contents) + "\n", encoding="utf-8")
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return counts


def import_all(database: Database, folder: Path) -> dict[str, int]:
    """Brings everything of an export into an empty registry, all of it or nothing; returns the rows of each table.

    Raises:
        NotEmpty: something is in the registry.
        BackupUnusable: a file is missing, damaged, or not what `contents.json` says.
        DatabaseTrouble: the database cannot be written.
    """
    contents = read_contents(folder)
    with trouble_said(database.file), database.engine.connect() as connection:
        writing = connection.execution_options(**{WRITING: True})
        with writing.begin():
            if any(_count(writing, table) for table in tables() if table is not audit_end):
                raise NotEmpty("everything can only be brought into an empty registry")
            writing.execute(audit_end.delete())
            for table in tables():
                _read_table(writing, table, folder, contents)
    return dict(contents["rows"])


def read_contents(folder: Path) -> dict[str, Any]:
    """What `contents.json` of an export says.

    Raises:
        BackupUnusable: it is missing, damaged or of another make.
    """
    try:
        contents: dict[str, Any] = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        wanted = {table.name: table.c.keys() for table in tables()}
        fits = contents["format"] == FORMAT and contents["form"] in FORMS and contents["columns"] == wanted
        fits = fits and contents["rows"].keys() == wanted.keys()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BackupUnusable(
            f"{folder.name} is no export of a registry: {CONTENTS} is missing or damaged"
        ) from None
    if not fits:
        raise BackupUnusable(f"{folder.name} was written by another version of the program")
    return contents


def table_rows(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows of a table in the order of its key, a part at a time, their values plain: text, number, yes/no, none."""
    names: list[Any] = [literal_column(f'"{column.name}"').label(column.name) for column in table.c]
    # In the order of the codes of the letters, whatever the database sorts by.
    asked = (
        select(*names).select_from(table).order_by(*(_ordered(connection, one) for one in table.primary_key))
    )
    result = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(asked)
    readers = [_reader(column) for column in table.c]
    for part in result.partitions():
        yield [[read(value) for read, value in zip(readers, row, strict=True)] for row in part]


def _ordered(connection: Connection, column: Column[Any]) -> Any:
    textual = not isinstance(column.type, Integer)
    return column.collate("C") if textual and connection.dialect.name == "postgresql" else column


def _reader(column: Column[Any]) -> Any:
    if isinstance(column.type, Boolean):
        return lambda value: None if value is None else bool(value)
    if isinstance(column.type, Date):
        return lambda value: None if value is None else str(value)
    return lambda value: value


def _write_table(connection: Connection, table: Table, folder: Path, form: Form) -> int:
    from pyarrow import parquet  # type: ignore[import-untyped]  # large, and only needed here

    schema = {column.name: _dtype(column) for column in table.c}
    file, count = folder / f"{table.name}.{form}", 0
    empty = pl.DataFrame(schema=schema)
    if form == "csv":
        with file.open("wb") as target:
            empty.write_csv(target)
            for part in table_rows(connection, table):
                frame = pl.DataFrame(part, schema=schema, orient="row")
                frame.write_csv(target, include_header=False, quote_style="non_numeric")
                count += frame.height
        return count
    with parquet.ParquetWriter(file, empty.to_arrow().schema, compression="zstd") as writer:
        for part in table_rows(connection, table):
            frame = pl.DataFrame(part, schema=schema, orient="row")
            writer.write_table(frame.to_arrow())
            count += frame.height
    return count


def _dtype(column: Column[Any]) -> pl.DataType:
    if isinstance(column.type, Boolean):
        return pl.Boolean()
    return pl.Int64() if isinstance(column.type, Integer) else pl.String()


def _read_table(connection: Connection, table: Table, folder: Path, contents: dict[str, Any]) -> None:
    file, count = folder / f"{table.name}.{contents['form']}", 0
    for frame in _frames(file, table, contents["form"]):
        insert_rows(connection, table, table.c.keys(), frame.iter_rows())
        count += frame.height
    if count != contents["rows"][table.name]:
        raise BackupUnusable(f"{file.name} has {count} rows; {contents['rows'][table.name]} were written")


def _frames(file: Path, table: Table, form: Form) -> Iterator[pl.DataFrame]:
    schema = {column.name: _dtype(column) for column in table.c}
    try:
        for frame in _csv_parts(file, schema) if form == "csv" else _parquet_parts(file):
            if dict(frame.schema) != schema:
                raise BackupUnusable(f"{file.name} has other columns than were written")
            yield frame
    # pyarrow's own errors are of these two kinds.
    except (OSError, ValueError, pl.exceptions.PolarsError):
        raise BackupUnusable(f"{file.name} is missing or damaged") from None


def _csv_parts(file: Path, schema: dict[str, pl.DataType]) -> Iterator[pl.DataFrame]:
    yield from pl.read_csv(file, schema=schema, low_memory=True).iter_slices(ROWS_AT_ONCE)


def _parquet_parts(file: Path) -> Iterator[pl.DataFrame]:
    from pyarrow import parquet  # large, and only needed here

    with parquet.ParquetFile(file) as source:
        for part in source.iter_batches(ROWS_AT_ONCE):
            frame = pl.DataFrame(pl.from_arrow(part))
            yield frame


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
