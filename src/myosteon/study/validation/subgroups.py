"""The same questions within groups of people: women and men, centres, ages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from myosteon.errors import InputError
from myosteon.study.validation.bootstrap import Progress, bootstrap, measure_all
from myosteon.study.validation.calibration import Calibration
from myosteon.study.validation.discrimination import Discrimination
from myosteon.study.validation.estimates import make_estimates
from myosteon.study.validation.measurement import Measurement
from myosteon.study.validation.people import People
from myosteon.study.validation.result import Subgroup
from myosteon.study.validation.sentences import sentence

MOST_LEVELS = 12
FEWEST_EVENTS = 10
SHOWN = ("observed", "expected", "observed_expected", "slope", "auc")


@dataclass(frozen=True, slots=True)
class Drawing:
    """How often to draw, from which seed, and whether those with and without the outcome are drawn apart."""

    draws: int
    seed: int
    by_outcome: bool = False


def check_levels(column: str, labels: Sequence[str]) -> None:
    """Raises InputError where a column has too many values to be one of groups."""
    levels = len(set(labels))
    if levels > MOST_LEVELS:
        raise InputError(sentence("error.levels", column=column, levels=levels, most=MOST_LEVELS))


def judge_subgroups(
    people: People,
    columns: Mapping[str, Sequence[str]],
    drawing: Drawing,
    points: bool,
    progress: Progress | None = None,
) -> tuple[Subgroup, ...]:
    """Discrimination and calibration in every group of every column; each group is drawn by itself.

    A group in which fewer than ten people had, or had not, the outcome is counted and not judged.
    """
    found = []
    for column, labels in columns.items():
        levels = np.asarray(labels)
        for level in sorted(set(labels)):
            own = people.among(levels == level)
            found.append(_judge(column, level, own, drawing, points, progress))
    return tuple(found)


def _judge(
    column: str, level: str, own: People, drawing: Drawing, points: bool, progress: Progress | None
) -> Subgroup:
    events = int(own.event.sum())
    few = min(events, own.count - events) < FEWEST_EVENTS or float(np.ptp(own.risk)) == 0
    if few or (own.time is not None and float(own.time.max()) < float(own.horizon or 0)):
        return Subgroup(column, level, own.count, events, {})
    own = _renumber(own)
    measurements: list[Measurement] = [Discrimination(own)]
    if not points:
        measurements.append(Calibration(own, smoothed=False))
    values = measure_all(measurements, np.ones(own.count))
    bounds = bootstrap(own, measurements, drawing.draws, drawing.seed, progress, drawing.by_outcome)
    estimates = make_estimates(values, bounds)
    return Subgroup(
        column, level, own.count, events, {name: estimates[name] for name in SHOWN if name in estimates}
    )


def _renumber(people: People) -> People:
    """The same people numbered without gaps, so that each can be drawn."""
    number = np.unique(people.person, return_inverse=True)[1]
    return People(people.risk, people.fate, people.time, people.horizon, number)
