"""The shapes of the explanation of a risk: its figure, what adds up to it, and what changing one thing would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from myosteon.evidence.types import EvidenceSet
from myosteon.outputs.explain_types import Explanation, Needed, Node, NodeSource, Row, Value
from myosteon.vocabulary.types import Label

# What is added up: the logarithm of a hazard, points, or percentages by a factor.
Scale = Literal["log_hazard", "points", "factor"]


class RiskAlgorithm(Protocol):
    """What an explanation needs of a risk algorithm."""

    @property
    def id(self) -> str:
        """As in column names."""
        ...

    @property
    def evidence(self) -> EvidenceSet:
        """Its numbers, and what it is for."""
        ...


@dataclass(frozen=True, slots=True)
class Trial:
    """The results of the same person with one thing changed, or one unknown thing taken as known.

    Attributes:
        id: the change, or the unknown measure.
        label: the change in both languages; None for an unknown measure.
        item: what was left out of a list, empty for other changes.
        values: the measures that were set.
        row: the columns of the answer (`AnswerColumns.all`).
    """

    id: str
    label: Label | None
    values: Mapping[str, Value]
    row: Row
    item: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an algorithm answers: a figure or a word, or the bounds that unknown inputs leave.

    Attributes:
        value: the answer, None while it is open or where the person is refused.
        low, high: the bounds of a figure in its own unit, None where there are none.
        upto: the highest level that is not excluded.
        score, score_low, score_high: the points behind a percentage or a band.
        outside: the measures that lie outside what the algorithm was made for; then there is no figure.
        text: all of this in words.
    """

    value: str | bool | float | None
    low: float | None
    high: float | None
    upto: str | None
    score: float | None
    score_low: float | None
    score_high: float | None
    outside: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one input adds.

    Attributes:
        column: the column that holds the amount.
        input: the column that it comes from; empty for the start.
        label, value: the input, and what it is for this person, in words.
        amount: what is added: to the logarithm of the hazard, in points, or in percentage points.
        hazard_ratio: of a logarithm of the hazard, or the factor of an adjustment; else None.
        before, after: the sum in the unit of the picture before and after it.
    """

    column: str
    input: str
    label: str
    value: str
    amount: float
    hazard_ratio: float | None
    before: float
    after: float
    source: NodeSource | None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """How a figure comes about: from a start, by what each input adds, the largest first, to the end.

    Attributes:
        unit: UCUM of `start`, `end` and of every `before` and `after`.
        start: where it begins: the risk of the person for whom every term is nought, no points, a value as given.
        start_amount: the start on the scale of the amounts.
        is_settled: whether `end` is the person's own figure.
        low, high: what unknown inputs leave open, None where nothing is unknown.
        nothing: the inputs that are known and add nothing, in words.
        unknown: the inputs that are unknown, in words.
    """

    scale: Scale
    unit: str
    start: float
    start_amount: float
    start_label: str
    start_source: NodeSource | None
    steps: tuple[Contribution, ...]
    end: float
    is_settled: bool
    low: float | None
    high: float | None
    nothing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether unknown inputs leave the end open."""
        return self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class Option:
    """What was tried, in words and as values, and the answer with it."""

    text: str
    values: tuple[tuple[str, Value], ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One thing tried otherwise. A change has one option; an unknown input has its best, then its worst.

    Attributes:
        id: the change, or the unknown measure.
        kind: `change` or `unknown`.
        measures: what was set.
        label: the change or the measure in words.
        difference: how much a change moves the figure, in its unit; None where that is no number.
        difference_text: the same in words, empty where None.
    """

    id: str
    kind: Literal["change", "unknown"]
    measures: tuple[str, ...]
    label: str
    options: tuple[Option, ...]
    difference: float | None = None
    difference_text: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the table that turns a score into a risk: the points, the risk, whether it is the person's."""

    points: str
    risk: str
    is_own: bool
    source: NodeSource


@dataclass(frozen=True, slots=True)
class RiskPart:
    """What is said of a risk beyond the tree of its criteria.

    Attributes:
        algorithm: its id; of a stratum the definition.
        unit: UCUM of the figure, empty for a word.
        answer: the person's.
        refusals: why no figure is given, a sentence for each measure outside.
        notes: title and text of population, outcome, horizon, death, purpose, limits; in the order of reading.
        notice: what a licence asks to be shown, empty mostly.
        others: further answers of the algorithm, in words.
        bands: how points are turned into a risk.
        what_if: changes first, then unknown inputs.
        remarks: sentences about the what-ifs.
        tells_tree: whether the tree of criteria tells more than the waterfall and the list of what is unknown.
    """

    algorithm: str
    label: str
    unit: str
    answer: Answer
    refusals: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    notice: str
    others: tuple[str, ...]
    waterfall: Waterfall | None
    bands_title: str
    bands: tuple[Band, ...]
    what_if: tuple[WhatIf, ...]
    remarks: tuple[str, ...]
    tells_tree: bool

    @property
    def changes(self) -> tuple[WhatIf, ...]:
        """What can be changed."""
        return tuple(one for one in self.what_if if one.kind == "change")

    @property
    def unknowns(self) -> tuple[WhatIf, ...]:
        """The unknown inputs that matter."""
        return tuple(one for one in self.what_if if one.kind == "unknown")


@dataclass(frozen=True, slots=True)
class RiskExplanation:
    """The explanation of a risk: as of any verdict, and its own part."""

    explanation: Explanation
    risk: RiskPart

    @property
    def further_needs(self) -> tuple[Needed, ...]:
        """What is missing beyond the unknown inputs that were each taken as known."""
        tried = {one.id for one in self.risk.unknowns}
        return tuple(
            item
            for item in self.explanation.needed
            if not any(measure in tried for way in item.ways for measure in way.measures)
        )

    def sources(self, tree: Node) -> dict[NodeSource, int]:
        """Every source that is cited, with its number in the order of reading; those of the tree where it is told."""
        fall = self.risk.waterfall
        steps = (fall.start_source, *(step.source for step in fall.steps)) if fall else ()
        bands = tuple(band.source for band in self.risk.bands)
        nodes = tuple(node.source for node in tree.walk()) if self.risk.tells_tree else ()
        found = dict.fromkeys(source for source in (*steps, *bands, *nodes) if source)
        return {source: place for place, source in enumerate(found, start=1)}
