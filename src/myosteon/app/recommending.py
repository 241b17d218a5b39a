"""Answers `myosteon recommendations`: what guidelines say of one person, or counts over all of a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from myosteon.app.courses import say_courses
from myosteon.app.guidance_run import GuidanceRunner
from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.recommendation_counts import count_recommendations
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language
from myosteon.app.texts import both
from myosteon.app.visits import PERSON, visits_as_of
from myosteon.errors import InputError
from myosteon.outputs.guidelines import write_page
from myosteon.outputs.recommendation_html import recommendation_html
from myosteon.outputs.recommendation_json import recommendation_table
from myosteon.outputs.recommendation_summary import summary_page
from myosteon.outputs.recommendation_text import recommendation_text
from myosteon.outputs.recommendation_view import RecommendationViewer
from myosteon.outputs.recommendation_voice import RecommendationVoice
from myosteon.rules.guideline import Settings

FORMATS = ("text", "json", "html")
SUMMARY_FORMATS = ("text", "json", "html", "csv")


@dataclass(frozen=True, slots=True)
class RecommendationQuestion:
    """What was asked of `myosteon recommendations`."""

    file: Path
    treatments: Path | None
    as_of: date
    person: str | None
    question: str | None
    format: str
    region: str
    corpus: Path | None
    not_applied: bool
    summary: bool
    between: tuple[str, str] | None
    output: Path | None
    reading: ReadingOptions
    settings: tuple[bool, str, bool]
    language: Language


def answer_recommendations(asked: RecommendationQuestion) -> bool:
    """Writes what was asked for; returns whether values of the file were refused.

    Raises:
        MyosteonError: the file, the corpus, the person, the question or the format cannot be used.
    """
    formats = SUMMARY_FORMATS if asked.summary else FORMATS
    if asked.format not in formats:
        raise InputError(f"--format {asked.format} is not known here; choose one of {', '.join(formats)}")
    runner = GuidanceRunner(Settings(*asked.settings), asked.corpus)
    questions = _questions(asked, runner)
    reading = read_people(asked.file, asked.reading)
    people, treatments = visits_as_of(reading, asked.treatments, asked.as_of, asked.person)
    if people.is_empty():
        raise InputError(both("plan_nobody", person=asked.person or "-", day=asked.as_of.isoformat()))
    if not asked.summary and asked.format != "json" and people.height > 1:
        raise InputError(both("recommendations_for_one", format=asked.format, people=people.height))
    say_what_was_read(reading if asked.person is None else reading.about(asked.person), asked.language)
    if treatments is not None:
        seen = people[PERSON].to_list() if PERSON in people.columns else []
        say_courses(treatments, seen, asked.as_of, asked.language, asked.person)
    if asked.summary:
        write_text(_summary(asked, runner, people, questions), asked.output)
    else:
        write_text("".join(_each(asked, runner, people, questions)), asked.output)
    return reading.refused_in_all > 0 or bool(treatments and treatments.refusals)


def _questions(asked: RecommendationQuestion, runner: GuidanceRunner) -> Sequence[str] | None:
    for source in asked.between or ():
        if source not in runner.corpus.sources:
            raise InputError(both("recommendations_no_source", source=source))
    if asked.between and (asked.question is None or not asked.summary):
        raise InputError(both("recommendations_between"))
    if asked.question is None:
        return None
    if asked.question not in runner.corpus.questions:
        raise InputError(both("recommendations_no_question", question=asked.question))
    return [asked.question]


def _each(
    asked: RecommendationQuestion,
    runner: GuidanceRunner,
    people: pl.DataFrame,
    questions: Sequence[str] | None,
) -> list[str]:
    voice = RecommendationVoice(asked.language, runner.assessor.graph, runner.corpus)
    viewer = RecommendationViewer(voice, asked.region)
    written = []
    for facts in runner.judge(people).iter_rows(named=True):
        answers = runner.answers(facts, questions)
        id = facts.get("person_id")
        person = None if id is None else str(id)
        if asked.format == "json":
            table = recommendation_table(
                person,
                answers,
                runner.corpus,
                asked.language,
                runner.measures_beneath(facts),
                not_applied=asked.not_applied or questions is not None,
            )
            written.append(json.dumps(table, ensure_ascii=False) + "\n")
            continue
        beneath = runner.measures_beneath(facts)
        view = viewer.view(person or "", answers, facts, beneath, not_applied=asked.not_applied)
        written.append(recommendation_text(view) if asked.format == "text" else recommendation_html(view))
    return written


def _summary(
    asked: RecommendationQuestion,
    runner: GuidanceRunner,
    people: pl.DataFrame,
    questions: Sequence[str] | None,
) -> str:
    counted = count_recommendations(runner, people, questions, asked.between)
    voice = RecommendationVoice(asked.language, runner.assessor.graph, runner.corpus)
    if asked.format == "csv":
        return counted.records.write_csv()
    return write_page(summary_page(counted, voice), asked.format)
