"""The questions that facts of a person settled: what is left, what the facts took out, and which facts these were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from myosteon.engine.graph import Graph
from myosteon.evidence.corpus_disputes import load_disputes
from myosteon.guidance.answer_types import Answer, Verdict
from myosteon.guidance.question_logic import QuestionLogic
from myosteon.guidance.question_verdict import Guidance
from myosteon.outputs.plan_disputed import ABOUT, MARKS, UNDECIDED
from myosteon.outputs.plan_line_recommendations import told_of
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_rows import Rows, keys
from myosteon.outputs.plan_types import SettledAnswer, SettledQuestion
from myosteon.outputs.recommendation_voice import RecommendationVoice

SETTLED = "resolved_by_facts"
Settled = tuple[SettledQuestion, ...]


class SettledMaker:
    """Finds the questions that the facts of people settled, on the recommendations that were read.

    Args:
        guidance: what answers questions, by one corpus.
        graph: the rules; a question of which a recommendation has no column is left out.
        voice: the language.
    """

    def __init__(self, guidance: Guidance, graph: Graph, voice: RecommendationVoice) -> None:
        asked = [
            _Asked(id, guidance, voice) for id in guidance.corpus.questions if guidance.logic(id).can_disagree
        ]
        self._asked = [one for one in asked if all(column in graph.rules for column in one.columns)]
        read = (name for one in self._asked for name in (*one.columns, *one.facts))
        self.columns = tuple(dict.fromkeys(read))

    def make(self, rows: Rows) -> list[Settled]:
        """The settled questions of each row: care before definitions."""
        found: list[list[SettledQuestion]] = [[] for _ in range(rows.height)]
        for one in self._asked:
            for place, settled in one.of(rows):
                found[place].append(settled)
        return [tuple(sorted(of_person, key=lambda one: ABOUT.index(one.about))) for of_person in found]


class _Asked:
    """One question that facts can settle."""

    def __init__(self, id: str, guidance: Guidance, voice: RecommendationVoice) -> None:
        self._id = id
        self._guidance = guidance
        self._logic: QuestionLogic = guidance.logic(id)
        self._voice = voice
        known = load_disputes().get(id)
        self._about = known.of if known else "care"
        self._caution = voice.text(known.caution) if known and known.caution else ""
        self.columns = tuple(record.column for record in self._logic.records)
        names = (name for record in self._logic.records for name in record.names)
        self.facts = tuple(dict.fromkeys(names))
        self._may_be: Memory[bytes, tuple[bool]] = Memory()
        self._made: Memory[tuple[object, ...], tuple[SettledQuestion | None]] = Memory()

    def of(self, rows: Rows) -> Iterator[tuple[int, SettledQuestion]]:
        """The rows of which it is settled."""
        states = [rows.texts(column) for column in self.columns]
        coded = keys([text.codes for text in states])
        maybe = self._may_be.each(
            coded, lambda place: (self._may_be_settled([text.text(place) for text in states]),)
        )
        places = [place for place, (one,) in enumerate(maybe) if one]
        for place, values in zip(places, rows.values(self.facts, places), strict=True):
            made = self._made.get(values)
            if made is None:
                made = self._made[values] = (self._judge(dict(zip(self.facts, values, strict=True))),)
            if made[0] is not None:
                yield place, made[0]

    def _may_be_settled(self, states: Sequence[str]) -> bool:
        """Whether it would be settled if facts other than sex, age and menopause put out all that is out."""
        applying = undecided = out = 0
        for place, state in enumerate(states):
            if state == "applies":
                applying |= 1 << place
            elif (state or UNDECIDED) == UNDECIDED:
                undecided |= 1 << place
            elif self._logic.rivals[place]:
                out |= 1 << place
        return self._logic.judge(applying, undecided, out, 0).kind == SETTLED

    def _judge(self, facts: Mapping[str, Any]) -> SettledQuestion | None:
        verdict = self._guidance.verdict(self._id, facts)
        return self._write(verdict, facts) if verdict.kind == SETTLED else None

    def _write(self, verdict: Verdict, facts: Mapping[str, Any]) -> SettledQuestion:
        corpus, voice = self._guidance.corpus, self._voice
        because = [atom for removed in verdict.removed for atom in removed.because]
        return SettledQuestion(
            id=self._id,
            question=voice.text(corpus.questions[self._id].label),
            about=self._about,
            answers=tuple(
                self._answer(answer) for answer in verdict.answers if answer.direction != "neutral"
            ),
            removed=tuple(
                told_of(one.record, one.state, corpus, voice.plain)
                for one in sorted(verdict.removed, key=lambda one: MARKS.index(one.record.mark))
            ),
            because=voice.facts(because, facts),
            caution=self._caution,
            deciding_facts=verdict.deciding_facts,
        )

    def _answer(self, answer: Answer) -> SettledAnswer:
        corpus, voice = self._guidance.corpus, self._voice
        best_read = sorted(answer.records, key=lambda record: MARKS.index(record.mark))
        return SettledAnswer(
            action=answer.action,
            label=voice.action(answer.action),
            direction=answer.direction,
            said_by=tuple(told_of(record, "applies", corpus, voice.plain) for record in best_read),
        )
