"""CSV and TSV: every cell is text; the header, the separator and the line ends are found out first."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl

from myosteon.errors import ColumnError, FileUnreadable
from myosteon.readers.columns import name_every_column, refuse_repeated_names
from myosteon.readers.reading import give_notice
from myosteon.readers.source import Source
from myosteon.readers.text import Text, open_bytes, open_lines, open_text
from myosteon.readers.wording import say

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def open_delimited(path: Path, known_names: Collection[str]) -> Source:
    """Return a CSV or TSV file as text columns, lazily.

    `known_names` are the column names that have a meaning; they decide between separators that would all fit. Raises
    `FileUnreadable` or `ColumnError` where there is no header, a name stands there twice or the encoding is unknown.
    """
    text = open_text(path)
    usual = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    separator, header = read_header(text, usual, known_names)
    _refuse_values_as_header(path, header, known_names)
    names, unnamed = name_every_column(header)
    refuse_repeated_names(path, names)
    notices = list(text.notices)
    if separator != usual:
        told = {
            "separator": say(f"separator.{SEPARATORS[separator]}"),
            "expected": say(f"separator.{SEPARATORS[usual]}"),
        }
        notices.append(give_notice("separator", **told))
    notices.extend(unnamed)
    frame = pl.scan_csv(
        text.source,
        separator=separator,
        infer_schema=False,
        new_columns=names,
        eol_char=find_line_end(text),
        glob=False,
    )
    return Source(
        frame,
        tuple(names),
        notices=tuple(notices),
        is_text=True,
        lines=count_lines_below_header(text, separator),
        explain=lambda error: explain_fault(path, text, separator, names, error),
    )


def read_header(text: Text, usual: str, known_names: Collection[str]) -> tuple[str, list[str]]:
    """Return the separator and the names of the first row that is not blank.

    The separator under which most names are known wins; then the one that gives most columns; then the usual one.
    """
    best: tuple[tuple[int, int, bool], str, list[str]] | None = None
    for separator in SEPARATORS:
        header = _read_first_row(text, separator)
        names = {name.strip() for name in header}
        score = (len(names & set(known_names)), len(header), separator == usual)
        if best is None or score > best[0]:
            best = (score, separator, header)
    assert best is not None
    return best[1], best[2]


def count_lines_below_header(text: Text, separator: str) -> int:
    """Count the lines under the header.

    More lines than rows mean line breaks inside quotation marks: meant, or the trace of a stray quotation mark.
    """
    with open_lines(text) as file:
        rows = csv.reader(file, delimiter=separator)
        next(_skip_blank(rows), None)
        return text.lines - rows.line_num


def find_line_end(text: Text) -> str:
    """Return the character that ends a line: a carriage return alone in files of old Macintosh programs."""
    with open_bytes(text) as file:
        while chunk := file.read(1024 * 1024):
            if b"\n" in chunk:
                return "\n"
            if b"\r" in chunk:
                after = chunk[chunk.index(b"\r") :]
                return "\n" if after == b"\r" and file.read(1) == b"\n" else "\r"
    return "\n"


def explain_fault(
    path: Path, text: Text, separator: str, names: list[str], error: Exception
) -> FileUnreadable:
    """Find the row that made the parser stop, and return an error that names it, or else what the parser said."""
    rows = 0
    try:
        with open_lines(text) as file:
            for fields in _skip_blank(csv.reader(file, delimiter=separator)):
                if len(fields) > len(names):
                    told = {"row": rows, "fields": len(fields), "columns": len(names)}
                    return FileUnreadable(say("error.too_many_fields", path=path, **told))
                rows += 1
        rows = 0
        with open_lines(text) as file:
            for _ in _skip_blank(csv.reader(file, delimiter=separator, strict=True)):
                rows += 1
    except csv.Error:
        return FileUnreadable(say("error.open_quote", path=path, row=rows))
    detail = str(error).split("\n", 1)[0][:200]
    return FileUnreadable(say("error.bad_text_table", path=path, detail=detail))


def _refuse_values_as_header(path: Path, header: list[str], known_names: Collection[str]) -> None:
    filled = [name.strip() for name in header if name.strip()]
    if any(name in known_names for name in filled):
        return
    if sum(_is_number(name) for name in filled) * 2 >= max(len(filled), 1):
        raise ColumnError(say("error.no_header", path=path, first=", ".join(filled[:5])))


def _is_number(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True


def _read_first_row(text: Text, separator: str) -> list[str]:
    with open_lines(text) as file:
        try:
            return next(_skip_blank(csv.reader(file, delimiter=separator)), [])
        except csv.Error:
            return []


def _skip_blank(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    return (row for row in rows if row)
