"""The plain table that stands beside every chart, and the rows of charts."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

NO_DRAWING = Markup("")


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers as text: the first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend."""

    drawing: Markup
    text: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of a chart: its name, its drawing, and the numbers written beside it."""

    name: Markup | str
    drawing: Markup
    numbers: tuple[Markup | str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowChart:
    """Rows over one scale. `columns` head the numbers beside the drawings; `axis` is empty where a scale says nothing."""

    rows: tuple[ChartRow, ...]
    columns: tuple[str, ...] = ()
    axis: Markup = NO_DRAWING
    axis_text: str = ""
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a matrix and how dark its ground is, from 0 to 4."""

    text: str
    shade: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Named rows of numbers under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


EMPTY = Cell("", 0)
