"""A plan of care as plain values, in one language; every format shows the same plan.

Plan
├── lines        what to do, in the order of reading; each with its sources
├── disputes     lines that contradict one another, by id
├── not_judged   what could not be answered, and what it needs
├── gates        each drug: allowed, to avoid (why), to check first (what is unknown)
└── suppressed   lines that a gate keeps out
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from myosteon.evidence.care_types import Category, GateClass, LineStatus, Urgency
from myosteon.evidence.clinic import Clinic
from myosteon.evidence.types import Language, Status


@dataclass(frozen=True, slots=True)
class LineSource:
    """Where a line stands: the paper, the place in it, and how far that was checked."""

    id: str
    citation: str
    where: str
    status: Status


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line. `subject` is a word of the vocabulary for drugs; `heading` says it in words. Empty text: nothing to say."""

    id: str
    category: Category
    status: LineStatus
    subject: str
    heading: str
    action: str
    sources: tuple[LineSource, ...]
    dose: str = ""
    due: date | None = None
    reason: str = ""
    stop_rule: str = ""
    urgency: Urgency = "routine"
    conflicts_with: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A subject on which some line waits for what is unknown. `needs` are measures; `lines` the lines that wait."""

    subject: str
    heading: str
    why: str
    needs: tuple[str, ...]
    lines: tuple[str, ...]
    urgency: Urgency = "routine"


@dataclass(frozen=True, slots=True)
class GateReason:
    """A reason against a drug that holds for this person."""

    id: str
    kind: GateClass
    note: str
    region: str
    source: LineSource


@dataclass(frozen=True, slots=True)
class DrugGate:
    """What stands before one drug: `allowed`, `check_first`, `specialist` or `avoid`. Warnings do not block it.

    Allowed with a `because`: a specialist, whom the clinic has, decides.
    """

    drug: str
    heading: str
    state: str
    because: tuple[GateReason, ...]
    needs: tuple[str, ...]
    warnings: tuple[GateReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A line that would hold, were its drug allowed."""

    id: str
    drug: str
    action: str
    state: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one person on one day at one clinic. `about` says in a line who the person is."""

    person_id: str | None
    visit_date: date | None
    as_of: date
    clinic: Clinic
    language: Language
    about: str
    lines: tuple[PlanLine, ...]
    disputes: tuple[tuple[str, ...], ...]
    not_judged: tuple[NotJudged, ...]
    gates: tuple[DrugGate, ...]
    suppressed: tuple[Suppressed, ...] = ()
