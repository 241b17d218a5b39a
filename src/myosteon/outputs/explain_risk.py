"""Explains a risk: the figure first, whom it was made for, what adds up to it, and what changing one thing would do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from myosteon.evidence.risk_catalogue import ShownColumn, load_risk_catalogue
from myosteon.evidence.types import EvidenceSet, RiskNote
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_needs import needed
from myosteon.outputs.explain_node import make_builder
from myosteon.outputs.explain_risk_answer import (
    AnswerColumns,
    answer_columns,
    read_answer,
    span_text,
)
from myosteon.outputs.explain_risk_bands import Bands
from myosteon.outputs.explain_risk_changes import Changes
from myosteon.outputs.explain_risk_refusals import Refusals
from myosteon.outputs.explain_risk_sources import TERM
from myosteon.outputs.explain_risk_terms import Terms
from myosteon.outputs.explain_risk_types import (
    Answer,
    RiskAlgorithm,
    RiskExplanation,
    RiskPart,
    Trial,
    Waterfall,
)
from myosteon.outputs.explain_shape import listed, measures_read, value_in
from myosteon.outputs.explain_types import Assessor, Explanation, Row
from myosteon.outputs.wording.load import Language, Speech, label_of, speak

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
        needs = () if part.refusals else self._needs(part)
        graph = self.assessor.graph
        said = replace(
            plain,
            headline=self._headline(plain.label, answer, part, len(needs)),
            needs=needs,
            needed=needed(self.row, graph, self.verdict, needs, self.speech),
            assumptions=(*plain.assumptions, *self._clamped()),
            remark=self.evidence.remark.in_language(self.speech.language) if self.evidence.remark else "",
        )
        return RiskExplanation(said, part)

    def part(self, answer: Answer) -> RiskPart:
        """What stands beside the tree."""
        graph, speech = self.assessor.graph, self.speech
        builder = make_builder(self.row, self.assessor, speech, self.verdict)
        refusals = Refusals(builder, self.evidence).of(answer.outside) if answer.value is None else ()
        changes = Changes(graph, self.columns, speech, answer, self.trials)
        own_band = value_in(self.row, graph, f"{self.algorithm.id}_band")
        bands = Bands(graph, self.evidence, self.verdict, own_band, speech)
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
            bands_title=bands.title,
            bands=() if refusals else bands.rows(),
            what_if=what_if,
            remarks=tuple(self._remarks(bool(what_if))),
            tells_tree=not (refusals or self._adds_up(fall)),
        )

    def _adds_up(self, fall: Waterfall | None) -> bool:
        """Whether the answer is a sum of inputs, each with its line in the waterfall or among the unknown."""
        rule = self.assessor.graph.rules[self.verdict]
        return any(TERM in name for name in rule.explained_by) or (
            fall is not None and fall.scale != "factor"
        )

    # --- the figure -----------------------------------------------------------------------------------------

    def _needs(self, part: RiskPart) -> tuple[str, ...]:
        """The unknown inputs on which this answer depends.

        An algorithm with several answers lists what any of them needs. Where inputs are added up, one that moves nothing by
        itself is not needed here.
        """
        needs = self._listed("needs")
        if not self._adds_up(part.waterfall):
            return needs
        tried = {trial.id for trial in self.trials if trial.label is None}
        idle = tried - {one.id for one in part.unknowns}
        return tuple(name for name in needs if name not in idle)

    def _headline(self, label: str, answer: Answer, part: RiskPart, unknown: int) -> str:
        name = self.speech.outside(label)
        if part.refusals:
            return self.speech.say("risk_headline.refused", name=name)
        key = "risk_headline.settled" if answer.value is not None or not unknown else "risk_headline.open"
        if key == "risk_headline.open" and unknown == 1:
            key = "risk_headline.open_one"
        parts = {"count": unknown} if key == "risk_headline.open" else {}
        return self.speech.say(key, name=name, answer=answer.text, **parts)

    def _listed(self, what: str) -> tuple[str, ...]:
        return listed(self.row, self.assessor.graph, f"{self.algorithm.id}_{what}")

    def _clamped(self) -> list[str]:
        names = self._listed("clamped")
        labels = [label_of(name, self.speech.language, self.assessor.graph) for name in names]
        said = self.speech.list([self.speech.inside(label) for label in labels])
        return [self.speech.say("risk_remark.clamped", measures=said)] if names else []

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
        graph = self.assessor.graph
        said = self._conflict()
        for shown in entry.shown if entry else ():
            if shown.column == self.verdict and shown.interval:
                said.extend(self._interval(shown.interval))
            if self.verdict in (shown.column, shown.bounds) or shown.column not in self.row:
                continue
            settled = shown.bounds is None or value_in(self.row, graph, shown.column) is not None
            column = shown.column if settled else self._open_column(shown)
            columns = answer_columns(graph, column, self.algorithm.id)
            answer = read_answer(self.row, graph, columns, self.speech)
            name = self.speech.outside(label_of(shown.column, self.speech.language, graph))
            said.append(self.speech.say("headline.answer", name=name, answer=answer.text))
        return said

    def _conflict(self) -> list[str]:
        """The answers of which no publication makes one: why there is no figure although nothing is unknown."""
        graph, rule = self.assessor.graph, self.assessor.graph.rules[self.verdict]
        named = [name for name in self._listed("conflict") if name in rule.explained_by]
        if not named:
            return []
        labels = [self.speech.inside(label_of(name, self.speech.language, graph)) for name in named]
        return [self.speech.say("risk_remark.conflict", columns=self.speech.list(labels))]

    def _open_column(self, shown: ShownColumn) -> str:
        """The column whose bounds are told of an answer that is open."""
        bounds = shown.bounds or ""
        return bounds if bounds in self.assessor.graph.rules else shown.column

    def _interval(self, columns: tuple[str, str]) -> list[str]:
        low, high = (value_in(self.row, self.assessor.graph, name) for name in columns)
        if not isinstance(low, int | float) or not isinstance(high, int | float):
            return []
        span = span_text(low, high, self.unit, self.speech)
        return [self.speech.say("risk_remark.interval", span=span)]

    def _remarks(self, tried: bool) -> list[str]:
        if not tried:
            return []
        read = measures_read(self.assessor.graph, self.verdict)
        keys = ["risk_remark.arithmetic", *(["risk_remark.frax"] if read & set(FRAX) else [])]
        return [self.speech.say(key) for key in keys]
