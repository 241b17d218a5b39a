"""Observed and expected by tenth of the risk; by value where the risk takes few values, as a points score does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from myosteon.outputs.intervals import Interval
from myosteon.study.validation.aalen_johansen import observe, observe_without_death
from myosteon.study.validation.people import Floats, People, Places

GROUPS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """People of like risk: bounds and mean of the risk, how many, with the outcome, the observed share (who died first
    never having it; and, where anybody died first, with death as leaving). None where nobody's outcome can be told."""

    lowest: float
    highest: float
    expected: float
    people: int
    events: int
    observed: Interval
    observed_without_death: Interval | None


def group_by_risk(people: People, groups: int = GROUPS) -> list[Group]:
    """Groups of about equal size, from the lowest risk to the highest; equal risks stay together."""
    found = []
    for label in np.unique(place := place_in_groups(people.risk, groups)):
        own = people.among(place == label)
        risk = own.risk
        found.append(
            Group(
                float(risk.min()),
                float(risk.max()),
                float(risk.mean()),
                own.count,
                int(own.event.sum()),
                observe(own),
                observe_without_death(own) if people.time is not None and people.competing else None,
            )
        )
    return found


def place_in_groups(risk: Floats, groups: int = GROUPS) -> Places:
    """The group of each person, from 0."""
    values = np.unique(risk)
    if len(values) <= groups:
        return np.searchsorted(values, risk)
    cuts = np.unique(np.quantile(risk, np.arange(1, groups) / groups))
    return np.searchsorted(cuts, risk, side="left")
