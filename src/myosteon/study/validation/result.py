"""What a validation found: everything that the report, the JSON file and the screen show. Sums only, nobody's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.evidence.types import Label, RiskNote
from myosteon.outputs.intervals import Interval
from myosteon.study.validation.aalen_johansen import IncidenceCurve
from myosteon.study.validation.people import Floats
from myosteon.study.validation.recalibration import Recalibration
from myosteon.study.validation.tenths import Group


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the ends of its 95 % bootstrap interval (None where there is none), and its standard error if known."""

    value: float
    low: float | None = None
    high: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Who was judged. `excluded` gives the rows left out by reason; `left_early` were free of the outcome when last seen
    before the horizon; `median_follow_up` in years is that of the censoring (reverse Kaplan-Meier);
    `wanting` says how many risks were unknown for want of which input."""

    rows: int
    judged: int
    people: int
    events: int
    died_first: int
    left_early: int
    excluded: Mapping[str, int]
    median_follow_up: float | None
    followed_to_horizon: int
    wanting: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Curve:
    """A smoothed curve: risk, observed, and the ends of a pointwise 95 % band (None without bootstraps)."""

    risk: Floats
    observed: Floats
    low: Floats | None
    high: Floats | None
    is_bent: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """Net benefit at each threshold (shares), and the gain over the better of all and nobody with its interval."""

    thresholds: Floats
    net_benefit: Floats
    treat_all: Floats
    told: Mapping[float, Estimate]


@dataclass(frozen=True, slots=True)
class Subgroup:
    """One group of people; `measures` is empty where too few had, or too few had not, the outcome."""

    column: str
    level: str
    people: int
    events: int
    measures: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many people lie between `edges` (risk or points), without and with the outcome (by the horizon, as seen)."""

    edges: Floats
    without: tuple[int, ...]
    with_event: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the evidence says of a risk that an algorithm computed: its name, its note, and the paper."""

    label: Label
    note: RiskNote
    citation: str


@dataclass(frozen=True, slots=True)
class Result:
    """A whole validation. `points` says that the column is a score and no percentage: then nothing of calibration is there.
    `by_outcome` says that people were drawn by their outcome, so that no share of them is one of any population;
    `absent_means_no`, that the risk was computed with an unknown history read as no."""

    risk: str
    outcome: str
    horizon_years: float | None
    over_time: bool
    competing: bool
    points: bool
    by_outcome: bool
    counts: Counts
    quantiles: tuple[float, ...]
    measures: Mapping[str, Estimate]
    observed: Interval
    observed_without_death: Interval | None
    groups: tuple[Group, ...]
    histogram: Histogram
    curve: Curve | None
    decisions: Decisions | None
    incidence: IncidenceCurve | None
    subgroups: tuple[Subgroup, ...]
    warnings: Mapping[str, int]
    draws: int
    seed: int
    applied: Recalibration | None = None
    found: Recalibration | None = None
    note: str = ""
    about: About | None = None
    absent_means_no: bool = False
