"""Plans of care: of a crowd with courses of bone drugs, of one person after another, and as PDF."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any

import polars as pl
from timing import take_times

from myosteon.app.demo_cohort import write_demo_cohort
from myosteon.app.demo_treatments import write_demo_treatments
from myosteon.app.lines_file import write_lines
from myosteon.app.people import read_people
from myosteon.app.plan_crowd import PlanCrowd
from myosteon.app.plan_run import Planner
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.visits import visits_as_of
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.outputs.plan_json import PlanWriter
from myosteon.outputs.plan_pdf import plan_pdf
from myosteon.outputs.plan_view import view_plan
from myosteon.rules.guideline import Settings

AS_OF = date(2026, 11, 20)
SEED = 20261120
# People of whom one after another is asked: nobody's plan is made twice while time is taken.
DIFFERENT_PEOPLE = 400
RUNS_OF_ONE = 200
WARM_UP = 100
RUNS_OF_A_PDF = 9

Report = dict[str, Any]


def plans_of_a_crowd(rows: int) -> Report:
    """From the files of people and treatments to JSON, the making of the rules included; then once more to a file."""
    with tempfile.TemporaryDirectory(prefix="myosteon_bench_") as folder:
        files = _files(rows, Path(folder))
        target = Path(folder) / "plans.jsonl"
        started, worked = perf_counter(), sum(os.times()[:4])
        with PlanCrowd(_planner()) as crowd:
            crowd.begin()
            people = _people(*files)
            read = perf_counter()
            for _ in crowd.lines(people):
                pass
        made = perf_counter()
        worked = sum(os.times()[:4]) - worked
        # A planner of its own: the first one remembers lines.
        with PlanCrowd(_planner()) as crowd:
            write_lines(crowd.lines(people), target)
        written = perf_counter()
        gib = target.stat().st_size / 1024**3
    return {
        "people": people.height,
        "treated": people.filter(pl.col("drug") != "none").height,
        "seconds": made - started,
        "processor_s": worked,
        "read_s": read - started,
        "to_a_file_s": (read - started) + (written - made),
        "gib": gib,
    }


def one_plan(_: int) -> Report:
    """One person of many, judged, planned and written as JSON."""
    planner, people = _planner(), cycle(_some_people())
    writer = PlanWriter()

    def made() -> bytes:
        return writer.write(next(planner.plans(next(people))))

    return {**take_times(made, runs=RUNS_OF_ONE, warm_up=WARM_UP)}


def plan_as_pdf(_: int) -> Report:
    """One person of many, judged, planned and set as PDF; the first search for fonts apart."""
    planner, people = _planner(), cycle(_some_people())

    def made() -> bytes:
        plan = next(planner.plans(next(people)))
        return plan_pdf(view_plan(plan, planner.assessor.graph, "benchmark"))

    started = perf_counter()
    made()
    first = perf_counter() - started
    return {**take_times(made, runs=RUNS_OF_A_PDF), "first_s": first}


def _planner() -> Planner:
    return Planner(clinic_of_tier(1), AS_OF, "en", Settings())


def _some_people() -> list[pl.DataFrame]:
    with tempfile.TemporaryDirectory(prefix="myosteon_bench_") as folder:
        people = _people(*_files(DIFFERENT_PEOPLE, Path(folder)))
    return [people.slice(place, 1) for place in range(people.height)]


def _files(people: int, folder: Path) -> tuple[Path, Path]:
    file, treatments = folder / "people.csv", folder / "treatments.csv"
    write_demo_cohort(file, people, SEED)
    write_demo_treatments(file, treatments)
    return file, treatments


def _people(file: Path, treatments: Path) -> pl.DataFrame:
    people, _ = visits_as_of(read_people(file, ReadingOptions()), treatments, AS_OF, None)
    return people


CASES: dict[str, Callable[[int], Report]] = {
    case.__name__: case for case in (plans_of_a_crowd, one_plan, plan_as_pdf)
}
