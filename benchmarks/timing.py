"""Takes the time of an action, several times over."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any, TypedDict


class Times(TypedDict):
    """Seconds: the best and the median of the runs after the warm-up."""

    best_s: float
    median_s: float
    runs: int


def take_times(action: Callable[[], Any], *, runs: int, warm_up: int = 1) -> Times:
    """The times of `action`; what it returns is kept until its time is taken."""
    for _ in range(warm_up):
        action()
    seconds = []
    for _ in range(runs):
        started = perf_counter()
        result = action()
        seconds.append(perf_counter() - started)
        del result
    return Times(best_s=min(seconds), median_s=median(seconds), runs=runs)
