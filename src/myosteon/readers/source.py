"""A table as one kind of file gives it, before anything is interpreted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from myosteon.errors import InputError
    from myosteon.readers.reading import Notice


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and greatest value of a column, as the file's own statistics say; None where every value is missing."""

    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Source:
    """The columns of one file or frame as given, with what its format knows about them.

    `names` are the columns of `frame`. `rows` is the count where the format knows it. `bounds` are proved by the file,
    NaN aside. `labels` give, for a column of codes, the text of each code. `is_text` says that cells were typed or
    printed by hand or spreadsheet, so that rows without any value occur; `lines` are then the lines of the file below its
    header, where that is known. `case_matters` is false for formats in which
    `SEX` and `sex` are the same name. `explain` turns an error of the parser into one for people.
    """

    frame: pl.LazyFrame
    names: tuple[str, ...]
    rows: int | None = None
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    is_text: bool = False
    lines: int | None = None
    case_matters: bool = True
    explain: Callable[[Exception], InputError] | None = None
