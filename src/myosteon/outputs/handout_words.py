"""Loads what is told to the person in plain words, and the drawings of exercises."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.types import Label
from myosteon.outputs.plan_types import PlanLine

Section = Literal["top", "move", "eat", "falls", "drugs", "call"]
FILE = "handout.toml"
# What is told is something to do, unless an item says otherwise.
TO_DO = ("do", "offer", "stop", "refer", "avoid")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence for the person, and which lines of a plan bring it onto the page; with `keep` it is never cut for room."""

    section: Section
    text: Label
    title: Label | None
    lines: tuple[str, ...]
    subjects: tuple[str, ...]
    categories: tuple[str, ...]
    status: tuple[str, ...]
    urgency: str
    keep: bool

    def is_for(self, line: PlanLine) -> bool:
        """Whether this line brings it: by id where ids are named, else by subject and category."""
        if line.status not in self.status or (self.urgency and line.urgency != self.urgency):
            return False
        if self.lines:
            return line.id in self.lines
        by_subject = not self.subjects or line.subject in self.subjects
        return by_subject and (not self.categories or line.category in self.categories)


@dataclass(frozen=True, slots=True)
class Picture:
    """An exercise: for which levels of training it is meant (empty word: the level is unknown), and its drawing."""

    id: str
    levels: tuple[str, ...]
    name: Label
    how: Label
    drawing: str


@cache
def load_items() -> tuple[Item, ...]:
    """Every sentence, in the order in which it stands on the page.

    Raises:
        EvidenceError: a sentence has no section, or lacks a language.
    """
    return tuple(_item(row) for row in _table().get("item", ()))


@cache
def load_pictures() -> tuple[Picture, ...]:
    """Every exercise with its drawing."""
    folder = files("myosteon.outputs") / "html" / "exercises"
    return tuple(
        Picture(
            row["id"],
            tuple(row["levels"]),
            _label(row["name"], row["id"]),
            _label(row["how"], row["id"]),
            (folder / f"{row['id']}.svg").read_text(encoding="utf-8"),
        )
        for row in _table().get("picture", ())
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("myosteon.outputs") / "wording" / FILE).read_text(encoding="utf-8"))


def _item(row: dict[str, Any]) -> Item:
    if row.get("section") not in get_args(Section):
        raise EvidenceError(f"{FILE}: {row.get('section')!r} is none of {', '.join(get_args(Section))}")
    title = row.get("title")
    return Item(
        section=row["section"],
        text=_label(row.get("text"), row["section"]),
        title=_label(title, row["section"]) if title else None,
        lines=tuple(row.get("lines", ())),
        subjects=tuple(row.get("subjects", ())),
        categories=tuple(row.get("categories", ())),
        status=tuple(row.get("status", TO_DO)),
        urgency=row.get("urgency", ""),
        keep=row.get("keep", False),
    )


def _label(texts: Any, where: str) -> Label:
    if not isinstance(texts, dict) or not (texts.get("en") and texts.get("zh")):
        raise EvidenceError(f"{FILE}: {where} needs English and Chinese")
    return Label(texts["en"], texts["zh"])
