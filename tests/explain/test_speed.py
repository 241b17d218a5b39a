"""Explaining is quick beside judging. The bounds are several times what it takes, so that a busy machine keeps them."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from explain.people import PEOPLE, assessor, made_up
from myosteon.outputs.explain import explain, what_to_measure_next
from myosteon.outputs.why_differ import explain_differences

VERDICTS = [guideline.verdicts[0] for guideline in assessor().guidelines]
ONE_VERDICT_MS = 2.0
ALL_VERDICTS_MS = 15.0


def best_of(times: int, work: Callable[[], object]) -> float:
    """The shortest time in milliseconds."""
    found = []
    for _ in range(times):
        begun = perf_counter()
        work()
        found.append((perf_counter() - begun) * 1000)
    return min(found)


def test_one_verdict_is_explained_in_two_milliseconds() -> None:
    for name in PEOPLE:
        row = made_up(name)
        assert best_of(20, lambda row=row: explain(row, assessor(), "sarcopenia_awgs2019")) < ONE_VERDICT_MS  # type: ignore[misc]


def test_every_verdict_and_what_to_measure_next() -> None:
    row = made_up("man_58_by_impedance")

    def everything() -> None:
        for verdict in VERDICTS:
            explain(row, assessor(), verdict, "zh")
        what_to_measure_next(row, assessor(), "zh")
        explain_differences(row, assessor(), "zh")

    assert best_of(10, everything) < ALL_VERDICTS_MS
