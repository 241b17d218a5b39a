"""The shapes of the vocabulary: what a measure is, how it is named, how well it can be measured.

Status words: `checked` (read in the paper itself), `secondary` (the same in two or more other sources),
`unchecked` (one other source, memory, computed by us, or our proposal). A plausible range or an error without
a source cannot be loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MeasureType = Literal["string", "date", "category", "bool", "int", "float", "list"]
Status = Literal["checked", "secondary", "unchecked"]
Sureness = Literal["read", "memory", "weak"]
Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Label:
    """One text in English and Chinese."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that a form shows together."""

    name: str
    label: Label


@dataclass(frozen=True, slots=True)
class Plausible:
    """The usual range, both ends included, in the unit of the measure.

    A value outside is kept; whoever typed it is asked to measure again.
    """

    min: float
    max: float
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Precision:
    """The error of one measurement, as a standard deviation.

    `error` is in `unit`, where `%` is a coefficient of variation. `quantity` names what the error is of where
    that is not the measure itself (None = the measure). `method` is the category word of the device or method
    (None = any, or not told). Of one kind and method the first entry of a measure is the one to use.
    """

    error: float
    unit: str
    kind: str
    population: str
    source: str
    status: Status
    method: str | None = None
    quantity: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """What another system calls the measure, or one word of it.

    `sure`: `read` in a terminology or code book, from `memory`, or `weak`. `note` says what has to be known
    besides, such as the unit, the side of the body or the years.
    """

    system: str
    code: str
    display: str
    sure: Sureness
    note: str | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class AlternativeUnit:
    """A column that gives the same measure in another unit (UCUM); it is converted once, on the way in."""

    column: str
    unit: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be known about a person at a visit.

    Attributes:
        order: place in the contract, from 0.
        unit: UCUM; None where the measure has none.
        words: the words of a category in the contract's order; empty for other types.
        word_labels: a label for each word.
        hard_min, hard_max: values outside are impossible and are refused; None for what is no number.
        plausible: values outside are unusual; None where every possible value is usual.
        meaning: the contract's own remark; empty where it has none.
        tier: lowest level of care that can usually measure it: 1 village or community, 2 county hospital,
            3 teaching hospital.
        essential: what a village doctor sees first.
        history: a yes/no of the past that a health record leaves out where it is no (`--absent-means-no`).
        hint: how to measure or ask; None where the label says enough.
    """

    order: int
    name: str
    type: MeasureType
    group: str
    tier: int
    label: Label
    unit: str | None = None
    words: tuple[str, ...] = ()
    word_labels: Mapping[str, Label] = field(default_factory=dict, hash=False)
    hard_min: float | None = None
    hard_max: float | None = None
    plausible: Plausible | None = None
    meaning: str = ""
    essential: bool = False
    history: bool = False
    hint: Label | None = None
    precision: tuple[Precision, ...] = ()
    codes: tuple[Code, ...] = ()
    alternative_units: tuple[AlternativeUnit, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether values are numbers, and so have a range."""
        return self.type in ("float", "int")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All groups and measures of one file, by name and in its order."""

    groups: dict[str, Group]
    measures: dict[str, Measure]
