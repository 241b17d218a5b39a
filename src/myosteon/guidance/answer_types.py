"""The shapes of what guidelines say for one person.

QuestionAnswer
├── states          each recommendation: applies, excluded, does not apply, cannot be judged
├── verified        the verdict on the recommendations that were read (marks V and V2)
└── all_records     the same with the unchecked ones, marks S and M
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from myosteon.evidence.corpus_types import Direction, Question, Record, RecordStateName
from myosteon.logic.condition import Atom
from myosteon.logic.condition_value import Facts, blame, waits_for

State = RecordStateName
VerdictKind = Literal[
    "agreed", "conditional", "disputed", "resolved_by_facts", "undetermined", "not_applicable"
]
# Why no recommendation applies.
WhyNone = Literal["all_excluded", "about_others", "none_checked", ""]
VERDICTS: tuple[VerdictKind, ...] = (
    "agreed",
    "conditional",
    "disputed",
    "resolved_by_facts",
    "undetermined",
    "not_applicable",
)


@dataclass(frozen=True, eq=False)
class RecordState:
    """The state of one recommendation for one person, whose facts it keeps to say why."""

    record: Record
    state: State
    facts: Facts = field(repr=False)

    def because(self) -> tuple[Atom, ...]:
        """The statements that put it out, or that make it apply; none where it cannot be judged."""
        if self.state == "excluded" and self.record.excluded is not None:
            return blame(self.record.excluded.tree, self.facts)
        return () if self.state == "cannot_be_judged" else blame(self.record.applies.tree, self.facts)

    def needs(self) -> tuple[str, ...]:
        """The unknown facts for which it waits; none where it is settled."""
        return waits_for(self.record.holds, self.facts)


@dataclass(frozen=True, slots=True)
class Answer:
    """One position: do the action, or do not, with the recommendations that say so."""

    action: str
    direction: Direction
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A recommendation that would have made the others disagree, and the statements about this person that put it out."""

    record: Record
    state: State
    because: tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A general text that its own source sets aside for the specific one that holds too."""

    general: Record
    specific: Record


@dataclass(frozen=True, slots=True)
class Flip:
    """One fact, what it is now, the statement that turns (`holds` says to which side), and the verdict and positions then."""

    name: str
    now: Any
    statement: Atom
    holds: bool
    verdict: VerdictKind
    positions: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one question from some recommendations.

    Args:
        kind: the verdict.
        answers: the positions of those that apply; where they agree without the broader ones that a narrower one satisfies.
        satisfied: the broader positions that a narrower one among the answers satisfies.
        set_aside: general texts that their own source set aside.
        removed: what the facts of this person removed (for resolved_by_facts).
        about_others: texts that would disagree but are about people of another sex, age or menopause.
        undecided: those whose state is unknown.
        needs: the unknown facts on which the verdict depends; knowing all of them settles it whatever they are.
        could_settle: the smallest sets of unknown facts of which some values would settle it alone.
        why_none: why nothing applies, for not_applicable.
        deciding_facts: the clinical facts that removed a position.
    """

    kind: VerdictKind
    answers: tuple[Answer, ...] = ()
    satisfied: tuple[Answer, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    removed: tuple[Removed, ...] = ()
    about_others: tuple[Removed, ...] = ()
    undecided: tuple[Record, ...] = ()
    needs: tuple[str, ...] = ()
    could_settle: tuple[tuple[str, ...], ...] = ()
    why_none: WhyNone = ""
    deciding_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """What guidelines say to one question for one person.

    `differs` says whether the unchecked texts would change the verdict. `only_chinese_medicine` says that nobody else
    addresses the question. Superseded recommendations stand among the states, and take no part.
    """

    question: Question
    states: tuple[RecordState, ...]
    verified: Verdict
    all_records: Verdict
    flips: tuple[Flip, ...]
    only_chinese_medicine: bool
    superseded: frozenset[str]

    @property
    def differs(self) -> bool:
        """Whether the unchecked texts would change the verdict or its positions."""
        first, second = self.verified, self.all_records
        return first.kind != second.kind or _positions(first) != _positions(second)


def _positions(verdict: Verdict) -> frozenset[tuple[str, str]]:
    return frozenset((answer.action, answer.direction) for answer in verdict.answers)
