"""How long a validation takes: made-up people followed over time, every measure, 200 bootstrap draws."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from myosteon.study.validation.people import People, make_people
from myosteon.study.validation.study import Asked, validate

DRAWS = 200
SEED = 20261121


def make_followed(count: int) -> People:
    """People with a risk over five years, of whom some die first and most leave, each at a time of their own."""
    draw = np.random.default_rng(SEED)
    hazard = np.exp(draw.normal(-5.6, 1, count))
    risk = 1 - np.exp(-5 * hazard)
    event, death = draw.exponential(1 / hazard), draw.exponential(40, count)
    left = draw.uniform(2, 12, count)
    years = np.minimum(np.minimum(event, death), left)
    fate = np.where(years == event, 1, np.where(years == death, 2, 0))
    return make_people(risk, fate, years, 5.0)


def measure_validation(count: int) -> dict[str, Any]:
    """Seconds of a whole validation over time."""
    people = make_followed(count)
    begun = perf_counter()
    result = validate(people, Asked("risk", "outcome", DRAWS))
    return {
        "seconds": perf_counter() - begun,
        "people": count,
        "draws": DRAWS,
        "events": result.counts.events,
    }


CASES: dict[str, Callable[[int], dict[str, Any]]] = {"validation": measure_validation}

if __name__ == "__main__":
    print(measure_validation(100_000))
