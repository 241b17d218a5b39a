"""JSON lines: one object a line. Every value is read as text, so that one odd value does not change a whole column."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.errors import FileUnreadable
from myosteon.readers.columns import refuse_repeated_names
from myosteon.readers.source import Source
from myosteon.readers.text import Text, open_lines, open_text
from myosteon.readers.wording import say


def open_json_lines(path: Path) -> Source:
    """Return a file of JSON lines as text columns; a key that a line lacks is null there.

    Lists and objects become their JSON text. Raises `FileUnreadable` naming the line that is not one object.
    """
    text = open_text(path)
    # The parser takes bytes in memory only without their byte order mark.
    source = io.BytesIO(text.source) if isinstance(text.source, bytes) else text.source
    try:
        names = pl.scan_ndjson(source, infer_schema_length=None).collect_schema().names()
        frame = pl.scan_ndjson(source, schema=dict.fromkeys(names, pl.String))
    except pl.exceptions.PolarsError:
        frame = read_lines_one_by_one(path, text).lazy()
        names = frame.collect_schema().names()
    stripped = [name.strip() for name in names]
    refuse_repeated_names(path, stripped)
    frame = frame.rename(dict(zip(names, stripped, strict=True)))
    return Source(
        frame,
        tuple(stripped),
        notices=text.notices,
        is_text=True,
        explain=lambda _: explain_fault(path, text),
    )


def explain_fault(path: Path, text: Text) -> FileUnreadable:
    """Return an error that names the line at which the parser stopped."""
    try:
        read_lines_one_by_one(path, text)
    except FileUnreadable as error:
        return error
    return FileUnreadable(say("error.damaged", path=path, kind=say("kind.json_lines")))


def read_lines_one_by_one(path: Path, text: Text) -> pl.DataFrame:
    """Read JSON lines with the standard library: slower, but it knows NaN (which Python writes) and names bad lines."""
    people: list[dict[str, str | None]] = []
    names: dict[str, None] = {}
    with open_lines(text) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                person = json.loads(line)
            except ValueError:
                person = None
            if not isinstance(person, dict):
                raise FileUnreadable(say("error.bad_json_line", path=path, line=number))
            names.update(dict.fromkeys(person))
            people.append({name: write_as_text(value) for name, value in person.items()})
    return pl.DataFrame(people, schema=dict.fromkeys(names, pl.String))


def write_as_text(value: Any) -> str | None:
    """Return a JSON value as the text that a table would hold; NaN and null are null."""
    if value is None or value != value:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
