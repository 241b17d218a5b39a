"""Text files: which encoding, and the bytes as UTF-8 for the parsers.

UTF-8 stays on disk and is read lazily. Anything else (GB18030, which includes GBK; UTF-16) is recoded in memory.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TextIO

from myosteon.errors import FileUnreadable
from myosteon.readers.reading import Notice, give_notice
from myosteon.readers.wording import say

CHUNK_BYTES = 8 * 1024 * 1024
LONGEST_FIELD = 16 * 1024 * 1024
"""The csv module stops at 128 KiB in one field otherwise."""

MOST_BYTES_RECODED = 1024 * 1024 * 1024
"""Recoding happens in memory; a larger file is better recoded on disk, once."""


@dataclass(frozen=True, slots=True)
class Text:
    """Where to read UTF-8 text: the file itself, or its recoded bytes in memory; and how many lines it has."""

    source: Path | bytes
    lines: int
    notices: tuple[Notice, ...] = ()


def open_text(path: Path) -> Text:
    """Return a text file as UTF-8 (a byte order mark may remain; the parsers skip it).

    The whole file is looked through once, without keeping it: a parser would meet a wrong byte much later, in the
    middle of an assessment. Raises `FileUnreadable` where it is neither UTF-8 nor GB18030 nor marked as UTF-16.
    """
    with path.open("rb") as file:
        mark = file.read(2)
    if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _recode(path, "utf-16", give_notice("encoding_utf16"))
    lines = count_lines_if_utf8(path)
    return _recode(path, "gb18030", give_notice("encoding_gb18030")) if lines is None else Text(path, lines)


@contextmanager
def open_lines(text: Text) -> Iterator[TextIO]:
    """Open recoded or UTF-8 text line by line; a byte order mark is skipped."""
    limit_before = csv.field_size_limit(LONGEST_FIELD)
    try:
        with open_bytes(text) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as rows:
            yield rows
    finally:
        csv.field_size_limit(limit_before)


def open_bytes(text: Text) -> BinaryIO:
    """Open recoded or UTF-8 text as bytes."""
    return io.BytesIO(text.source) if isinstance(text.source, bytes) else text.source.open("rb")


def count_lines_if_utf8(path: Path) -> int | None:
    """Return how many lines a file has, None where it is not UTF-8 text.

    Raises `FileUnreadable` where a zero byte shows that it is no text at all.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    before, lines, last = 0, 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            zero = chunk.find(0)
            if zero >= 0:
                raise FileUnreadable(say("error.not_text", path=path, position=before + zero + 1))
            # Pure ASCII needs no decoding unless the chunk before ended inside a character.
            if decoder.getstate()[0] or not chunk.isascii():
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    return None
            before += len(chunk)
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return None if decoder.getstate()[0] else lines + (last != b"\n")


def _recode(path: Path, encoding: Literal["utf-16", "gb18030"], notice: Notice) -> Text:
    size = path.stat().st_size
    if size > MOST_BYTES_RECODED:
        raise FileUnreadable(say("error.recode_first", path=path, size=size // 1_000_000))
    raw = path.read_bytes()
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileUnreadable(say("error.unknown_encoding", path=path, position=error.start + 1)) from None
    if "\x00" in text:
        raise FileUnreadable(say("error.not_text", path=path, position=text.index("\x00") + 1))
    if encoding == "gb18030" and not looks_chinese(text):
        position = next(number for number, byte in enumerate(raw, 1) if byte > 0x7F)
        raise FileUnreadable(say("error.unknown_encoding", path=path, position=position))
    return Text(text.encode("utf-8"), text.count("\n") + (not text.endswith("\n")), (notice,))


def looks_chinese(text: str) -> bool:
    """Say whether text decoded as GB18030 can have been meant so.

    A Western encoding often decodes without a fault ("Gómez" becomes "G髆ez"): a lone accented letter swallows the
    letter behind it and gives a rare character. Chinese text is mostly of the common characters of GB 2312.
    """
    wide = [character for character in text if character > "\x7f"]
    common = sum(_is_in_gb2312(character) for character in wide)
    return common * 2 > len(wide)


def _is_in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
