"""The shapes that the templates of a visit are filled with; every text is in one language already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["number", "yes_no", "words", "choice", "select", "text", "lines", "tick"]

Keys = Literal["decimal", "numeric", "text"]


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit to choose: its code (UCUM), how people read it, and what a number in it is times as much as in the measure's own unit."""

    code: str
    shown: str
    chosen: bool
    factor: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """An answer to tap; `points` is empty where the answer is no number."""

    value: str
    label: str
    chosen: bool
    points: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One input.

    Attributes:
        name: of the input; also its id.
        look: which input it is.
        text: what stands in it.
        keys: which keyboard a phone shows; one of numbers has no minus on many phones.
        unit: the only unit, where none can be chosen.
        problem: why it is refused; empty where it is not.
        caution: why it is to be measured again; empty where it is usual, or kept.
        keep: the words beside the box that keeps an unusual value; empty where there is none to keep.
        told: how it was read or converted.
        last: what it was at an earlier visit.
    """

    name: str
    label: str
    look: Look
    text: str = ""
    hint: str = ""
    keys: Keys = "decimal"
    unit: str = ""
    units: tuple[UnitView, ...] = ()
    options: tuple[OptionView, ...] = ()
    problem: str = ""
    caution: str = ""
    keep: str = ""
    kept: bool = False
    told: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of inputs; `elsewhere` says that the clinic cannot measure them itself."""

    id: str
    kind: str
    label: str
    open: bool
    elsewhere: bool
    fields: tuple[FieldView, ...]
    said: str = ""
    best: str = ""
    known: int = 0

    def field(self, name: str) -> FieldView:
        """The input of a name."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class CardView:
    """One question of a questionnaire."""

    asks: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step in the list of all: how much of what stands open is known."""

    id: str
    label: str
    short: str
    known: int
    asked: int
    main: bool

    @property
    def state(self) -> str:
        """`done`, `begun` or `empty`."""
        if self.known == 0:
            return "empty"
        return "done" if self.known >= self.asked else "begun"
