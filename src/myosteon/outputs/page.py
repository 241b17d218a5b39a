"""A page of tables and notes as plain values; each format draws the same page.

Page
├── kicker, title, lead     what it is about, and its first sentence
├── tables                  head, groups of rows, cells with a mark
├── notes                   what stands beside: sources, marks, a person
└── foot                    the statement under every page
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from myosteon.evidence.types import Language, Status

Look = Literal["plain", "same", "differs", "quiet"]
RungState = Literal["proved", "open", "excluded"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Text with the mark of its source, where it has one. `look` says how loud it is, never what it means."""

    text: str
    status: Status | None = None
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name and its cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; no heading where `title` is empty."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a head for the names and one for each cell, then groups of rows."""

    head: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The stages of one verdict and how far a person stands: proved, not excluded (open), excluded."""

    name: str
    says: str
    rungs: tuple[tuple[str, RungState], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A block beside the tables: lines (with a bold name or none, and a mark or none), ladders, a small table."""

    title: str
    lines: tuple[tuple[str, Cell], ...] = ()
    ladders: tuple[Ladder, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `marks` are the words for the marks, `data` is what the JSON format gives."""

    language: Language
    kicker: str
    title: str
    lead: str
    tables: tuple[Table, ...]
    notes: tuple[Note, ...]
    foot: str
    marks: Mapping[Status, str]
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def colon(self) -> str:
        """A colon as the language writes it."""
        return "：" if self.language == "zh" else ": "

    def after(self, name: str) -> str:
        """What stands between the name of a line and its text; the number of a place needs no colon."""
        return " " if name.endswith("]") else self.colon
