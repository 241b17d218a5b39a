"""The shapes of an explanation: a tree of what was judged, measured and missing, with sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from myosteon.engine.graph import Graph
from myosteon.evidence.types import Comparison, EvidenceSet, Status
from myosteon.logic.formula import Formula

Answer = Literal["yes", "no", "unknown"]
State = Literal["proved", "open", "excluded"]
Value = str | bool | int | float | tuple[str, ...] | None
Row = Mapping[str, object]


class Choices(Protocol):
    """The settings of an assessor that an explanation speaks of."""

    @property
    def accept_estimated_mass(self) -> bool:
        """Whether a muscle mass estimated from body size is judged."""
        ...


class Definition(Protocol):
    """One guideline of an assessor."""

    @property
    def id(self) -> str:
        """As in column names."""
        ...

    @property
    def kind(self) -> str:
        """`sarcopenia`, `osteoporosis`, ..."""
        ...

    @property
    def evidence(self) -> EvidenceSet:
        """Its numbers."""
        ...

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The columns that it answers with."""
        ...

    @property
    def stages(self) -> Mapping[str, Formula] | None:
        """The formula of each stage, lowest first."""
        ...


class Assessor(Protocol):
    """What an explanation needs of `myosteon.assess.Assessor`."""

    @property
    def guidelines(self) -> Sequence[Definition]:
        """The guidelines that were asked for."""
        ...

    @property
    def settings(self) -> Choices:
        """Choices that change how rules read the data."""
        ...

    @property
    def graph(self) -> Graph:
        """Every rule."""
        ...


@dataclass(frozen=True, slots=True)
class NodeSource:
    """Where a number stands: paper id, citation, place, how far it was checked, DOI where known."""

    id: str
    citation: str
    where: str
    status: Status
    doi: str = ""


@dataclass(frozen=True, slots=True)
class LimitShown:
    """One limit that would count, where no single one is picked: for whom or by which method, in words."""

    comparison: Comparison
    cutoff: float
    unit: str
    who: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One column of a person's results, and below it the columns that explain it.

    Attributes:
        name: the column.
        label: what it is called.
        value: the value shown: of a criterion with a cut-off that of the measure it judges; None = unknown.
        answer: yes, no or unknown as the column says; None for a number or word that is known.
        text: the value in words, with its comparison: "17.0 kg, below 18".
        judges: the column that a criterion with a cut-off compares, empty for other nodes.
        comparison, cutoff: the person's own limit, None where there is none or it cannot be picked.
        unit: UCUM of value and cutoff, None where there is none.
        limits: every limit that may apply, where none can be picked or nothing was measured.
        note: what else has to be said, empty mostly.
        source: of the number it was judged by.
        is_measure: whether it is a measurement as given, and so a leaf.
    """

    name: str
    label: str
    value: Value
    answer: Answer | None
    text: str
    judges: str = ""
    comparison: Comparison | None = None
    cutoff: float | None = None
    unit: str | None = None
    limits: tuple[LimitShown, ...] = ()
    note: str = ""
    source: NodeSource | None = None
    is_measure: bool = False
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and every one below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage of a verdict: its word, what it asks for in words, and how it stands for this person."""

    stage: str
    label: str
    formula: str
    state: State | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to measure what is missing: measures that belong together, and the methods that will do (empty = any)."""

    measures: tuple[str, ...]
    methods: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Needed:
    """Something that is missing: any one of its ways supplies it."""

    ways: tuple[Way, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one verdict on one person is what it is, and what would settle it.

    `value` and `upto` are None where nothing is proved, or not excluded; `needs` are measures in the vocabulary's order.
    """

    person_id: str | None
    verdict: str
    value: Value
    upto: str | None
    language: str
    label: str
    headline: str
    stages: tuple[Rung, ...]
    needs: tuple[str, ...]
    needed: tuple[Needed, ...]
    assumptions: tuple[str, ...]
    contradictions: tuple[str, ...]
    scope: str
    remark: str
    tree: Node


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing worth measuring next: what it is, which definitions it bears on, where it can be had (tier 1 to 3)."""

    way: Way
    instead: tuple[Way, ...]
    definitions: tuple[str, ...]
    tier: int
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class NextSteps:
    """At most three, the most useful first; `sentence` is said where there is none."""

    language: str
    steps: tuple[NextStep, ...]
    sentence: str
