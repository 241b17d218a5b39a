"""The shapes of the corpus: recommendations of guidelines as records, their sources, the questions they answer, and how they relate.

Corpus
├── records     one answer of one source to one question, with the condition under which it holds
├── sources     who says so, when, where
├── questions   what is asked, and whether two different answers contradict each other
└── relations   what satisfies what, what sets what aside, what is superseded
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from myosteon.evidence.types import Label, Status
from myosteon.logic.bounded import BoundedNumber, Bounds
from myosteon.logic.condition import Condition, Joined, Tree
from myosteon.logic.condition_value import Answering, answering

Direction = Literal["for", "against", "neutral"]
Strength = Literal["strong", "conditional", "good_practice", "not_graded"]
Mark = Literal["V", "V2", "S", "M"]
# Whether the source itself states the exclusion, or we set it from the drug's label or plain safety.
ExclusionBy = Literal["source", "gate"]
RecordStateName = Literal["applies", "excluded", "does_not_apply", "cannot_be_judged"]
STATES: tuple[RecordStateName, ...] = ("applies", "excluded", "does_not_apply", "cannot_be_judged")
# Facts that say whom a text is about, not what is the matter with the person: no verdict is settled by them.
WHO = frozenset(
    (
        "sex",
        "age_years",
        "postmenopausal",
        "past_menopause_or_taken_so",
        "age_at_menopause_years",
        "years_since_menopause",
        "childbearing",
    )
)
STATUS_OF: Mapping[Mark, Status] = {"V": "checked", "V2": "secondary", "S": "unchecked", "M": "unchecked"}
CHINESE_MEDICINE = "tcm"


@dataclass(frozen=True)
class Record:
    """One answer of one source to one question. `excluded` is None where nothing excludes; texts may be empty for `dose`."""

    id: str
    question: str
    action: str
    direction: Direction
    strength: Strength
    grade: Label
    statement: Label
    applies: Condition
    excluded: Condition | None
    exclusion_by: ExclusionBy | None
    dose: Label
    source: str
    where: Label
    mark: Mark
    topic: str
    region: str
    valid_from: int

    @property
    def status(self) -> Status:
        """How far it was checked."""
        return STATUS_OF[self.mark]

    @property
    def verified(self) -> bool:
        """Whether it may settle a verdict: read in the source, or in two that quote it."""
        return self.mark in ("V", "V2")

    @cached_property
    def holds(self) -> Tree:
        """The whole condition: it applies and nothing excludes it."""
        if self.excluded is None:
            return self.applies.tree
        return Joined("and", (self.applies.tree, Joined("not", (self.excluded.tree,))))

    @cached_property
    def applies_to(self) -> Answering:
        """Whether it is about a person, from her facts."""
        return answering(self.applies.tree)

    @cached_property
    def excludes(self) -> Answering:
        """Whether a person is excluded, from her facts; nobody is where nothing excludes."""
        return answering(self.excluded.tree) if self.excluded else lambda _: False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every fact that it speaks of, each once."""
        excluded = self.excluded.names if self.excluded else ()
        return tuple(dict.fromkeys((*self.applies.names, *excluded)))

    @property
    def column(self) -> str:
        """Its column in a frame of people."""
        return f"recommendation_{self.id.replace('.', '_')}"


@dataclass(frozen=True, slots=True)
class CorpusSource:
    """Who says so: a short name in both languages, the citation, the year, the region, how it was read."""

    id: str
    name: Label
    citation: str
    year: int
    region: str
    doi: str
    how_read: Label


@dataclass(frozen=True, slots=True)
class Question:
    """A clinical question. In an exclusive one two different positive answers contradict each other."""

    id: str
    label: Label
    exclusive: bool


@dataclass(frozen=True)
class Relations:
    """How actions and records stand to one another.

    `subsumes`: for each action those that doing it satisfies, itself not among them. `sets_aside`: for each general
    record the specific ones of its own source. `superseded`: for each old source the one that replaced it.
    """

    subsumes: Mapping[str, frozenset[str]]
    rivals_nothing: frozenset[str]
    sets_aside: Mapping[str, frozenset[str]]
    superseded: Mapping[str, str]
    gate_sources: frozenset[str]

    def satisfies(self, narrower: str, broader: str) -> bool:
        """Whether doing one action does the other too."""
        return narrower == broader or broader in self.subsumes.get(narrower, frozenset())


@dataclass(frozen=True, eq=False)
class Corpus:
    """Everything that was loaded from one folder."""

    records: tuple[Record, ...]
    sources: Mapping[str, CorpusSource]
    questions: Mapping[str, Question]
    relations: Relations
    actions: Mapping[str, Label] = field(default_factory=dict)
    bounds: Bounds = field(default_factory=dict)
    stand_ins: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def meant(self) -> Mapping[str, str]:
        """For each fact that says a bound the fact whose bound it is; for one that stands in the fact for which it does."""
        found = {stand_in: name for name, stand_in in self.stand_ins.items()}
        for name, of in self.bounds.items():
            parts = (
                (of.at_least, of.at_most)
                if isinstance(of, BoundedNumber)
                else (of.proved, of.possible, of.settled)
            )
            found |= dict.fromkeys(parts, name)
        return found

    @cached_property
    def by_question(self) -> Mapping[str, tuple[Record, ...]]:
        """The records of each question, in their order; superseded ones too."""
        found: dict[str, list[Record]] = {id: [] for id in self.questions}
        for record in self.records:
            found[record.question].append(record)
        return {id: tuple(records) for id, records in found.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Each record by its id."""
        return {record.id: record for record in self.records}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every fact that some record speaks of, sorted."""
        return tuple(sorted({name for record in self.records for name in record.names}))

    def is_superseded(self, record: Record) -> bool:
        """Whether a newer text of the same body replaced its source, and is loaded."""
        return self.relations.superseded.get(record.source) in self.sources

    @cached_property
    def hard_gates(self) -> tuple[Record, ...]:
        """The records that gate the safety review whatever the verdict: read, against, strong, of a label or regulator."""
        return tuple(
            record
            for record in self.records
            if record.verified
            and record.direction == "against"
            and record.strength == "strong"
            and record.source in self.relations.gate_sources
        )
