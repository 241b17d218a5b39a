"""The shapes of a trend: what is followed, its points, failures and limits, and the view of one measure over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from myosteon.history.least_change import LeastChange

Kind = Literal["muscle", "bone"]


@dataclass(frozen=True, slots=True)
class Trended:
    """A measure that is drawn over time, the criterion whose limits are drawn, what says that it was tried and failed."""

    measure: str
    kind: Kind
    criterion: str = ""
    failed: str = ""


TRENDED = (
    Trended("grip_kg", "muscle", "grip_weak"),
    Trended("gait_speed_m_s", "muscle", "gait_slow", "walk_unable"),
    Trended("chair_stand_5x_s", "muscle", "chair_stand_slow", "chair_stand_unable"),
    Trended("bmd_femoral_neck_g_cm2", "bone"),
    Trended("bmd_total_hip_g_cm2", "bone"),
    Trended("bmd_lumbar_spine_g_cm2", "bone"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement: its day, the value, and the device that made it, empty where that was not written down."""

    day: date
    value: float
    text: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A day on which it was tried and could not be done."""

    day: date


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A cut-off that is drawn: its value and the definitions that use it."""

    value: float
    text: str
    names: str


@dataclass(frozen=True, slots=True)
class TrendView:
    """One measure over time.

    `first` is the first point that may be compared with the last one, None where none may; `least` what measurement error
    explains. `read` is the sentence that reads the drawing, `undated` how many measurements have no day and are not drawn.
    """

    measure: str
    kind: Kind
    title: str
    unit: str
    points: tuple[Point, ...]
    failures: tuple[Failure, ...]
    limits: tuple[LimitLine, ...]
    least: LeastChange | None
    first: Point | None
    read: str
    undated: int = 0
