"""What the risks of a cohort come to: plain frozen values, made by `cohort_risks.summarise_risks`, shown by the report.

RiskSummary, one for each algorithm
├── states     people with an answer, outside what it was made for, and with unknown inputs, by sex
├── outside, lacks    of what, for want of what
└── answers    numbers by their quartiles and distribution, levels by their shares, lists by what stands in them
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.evidence.risk_catalogue import CatalogueEntry
from myosteon.evidence.types import EvidenceSet, Label
from myosteon.outputs.cohort_summary import Sex, StagePart
from myosteon.outputs.strata_summary import Lack


@dataclass(frozen=True, slots=True)
class RiskAsked:
    """An algorithm to sum up: its entry in the catalogue, and its evidence with what it predicts and in whom."""

    entry: CatalogueEntry
    evidence: EvidenceSet


@dataclass(frozen=True, slots=True)
class States:
    """People of one sex: with an answer, outside what the algorithm was made for, with unknown inputs; and their shares."""

    answered: int
    outside: int
    unknown: int
    shares: tuple[float, float, float]

    @property
    def people(self) -> int:
        """Everybody."""
        return self.answered + self.outside + self.unknown


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number lies among people of one sex: quartiles, and the share of the people in each bin of the distribution."""

    people: int
    quartiles: tuple[float, float, float] | None
    bins: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bins:
    """Equal bins side by side: the start of the first, their width, how many."""

    start: float
    width: float
    count: int

    @property
    def end(self) -> float:
        """Where the last bin ends."""
        return self.start + self.width * self.count


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """An answer that is a number. `below` counts people of whom only an upper limit was published, by the limit."""

    column: str
    name: Label
    word: Label
    unit: str
    bins: Bins
    by_sex: Mapping[Sex, Spread]
    below: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """An answer in words, lowest first. `people` are those whom the algorithm was made for, `parts` where they stand.

    A part is a pair of the level proved (None: unknown) and the highest not excluded, as with stages.
    """

    column: str
    name: Label
    word: Label
    levels: Mapping[str, Label]
    people: Mapping[Sex, int]
    parts: Mapping[Sex, tuple[StagePart, ...]]

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(part.people for part in self.parts["all"] if part.proved is not None)


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """An answer that is a list: how many people have each thing in it."""

    column: str
    name: Label
    word: Label
    people: int
    items: tuple[Lack, ...]


Answer = NumberAnswer | LevelAnswer | ListAnswer


@dataclass(frozen=True, slots=True)
class RiskSummary:
    """One algorithm in this cohort."""

    asked: RiskAsked
    states: Mapping[Sex, States]
    outside: tuple[Lack, ...]
    lacks: tuple[Lack, ...]
    answers: tuple[Answer, ...]
