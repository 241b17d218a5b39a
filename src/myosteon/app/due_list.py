"""What about bone drugs is due for whom, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import floor

import polars as pl

from myosteon.app.screen import Language
from myosteon.app.texts import tell
from myosteon.assess import make_assessor
from myosteon.evidence.care_load import care_of_region
from myosteon.evidence.care_types import Line
from myosteon.evidence.clinic import Clinic
from myosteon.history import Treatments
from myosteon.outputs.plan_line_maker import LineMaker
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.rules.guideline import Settings

URGENCY = ("urgent", "soon", "routine")
# Lines about denosumab, also about what has to follow it.
FIRST = "denosumab"
# What is urgent about these has a place in the list wherever the plan shows it, also as a referral.
EXITS = ("denosumab_exit", "denosumab_dose", "follow_on", "course")
SCHEMA = {
    "person_id": pl.String,
    "what": pl.String,
    "subject": pl.String,
    "due_date": pl.Date,
    "days_late": pl.Int64,
    "urgency": pl.String,
    "reason": pl.String,
}


def list_due(
    people: pl.DataFrame, treatments: Treatments, clinic: Clinic, day: date, within: int, language: Language
) -> pl.DataFrame:
    """The columns of the contract, in the order of `in_order`.

    Args:
        people: canonical people as of the day, one row each.
        treatments: the courses, of which some may have been left out.
        clinic: what it can do, and whose labels hold there.
        day: the day.
        within: days; what is due later is left out.
        language: that of the reasons.
    """
    settings = Settings(label_region=clinic.region)
    assessor, voice = make_assessor(None, settings, care=True), PlanVoice(language)
    makers = [LineMaker(line, assessor.graph, clinic, voice, day) for line in clock_lines(clinic.region)]
    named = {name for maker in makers for name in maker.columns}
    answers = {f"line_{maker.line.id}" for maker in makers}
    outputs = tuple(sorted(name for name in named | answers if name in assessor.graph.rules))
    kept = ["person_id", *sorted(name for name in named if name in people.columns and name not in outputs)]
    judged = assessor.plan(outputs).run_polars(people.lazy(), people.columns, kept).collect()
    rows = [row for maker in makers for row in _rows(maker, judged, day, within, language)]
    rows += _unreadable(treatments, tell("due_unreadable", language))
    return in_order(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def clock_lines(region: str) -> tuple[Line, ...]:
    """The lines of the plan that have a date of their own by what was taken, and what is urgent about drugs without one."""
    lines = (line for one in care_of_region(region) for line in one.lines)
    return tuple(
        line
        for line in lines
        if isinstance(line.due, str)
        or (line.urgency == "urgent" and (line.category == "drug_clock" or line.subject in EXITS))
    )


def in_order(found: pl.DataFrame) -> pl.DataFrame:
    """The most urgent first, denosumab before the rest, the latest before the less late."""
    rank = pl.col("urgency").replace_strict({word: place for place, word in enumerate(URGENCY)})
    order = [
        rank,
        ~pl.col("what").str.starts_with(FIRST),
        -pl.col("days_late"),
        pl.col("person_id"),
        pl.col("what"),
    ]
    return found.sort(order, nulls_last=True, maintain_order=True)


def _rows(
    maker: LineMaker, judged: pl.DataFrame, day: date, within: int, language: Language
) -> Iterator[tuple[object, ...]]:
    line = maker.line
    between = tell("due_between", language)
    for row in judged.filter(pl.col(f"line_{line.id}")).iter_rows(named=True):
        days = row.get(line.due) if isinstance(line.due, str) else None
        if days is not None and days > within:
            continue
        made = maker.make(row)
        late = None if days is None else max(0, -floor(days))
        said = between.join(filter(None, (made.action, made.reason)))
        yield row["person_id"], line.id, line.subject, made.due, late, line.urgency, said


def _unreadable(treatments: Treatments, reason: str) -> list[tuple[object, ...]]:
    """One row for each person of whom a course was left out: silence would look as if nothing were due."""
    return [
        (person, "treatments_unreadable", "drug", None, None, "urgent", reason)
        for person in sorted(treatments.incomplete)
    ]
