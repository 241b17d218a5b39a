"""A file that somebody sends to look at: read as the commands read it, refused with words, and gone when it was answered."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

import polars as pl
from starlette.datastructures import UploadFile

from myosteon.app.web.refusals import Unusable
from myosteon.errors import InputError
from myosteon.readers.content import KIND_BY_ENDING
from myosteon.readers.reading import Reading
from myosteon.readers.table import read_table
from myosteon.vocabulary.types import Label

LARGEST_BYTES = 20 * 1024 * 1024
# What a workbook may become when it is unpacked, and what its cells may hold together: a small file can hold a great deal.
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 500
LARGEST_TEXTS = 400 * 1024 * 1024
MOST_COLUMNS = 3_000
TAKEN = ("delimited", "xlsx", "xls")
SHARED = "xl/sharedstrings.xml"
SHEETS = "xl/worksheets/"
TEXT_END = b"</si>"
# <c><v></v></c>
TAGS_OF_A_CELL = 4
CHUNK = 1024 * 1024


@contextmanager
def read_upload(upload: UploadFile) -> Iterator[Reading]:
    """The people of a file; what is kept of it on the way is removed at the end.

    Raises:
        Unusable: it is none that is taken here, or larger than it looks.
        InputError: as for `read_table`; the message names the file as whoever sent it does.
    """
    name = PurePath((upload.filename or "").replace("\\", "/")).name
    ending = PurePath(name).suffix.lower()
    if KIND_BY_ENDING.get(ending) not in TAKEN:
        raise Unusable("cohort.upload.kind")
    with TemporaryDirectory(prefix="myosteon-") as folder:
        path = Path(folder) / f"file{ending}"
        with path.open("wb") as target:
            shutil.copyfileobj(upload.file, target)
        if path.stat().st_size > LARGEST_BYTES:
            raise Unusable("cohort.upload.large", megabytes=LARGEST_BYTES // CHUNK)
        _check(path)
        try:
            reading = read_table(path)
            if len(reading.measures) + len(reading.carried) > MOST_COLUMNS:
                raise Unusable("cohort.upload.wide", columns=MOST_COLUMNS)
        except InputError as error:
            raise InputError(_renamed(error, path, name)) from None
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
            # The text of such an error may hold a value of a person.
            raise Unusable("cohort.upload.damaged") from None
        yield reading


def _renamed(error: InputError, path: Path, name: str) -> Label:
    """What the reader says, with the name that the file had."""
    said = error.args[0] if error.args else ""
    english, chinese = (str(getattr(said, language, said)) for language in ("en", "zh"))
    return Label(english.replace(str(path), name), chinese.replace(str(path), name))


def _check(path: Path) -> None:
    """Stops at what would fill the memory before a reader sees it."""
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            _check_workbook(path)
        else:
            _check_lines(path)


def _check_lines(path: Path) -> None:
    """A table has a header of so many columns at most; a line of commas alone would make millions of them."""
    with path.open("rb") as file:
        header = file.readline(CHUNK)
    if len(header) == CHUNK or max(header.count(sign) for sign in (b",", b";", b"\t", b"|")) >= MOST_COLUMNS:
        raise Unusable("cohort.upload.wide", columns=MOST_COLUMNS)


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as workbook:
            parts = workbook.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Unusable("cohort.upload.bomb")
            _Contents().read(workbook, parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unusable("cohort.upload.damaged") from error


class _Contents:
    """What a workbook holds once it is unpacked; a small file can hold a great deal."""

    def __init__(self) -> None:
        self._bytes = self._tags = self._longest = self._begun = 0

    def read(self, workbook: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
        """Looks through every part, a piece at a time.

        Raises:
            Unusable: it becomes too large, or every cell could point to a text so long that together they do.
        """
        for part in parts:
            self._begun = 0
            # What a part says of its own size is not believed.
            part.file_size = LARGEST_UNPACKED + 1
            with workbook.open(part) as opened:
                while piece := opened.read(CHUNK):
                    self._see(part.filename.lower().replace("\\", "/"), piece)
            if self._tags // TAGS_OF_A_CELL * self._longest > LARGEST_TEXTS:
                raise Unusable("cohort.upload.bomb")

    def _see(self, name: str, piece: bytes) -> None:
        self._bytes += len(piece)
        if self._bytes > LARGEST_UNPACKED:
            raise Unusable("cohort.upload.bomb")
        if name == SHARED:
            texts = [len(text) for text in piece.split(TEXT_END)]
            texts[0] += self._begun
            self._begun = texts[-1]
            self._longest = max(self._longest, *texts)
        elif name.startswith(SHEETS):
            self._tags += piece.count(b"<")
