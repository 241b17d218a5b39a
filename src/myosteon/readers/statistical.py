"""Files of the statistics programs: SAS (.xpt, .sas7bdat), Stata (.dta), SPSS (.sav), all through pyreadstat."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from myosteon.errors import FileUnreadable, MissingPart
from myosteon.readers.columns import refuse_repeated_names
from myosteon.readers.reading import Notice, give_notice
from myosteon.readers.source import Source
from myosteon.readers.text import looks_chinese
from myosteon.readers.wording import say

if TYPE_CHECKING:
    from types import ModuleType

READERS = {"xport": "read_xport", "sas7bdat": "read_sas7bdat", "stata": "read_dta", "spss": "read_sav"}
CELLS_LOOKED_AT = 1000
"""So many cells of each column tell which encoding they are in."""

NAMES_WITHOUT_CASE = frozenset({"xport", "sas7bdat", "spss"})
"""SAS and SPSS do not tell SEX from sex, and SAS often writes names in capitals."""


def open_statistical(path: Path, kind: str) -> Source:
    """Return a file of a statistics program, read into memory, with the value labels that it holds.

    Text without a told encoding is read as GBK where it looks Chinese. Missing codes that the file itself
    declares (`.a` of Stata, user-missing values of SPSS) are null. Dates are dates. Raises `FileUnreadable` where the
    file is damaged or of another encoding, `MissingPart` where pyreadstat is not installed.
    """
    reader = getattr(_import_pyreadstat(kind), READERS[kind])
    people, metadata, notices = _read(reader, path, kind)
    names = [name.strip() for name in people.columns]
    refuse_repeated_names(path, names)
    people.columns = names
    return Source(
        _restore_short_numbers(people, metadata.readstat_variable_types).lazy(),
        tuple(names),
        rows=people.height,
        labels=_text_of_labels(metadata.variable_value_labels),
        notices=tuple(notices),
        case_matters=kind not in NAMES_WITHOUT_CASE,
    )


def _import_pyreadstat(kind: str) -> ModuleType:
    try:
        import pyreadstat  # 50 ms and a large library: only for who has such a file
    except ImportError:
        command = 'python -m pip install "myosteon[statistics-files]"'
        raise MissingPart(say("error.missing_part", kind=say(f"kind.{kind}"), command=command)) from None
    return pyreadstat


def _read(reader: Any, path: Path, kind: str) -> tuple[pl.DataFrame, Any, list[Notice]]:
    usual = _read_as(reader, path, kind, None)
    if usual is not None and not (
        kind == "stata" and stata_tells_no_encoding(path) and _beyond_ascii(*usual)
    ):
        return *usual, []
    # SAS tells no encoding, nor did Stata before version 14. Chinese text of theirs is GBK.
    chinese = _read_as(reader, path, kind, "GB18030")
    if chinese is not None and looks_chinese(_beyond_ascii(*chinese)):
        return *chinese, [give_notice("encoding_gb18030")]
    if usual is None:
        raise FileUnreadable(say("error.unknown_encoding_inside", path=path))
    return *usual, []


def _read_as(reader: Any, path: Path, kind: str, encoding: str | None) -> tuple[pl.DataFrame, Any] | None:
    """Read a file in one encoding (None: the one it tells, or the usual one); None where that does not fit."""
    try:
        people, metadata = reader(path, output_format="polars", encoding=encoding)
    except UnicodeDecodeError:
        return None
    except Exception as error:  # pyreadstat raises bare exceptions of its own kinds
        if "requested encoding" in str(error):
            return None
        raise FileUnreadable(say("error.damaged", path=path, kind=say(f"kind.{kind}"))) from None
    return people, metadata


def stata_tells_no_encoding(path: Path) -> bool:
    """Say whether a Stata file is of a release before 118 (Stata 14), from which on text is UTF-8."""
    with path.open("rb") as file:
        head = file.read(64)
    release = re.match(rb"<stata_dta><header><release>(\d+)", head)
    return int(release[1]) < 118 if release else True


def _beyond_ascii(people: pl.DataFrame, metadata: Any) -> str:
    """Return the text of a file that is not plain ASCII: names, labels and the first such cells of each column."""
    labels = [text for codes in metadata.variable_value_labels.values() for text in codes.values()]
    words = [*people.columns, *labels]
    for column in people.select(pl.col(pl.String)):
        words += column.filter(column.str.contains(r"[^\x00-\x7f]")).head(CELLS_LOOKED_AT).to_list()
    return "".join(word for word in words if not word.isascii())


def _restore_short_numbers(people: pl.DataFrame, types: dict[str, str]) -> pl.DataFrame:
    """Give columns that the file stores in four bytes that type back: 0.8 is stored as 0.800000011920929."""
    short = [name for name, kind in types.items() if kind == "float" and name in people.columns]
    return people.with_columns(pl.col(name).cast(pl.Float32) for name in short)


def _text_of_labels(labels: dict[str, dict[float | str, str]]) -> dict[str, dict[str, str]]:
    return {
        name: {_text_of_code(code): text for code, text in codes.items()} for name, codes in labels.items()
    }


def _text_of_code(code: float | str) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code).strip()
