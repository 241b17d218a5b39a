"""What the strata of a cohort come to: plain frozen values, made by `cohort_strata.summarise_strata`, shown by the report.

StrataSummary
├── strata     for each guideline: who is where by age and sex, whom it is not for, what is lacking, how far it was checked
├── pairs      who is at high or very high risk under which two guidelines
├── marker     osteosarcopenia as a remark beside the strata, by age and sex, and among people at high risk
└── age_unknown, found_by_any, found_by_all
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from myosteon.evidence.types import EvidenceSet, Label, Status
from myosteon.outputs.cohort_summary import Sex, StagePart
from myosteon.outputs.intervals import Interval

AgeGroup = Literal["from_50", "from_50_to_59", "from_60_to_69", "from_70_to_79", "from_80", "under_50"]
AGE_GROUPS: Mapping[AgeGroup, tuple[int, int | None]] = {
    "from_50": (50, None),
    "from_50_to_59": (50, 60),
    "from_60_to_69": (60, 70),
    "from_70_to_79": (70, 80),
    "from_80": (80, None),
    "under_50": (0, 50),
}
"""The groups of ages that the report tells apart, in whole years: from the first number to below the second (None: open)."""

HIGH = "high"  # from this stratum on people count as found, in every guideline


@dataclass(frozen=True, slots=True)
class Mark:
    """One criterion of a guideline and how far its least checked number was checked."""

    criterion: Label
    status: Status


@dataclass(frozen=True, slots=True)
class StratumAsked:
    """A guideline of strata to sum up: its column is `id`; `levels` are its strata, lowest first, each with its word."""

    id: str
    evidence: EvidenceSet
    levels: Mapping[str, Label]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One stratum among those judged: people of whom it is the highest proved, and people of whom it is not excluded."""

    level: str
    people: int
    proved: Interval | None
    possible: int
    not_excluded: Interval | None


@dataclass(frozen=True, slots=True)
class StratumGroup:
    """People of one group of ages and one sex under one guideline; `not_for` are those whom it does not speak of."""

    judged: int
    not_for: int
    parts: tuple[StagePart, ...]
    levels: tuple[LevelShare, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something unknown, and how many people wait for it."""

    what: Label
    people: int


@dataclass(frozen=True, slots=True)
class StratumSummary:
    """One guideline in this cohort. `waiting` and `lacks` are of people from 50."""

    asked: StratumAsked
    groups: Mapping[tuple[AgeGroup, Sex], StratumGroup]
    waiting: int
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """People from 50 settled under two guidelines: how many are at high or very high risk under both, or one only."""

    first: str
    second: str
    settled: int
    both: int
    first_only: int
    second_only: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class MarkerGroup:
    """Osteosarcopenia among some people: proved, not excluded, excluded."""

    people: int
    yes: int
    open: int
    proved: Interval | None
    not_excluded: Interval | None

    @property
    def no(self) -> int:
        """How many do not have it."""
        return self.people - self.yes - self.open


@dataclass(frozen=True, slots=True)
class MarkerSummary:
    """Osteosarcopenia by age and sex, and among the people from 50 at high or very high risk under each guideline."""

    groups: Mapping[tuple[AgeGroup, Sex], MarkerGroup]
    among_high: Mapping[str, MarkerGroup]


@dataclass(frozen=True, slots=True)
class StrataSummary:
    """Everything that the report shows of strata."""

    strata: tuple[StratumSummary, ...]
    people: Mapping[tuple[AgeGroup, Sex], int]
    age_unknown: int
    sex_unknown: int
    found: Mapping[str, int]
    found_by_any: int
    found_by_all: int
    pairs: tuple[Pair, ...]
    marker: MarkerSummary | None
