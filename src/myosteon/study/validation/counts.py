"""Who was judged, and what a reader of the result has to be warned of."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from myosteon.study.validation.bootstrap import Bounds
from myosteon.study.validation.calibration import Calibration
from myosteon.study.validation.links import count_at_the_ends
from myosteon.study.validation.people import DIED_FIRST, FREE, Floats, People
from myosteon.study.validation.result import Counts

ENOUGH_EVENTS = 100
FEW_AT_THE_HORIZON = 20
ONE_PERCENT = 0.01


def count_people(
    people: People, rows: int | None, excluded: Mapping[str, int], wanting: Mapping[str, int]
) -> Counts:
    """Counts of people, outcomes and follow-up."""
    left_early = at_end = 0
    median = None
    if people.time is not None and people.horizon is not None:
        free = people.fate == FREE
        left_early = int(np.sum(free & (people.time < people.horizon)))
        at_end = int(np.sum(free & (people.time >= people.horizon)))
        median = median_follow_up(people)
    return Counts(
        rows=people.count if rows is None else rows,
        judged=people.count,
        people=len(np.unique(people.person)),
        events=int(people.event.sum()),
        died_first=int(np.sum(people.fate == DIED_FIRST)),
        left_early=left_early,
        excluded={reason: count for reason, count in excluded.items() if count},
        median_follow_up=median,
        followed_to_horizon=at_end,
        wanting=wanting,
    )


def median_follow_up(people: People) -> float | None:
    """The time by which half would have left, had nobody the outcome (reverse Kaplan-Meier); None where fewer than half
    leave before the horizon."""
    assert people.time is not None
    order = np.argsort(people.time)
    time, leaving = people.time[order], (people.fate == FREE)[order]
    still = np.cumprod(1 - leaving / np.arange(len(time), 0, -1))
    half = np.flatnonzero(still <= 0.5)
    return float(time[half[0]]) if len(half) else None


def count_warnings(
    people: People, points: bool, bounds: Mapping[str, Bounds], calibration: Calibration | None
) -> dict[str, int]:
    """What a reader has to know, by key, with the number that belongs to it."""
    events = int(people.event.sum())
    fewest = min(events, people.count - events)
    found = {
        "few_events": fewest if fewest < ENOUGH_EVENTS else 0,
        "nobody_free": 0 if np.any(people.fate == FREE) else int(np.sum(people.fate == DIED_FIRST)),
        "repeated": people.count - len(np.unique(people.person)),
        "failed_draws": max((bound.failed for bound in bounds.values()), default=0),
    }
    if people.time is not None:
        at_end = int(np.sum((people.fate == FREE) & (people.time >= (people.horizon or 0.0))))
        found["few_at_the_horizon"] = at_end if at_end < FEW_AT_THE_HORIZON else 0
    if not points:
        found["at_the_ends"] = count_at_the_ends(people.risk)
        found["perhaps_shares"] = int(_perhaps_shares(people.risk)) * people.count
        found["straight"] = int(calibration is not None and not calibration.is_bent)
    return {key: count for key, count in found.items() if count}


def _perhaps_shares(risk: Floats) -> bool:
    """Whether no risk is above one per cent: then shares may have been given for percentages."""
    return bool(risk.max() <= ONE_PERCENT)
