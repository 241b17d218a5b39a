"""Which answers are those of a screening, and what settles them; read from `screens.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Screen:
    """A column that answers a screening: its positive words (yes where there are none), its score, and what it is about.

    It counts only where one of the measures `asked` was answered, if any are named.
    """

    column: str
    about: str
    score: str = ""
    words: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    def was_asked(self, visit: Mapping[str, Any]) -> bool:
        """Whether a visit has an answer of it."""
        return visit.get(self.column) is not None and (
            not self.asked or any(visit.get(name) is not None for name in self.asked)
        )

    def is_positive(self, visit: Mapping[str, Any]) -> bool:
        """Whether the answer of a visit is positive; an unknown one is not."""
        value = visit.get(self.column)
        return self.was_asked(visit) and (value in self.words if self.words else value is True)


@dataclass(frozen=True, slots=True)
class About:
    """What screenings are about: the verdict that settles it, and the column that is no while something is under way."""

    id: str
    verdict: str
    under_way: str = ""

    def verdict_of(self, definition: str) -> tuple[str, str]:
        """The columns of what is proved and of what is not excluded, by the clinic's definition."""
        proved = self.verdict.format(definition=definition)
        return proved, f"{proved}_upto"


@dataclass(frozen=True, slots=True)
class Screens:
    """Every screening, in the order in which they are named."""

    screens: tuple[Screen, ...]
    abouts: tuple[About, ...]

    def columns(self, definition: str) -> tuple[str, ...]:
        """What is read of each visit."""
        answers = (name for one in self.screens for name in (one.column, one.score) if name)
        verdicts = (name for about in self.abouts for name in about.verdict_of(definition))
        return tuple(dict.fromkeys((*answers, *verdicts)))

    def measures(self) -> tuple[str, ...]:
        """The measures that tell whether a screening was asked."""
        return tuple(dict.fromkeys(name for one in self.screens for name in one.asked))


@cache
def load_screens() -> Screens:
    """What the file says."""
    text = (files("myosteon.app.web.standing") / "screens.toml").read_text(encoding="utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)
    abouts = tuple(About(id, **rest) for id, rest in table["about"].items())
    screens = tuple(
        Screen(
            one["column"],
            one["about"],
            one.get("score", ""),
            tuple(one.get("words", ())),
            tuple(one.get("asked", ())),
        )
        for one in table["screen"]
    )
    return Screens(screens, abouts)
