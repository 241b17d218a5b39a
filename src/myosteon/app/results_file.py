"""Writes a results frame to a file by its extension, and other engines' frames from a canonical one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.errors import InputError, MissingPart

Sink = Callable[[pl.LazyFrame, Path], Any]


def _write_workbook(frame: pl.LazyFrame, file: Path) -> None:
    try:
        frame.collect().write_excel(file)
    except ModuleNotFoundError as missing:
        raise MissingPart("writing a workbook needs one more part: pip install xlsxwriter") from missing


def _sink_csv(frame: pl.LazyFrame, file: Path) -> None:
    frame.sink_csv(file)


def _sink_tsv(frame: pl.LazyFrame, file: Path) -> None:
    frame.sink_csv(file, separator="\t")


def _sink_json_lines(frame: pl.LazyFrame, file: Path) -> None:
    frame.sink_ndjson(file)


def _sink_parquet(frame: pl.LazyFrame, file: Path) -> None:
    frame.sink_parquet(file)


SINKS: dict[str, Sink] = {
    ".csv": _sink_csv,
    ".tsv": _sink_tsv,
    ".jsonl": _sink_json_lines,
    ".ndjson": _sink_json_lines,
    ".parquet": _sink_parquet,
    ".xlsx": _write_workbook,
}


def sink_for(file: Path) -> Sink:
    """How to write a file of this name.

    Raises:
        InputError: the extension is none that can be written, or the folder is not there.
    """
    sink = SINKS.get(file.suffix.lower())
    if sink is None:
        raise InputError(
            f"{file.name}: results are written as {', '.join(SINKS)}; name the output with one of these"
        )
    if not file.parent.exists():
        raise InputError(f"{file}: the folder {file.parent} is not there; make it first")
    return sink


def write_results(frame: pl.LazyFrame, file: Path) -> None:
    """Writes the frame; what is larger than memory goes through in parts.

    Raises:
        InputError: the file cannot be written there.
    """
    sink = sink_for(file)
    try:
        sink(frame, file)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error


def write_text(text: str, file: Path | None) -> None:
    """Prints the text, or writes it to the file.

    Raises:
        InputError: the file cannot be written there.
    """
    if file is None:
        print(text, end="" if text.endswith("\n") else "\n")
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error
