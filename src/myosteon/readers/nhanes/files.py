"""The CDC's files in a directory: which tables are there, and the reading of one of them.

A table is one file as the CDC ships it (`BMX_H.XPT`) or the same as CSV (`BMX_H.csv`, missing = `NA`), either
compressed with xz. A part of a table may be called `DXXFRX_H_even.csv`. Names are compared without regard to
capitals.
"""

from __future__ import annotations

import csv
import io
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.errors import ColumnError, FileUnreadable, MissingPart

KINDS = {".xpt": "XPT", ".csv": "CSV"}
PARTS = ("_EVEN", "_ODD")
PERSON = "SEQN"
# SAS writes zero as the smallest number that its own format holds; some writers leave 5e-79 in its place.
SMALLEST_NUMBER = 1e-70


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file of the directory that holds a table, or a part of it."""

    table: str
    path: Path
    kind: str
    part: str


def find_tables(directory: Path) -> dict[str, list[TableFile]]:
    """Every XPT or CSV file of `directory` by the CDC's table name, in capitals.

    Where a table is there both as XPT and as CSV the XPT is taken. Raises `FileUnreadable` where `directory`
    is not a directory that can be read.
    """
    try:
        paths = sorted(path for path in directory.iterdir() if path.is_file())
    except OSError as error:
        raise FileUnreadable(
            f"{directory} cannot be read as a directory of NHANES files ({error.strerror}). "
            "Give the directory that holds files such as DEMO_H.XPT or DEMO_H.csv."
        ) from error
    tables: dict[str, list[TableFile]] = {}
    for path in paths:
        file = _table_file(path)
        if file is not None:
            tables.setdefault(file.table, []).append(file)
    return {table: _preferred(found) for table, found in tables.items()}


def _table_file(path: Path) -> TableFile | None:
    plain = Path(path.stem) if path.suffix.lower() == ".xz" else Path(path.name)
    kind = KINDS.get(plain.suffix.lower())
    if kind is None:
        return None
    table = plain.stem.upper()
    part = next((part for part in PARTS if table.endswith(part)), "")
    return TableFile(table.removesuffix(part), path, kind, part.lower().lstrip("_"))


def _preferred(found: list[TableFile]) -> list[TableFile]:
    """One whole table, an XPT before a CSV; else the parts that are there, each once."""
    ordered = sorted(found, key=lambda file: (file.kind != "XPT", file.path.name))
    whole = [file for file in ordered if not file.part]
    if whole:
        return whole[:1]
    return [
        next(file for file in ordered if file.part == part)
        for part in sorted({file.part for file in ordered})
    ]


def read_table(files: Sequence[TableFile], wanted: Iterable[str], texts: Iterable[str]) -> pl.DataFrame:
    """The `wanted` variables of a table, one row per line of the file.

    `wanted` may hold patterns (`OSD030A*`); variables that are not in the file are left out. `SEQN` is Int64,
    the variables of `texts` are String, all others Float64. What is missing (`NA`, an empty field, SAS
    missing, NaN) is null.

    Raises `FileUnreadable` for a damaged file or one of another kind, `ColumnError` where `SEQN` is missing.
    """
    patterns, text_names = tuple(wanted), frozenset(texts)
    parts = [_read_file(file, patterns, text_names) for file in files]
    return parts[0] if len(parts) == 1 else pl.concat(parts, how="diagonal")


def _read_file(file: TableFile, patterns: Sequence[str], texts: frozenset[str]) -> pl.DataFrame:
    content = _content(file.path)
    if file.kind == "XPT":
        frame = _read_xpt(file.path, content, patterns)
    else:
        frame = _read_csv(file.path, content, patterns, texts)
    return frame.select(_typed(name, texts, frame.schema[name]) for name in frame.columns)


def _typed(name: str, texts: frozenset[str], dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if name == PERSON:
        return column.cast(pl.Int64)
    if name in texts:
        return column.cast(pl.String).str.strip_chars().replace("", None)
    if dtype == pl.String:
        raise ColumnError(f"{name} holds text where NHANES has numbers. Take the file from the CDC again.")
    number = column.cast(pl.Float64).fill_nan(None)
    return pl.when(number.abs() < SMALLEST_NUMBER).then(pl.lit(0.0)).otherwise(number).alias(name)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return lzma.decompress(content) if path.suffix.lower() == ".xz" else content
    except OSError as error:
        raise FileUnreadable(
            f"{path} cannot be opened ({error.strerror}). Check that it may be read."
        ) from error
    except lzma.LZMAError as error:
        raise FileUnreadable(
            f"{path} is not a whole xz file ({error}). Copy or download it again."
        ) from error


def _chosen(path: Path, names: Sequence[str], patterns: Sequence[str]) -> dict[str, str]:
    """The names in the file that are asked for, with the name in capitals that they get."""
    capitals = {name: name.strip().upper() for name in names}
    if PERSON not in capitals.values():
        raise ColumnError(
            f"{path} has no column SEQN, so its rows belong to nobody. Is it an NHANES file? It begins with "
            f"{', '.join(list(names)[:5])}."
        )
    return {
        name: capital
        for name, capital in capitals.items()
        if capital == PERSON or any(fnmatchcase(capital, pattern) for pattern in patterns)
    }


def _read_csv(path: Path, content: bytes, patterns: Sequence[str], texts: frozenset[str]) -> pl.DataFrame:
    text = _decoded(content)
    header = next(csv.reader(io.StringIO(text.partition("\n")[0])), [])
    if not header:
        raise FileUnreadable(f"{path} is empty. Download it again.")
    chosen = _chosen(path, header, patterns)
    types: Mapping[str, Any] = {
        name: pl.String if capital in texts else pl.Int64 if capital == PERSON else pl.Float64
        for name, capital in chosen.items()
    }
    try:
        frame = pl.read_csv(
            text.encode(),
            columns=list(chosen),
            schema_overrides=types,
            null_values=["NA", ""],
            infer_schema=False,
        )
    except pl.exceptions.PolarsError as error:
        raise FileUnreadable(
            f"{path} cannot be read as CSV with numbers and NA as NHANES has them. "
            "Download it again, or give the CDC's XPT file in its place."
        ) from error
    return frame.rename(chosen)


def _decoded(content: bytes) -> str:
    """The CDC's text is UTF-8 or, in names of diseases, Latin-1."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _read_xpt(path: Path, content: bytes, patterns: Sequence[str]) -> pl.DataFrame:
    try:
        import pyreadstat  # a large library: only for who has such a file
    except ImportError:
        raise MissingPart(
            f"{path} needs pyreadstat, which is not installed. "
            "Install it with: python -m pip install pyreadstat"
        ) from None
    read: Any = pyreadstat.read_xport
    try:
        _, metadata = read(io.BytesIO(content), metadataonly=True, encoding="LATIN1")
    except Exception as error:  # pyreadstat raises bare exceptions of its own kinds
        raise FileUnreadable(
            f"{path} is not a SAS transport file as the CDC ships them, or is damaged. Download it again."
        ) from error
    chosen = _chosen(path, metadata.column_names, patterns)
    frame: pl.DataFrame
    frame, _ = read(
        io.BytesIO(content),
        usecols=list(chosen),
        encoding="LATIN1",
        output_format="polars",
        disable_datetime_conversion=True,
    )
    return frame.rename(chosen)
