"""The page that a person takes home: large type, plain words, pictures of exercises; no score and no percentage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """One exercise: `drawing` is an SVG of our own."""

    id: str
    name: str
    how: str
    drawing: str


@dataclass(frozen=True, slots=True)
class Handout:
    """The page in words. Empty text or no items: the part is left out.

    `keep` are the texts that warn, and are never cut for room; `more_text` is what is said where something was cut, and
    `more` that it was; `scale` is the size of type, 1 being 15 pt (17 pt Chinese).
    """

    language: str
    title: str
    whom: str
    top_title: str
    top_text: str
    move_title: str
    move_note: str
    moves: tuple[Move, ...]
    eat_title: str
    eat: tuple[str, ...]
    falls_title: str
    falls: tuple[str, ...]
    drugs_title: str
    drugs: tuple[str, ...]
    call_title: str
    call: str
    telephone: str
    following: str
    foot: str
    keep: frozenset[str] = frozenset()
    more_text: str = ""
    more: str = ""
    scale: float = 1.0
