"""What guidelines say for one person as plain texts in one language; text and HTML draw the same view.

RecommendationView
├── gates       what a label or regulator forbids, whatever the verdict
├── open_gates  what they would forbid, and nobody can say yet
├── sections    questions by verdict, those first that ask for a decision
├── first       what to ask or measure first
└── not_applied every recommendation that was not applied, where asked for
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from myosteon.evidence.types import Language, Status


@dataclass(frozen=True, slots=True)
class SaidBy:
    """One recommendation: who says it (with region, strength and place), what, dose or detail, how far it was checked.

    `drugs` says of a gate which drugs it would forbid if they were begun, and for what it waits.
    """

    id: str
    source: str
    details: str
    statement: str
    dose: str
    status: Status
    drugs: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One position: its tag (do, do not, no position), what is done, who holds it, the facts on which it rests (in a dispute)."""

    tag: str
    action: str
    direction: str
    said_by: tuple[SaidBy, ...]
    title: str = ""
    rests: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question: the verdict in words, the positions, sentences on why, and what unchecked texts would add."""

    id: str
    label: str
    verdict: str
    kind: str
    sides: tuple[Side, ...] = ()
    notes: tuple[str, ...] = ()
    unchecked: str = ""
    unchecked_sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """Questions of one verdict."""

    id: str
    title: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A recommendation that was not applied: its state in words and why."""

    question: str
    said_by: SaidBy
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """Everything on one page."""

    language: Language
    title: str
    person: str
    about: str
    lead: str
    explained: str
    gates: tuple[SaidBy, ...]
    open_gates: tuple[SaidBy, ...]
    sections: tuple[QuestionSection, ...]
    first: tuple[tuple[str, str], ...]
    not_applied: tuple[NotApplied, ...]
    more: str
    headings: Mapping[str, str]
    marks: Mapping[Status, str] = field(default_factory=dict)
    foot: str = ""
