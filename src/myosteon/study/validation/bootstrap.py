"""The bootstrap: people are drawn anew, with all their rows, and everything is measured again.

The n-th draw depends on the seed and n alone, so that the same seed gives the same intervals on any number of processors.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from myosteon.study.validation.measurement import Found, Measurement
from myosteon.study.validation.people import Floats, People

ENDS = (0.025, 0.975)
FEWEST_SHARE_DONE = 0.9
"""Where fewer draws than this share gave a value, no interval is told: it would rest on the easy draws."""
THREADS = 2

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends of a 95 % interval (of every point of a curve), and how many draws gave no value."""

    low: Floats
    high: Floats
    failed: int


def measure_all(measurements: Sequence[Measurement], weights: Floats) -> dict[str, Floats]:
    """Every value of every measurement."""
    found: dict[str, Floats] = {}
    for measurement in measurements:
        found.update(measurement.measure(weights))
    return found


def bootstrap(
    people: People,
    measurements: Sequence[Measurement],
    draws: int,
    seed: int,
    progress: Progress | None = None,
    by_outcome: bool = False,
) -> dict[str, Bounds]:
    """95 % percentile intervals of every value.

    Args:
        people: who is drawn; rows of one person together.
        measurements: prepared for these people, and measured once on everybody before (their fits start there).
        draws: how many; none gives no intervals.
        seed: the same seed gives the same draws.
        progress: told how many draws of how many are done.
        by_outcome: whether those with and without the outcome are drawn apart.
    """
    if draws == 0:
        return {}
    seeds = np.random.SeedSequence(seed).spawn(draws)

    def draw(number: int) -> Found:
        return measure_all(
            measurements, draw_weights(people, np.random.default_rng(seeds[number]), by_outcome)
        )

    gathered: dict[str, list[Floats]] = {}
    with ThreadPoolExecutor(THREADS) as pool:
        for done, found in enumerate(pool.map(draw, range(draws)), start=1):
            for name, value in found.items():
                gathered.setdefault(name, []).append(value)
            if progress is not None:
                progress(done, draws)
    return {name: find_bounds(np.array(values)) for name, values in gathered.items()}


def draw_weights(people: People, random: np.random.Generator, by_outcome: bool = False) -> Floats:
    """How often each row counts when as many people as there are, are drawn with replacement.

    `by_outcome` draws those with and those without the outcome apart, as they were drawn for the study.
    """
    count = int(people.person.max()) + 1
    if not by_outcome:
        drawn = np.bincount(random.integers(0, count, count), minlength=count)
        return drawn[people.person].astype(float)
    had_it = np.zeros(count, bool)
    had_it[people.person[people.event]] = True
    drawn = np.zeros(count, np.int64)
    for group in (np.flatnonzero(had_it), np.flatnonzero(~had_it)):
        drawn[group] = np.bincount(random.integers(0, len(group), len(group)), minlength=len(group))
    return drawn[people.person].astype(float)


def find_bounds(values: Floats) -> Bounds:
    """The percentile interval over the first axis; NaN where too few draws gave a value."""
    given = np.isfinite(values)
    failed = len(values) - int(given.reshape(len(values), -1).all(axis=1).sum())
    enough = given.mean(axis=0) >= FEWEST_SHARE_DONE
    with warnings.catch_warnings():
        # A value that no draw gave is told as absent, not warned about.
        warnings.simplefilter("ignore", RuntimeWarning)
        low, high = np.nanquantile(np.where(given, values, np.nan), ENDS, axis=0)
    return Bounds(np.where(enough, low, np.nan), np.where(enough, high, np.nan), failed)
