"""Loads the key figures of a fracture liaison service: what each counts, among whom, and where that stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.evidence.load import load_papers, source_of
from myosteon.evidence.types import Label, Source

FILE = "key_figures.toml"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure: the people of `met` among those of `among` (empty: all of the service), or of an expected number.

    `complete` are measures whose recording is counted instead. `single_level`: there is only a lower level.
    `within_weeks`: the time after the fracture that is given for it.
    """

    id: str
    number: int
    label: Label
    source: Source
    met: str = ""
    among: str = ""
    expected: str = ""
    complete: tuple[str, ...] = ()
    single_level: bool = False
    within_weeks: float | None = None


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """All figures, whom the service is for, and the shares below and above which a figure is poor or good."""

    among: str
    among_label: Label
    figures: tuple[KeyFigure, ...]
    poor_below: float
    good_above: float
    levels_source: Source


@cache
def load_key_figures() -> KeyFigures:
    """The eleven figures."""
    text = (files("myosteon.evidence") / FILE).read_text(encoding="utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)
    levels = table["levels"]
    return KeyFigures(
        among=table["among"],
        among_label=Label(**table["among_label"]),
        figures=tuple(_figure(row, table) for row in table["figure"]),
        poor_below=levels["poor_below"],
        good_above=levels["good_above"],
        levels_source=_source({"id": "levels", **levels}, table),
    )


def _figure(row: Mapping[str, Any], table: Mapping[str, Any]) -> KeyFigure:
    return KeyFigure(
        id=row["id"],
        number=row["number"],
        label=Label(**row["label"]),
        source=_source(row, table),
        met=row.get("met", ""),
        among=row.get("among", ""),
        expected=row.get("expected", ""),
        complete=tuple(row.get("complete", ())),
        single_level=row.get("single_level", False),
        within_weeks=row.get("within_weeks"),
    )


def _source(row: Mapping[str, Any], table: Mapping[str, Any]) -> Source:
    return source_of(row, {"paper": table["paper"]}, load_papers(), FILE)
