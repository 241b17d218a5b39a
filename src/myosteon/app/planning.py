"""Answers `myosteon plan`: reads people and treatments, makes the plans, writes them in the format that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import polars as pl

from myosteon.app.clinic_file import clinic_for
from myosteon.app.courses import say_courses
from myosteon.app.lines_file import write_lines
from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.plan_crowd import PlanCrowd
from myosteon.app.plan_not_applied import with_not_applied
from myosteon.app.plan_run import TRAINING_LEVEL, Planner
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language, is_terminal
from myosteon.app.texts import both
from myosteon.app.visits import PERSON, visits_as_of
from myosteon.engine.graph import Graph
from myosteon.errors import InputError
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.handout_text import handout_text
from myosteon.outputs.handout_types import Handout
from myosteon.outputs.plan_html import handout_html, plan_html
from myosteon.outputs.plan_json import PlanWriter
from myosteon.outputs.plan_pdf import handout_pdf, plan_pdf
from myosteon.outputs.plan_text import plan_text
from myosteon.outputs.plan_types import Plan
from myosteon.outputs.plan_view import view_plan
from myosteon.outputs.plan_view_types import PlanView
from myosteon.rules.guideline import Settings

FORMATS = ("text", "json", "html", "pdf")
# A page or a PDF is for one person; text and JSON may go on.
FOR_ONE = ("html", "pdf")
# Such a file has so many people that a second process is worth while.
LARGE_FILE = 2_000_000
BETWEEN_PLANS = "\n" + "=" * 80 + "\n\n"


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """What was asked of `myosteon plan`; `settings` as for `assess`."""

    file: Path
    treatments: Path | None
    tier: int | None
    clinic: Path | None
    as_of: date
    person: str | None
    format: str
    handout: bool
    suppressed: bool
    output: Path | None
    reading: ReadingOptions
    settings: tuple[bool, str, bool]
    language: Language
    not_applied: bool = False
    chinese_medicine: bool | None = None
    corpus: Path | None = None

    @property
    def lines_only(self) -> bool:
        """Whether all that is asked for are plans as lines of JSON."""
        return self.format == "json" and not self.not_applied


def answer_plan(asked: PlanQuestion) -> bool:
    """Writes the plans; returns whether values were refused, of the one person where only one was asked for.

    Raises:
        MyosteonError: the file, the clinic, the person or the format cannot be used, or a part for PDF is missing.
    """
    if asked.format not in FORMATS:
        raise InputError(f"--format {asked.format} is not known; choose one of {', '.join(FORMATS)}")
    if asked.handout and asked.format == "json":
        raise InputError(both("plan_handout_json"))
    if asked.format == "pdf" and asked.output is None and is_terminal():
        raise InputError(both("plan_pdf_to_terminal"))
    clinic = clinic_for(asked.tier, asked.clinic)
    if asked.chinese_medicine is not None:
        clinic = replace(clinic, chinese_medicine=asked.chinese_medicine)
    settings = replace(Settings(*asked.settings), label_region=clinic.region)
    planner = Planner(clinic, asked.as_of, asked.language, settings, asked.corpus)
    with PlanCrowd(planner, suppressed=asked.suppressed) as crowd:
        if asked.person is None and asked.lines_only and _bytes(asked.file) >= LARGE_FILE:
            crowd.begin()
        return _read_and_write(asked, planner, crowd)


def _read_and_write(asked: PlanQuestion, planner: Planner, crowd: PlanCrowd) -> bool:
    reading = read_people(asked.file, asked.reading)
    people, treatments = visits_as_of(reading, asked.treatments, asked.as_of, asked.person)
    if asked.format in FOR_ONE and people.height > 1:
        raise InputError(both("plan_for_one", format=asked.format, people=people.height))
    if people.is_empty():
        raise InputError(both("plan_nobody", person=asked.person or "-", day=asked.as_of.isoformat()))
    told = reading if asked.person is None else reading.about(asked.person)
    say_what_was_read(told, asked.language)
    not_used = False
    if treatments is not None:
        seen = people[PERSON].to_list() if PERSON in people.columns else []
        not_used = say_courses(treatments, seen, asked.as_of, asked.language, asked.person)
    if asked.lines_only:
        write_lines(crowd.lines(people), asked.output)
    else:
        _write(asked, planner, people)
    return told.refused_in_all > 0 or not_used


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        # The reader says what is wrong with it.
        return 0


def _write(asked: PlanQuestion, planner: Planner, people: pl.DataFrame) -> None:
    judged = planner.judge(people)
    plans = planner.maker.plans(judged)
    if asked.not_applied:
        plans = with_not_applied(plans, people, planner)
    if asked.format == "json":
        writer = PlanWriter(suppressed=asked.suppressed)
        write_lines((writer.write(plan) + b"\n" for plan in plans), asked.output)
        return
    levels = judged[TRAINING_LEVEL].to_list() if TRAINING_LEVEL in judged.columns else [None] * judged.height
    drawn = _drawing(asked, planner)
    made = [drawn(plan, level or "") for plan, level in zip(plans, levels, strict=True)]
    if isinstance(made[0], bytes):
        _write_bytes(made[0], asked.output)
        return
    write_text(BETWEEN_PLANS.join(str(text) for text in made), asked.output)


def _drawing(asked: PlanQuestion, planner: Planner) -> Callable[[Plan, str], str | bytes]:
    graph = planner.assessor.graph
    to_terminal = asked.output is None and is_terminal()
    if asked.handout:
        pages: dict[str, Callable[[Handout], str | bytes]]
        pages = {"text": handout_text, "html": handout_html, "pdf": handout_pdf}
        page = pages[asked.format]
        return lambda plan, level: page(make_handout(plan, level))
    if asked.format == "text":
        return lambda plan, _: plan_text(_view(asked, plan, graph), terminal=to_terminal)
    draw: Callable[[PlanView], str | bytes] = plan_html if asked.format == "html" else plan_pdf
    return lambda plan, _: draw(_view(asked, plan, graph))


def _view(asked: PlanQuestion, plan: Plan, graph: Graph) -> PlanView:
    return view_plan(plan, graph, version("myosteon"), suppressed=asked.suppressed)


def _write_bytes(content: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error
