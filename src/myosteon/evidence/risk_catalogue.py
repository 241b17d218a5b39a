"""The catalogue of risk algorithms: what runs, what does not, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.types import Label

State = Literal["runs", "runs_in_part", "cannot_run"]
Trust = Literal["A", "B", "C", "M"]
STATES: tuple[State, ...] = get_args(State)
TRUST: tuple[Trust, ...] = get_args(Trust)


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One answer of an algorithm in a short line, and the columns that stand beside it.

    `interval` are the ends of a published interval; `bounds` the stem of the columns `_at_least` and `_at_most`; `below` an upper
    limit that was published in place of a figure; `upto` the highest level that is not excluded.
    """

    column: str
    word: Label
    interval: tuple[str, str] | None = None
    bounds: str | None = None
    below: str | None = None
    upto: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it reads."""
        bounds = (f"{self.bounds}_at_least", f"{self.bounds}_at_most") if self.bounds else ()
        others = (name for name in (self.below, self.upto) if name)
        return (self.column, *(self.interval or ()), *bounds, *others)


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One algorithm. `name`, `predicts` and `population` stand here only where it cannot run; `reason` where it does not run whole."""

    id: str
    state: State
    trust: tuple[Trust, ...]
    within: Label
    shown: tuple[ShownColumn, ...] = ()
    reason: Label | None = None
    name: Label | None = None
    predicts: Label | None = None
    population: Label | None = None


@cache
def load_risk_catalogue() -> dict[str, CatalogueEntry]:
    """Every algorithm that was looked into, by id, those that run first."""
    text = (files("myosteon.evidence") / "risk_catalogue.toml").read_text(encoding="utf-8")
    return read_risk_catalogue(tomllib.loads(text))


def read_risk_catalogue(table: Mapping[str, Any]) -> dict[str, CatalogueEntry]:
    """The catalogue from parsed TOML.

    Raises:
        EvidenceError: an unknown state or mark, an entry that stands twice, or one that says less than its state asks for.
    """
    entries: dict[str, CatalogueEntry] = {}
    for row in table["algorithm"]:
        entry = _entry(row)
        _check(entry)
        if entry.id in entries:
            raise EvidenceError(f"risk_catalogue.toml: {entry.id} stands there twice")
        entries[entry.id] = entry
    return entries


def _entry(row: Mapping[str, Any]) -> CatalogueEntry:
    texts = {
        key: Label(row[key]["en"], row[key]["zh"])
        for key in ("reason", "name", "predicts", "population")
        if key in row
    }
    return CatalogueEntry(
        id=row["id"],
        state=cast(State, row["state"]),
        trust=tuple(row["trust"]),
        within=Label(row["within"]["en"], row["within"]["zh"]),
        shown=tuple(_shown(part) for part in row.get("shown", ())),
        **texts,
    )


def _shown(row: Mapping[str, Any]) -> ShownColumn:
    ends = row.get("interval")
    return ShownColumn(
        column=row["column"],
        word=Label(row["word"]["en"], row["word"]["zh"]),
        interval=None if ends is None else (ends[0], ends[1]),
        bounds=row.get("bounds"),
        below=row.get("below"),
        upto=row.get("upto"),
    )


def _check(entry: CatalogueEntry) -> None:
    if entry.state not in STATES or not set(entry.trust) <= set(TRUST):
        raise EvidenceError(f"risk_catalogue.toml: {entry.id} has an unknown state or mark")
    if entry.state != "runs" and entry.reason is None:
        raise EvidenceError(f"risk_catalogue.toml: {entry.id} does not say why it does not run whole")
    if entry.state == "cannot_run" and None in (entry.name, entry.predicts, entry.population):
        raise EvidenceError(f"risk_catalogue.toml: {entry.id} needs name, predicts and population")
    if entry.state != "cannot_run" and not (entry.shown and entry.trust):
        raise EvidenceError(f"risk_catalogue.toml: {entry.id} runs but shows no answer or has no mark")
