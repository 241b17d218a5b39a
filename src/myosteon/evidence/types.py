"""The shapes of cited numbers: every one carries its source and how far it was checked.

Status words: `checked` (read in the paper itself), `secondary` (the same in two or more other sources), `unchecked`
(one other source, or memory). A number without a source cannot be made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from myosteon.vocabulary.types import Label as Label
from myosteon.vocabulary.types import Language as Language
from myosteon.vocabulary.types import Status as Status

Comparison = Literal["<", "<=", ">", ">="]

STATUSES: tuple[Status, ...] = ("checked", "secondary", "unchecked")
COMPARISONS: tuple[Comparison, ...] = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Paper:
    """A publication: id, citation as printed under a number, DOI where known, year."""

    id: str
    citation: str
    doi: str
    year: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where one number stands (in English and in Chinese), and how far it was checked."""

    paper: Paper
    where: str
    status: Status
    where_zh: str = ""

    def where_in(self, language: Language) -> str:
        """Where the number stands, in `language`; in English where there is no Chinese."""
        return self.where_zh if language == "zh" and self.where_zh else self.where


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a cut-off and for whom it holds: sex (None = both), age from (inclusive) and below (exclusive), years."""

    value: float
    source: Source
    sex: str | None = None
    age_from: float | None = None
    age_below: float | None = None


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A comparison of one measure with a limit by sex and age.

    `criterion` is the name of the rule that uses it; `method` the way of measuring that it was made for (None = any).
    """

    criterion: str
    measure: str
    comparison: Comparison
    unit: str
    limits: tuple[Limit, ...]
    method: str | None = None

    @property
    def by_sex(self) -> bool:
        """Whether the limit differs by sex."""
        return any(limit.sex for limit in self.limits)

    @property
    def by_age(self) -> bool:
        """Whether the limit differs by age."""
        return any(limit.age_from is not None or limit.age_below is not None for limit in self.limits)

    @property
    def numbers(self) -> tuple[object, ...]:
        """The numbers and comparison alone, without sources: two cut-offs with equal numbers judge alike."""
        limits = tuple((limit.value, limit.sex, limit.age_from, limit.age_below) for limit in self.limits)
        return (self.measure, self.comparison, limits)

    def limit_for(self, sex: object, age_years: object) -> Limit | None:
        """The limit that holds for one person, None where sex or age leaves it open or no limit was made for them."""
        for limit in self.limits:
            if limit.sex is not None and limit.sex != sex:
                continue
            if limit.age_from is not None or limit.age_below is not None:
                if not isinstance(age_years, int | float):
                    continue
                if limit.age_from is not None and age_years < limit.age_from:
                    continue
                if limit.age_below is not None and age_years >= limit.age_below:
                    continue
            return limit
        return None


@dataclass(frozen=True, slots=True)
class Band:
    """Points for values on one side of a limit; `comparison` None = everything that no earlier band took."""

    points: float
    comparison: Comparison | None = None
    limit: float = 0.0


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one item of a score, by bands in their order (first that holds), by yes and no, or by `words`.

    `sex` None = both.
    """

    item: str
    measure: str
    source: Source
    bands: tuple[Band, ...] = ()
    yes: float | None = None
    no: float | None = None
    sex: str | None = None
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Coefficients of a formula by term. The rule that uses them says what each term multiplies.

    `sex` None = both; `method` the device or method that they were made for, None = any.
    """

    name: str
    terms: tuple[tuple[str, float], ...]
    source: Source
    sex: str | None = None
    method: str | None = None

    def __getitem__(self, term: str) -> float:
        """The coefficient of `term`; KeyError where the formula has none."""
        return dict(self.terms)[term]

    @property
    def number(self) -> float:
        """The coefficient of a formula that has only one; ValueError where it has more."""
        ((_, number),) = self.terms
        return number

    def only(self, term: str) -> Coefficients:
        """The same formula with this one term, its source kept; KeyError where the formula has none."""
        return replace(self, terms=((term, self[term]),))


@dataclass(frozen=True, slots=True)
class StageNote:
    """What a source says of one stage of a definition."""

    stage: str
    source: Source


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion of a source that is a plain yes or no, such as a fracture under treatment: no number, but a place and a mark."""

    criterion: str
    source: Source

    @property
    def numbers(self) -> tuple[object, ...]:
        """None: the same finding of two sources is the same computation."""
        return ()


@dataclass(frozen=True, slots=True)
class Scope:
    """The ages that a definition was made for; `age_from` None = no lower limit named."""

    age_from: float | None
    note: Label
    source: Source


CompetingDeath = Literal["counted", "not_counted", "does_not_apply"]


@dataclass(frozen=True, slots=True)
class RiskNote:
    """What a risk algorithm predicts, in whom it was made, what it is for and what it is not.

    `competing_death` says whether people who die first are counted as never having the outcome; `notice` is what a licence
    asks to be shown beside every score.
    """

    population: Label
    outcome: Label
    horizon: Label
    competing_death: CompetingDeath
    purpose: Label
    limits: Label
    notice: Label | None = None


@dataclass(frozen=True, slots=True)
class InputRange:
    """The values of a measure that an algorithm was made for: from `low` to `high`, both allowed, or one of `words`.

    A yes/no measure has the words `yes` and `no`. A `fixed` range says whom the algorithm is for, and no number outside it
    is ever replaced by its limit.
    """

    measure: str
    source: Source
    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a score from `score_from` to `score_to` (both included, None = open) predicts for one outcome, in percent.

    `percent` is a single figure with `interval` where one was published; `percent_from` and `percent_below` bound a
    band of which no single figure was published (None = open). `band` is the word of the band.
    """

    outcome: str
    band: str
    source: Source
    score_from: float | None = None
    score_to: float | None = None
    percent: float | None = None
    percent_from: float | None = None
    percent_below: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class EvidenceSet:
    """All numbers of one definition, instrument or table, as one file holds them."""

    id: str
    kind: str
    label: Label
    title: Label
    year: int
    paper: Paper
    cutoffs: tuple[Cutoff, ...] = ()
    points: tuple[Points, ...] = ()
    coefficients: tuple[Coefficients, ...] = ()
    stages: tuple[StageNote, ...] = ()
    scope: Scope | None = None
    remark: Label | None = None
    risk: RiskNote | None = None
    ranges: tuple[InputRange, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    findings: tuple[Finding, ...] = ()

    def finding(self, criterion: str) -> Finding:
        """The finding called `criterion`; KeyError where there is none."""
        for finding in self.findings:
            if finding.criterion == criterion:
                return finding
        raise KeyError(f"{self.id} has no finding called {criterion}")

    def cutoff(self, criterion: str, method: str | None = None) -> Cutoff:
        """The cut-off of `criterion` (and of `method`, where the definition has one for each); KeyError where there is none."""
        for cutoff in self.cutoffs:
            if cutoff.criterion == criterion and cutoff.method == method:
                return cutoff
        raise KeyError(f"{self.id} has no cut-off for {criterion}" + (f" by {method}" if method else ""))

    def points_of(self, item: str, sex: str | None = None) -> Points:
        """The points of `item`; KeyError where there are none."""
        for points in self.points:
            if points.item == item and points.sex == sex:
                return points
        raise KeyError(f"{self.id} has no points for {item}")

    def coefficients_of(self, name: str, sex: str | None = None) -> Coefficients:
        """The coefficients called `name`; KeyError where there are none."""
        for coefficients in self.coefficients:
            if coefficients.name == name and coefficients.sex == sex:
                return coefficients
        raise KeyError(f"{self.id} has no coefficients called {name}")
