"""Reads what a risk algorithm answers from a row of results, and says it: a figure, its bounds, a word, or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from myosteon.engine.graph import Graph
from myosteon.outputs.explain_risk_types import Answer
from myosteon.outputs.explain_shape import listed, value_in
from myosteon.outputs.explain_types import Row
from myosteon.outputs.wording.load import Speech, label_of, number

PERCENT, SCORE = "%", "{score}"
# No risk that is computed is certain.
MOST_SHOWN = 99.9
# What stands behind the last digit: of two ends only the second is written with it.
UNIT = re.compile(r"[^0-9]+$")


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """The columns of one answer; empty where an algorithm has none of the kind."""

    verdict: str
    low: str
    high: str
    below: str
    upto: str
    score: str
    score_low: str
    score_high: str
    outside: str

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that there is, each once."""
        every = (
            *(self.verdict, self.low, self.high, self.below, self.upto),
            *(self.score, self.score_low, self.score_high, self.outside),
        )
        return tuple(dict.fromkeys(name for name in every if name))


def answer_columns(graph: Graph, verdict: str, algorithm: str) -> AnswerColumns:
    """The columns that belong to the answer `verdict` of an algorithm (or of a definition, for a stratum)."""

    def there(name: str) -> str:
        return name if name in graph.rules else ""

    score = f"{algorithm}_score"
    rests_on_score = verdict != score and f"{score}_at_least" in graph.ancestors([verdict])
    return AnswerColumns(
        verdict=verdict,
        low=there(f"{verdict}_at_least"),
        high=there(f"{verdict}_at_most"),
        below=there(f"{verdict}_below"),
        upto=there(f"{verdict}_upto"),
        score=there(score) if rests_on_score else "",
        score_low=there(f"{score}_at_least") if rests_on_score else "",
        score_high=there(f"{score}_at_most") if rests_on_score else "",
        outside=there(f"{algorithm}_outside"),
    )


def read_answer(row: Row, graph: Graph, columns: AnswerColumns, speech: Speech) -> Answer:
    """The answer of one person, or of the same person with something changed."""

    def figure(name: str) -> float | None:
        value = value_in(row, graph, name) if name else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    value = value_in(row, graph, columns.verdict)
    upto = value_in(row, graph, columns.upto) if columns.upto else None
    read = Answer(
        value=value if isinstance(value, str | bool | int | float) else None,
        low=figure(columns.low),
        high=figure(columns.high),
        upto=None if upto is None else str(upto),
        score=figure(columns.score),
        score_low=figure(columns.score_low),
        score_high=figure(columns.score_high),
        outside=listed(row, graph, columns.outside) if columns.outside else (),
        text="",
    )
    saying = _Saying(graph, columns, speech, read, figure(columns.below))
    return Answer(**{name: getattr(read, name) for name in Answer.__slots__[:-1]}, text=saying.text())


@dataclass(frozen=True, slots=True)
class _Saying:
    graph: Graph
    columns: AnswerColumns
    speech: Speech
    answer: Answer
    below: float | None

    @property
    def unit(self) -> str:
        return self.graph.rules[self.columns.verdict].unit

    def text(self) -> str:
        answer, speech = self.answer, self.speech
        if answer.outside and answer.value is None:
            return speech.say("risk_answer.refused")
        text = self._value() or self._open()
        points = self._points()
        return speech.say("risk_answer.with_points", answer=text, points=points) if points else text

    def _value(self) -> str:
        value = self.answer.value
        if isinstance(value, bool):
            return self.speech.word("yes" if value else "no")
        if isinstance(value, int | float):
            return figure_text(value, self.unit, self.speech)
        if value is None:
            return ""
        rule = self.graph.rules[self.columns.verdict]
        if rule.kind == "list":
            language = self.speech.language
            return self.speech.list([label_of(name, language, self.graph) for name in value.split(";")])
        word = self.speech.level(value, rule.template)
        if self.answer.upto in (None, value):
            return word
        upto = self.speech.level(self.answer.upto or "", rule.template)
        return self.speech.say("risk_answer.upto", proved=word, upto=upto)

    def _open(self) -> str:
        answer, speech = self.answer, self.speech
        if answer.low is not None and answer.low == answer.high:
            # Nothing unknown can move the figure; only whether it is for this person at all is not known.
            figure = figure_text(answer.low, self.unit, speech)
            return speech.say("risk_answer.if_made_for", figure=figure)
        if answer.low is not None and answer.high is not None:
            return span_text(answer.low, answer.high, self.unit, speech)
        if self.below is not None:
            return speech.say("risk_answer.below", limit=figure_text(self.below, self.unit, speech))
        if answer.low is not None:
            return speech.say("risk_answer.at_least", limit=figure_text(answer.low, self.unit, speech))
        if answer.upto is not None:
            level = speech.level(answer.upto, self.graph.rules[self.columns.verdict].template)
            return speech.say("risk_answer.open_upto", upto=level)
        return speech.word("open")

    def _points(self) -> str:
        answer = self.answer
        if answer.score_low is None or answer.score_high is None:
            return ""
        return points_text(answer.score_low, answer.score_high, self.speech)


def figure_text(value: float, unit: str, speech: Speech) -> str:
    """A risk or a score; a percentage is never rounded to nought or to a hundred."""
    if unit == PERCENT and abs(value) < 1:
        return speech.say("risk_answer.percent", figure=number(value, 1, 2))
    if unit == PERCENT and value > MOST_SHOWN:
        return speech.say("risk_answer.over", figure=speech.quantity(MOST_SHOWN, unit))
    return speech.quantity(value, unit)


def span_text(low: float, high: float, unit: str, speech: Speech) -> str:
    """From one figure to another, the unit once; a single figure where both read alike."""
    texts = figure_text(low, unit, speech), figure_text(high, unit, speech)
    if texts[0] == texts[1]:
        return texts[0]
    return speech.say("risk_answer.span", low=UNIT.sub("", texts[0]), high=texts[1])


def points_text(low: float, high: float, speech: Speech) -> str:
    """Points, or from so many to so many."""
    if low == high:
        key = "risk_answer.one_point" if low == 1 else "risk_answer.points"
        return speech.say(key, points=number(low, 0, 2))
    points = speech.say("risk_answer.span", low=number(low, 0, 2), high=number(high, 0, 2))
    return speech.say("risk_answer.points", points=points)


def signed_text(change: float, unit: str, speech: Speech, *, short: bool = False) -> str:
    """How far a figure moves, with its sign; in percentage points for a percentage. `short`: the number alone."""
    places = (2, 2) if unit == PERCENT and abs(change) < 1 else (1, 1) if unit == PERCENT else (0, 2)
    size = number(abs(change), *places)
    sign = "" if float(size) == 0 else "+" if change > 0 else "\u2212"
    if short:
        return f"{sign}{size}"
    key = "risk_answer.percentage_points" if unit == PERCENT else "risk_answer.moved_points"
    return speech.say(key, change=f"{sign}{size}")


def rank(answer: Answer, levels: tuple[str, ...]) -> tuple[float, float] | None:
    """The least and the most that an answer allows, for comparing answers of one algorithm; None where it says nothing."""
    if answer.outside and answer.value is None:
        return None
    if answer.score_low is not None and answer.score_high is not None:
        return answer.score_low, answer.score_high
    if isinstance(answer.value, str) and levels:
        upto = answer.upto if answer.upto is not None else answer.value
        return levels.index(answer.value), levels.index(upto)
    if isinstance(answer.value, bool | int | float):
        return float(answer.value), float(answer.value)
    if answer.low is not None and answer.high is not None:
        return answer.low, answer.high
    if answer.upto is not None and levels:
        return -1, levels.index(answer.upto)
    return None
