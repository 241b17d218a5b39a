"""Which kind of file is this? Asked twice: of its name, and of its first bytes. Where the two differ, it is an error."""

from __future__ import annotations

import difflib
import zipfile
from pathlib import Path

from myosteon.errors import FileUnreadable
from myosteon.readers.wording import Sentence, say

KIND_BY_ENDING = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".txt": "delimited",
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xpt": "xport",
    ".sas7bdat": "sas7bdat",
    ".dta": "stata",
    ".sav": "spss",
    ".zsav": "spss",
}

# First bytes that only one kind of file has. Order matters: a longer sign stands before a shorter one it begins with.
SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "compressed"),
    (b"\xfd7zXZ\x00", "compressed"),
    (b"(\xb5/\xfd", "compressed"),
    (b"BZh", "compressed"),
    (b"7z\xbc\xaf\x27\x1c", "compressed"),
    (b"Rar!", "compressed"),
    (b"HEADER RECORD*******LIB", "xport"),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00", "sas7bdat"),
    (b"<stata_dta>", "stata"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"SQLite format 3\x00", "database"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
)
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
HEAD_BYTES = 4096


def recognise_kind(path: Path) -> str:
    """Return the kind of file, a key of `[kind]` in `wording.toml`, where name and content agree.

    Raises `FileUnreadable` where there is no such file, where it is a folder, may not be read, is empty, has an ending
    that is not known, or is of another kind than its name says.
    """
    head = read_head(path)
    expected = KIND_BY_ENDING.get(path.suffix.lower())
    if expected is None:
        endings = " ".join(KIND_BY_ENDING)
        raise FileUnreadable(
            say("error.unknown_ending", path=path, ending=path.suffix or "“”", endings=endings)
        )
    found = recognise_content(path, head)
    if found != expected:
        raise FileUnreadable(
            say(
                "error.other_kind",
                path=path,
                found=say(f"kind.{found}"),
                expected=say(f"kind.{expected}"),
                remedy=say(f"remedy_by_kind.{found}"),
            )
        )
    return found


def read_head(path: Path) -> bytes:
    """Return the first bytes of a file; raises `FileUnreadable` with a remedy where that cannot be done."""
    try:
        if path.is_dir():
            raise FileUnreadable(say("error.directory", path=path))
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError:
        raise FileUnreadable(_say_missing(path)) from None
    except PermissionError:
        raise FileUnreadable(say("error.no_permission", path=path)) from None
    except OSError as error:
        raise FileUnreadable(
            say("error.cannot_open", path=path, detail=error.strerror or type(error).__name__)
        ) from None
    if not head.strip():
        raise FileUnreadable(say("error.empty_file", path=path))
    return head


def recognise_content(path: Path, head: bytes) -> str:
    """Return the kind of file that the first bytes show."""
    for sign, kind in SIGNS:
        if head.startswith(sign):
            return _look_into_zip(path) if kind == "zip" else kind
    # Stata before version 13 has no longer sign than its release number and the byte order.
    if len(head) > 3 and 104 <= head[0] <= 115 and head[1] in (1, 2) and head[2] == 1 and head[3] == 0:
        return "stata"
    if head.startswith(BYTE_ORDER_MARKS):
        head = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    elif b"\x00" in head:
        return "binary"
    start = head.lstrip()[:64].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")):
        return "html"
    if start.startswith(b"{"):
        return "json_lines"
    return "json_array" if start.startswith(b"[") else "delimited"


def _look_into_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xlsx" if any(name.startswith("xl/") for name in archive.namelist()) else "zip"
    except (zipfile.BadZipFile, OSError):
        # Cut short, so its list of contents is gone; by its name it may still have been a workbook.
        return "xlsx" if path.suffix.lower() in (".xlsx", ".xlsm") else "zip"


def _say_missing(path: Path) -> Sentence:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.75)
    if near:
        return say("error.missing_file_near", path=path, suggestion=path.parent / near[0])
    return say("error.missing_file", path=path)
