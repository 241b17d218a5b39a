"""From a path to a table of columns as given, whatever the kind of file."""

from __future__ import annotations

from pathlib import Path

from myosteon.errors import InputError
from myosteon.readers.columns import known_columns
from myosteon.readers.content import recognise_kind
from myosteon.readers.delimited import open_delimited
from myosteon.readers.json_lines import open_json_lines
from myosteon.readers.parquet import open_parquet
from myosteon.readers.source import Source
from myosteon.readers.statistical import open_statistical
from myosteon.readers.wording import say
from myosteon.readers.workbook import open_workbook


def open_source(path: Path, *, sheet: str | int | None = None, also_known: tuple[str, ...] = ()) -> Source:
    """Return the columns of a file as it gives them. `also_known` are further names that a rename map gives a meaning.

    Raises `FileUnreadable` or `ColumnError`, always with a remedy.
    """
    kind = recognise_kind(path)
    if kind in ("xlsx", "xls"):
        return open_workbook(path, kind, sheet)
    if sheet is not None:
        raise InputError(say("error.sheet_for_table", path=path))
    if kind == "delimited":
        return open_delimited(path, {*known_columns(), *also_known})
    if kind == "json_lines":
        return open_json_lines(path)
    return open_parquet(path) if kind == "parquet" else open_statistical(path, kind)
