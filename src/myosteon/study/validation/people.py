"""The people of a validation: a predicted risk each, what became of them, and when.

at a fixed horizon    `time` is None: everybody was followed for as long as the risk looks ahead
over time             `time` in years, ended at the horizon: who left before it is censored
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from myosteon.errors import InputError
from myosteon.study.validation.sentences import sentence

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

FREE, EVENT, DIED_FIRST = 0, 1, 2
"""What became of a person: nothing (so far as was seen), the outcome, or death before it."""

FEWEST_WITH_EACH = 2


@dataclass(frozen=True, slots=True)
class People:
    """`risk` as a share from 0 to 1, `fate` as FREE, EVENT or DIED_FIRST, `time` in years or None, `person` numbering
    the people (rows of one person share a number and are drawn together); all of one length. `horizon` in years."""

    risk: Floats
    fate: Places
    time: Floats | None
    horizon: float | None
    person: Places

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.risk)

    @property
    def event(self) -> Flags:
        """Who had the outcome (by the horizon)."""
        return np.asarray(self.fate == EVENT)

    @property
    def competing(self) -> bool:
        """Whether anybody died first."""
        return bool(np.any(self.fate == DIED_FIRST))

    def among(self, chosen: Flags) -> People:
        """The same of some people."""
        time = None if self.time is None else self.time[chosen]
        return replace(
            self, risk=self.risk[chosen], fate=self.fate[chosen], time=time, person=self.person[chosen]
        )

    def with_risk(self, risk: Floats) -> People:
        """The same people with another risk."""
        return replace(self, risk=risk)


def take_death_as_leaving(people: People) -> People:
    """The same people, those who died first as having left."""
    return replace(people, fate=np.where(people.fate == DIED_FIRST, FREE, people.fate))


def make_people(
    risk: Floats, fate: Places, time: Floats | None, horizon: float | None, person: Places | None = None
) -> People:
    """People whose follow-up ends at the horizon.

    Raises:
        InputError: nothing can be learnt from them: nobody with or nobody without the outcome, one risk for all, a
            horizon that nobody was followed for.
    """
    people = People(
        np.asarray(risk, float),
        np.asarray(fate, np.int64),
        None if time is None else np.asarray(time, float),
        horizon,
        np.arange(len(risk)) if person is None else np.unique(person, return_inverse=True)[1],
    )
    if people.time is not None:
        people = _end_at_horizon(people)
    check_informative(people)
    return people


def _end_at_horizon(people: People) -> People:
    """Who was seen beyond the horizon was free of the outcome at it."""
    assert people.time is not None
    if people.horizon is None:
        raise InputError(sentence("error.no_horizon"))
    longest = float(people.time.max(initial=0.0))
    if longest < people.horizon:
        raise InputError(
            sentence("error.beyond_follow_up", horizon=f"{people.horizon:g}", longest=f"{longest:.2f}")
        )
    beyond = people.time > people.horizon
    return replace(
        people,
        time=np.minimum(people.time, people.horizon),
        fate=np.where(beyond, FREE, people.fate),
    )


def check_informative(people: People) -> None:
    """Raises InputError where no validation is possible."""
    events = int(people.event.sum())
    if events < FEWEST_WITH_EACH or people.count - events < FEWEST_WITH_EACH:
        raise InputError(sentence("error.one_outcome", events=events, people=people.count))
    if float(np.ptp(people.risk)) == 0:
        raise InputError(sentence("error.one_risk"))
