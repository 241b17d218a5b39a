"""A plan of care as plain values, in one language; every format shows the same plan.

Plan
├── lines        what to do, in the order of reading; each with its sources
├── disputes     lines that contradict one another, by id
├── not_judged   what could not be answered, and what it needs
├── gates        each drug: allowed, to avoid (why), to check first (what is unknown)
├── review       the safety review: each step, whether it ran, what it saw and found
├── suppressed   lines that a gate keeps out, or of which no recommendation is about the person
├── disputed     questions on which guidelines disagree for the person; None where they were not asked
├── settled      questions on which they would, had not facts of the person settled it
└── not_applied  recommendations that were not applied, where asked for
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from myosteon.evidence.care_types import Category, GateClass, LineStatus, Urgency
from myosteon.evidence.clinic import Clinic
from myosteon.evidence.corpus_types import RecordStateName
from myosteon.evidence.review_types import Severity
from myosteon.evidence.types import Language, Status

# Whether a step of the safety review saw what it must, did not, or broke down.
ReviewState = Literal["ran", "not_judged", "failed"]


@dataclass(frozen=True, slots=True)
class LineSource:
    """Where a line stands: the paper, the place in it, and how far that was checked."""

    id: str
    citation: str
    where: str
    status: Status


@dataclass(frozen=True, slots=True)
class LineRecommendation:
    """A recommendation that says what a line says: its source by a short name, and whether it holds for the person."""

    id: str
    state: RecordStateName
    source: str
    said: str
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
    recommendations: tuple[LineRecommendation, ...] = ()


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
    step: str = ""


@dataclass(frozen=True, slots=True)
class DrugGate:
    """What stands before one drug: `allowed`, `check_first`, `specialist` or `avoid`. Warnings do not block it.

    `failed` are the titles of steps of the safety review that guard the drug and broke down: it then waits.

    Allowed with a `because`: a specialist, whom the clinic has, decides.
    """

    drug: str
    heading: str
    state: str
    because: tuple[GateReason, ...]
    needs: tuple[str, ...]
    warnings: tuple[GateReason, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFound:
    """A finding of the safety review that stands for this person, and the drugs that it bars."""

    id: str
    severity: Severity
    text: str
    blocks: tuple[str, ...]
    sources: tuple[LineSource, ...]


@dataclass(frozen=True, slots=True)
class ReviewedStep:
    """A step of the safety review for one person.

    `state` is `ran`, `not_judged` (it lacks `needs`) or `failed` (it broke down: a fault of the program, which is said);
    `saw` are the facts that it looked at, as far as they are known, by name and value; `stops` the drugs that gates of this
    step bar; `open` the findings that cannot be judged from what is known.
    """

    step: str
    title: str
    state: ReviewState
    saw: tuple[tuple[str, object], ...] = ()
    needs: tuple[str, ...] = ()
    findings: tuple[ReviewFound, ...] = ()
    stops: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def ran(self) -> bool:
        """Whether it saw what it must."""
        return self.state == "ran"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A line that would hold, were its drug allowed, or were one of its recommendations about the person (`reason` says why)."""

    id: str
    drug: str
    action: str
    state: str
    heading: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DisputedSide:
    """One side of a disputed question: do or do not, in the words of one of those who say so, and who they are."""

    action: str
    label: str
    direction: str
    statement: str
    said_by: tuple[LineRecommendation, ...]


@dataclass(frozen=True, slots=True)
class DisputedQuestion:
    """A question on which guidelines disagree for this person.

    `about` says whether care hangs on it, or only a definition; `settled_by` what would settle it. `verified` is false where
    only texts that nobody read make it disputed.
    """

    id: str
    question: str
    about: str
    sides: tuple[DisputedSide, ...]
    settled_by: str
    verified: bool


@dataclass(frozen=True, slots=True)
class SettledAnswer:
    """What is left of a settled question: an action, do or do not, and who says so."""

    action: str
    label: str
    direction: str
    said_by: tuple[LineRecommendation, ...]


@dataclass(frozen=True, slots=True)
class SettledQuestion:
    """A question on which guidelines would disagree, had not facts of this person taken one side out.

    `because` says in words which facts these were, `deciding_facts` names them; `removed` is what they took out; `caution`,
    where there is one, has to be read with the answer.
    """

    id: str
    question: str
    about: str
    answers: tuple[SettledAnswer, ...]
    removed: tuple[LineRecommendation, ...]
    because: str
    deciding_facts: tuple[str, ...]
    caution: str = ""


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A recommendation that was not applied: its question, its state, and what keeps it out or is missing."""

    recommendation: LineRecommendation
    question: str
    statement: str
    said_state: str
    because: str
    needs: tuple[str, ...]


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
    disputed: tuple[DisputedQuestion, ...] | None = None
    settled: tuple[SettledQuestion, ...] | None = None
    not_applied: tuple[NotApplied, ...] | None = None
    review: tuple[ReviewedStep, ...] = ()
