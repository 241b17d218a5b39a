"""Recommendations of guidelines: all of them for a crowd, and every question for one person after another."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import people
from timing import take_times

from myosteon.app.guidance_run import GuidanceRunner
from myosteon.engine.evaluate import NO_OPTIMISATION
from myosteon.rules.guideline import Settings

SEED = 20261121
# People of whom one after another is asked: nobody's answers are given twice while time is taken.
DIFFERENT_PEOPLE = 400
RUNS_OF_ONE = 200
WARM_UP = 100

Report = dict[str, Any]


def recommendations_of_a_crowd(rows: int) -> Report:
    """Whether each recommendation applies to each person."""
    runner = GuidanceRunner(Settings())
    names = [record.column for record in runner.corpus.records]
    plan = runner.assessor.plan(names)
    read = [name for name in plan.measures_read if name != "visit_date"]
    crowd = people.with_measures(people.make_people(rows, SEED), read, SEED)
    judged = plan.run_polars(crowd.lazy(), crowd.columns, [])
    times = take_times(lambda: judged.collect(optimizations=NO_OPTIMISATION), runs=3, warm_up=1)
    return {**times, "records": len(names)}


def one_persons_recommendations(_: int) -> Report:
    """One person of many: the facts, every recommendation, and the verdict on every question."""
    runner = GuidanceRunner(Settings())
    read = [name for name in runner.assessor.plan(runner.outputs).measures_read if name != "visit_date"]
    crowd = people.with_measures(people.make_people(DIFFERENT_PEOPLE, SEED), read, SEED)
    persons = cycle([crowd.slice(place, 1) for place in range(crowd.height)])

    def answered() -> int:
        return len(runner.answers(runner.judge(next(persons)).row(0, named=True)))

    return {**take_times(answered, runs=RUNS_OF_ONE, warm_up=WARM_UP)}


CASES: dict[str, Callable[[int], Report]] = {
    case.__name__: case for case in (recommendations_of_a_crowd, one_persons_recommendations)
}
