"""The plain table that stands beside every chart, and the rows of charts."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


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

    name: str
    drawing: Markup
    numbers: tuple[Markup | str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowChart:
    """Rows over one scale. `columns` head the numbers beside the drawings; `axis` is empty where a scale says nothing."""

    rows: tuple[ChartRow, ...]
    columns: tuple[str, ...] = ()
    axis: Markup = Markup("")
    axis_text: str = ""
    keys: tuple[Key, ...] = ()
