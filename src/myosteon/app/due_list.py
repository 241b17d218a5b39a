"""Answers `myosteon due`: what about bone drugs is due for whom, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import floor
from pathlib import Path

import polars as pl

from myosteon.app.clinic_file import clinic_for
from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import write_results, write_text
from myosteon.app.screen import Language, say
from myosteon.app.visits import no_courses
from myosteon.assess import make_assessor
from myosteon.evidence.care_load import load_care
from myosteon.evidence.care_types import Line
from myosteon.history import Treatments, as_of, read_treatments
from myosteon.outputs.plan_line_maker import LineMaker
from myosteon.outputs.plan_voice import PlanVoice

URGENCY = ("urgent", "soon", "routine")
# Lines about denosumab, also about what has to follow it.
FIRST = "denosumab"
SCHEMA = {
    "person_id": pl.String,
    "what": pl.String,
    "subject": pl.String,
    "due_date": pl.Date,
    "days_late": pl.Int64,
    "urgency": pl.String,
    "reason": pl.String,
}


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """What was asked of `myosteon due`: what is due by `within` days after the day, and all that is late.

    Without `treatments` only what the visits say of drugs counts.
    """

    file: Path
    treatments: Path | None
    as_of: date
    within: int
    tier: int | None
    clinic: Path | None
    output: Path | None
    reading: ReadingOptions
    language: Language


def answer_due(asked: DueQuestion) -> bool:
    """Writes the list; returns whether values of a file were refused.

    Raises:
        MyosteonError: a file cannot be used.
    """
    clinic = clinic_for(asked.tier, asked.clinic)
    reading = read_people(asked.file, asked.reading)
    treatments = read_treatments(asked.treatments) if asked.treatments else no_courses()
    say_what_was_read(reading, asked.language)
    say_refused_courses(treatments, asked.language)
    people = as_of(reading.frame, treatments, asked.as_of, without_visit=True)
    graph, voice = make_assessor(care=True).graph, PlanVoice(asked.language)
    makers = [LineMaker(line, graph, clinic, voice, asked.as_of) for line in clock_lines()]
    found = due_list(people, makers, asked.as_of, asked.within)
    if asked.output is None or str(asked.output) == "-":
        write_text(found.write_csv(), None)
    else:
        write_results(found.lazy(), asked.output)
    return bool(reading.refused_in_all or treatments.refusals)


def say_refused_courses(treatments: Treatments, language: Language) -> None:
    """What could not be used of the treatments, one by one."""
    for refusal in treatments.refusals:
        say(refusal.describe(language))


def clock_lines() -> tuple[Line, ...]:
    """The lines of the plan that have a date of their own by what was taken, and what is urgent about drugs without one."""
    lines = (line for one in load_care() for line in one.lines)
    return tuple(
        line
        for line in lines
        if isinstance(line.due, str) or (line.category == "drug_clock" and line.urgency == "urgent")
    )


def due_list(people: pl.DataFrame, makers: list[LineMaker], day: date, within: int) -> pl.DataFrame:
    """The columns of the contract, the most urgent first, denosumab before the rest, the latest before the less late.

    Args:
        people: canonical people as of the day, one row each.
        makers: what writes each line.
        day: the day.
        within: days; what is due later is left out.
    """
    assessor = make_assessor(care=True)
    named = {name for maker in makers for name in maker.columns}
    answers = {f"line_{maker.line.id}" for maker in makers}
    outputs = tuple(sorted(name for name in named | answers if name in assessor.graph.rules))
    kept = ["person_id", *sorted(name for name in named if name in people.columns and name not in outputs)]
    judged = assessor.plan(outputs).run_polars(people.lazy(), people.columns, kept).collect()
    rows = [row for maker in makers for row in _rows(maker, judged, day, within)]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    rank = pl.col("urgency").replace_strict({word: place for place, word in enumerate(URGENCY)})
    order = [
        rank,
        ~pl.col("what").str.starts_with(FIRST),
        -pl.col("days_late"),
        pl.col("person_id"),
        pl.col("what"),
    ]
    return frame.sort(order, nulls_last=True, maintain_order=True)


def _rows(maker: LineMaker, judged: pl.DataFrame, day: date, within: int) -> Iterator[tuple[object, ...]]:
    line = maker.line
    for row in judged.filter(pl.col(f"line_{line.id}")).iter_rows(named=True):
        days = row.get(line.due) if isinstance(line.due, str) else None
        if days is not None and days > within:
            continue
        made = maker.make(row)
        late = None if days is None else max(0, -floor(days))
        said = " ".join(filter(None, (made.action, made.reason)))
        yield row["person_id"], line.id, line.subject, made.due, late, line.urgency, said
