"""Writes lines of text in UTF-8 to a file or to standard output; a file is written while further lines are made."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from myosteon.app.screen import is_terminal
from myosteon.errors import InputError

BYTES_AT_ONCE = 4_000_000


def write_lines(lines: Iterable[bytes], file: Path | None) -> None:
    """Writes lines, each of which has its end; to standard output where there is no file.

    Raises:
        InputError: the file cannot be written.
    """
    if file is None:
        _print(lines)
        return
    try:
        _write(lines, file)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error


def _print(lines: Iterable[bytes]) -> None:
    if is_terminal():
        # A terminal has an encoding of its own.
        sys.stdout.writelines(line.decode() for line in lines)
        return
    sys.stdout.flush()
    sys.stdout.buffer.writelines(lines)


def _write(lines: Iterable[bytes], file: Path) -> None:
    before: Future[int] | None = None
    with file.open("wb") as target, ThreadPoolExecutor(max_workers=1) as writer:
        for part in _parts(lines):
            if before is not None:
                before.result()
            before = writer.submit(target.write, part)
        if before is not None:
            before.result()


def _parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines joined, some million bytes at a time."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= BYTES_AT_ONCE:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)
