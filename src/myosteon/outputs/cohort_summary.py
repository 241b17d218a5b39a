"""What a cohort comes to: plain frozen values, made by `cohort.summarise_cohort`, shown by the report and the command line.

CohortSummary
├── who          people, sexes, ages, weights
├── definitions  for each: prevalence by sex, stages, osteosarcopenia, what the unsettled lack, ages outside its scope
├── overlap      combinations of definitions that find the same people, and agreement of each pair
├── bone         WHO categories and osteoporosis, by sex
├── screens      positive share of each screening tool, by sex
├── missing      share of people without each measure
└── refused, contradictions
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from myosteon.outputs.intervals import Interval

Sex = Literal["all", "female", "male"]
SEXES: tuple[Sex, ...] = ("all", "female", "male")
IntervalMethod = Literal["wilson", "weights", "taylor"]
Note = str | Mapping[str, str]
"""One text, or one text for each language ("en", "zh")."""


class DefinitionLike(Protocol):
    """A definition of sarcopenia as the summary needs it: `stages` are words, lowest first (with or without `none`)."""

    @property
    def id(self) -> str:
        """The id, as in column names."""

    @property
    def label_en(self) -> str:
        """Its name in English."""

    @property
    def label_zh(self) -> str:
        """Its name in Chinese."""

    @property
    def stages(self) -> tuple[str, ...]:
        """The words of its stages, lowest first."""


class RefusedLike(Protocol):
    """A value that the reader refused."""

    @property
    def person_id(self) -> str | None:
        """Whose value it is."""

    @property
    def column(self) -> str:
        """The column of the file."""

    @property
    def value(self) -> str:
        """The value as given."""

    @property
    def reason_en(self) -> str:
        """Why it cannot be used, in English."""

    @property
    def reason_zh(self) -> str:
        """Why it cannot be used, in Chinese."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two entries of one person that cannot both be true, and which of them counted."""

    person_id: str
    columns: tuple[str, ...]
    reason_en: str
    reason_zh: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the people judged say yes (proved), how many stay open (not excluded), how many say no.

    `judged`, `yes` and `open` count people. The intervals are shares of those judged, weighted where the cohort is:
    `proved` yes, `not_excluded` yes or open; `settled` is yes among those who are not open. None where nobody is there.
    """

    judged: int
    yes: int
    open: int
    proved: Interval | None
    not_excluded: Interval | None
    settled: Interval | None

    @property
    def no(self) -> int:
        """How many say no."""
        return self.judged - self.yes - self.open

    @property
    def open_share(self) -> float | None:
        """The share of those judged that stays open."""
        if self.proved is None or self.not_excluded is None:
            return None
        return max(0.0, self.not_excluded.estimate - self.proved.estimate)


BySex = Mapping[Sex, Share]


@dataclass(frozen=True, slots=True)
class StagePart:
    """People with one pair of verdicts: the highest stage proved and the highest not excluded.

    `proved` is None where not even the lowest stage is proved and it is not excluded. `share` is of those judged.
    """

    proved: str | None
    upto: str
    people: int
    share: float

    @property
    def settled(self) -> bool:
        """Whether nothing above the proved stage is open."""
        return self.proved == self.upto


@dataclass(frozen=True, slots=True)
class Stages:
    """How the people judged fall into the stages of one definition, lowest first."""

    levels: tuple[str, ...]
    judged: int
    parts: tuple[StagePart, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A measurement that would settle people: how many of the unsettled lack it."""

    measure: str
    people: int


@dataclass(frozen=True, slots=True)
class OutsideScope:
    """People younger than the ages a definition was made for; they are judged all the same."""

    age_from: float
    people: int
    note: Note


@dataclass(frozen=True, slots=True)
class DefinitionSummary:
    """One definition of sarcopenia in this cohort. `unsettled` counts people with any stage open above the proved one."""

    id: str
    label_en: str
    label_zh: str
    prevalence: BySex
    stages: Stages
    unsettled: int
    needs: tuple[Need, ...]
    osteosarcopenia: BySex | None
    osteosarcopenia_broad: BySex | None
    outside_scope: OutsideScope | None


@dataclass(frozen=True, slots=True)
class Combination:
    """People found (confirmed or severe, proved) by exactly these definitions. `share` is of all people."""

    ids: tuple[str, ...]
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa of two definitions among the people settled under both; None where it cannot be computed."""

    first: str
    second: str
    people: int
    both: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class AgeBand:
    """People of one band of ages (`age_to` included; None: open), by sex."""

    age_from: int
    age_to: int | None
    female: int
    male: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Who:
    """Who is in the cohort. `people` is None where there were too many rows to tell visits of one person apart.

    `without_weight` counts rows left out because their weight is missing or not above 0.
    """

    rows: int
    people: int | None
    female: int
    male: int
    sex_unknown: int
    female_share: float | None
    age_median: float | None
    age_unknown: int
    age_bands: tuple[AgeBand, ...]
    method: IntervalMethod
    weight_column: str | None = None
    strata: int = 0
    units: int = 0
    lonely_strata: int = 0
    without_weight: int = 0


@dataclass(frozen=True, slots=True)
class ScreenSummary:
    """One screening tool: the positive share of those in whom all its items were known."""

    column: str
    by_sex: BySex


@dataclass(frozen=True, slots=True)
class Missing:
    """How many rows have no value for a measure; `absent` where the file has no such column."""

    measure: str
    people: int
    absent: bool = False


@dataclass(frozen=True, slots=True)
class ContradictionCount:
    """How many people contradict themselves in one way; `kind` is the engine's name of it."""

    kind: str
    people: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Who is found by which definitions. `combinations_in_all` counts those left out of the list, too."""

    found_by_any: int
    found_by_all: int
    combinations_in_all: int
    combinations: tuple[Combination, ...]
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Bone:
    """The bone verdicts by sex; a part is None where the results do not hold it."""

    who: Mapping[Sex, Stages] | None
    osteoporosis: BySex | None


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """Everything that the report and the closing table of a run show. Holds no row of a person but the refused values."""

    who: Who
    definitions: tuple[DefinitionSummary, ...]
    overlap: Overlap
    bone: Bone
    screens: tuple[ScreenSummary, ...]
    missing: tuple[Missing, ...]
    refused: tuple[RefusedLike, ...]
    refused_in_all: int
    contradictions: tuple[Contradiction, ...]
    contradiction_counts: tuple[ContradictionCount, ...]
    taken_as_postmenopausal: int

    @property
    def lead(self) -> DefinitionSummary | None:
        """The definition that the first sentence speaks of: the first one asked for."""
        return self.definitions[0] if self.definitions else None
