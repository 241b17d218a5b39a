"""What about a person can be changed, for the question what would follow: read from `changes.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.errors import EvidenceError
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Label

Value = str | bool | int | float | None
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Presence:
    """What must be so before something can be changed: a number above `above`, or one of `words`."""

    measure: str
    above: float | None = None
    words: tuple[str, ...] = ()

    def holds(self, value: object) -> bool:
        """Whether it is so; an unknown value never is."""
        if value is None:
            return False
        if self.above is not None:
            return isinstance(value, int | float) and value > self.above
        return word_of(value) in self.words


def word_of(value: object) -> str:
    """A value as a word: yes or no for a yes/no."""
    return (YES if value else NO) if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Finer:
    """A measure that tells the same as a coarser one, only finer, and its words for each answer of the other."""

    measure: str
    coarser: str
    words: Mapping[str, tuple[str, ...]] = field(hash=False)

    def agrees(self, word: object, coarse: object) -> bool:
        """Whether a word may be true where the coarser measure says `coarse` (None = unknown)."""
        return coarse is None or word in self.words.get(word_of(coarse), (word,))


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what must be so, what is set or added, or the list of which each item is left out in turn."""

    id: str
    label: Label
    where: tuple[Presence, ...] = ()
    sets: Mapping[str, Value] = field(default_factory=dict, hash=False)
    adds: Mapping[str, float] = field(default_factory=dict, hash=False)
    unless: str = ""
    items: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that it changes."""
        return (*self.sets, *self.adds, *((self.items,) if self.items else ()))


@cache
def load_changes() -> tuple[Change, ...]:
    """Every change, in the order of the file.

    Raises:
        EvidenceError: a change names a measure that there is not, or changes nothing.
    """
    return read_changes(_table())


@cache
def load_finer() -> Mapping[str, Finer]:
    """The measures that must agree with a coarser one, by name."""
    rows = _table()["finer"]
    return {
        row["measure"]: Finer(
            row["measure"], row["coarser"], {answer: tuple(words) for answer, words in row["words"].items()}
        )
        for row in rows
    }


def _table() -> dict[str, Any]:
    return tomllib.loads((files("myosteon.evidence") / "changes.toml").read_text(encoding="utf-8"))


def read_changes(table: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes of parsed TOML; raises as `load_changes`."""
    changes = tuple(_change(row) for row in table["change"])
    known = load_measures()
    for change in changes:
        named = (*change.measures, *(presence.measure for presence in change.where))
        for measure in (*named, *((change.unless,) if change.unless else ())):
            if measure not in known:
                raise EvidenceError(f"changes.toml: {change.id} names {measure}, which is no measure")
        if not change.measures:
            raise EvidenceError(f"changes.toml: {change.id} changes nothing")
    return changes


def _change(row: Mapping[str, Any]) -> Change:
    return Change(
        id=row["id"],
        label=Label(row["label"]["en"], row["label"]["zh"]),
        where=tuple(_presence(part) for part in row.get("where", ())),
        sets=dict(row.get("set", {})),
        adds=dict(row.get("add", {})),
        unless=row.get("unless", ""),
        items=row.get("items", ""),
    )


def _presence(row: Mapping[str, Any]) -> Presence:
    return Presence(row["measure"], row.get("above"), tuple(row.get("words", ())))
