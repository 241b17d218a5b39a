"""What guidelines say of a cohort, as a page of tables: verdicts by question, states by recommendation, two sources beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from myosteon.evidence.corpus_types import STATES, STATUS_OF
from myosteon.evidence.types import STATUSES
from myosteon.guidance.answer_types import VERDICTS
from myosteon.outputs.page import Cell, Group, Note, Page, Row, Table
from myosteon.outputs.recommendation_voice import RecommendationVoice

# What a source says to a question for one person.
SAYS = ("do", "not", "nothing", "unknown")


@dataclass(frozen=True, slots=True)
class Between:
    """How many people two sources say what to, by (first, second) of `SAYS`."""

    question: str
    first: str
    second: str
    counts: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts over people.

    `records` has a row each recommendation: id, question, source, mark and a column for each state. `verdicts` has a row each
    question: question and a column for each verdict, on the recommendations that were read.
    """

    people: int
    records: pl.DataFrame
    verdicts: pl.DataFrame
    between: Between | None


def summary_page(counted: Counted, voice: RecommendationVoice) -> Page:
    """The page; JSON has the same numbers by the names of the columns."""
    say, corpus = voice.say, voice.corpus
    tables = [_between(counted.between, voice)] if counted.between else []
    tables += [
        Table(
            (say("table.question"), *(say(f"verdict.{kind}") for kind in VERDICTS)),
            (Group("", tuple(_verdicts(counted.verdicts.iter_rows(named=True), voice))),),
        ),
        Table(
            (say("table.recommendation"), say("table.source"), *(say(f"state.{state}") for state in STATES)),
            tuple(
                Group(
                    voice.text(corpus.questions[str(question)].label),
                    tuple(_records(rows.iter_rows(named=True), voice)),
                )
                for (question,), rows in counted.records.group_by("question", maintain_order=True)
            ),
        ),
    ]
    marks = {status: say(f"mark.{status}") for status in STATUSES}
    return Page(
        language=voice.language,
        kicker=say("title.page"),
        title=say("title.summary", people=counted.people),
        lead=say("lead.summary", sources=len(corpus.sources)),
        tables=tuple(tables),
        notes=(marks_note(voice),),
        foot=say("line.foot"),
        marks=marks,
        data=_data(counted),
    )


def marks_note(voice: RecommendationVoice) -> Note:
    """What each mark means."""
    lines = tuple(("", Cell(voice.say(f"mark.{status}_means"), status)) for status in STATUSES)
    return Note(voice.say("section.marks"), lines)


def _verdicts(rows: Iterable[Mapping[str, Any]], voice: RecommendationVoice) -> Iterable[Row]:
    for row in rows:
        label = voice.text(voice.corpus.questions[row["question"]].label)
        yield Row(
            label, tuple(Cell(str(row[kind]), look="plain" if row[kind] else "quiet") for kind in VERDICTS)
        )


def _records(rows: Iterable[Mapping[str, Any]], voice: RecommendationVoice) -> Iterable[Row]:
    for row in rows:
        record = voice.corpus.by_id[row["id"]]
        source = Cell(voice.source(record), STATUS_OF[record.mark])
        counts = (Cell(str(row[state]), look="plain" if row[state] else "quiet") for state in STATES)
        yield Row(voice.text(record.statement), (source, *counts))


def _between(between: Between, voice: RecommendationVoice) -> Table:
    say = voice.say
    first, second = (voice.text(voice.corpus.sources[id].name) for id in (between.first, between.second))
    question = voice.text(voice.corpus.questions[between.question].label)
    rows = tuple(
        Row(
            say(
                "table.between_row",
                first=first,
                state_a=say(f"table.says_{a}"),
                second=second,
                state_b=say(f"table.says_{b}"),
            ),
            (Cell(str(count), look="differs" if (a, b) in (("do", "not"), ("do", "nothing")) else "plain"),),
        )
        for (a, b), count in between.counts.items()
        if count
    )
    title = say("table.between", first=first, second=second, question=question)
    return Table((title, say("table.people")), (Group("", rows),))


def _data(counted: Counted) -> dict[str, Any]:
    data: dict[str, Any] = {
        "people": counted.people,
        "questions": counted.verdicts.to_dicts(),
        "recommendations": counted.records.to_dicts(),
    }
    if counted.between:
        one = counted.between
        data["between"] = {
            "question": one.question,
            "first": one.first,
            "second": one.second,
            "counts": [{"first": a, "second": b, "people": n} for (a, b), n in one.counts.items()],
        }
    return data
