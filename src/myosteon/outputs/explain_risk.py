"""Explains a risk: the figure first, whom it was made for, what adds up to it, and what changing one thing would do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from myosteon.evidence.risk_catalogue import load_risk_catalogue
from myosteon.evidence.types import EvidenceSet, InputRange, Prediction, RiskNote
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_limits import node_source
from myosteon.outputs.explain_needs import measure_inside, needed
from myosteon.outputs.explain_node import make_builder
from myosteon.outputs.explain_risk_answer import (
    PERCENT,
    AnswerColumns,
    answer_columns,
    figure_text,
    points_text,
    read_answer,
    span_text,
)
from myosteon.outputs.explain_risk_changes import Changes
from myosteon.outputs.explain_risk_terms import TERM, Terms
from myosteon.outputs.explain_risk_types import (
    Answer,
    Band,
    RiskAlgorithm,
    RiskExplanation,
    RiskPart,
    Trial,
    Waterfall,
)
from myosteon.outputs.explain_shape import listed, measures_read, value_in
from myosteon.outputs.explain_types import Assessor, Explanation, Row
from myosteon.outputs.wording.load import Language, Speech, label_of, number, speak
from myosteon.vocabulary.measures import load_measures

# What a verdict lists about itself is explained by its tree alone.
LISTS = ("_needs", "_outside", "_clamped", "_conflict")
FRAX = ("frax_major_percent", "frax_hip_percent")


def explain_risk(
    row: Row,
    assessor: Assessor,
    algorithm: RiskAlgorithm,
    verdict: str,
    language: Language = "en",
    *,
    trials: Sequence[Trial] = (),
    taken_as_no: Collection[str] = (),
) -> RiskExplanation:
    """Why a risk is what it is.

    Args:
        row: one person's measures and results, with every column that `verdict` and the algorithm's answers rest on.
            Unknown is None; measures that the file lacked may be absent.
        assessor: the one that made the results.
        algorithm: whose answer `verdict` is; for a stratum its definition, which has an id and evidence too.
        verdict: the column that is explained.
        language: `en` or `zh`.
        trials: the results of the same person with one thing changed.
        taken_as_no: measures of this person that were not recorded and were read as no.

    Raises:
        ColumnError: the column is no rule, or the row does not hold its result.
    """
    plain = explain(row, assessor, verdict, language, taken_as_no=taken_as_no)
    return _ExplainingRisk(row, assessor, algorithm, verdict, speak(language), trials).explanation(plain)


@dataclass(frozen=True, slots=True)
class _ExplainingRisk:
    row: Row
    assessor: Assessor
    algorithm: RiskAlgorithm
    verdict: str
    speech: Speech
    trials: Sequence[Trial]

    @property
    def evidence(self) -> EvidenceSet:
        return self.algorithm.evidence

    @property
    def unit(self) -> str:
        return self.assessor.graph.rules[self.verdict].unit

    @property
    def columns(self) -> AnswerColumns:
        return answer_columns(self.assessor.graph, self.verdict, self.algorithm.id)

    def explanation(self, plain: Explanation) -> RiskExplanation:
        answer = read_answer(self.row, self.assessor.graph, self.columns, self.speech)
        part = self.part(answer)
        if self.evidence.risk is None:
            # A stratum is explained as any staged verdict.
            return RiskExplanation(plain, part)
        needs = () if part.refusals else self._listed("needs")
        graph = self.assessor.graph
        said = replace(
            plain,
            headline=self._headline(plain.label, answer, part),
            needs=needs,
            needed=needed(self.row, graph, self.verdict, needs, self.speech),
            assumptions=(*plain.assumptions, *self._clamped()),
            remark=self.evidence.remark.in_language(self.speech.language) if self.evidence.remark else "",
        )
        return RiskExplanation(said, part)

    def part(self, answer: Answer) -> RiskPart:
        """What stands beside the tree."""
        refusals = tuple(self._refusals(answer))
        changes = Changes(self.assessor.graph, self.columns, self.speech, answer, self.trials)
        builder = make_builder(self.row, self.assessor, self.speech, self.verdict)
        what_if = () if refusals else changes.what_if()
        note = self.evidence.risk
        fall = None if refusals else Terms(builder, self.evidence, self.verdict, answer).waterfall()
        return RiskPart(
            algorithm=self.algorithm.id,
            label=self.evidence.label.in_language(self.speech.language),
            unit=self.unit,
            answer=answer,
            refusals=refusals,
            notes=tuple(self._notes(note)) if note else (),
            notice=note.notice.in_language(self.speech.language) if note and note.notice else "",
            others=() if refusals else tuple(self._others()),
            waterfall=fall,
            bands_title=self._bands_title(),
            bands=() if refusals else tuple(self._bands()),
            what_if=what_if,
            remarks=tuple(self._remarks(bool(what_if))),
            tells_tree=not (refusals or self._adds_up(fall)),
        )

    def _adds_up(self, fall: Waterfall | None) -> bool:
        """Whether the answer is a sum of inputs, each with its line in the waterfall or among the unknown."""
        rule = self.assessor.graph.rules[self.verdict]
        return any(TERM in name for name in rule.explained_by) or (fall is not None and fall.scale != "factor")

    # --- the figure -----------------------------------------------------------------------------------------

    def _headline(self, label: str, answer: Answer, part: RiskPart) -> str:
        name = self.speech.outside(label)
        if part.refusals:
            return self.speech.say("risk_headline.refused", name=name)
        unknown = len(self._listed("needs"))
        key = "risk_headline.settled" if answer.value is not None or not unknown else "risk_headline.open"
        if key == "risk_headline.open" and unknown == 1:
            key = "risk_headline.open_one"
        parts = {"count": unknown} if key == "risk_headline.open" else {}
        return self.speech.say(key, name=name, answer=answer.text, **parts)

    def _listed(self, what: str) -> tuple[str, ...]:
        return listed(self.row, self.assessor.graph, f"{self.algorithm.id}_{what}")

    def _clamped(self) -> list[str]:
        names = self._listed("clamped")
        said = self.speech.list([measure_inside(name, self.speech) for name in names])
        return [self.speech.say("risk_remark.clamped", measures=said)] if names else []

    def _refusals(self, answer: Answer) -> list[str]:
        if answer.value is not None:
            return []
        return [self._refusal(measure) for measure in answer.outside]

    def _refusal(self, measure: str) -> str:
        """Why a measure is outside: its value, and what the algorithm was made for where that is a range."""
        builder = make_builder(self.row, self.assessor, self.speech, self.verdict)
        value = builder.node(measure, "").text or self._yes_or_no(measure)
        found = next((one for one in self.evidence.ranges if one.measure == measure), None)
        key = "risk_refusal.range" if found else "risk_refusal.value"
        parts = {"range": self._range(found)} if found else {}
        return self.speech.say(key, measure=builder.label(measure), value=value, **parts)

    def _yes_or_no(self, column: str) -> str:
        value = value_in(self.row, self.assessor.graph, column)
        return self.speech.word("unknown" if value is None else "yes" if value else "no")

    def _range(self, limits: InputRange) -> str:
        measure = load_measures().get(limits.measure)
        unit = measure.unit or "" if measure else self.assessor.graph.rules[limits.measure].unit
        if limits.words:
            labels = measure.word_labels if measure else {}
            return self.speech.list(
                [
                    labels[word].in_language(self.speech.language) if word in labels else self.speech.word(word)
                    for word in limits.words
                ]
            )
        if limits.low is not None and limits.high is not None:
            return self.speech.say(
                "risk_answer.span", low=number(limits.low, 0, 2), high=self._limit(limits.high, unit)
            )
        if limits.low is not None:
            return self.speech.say("risk_refusal.from", limit=self._limit(limits.low, unit))
        return self.speech.say("risk_refusal.to", limit=self._limit(limits.high or 0.0, unit))

    def _limit(self, limit: float, unit: str) -> str:
        """A limit is written as short as it stands in the source."""
        return self.speech.quantity(int(limit) if limit.is_integer() else limit, unit)

    # --- beside the figure ----------------------------------------------------------------------------------

    def _notes(self, note: RiskNote) -> list[tuple[str, str]]:
        language = self.speech.language
        parts = [
            ("risk_note.outcome", note.outcome.in_language(language)),
            ("risk_note.horizon", note.horizon.in_language(language)),
            ("risk_note.population", note.population.in_language(language)),
            ("risk_note.death", self.speech.say(f"risk_death.{note.competing_death}")),
            ("risk_note.purpose", note.purpose.in_language(language)),
            ("risk_note.limits", note.limits.in_language(language)),
        ]
        return [(self.speech.say(key), self.speech.outside(text)) for key, text in parts]

    def _others(self) -> list[str]:
        """What else the algorithm answers, a line each."""
        entry = load_risk_catalogue().get(self.algorithm.id)
        graph, said = self.assessor.graph, []
        for shown in entry.shown if entry else ():
            if shown.column == self.verdict and shown.interval:
                said.extend(self._interval(shown.interval))
            if self.verdict in (shown.column, shown.bounds) or shown.column not in self.row:
                continue
            columns = answer_columns(graph, shown.column, self.algorithm.id)
            answer = read_answer(self.row, graph, columns, self.speech)
            name = self.speech.outside(label_of(shown.column, self.speech.language, graph))
            said.append(self.speech.say("headline.answer", name=name, answer=answer.text))
        return said

    def _interval(self, columns: tuple[str, str]) -> list[str]:
        low, high = (value_in(self.row, self.assessor.graph, name) for name in columns)
        if not isinstance(low, int | float) or not isinstance(high, int | float):
            return []
        span = span_text(low, high, self.unit, self.speech)
        return [self.speech.say("risk_remark.interval", span=span)]

    def _bands(self) -> list[Band]:
        """The table that turns points into a risk; of one outcome where the verdict is about one."""
        predictions = self.evidence.predictions
        own = [p for p in predictions if f"_{p.outcome}_" in self.verdict]
        own_band = value_in(self.row, self.assessor.graph, f"{self.algorithm.id}_band")
        several = len({p.outcome for p in own or predictions}) > 1
        return [
            Band(
                points=self._scores(p),
                risk=self._risk_of(p, several),
                is_own=p.band != "" and p.band == own_band,
                source=node_source(p.source, self.speech.language),
            )
            for p in own or predictions
        ]

    def _bands_title(self) -> str:
        scored = any(p.score_from is not None or p.score_to is not None for p in self.evidence.predictions)
        return self.speech.say("risk_title.bands" if scored else "risk_title.branches")

    def _scores(self, p: Prediction) -> str:
        if p.score_from is None and p.score_to is None:
            return self.speech.outside(self.speech.level(p.band, f"{self.algorithm.id}_band"))
        if p.score_from is not None and p.score_to is not None:
            return points_text(p.score_from, p.score_to, self.speech)
        if p.score_from is not None:
            return self.speech.say("risk_bands.from", points=number(p.score_from, 0, 2))
        return self.speech.say("risk_bands.to", points=number(p.score_to or 0.0, 0, 2))

    def _risk_of(self, p: Prediction, several: bool) -> str:
        risk = self._figure_of(p)
        column = f"{self.algorithm.id}_{p.outcome}_percent"
        graph = self.assessor.graph
        if not several or column not in graph.rules:
            return risk
        name = label_of(column, self.speech.language, graph)
        return self.speech.say("headline.answer", name=self.speech.outside(name), answer=risk)

    def _figure_of(self, p: Prediction) -> str:
        speech = self.speech
        if p.percent is not None:
            text = figure_text(p.percent, PERCENT, speech)
            if p.interval is None:
                return text
            return speech.say("risk_bands.with_interval", risk=text, span=span_text(*p.interval, PERCENT, speech))
        if p.percent_from is not None and p.percent_below is not None:
            low, high = (figure_text(end, PERCENT, speech) for end in (p.percent_from, p.percent_below))
            return speech.say("risk_bands.percent_between", low=low, high=high)
        if p.percent_from is not None:
            return speech.say("risk_answer.at_least", limit=figure_text(p.percent_from, PERCENT, speech))
        if p.percent_below is not None:
            return speech.say("risk_answer.below", limit=figure_text(p.percent_below, PERCENT, speech))
        return speech.level(p.band, f"{self.algorithm.id}_band")

    def _remarks(self, tried: bool) -> list[str]:
        if not tried:
            return []
        read = measures_read(self.assessor.graph, self.verdict)
        keys = ["risk_remark.arithmetic", *(["risk_remark.frax"] if read & set(FRAX) else [])]
        return [self.speech.say(key) for key in keys]

