"""The recommendations that were not applied to a person, for the end of a plan where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from myosteon.app.plan_run import Planner
from myosteon.guidance.answer_types import RecordState
from myosteon.outputs.plan_line_recommendations import told_of
from myosteon.outputs.plan_types import NotApplied, Plan
from myosteon.outputs.recommendation_voice import RecommendationVoice


def with_not_applied(plans: Iterator[Plan], people: pl.DataFrame, planner: Planner) -> Iterator[Plan]:
    """The plans of people, each with every recommendation that was not applied."""
    runner = planner.guidance
    voice = RecommendationVoice(planner.language, runner.assessor.graph, runner.corpus)
    for plan, facts in zip(plans, runner.judge(people).iter_rows(named=True), strict=True):
        beneath = runner.measures_beneath(facts)
        yield replace(
            plan,
            not_applied=tuple(
                _told(one, voice, beneath(one.needs()))
                for answer in runner.answers(facts)
                for one in answer.states
                if one.state != "applies" or one.record.id in answer.superseded
            ),
        )


def _told(one: RecordState, voice: RecommendationVoice, needs: tuple[str, ...]) -> NotApplied:
    record = one.record
    waits = one.state == "cannot_be_judged"
    superseded = one.state == "applies"
    return NotApplied(
        recommendation=told_of(record, one.state, voice.corpus, voice.plain),
        question=voice.text(voice.corpus.questions[record.question].label),
        statement=voice.text(record.statement),
        said_state=voice.say("state.superseded" if superseded else f"state.{one.state}"),
        because=voice.say("line.needs", items=voice.names(one.needs(), "line.join"))
        if waits
        else voice.facts(one.because(), one.facts),
        needs=needs,
    )
