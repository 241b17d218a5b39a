"""How many had the outcome by the horizon where some left early: Aalen-Johansen, and Kaplan-Meier where nobody died first.

Aalen-Johansen counts who died first as never having the outcome; one minus Kaplan-Meier treats death as leaving, so that
it tells what would be seen if nobody could die, and is larger.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from myosteon.outputs.intervals import Z_95, Interval, wilson
from myosteon.study.validation.people import (
    DIED_FIRST,
    EVENT,
    FREE,
    Floats,
    People,
    Places,
    take_death_as_leaving,
)
from myosteon.study.validation.timeline import Timeline, make_timeline


@dataclass(frozen=True, slots=True)
class Steps:
    """What an incidence is built from, at each distinct time: at risk, hazards, survival just before, incidence just after."""

    at_risk: Floats
    hazard: Floats
    any_hazard: Floats
    survival_before: Floats
    incidence: Floats


def build_steps(timeline: Timeline, weights: Floats) -> Steps:
    """The steps of the Aalen-Johansen estimate for weighted people."""
    at_risk = timeline.at_risk(weights)
    events, deaths = timeline.events(weights), timeline.deaths(weights)
    # Nobody at risk (all drawn away by a bootstrap) leaves the incidence as it was.
    safe = np.where(at_risk > 0, at_risk, 1.0)
    hazard, any_hazard = events / safe, (events + deaths) / safe
    survival = np.cumprod(1 - any_hazard)
    before = np.concatenate(([1.0], survival[:-1]))
    return Steps(at_risk, hazard, any_hazard, before, np.cumsum(before * hazard))


def incidence_by(timeline: Timeline, weights: Floats) -> float:
    """The share with the outcome by the end of the timeline."""
    return float(build_steps(timeline, weights).incidence[-1])


def influence_of_each(timeline: Timeline, weights: Floats) -> tuple[float, Floats]:
    """The share with the outcome by the end, and how much it would change with each person's weight (its derivative).

    The squares of the second, weighted, sum to the variance (infinitesimal jackknife); times the sum of weights, added
    to the first, it is the person's pseudo-value: the mean of all of them is the share itself, and without censoring
    it is 1 for who had the outcome and 0 for who had not.
    """
    steps = build_steps(timeline, weights)
    last = float(steps.incidence[-1])
    safe = np.where(steps.at_risk > 0, steps.at_risk, 1.0)
    gain = steps.survival_before / safe
    survivors = 1 - steps.any_hazard
    still_to_come = np.where(survivors > 0, last - steps.incidence, 0.0)
    loss = still_to_come / np.where(survivors > 0, survivors, 1.0) / safe
    drift = np.cumsum(loss * steps.any_hazard - gain * steps.hazard)
    influence = drift[timeline.place]
    influence[timeline.with_event] += (gain - loss)[timeline.place[timeline.with_event]]
    influence[timeline.died_first] -= loss[timeline.place[timeline.died_first]]
    return last, influence


def pseudo_values(timeline: Timeline, weights: Floats) -> Floats:
    """What each person contributes to the share with the outcome by the end; may lie outside 0 to 1."""
    share, influence = influence_of_each(timeline, weights)
    return np.asarray(share + weights.sum() * influence)


def observe(people: People) -> Interval:
    """The observed share with its 95 % interval: Wilson at a fixed horizon, else Aalen-Johansen on the log-log scale."""
    if people.time is None:
        counted = wilson(int(people.event.sum()), people.count)
        assert counted is not None
        return counted
    share, influence = influence_of_each(make_timeline(people), np.ones(people.count))
    return interval_of_incidence(share, float(np.sqrt(np.sum(influence**2))), people.count)


def observe_without_death(people: People) -> Interval:
    """One minus Kaplan-Meier: who died first counts as having left."""
    return observe(take_death_as_leaving(people))


def interval_of_incidence(share: float, error: float, count: int) -> Interval:
    """The interval of a share whose standard error is known, kept within 0 and 1 by the log-log scale.

    A share of 0 or 1 shows no spread; it gets Wilson's interval of so many people.
    """
    if not 0 < share < 1 or error == 0:
        plain = wilson(round(share * count), count)
        return plain if plain is not None else Interval(share, 0.0, 1.0)
    centre = math.log(-math.log1p(-share))
    half = Z_95 * error / abs((1 - share) * math.log1p(-share))
    low, high = (-math.expm1(-math.exp(centre + sign * half)) for sign in (-1, 1))
    return Interval(share, low, high)


@dataclass(frozen=True, slots=True)
class IncidenceCurve:
    """Incidence over time: years, Aalen-Johansen, one minus Kaplan-Meier, and the share that died first."""

    years: Floats
    aalen_johansen: Floats
    without_death: Floats
    died_first: Floats


def incidence_curve(people: People) -> IncidenceCurve:
    """How the outcome and death before it gather until the horizon."""
    ones = np.ones(people.count)

    def gather(fate: Places) -> Floats:
        return build_steps(make_timeline(replace(people, fate=fate)), ones).incidence

    swapped = np.choose(people.fate, (FREE, DIED_FIRST, EVENT))
    alone = take_death_as_leaving(people).fate
    years = make_timeline(people).times
    return IncidenceCurve(years, gather(people.fate), gather(alone), gather(swapped))
