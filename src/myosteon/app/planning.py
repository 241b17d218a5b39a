"""Answers `myosteon plan`: reads people and treatments, makes the plans, writes them in the format that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import polars as pl

from myosteon.app.clinic_file import clinic_for
from myosteon.app.due_list import say_refused_courses
from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.plan_run import TRAINING_LEVEL, Planner
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language, is_terminal
from myosteon.app.texts import both
from myosteon.app.visits import visits_as_of
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
BETWEEN_PLANS = "\n" + "=" * 100 + "\n\n"


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


def answer_plan(asked: PlanQuestion) -> bool:
    """Writes the plans; returns whether values of the file were refused.

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
    reading = read_people(asked.file, asked.reading)
    people, treatments = visits_as_of(reading, asked.treatments, asked.as_of, asked.person)
    if asked.format in FOR_ONE and people.height > 1:
        raise InputError(both("plan_for_one", format=asked.format, people=people.height))
    if people.is_empty():
        raise InputError(both("plan_nobody", person=asked.person or "-", day=asked.as_of.isoformat()))
    say_what_was_read(reading if asked.person is None else reading.about(asked.person), asked.language)
    if treatments is not None:
        say_refused_courses(treatments, asked.language)
    planner = Planner(clinic, asked.as_of, asked.language, Settings(*asked.settings))
    _write(asked, planner, people)
    return reading.refused_in_all > 0 or bool(treatments and treatments.refusals)


def _write(asked: PlanQuestion, planner: Planner, people: pl.DataFrame) -> None:
    judged = planner.judge(people)
    plans = planner.maker.plans(judged)
    if asked.format == "json":
        writer = PlanWriter(suppressed=asked.suppressed)
        _write_lines(asked, (writer.write(plan) + "\n" for plan in plans))
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


def _write_lines(asked: PlanQuestion, lines: Iterable[str]) -> None:
    if asked.output is None:
        sys.stdout.writelines(lines)
        return
    try:
        with asked.output.open("w", encoding="utf-8") as target:
            target.writelines(lines)
    except OSError as error:
        raise InputError(f"{asked.output} cannot be written: {error.strerror or error}") from error


def _write_bytes(content: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error
