"""The table that turns points, or a branch, into a risk: looked up in the evidence, with the person's own row."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.engine.graph import Graph
from myosteon.evidence.types import EvidenceSet, Prediction
from myosteon.outputs.explain_limits import node_source
from myosteon.outputs.explain_risk_answer import PERCENT, figure_text, points_text, span_text
from myosteon.outputs.explain_risk_types import Band
from myosteon.outputs.wording.load import Speech, label_of, number


@dataclass(frozen=True, slots=True)
class Bands:
    """The predictions of an algorithm that bear on the answer `verdict`; `own` is the word of the person's band."""

    graph: Graph
    evidence: EvidenceSet
    verdict: str
    own: object
    speech: Speech

    @property
    def title(self) -> str:
        """What the table is called: of points, or of branches."""
        scored = any(p.score_from is not None or p.score_to is not None for p in self.evidence.predictions)
        return self.speech.say("risk_title.bands" if scored else "risk_title.branches")

    def rows(self) -> tuple[Band, ...]:
        """Every row; of one outcome where the verdict is about one."""
        predictions = [p for p in self.evidence.predictions if f"_{p.outcome}_" in self.verdict]
        shown = predictions or self.evidence.predictions
        several = len({p.outcome for p in shown}) > 1
        return tuple(
            Band(
                points=self._scores(p),
                risk=self._risk(p, several),
                is_own=p.band != "" and p.band == self.own,
                source=node_source(p.source, self.speech.language),
            )
            for p in shown
        )

    def _band(self, p: Prediction) -> str:
        return self.speech.level(p.band, f"{self.evidence.id}_band")

    def _scores(self, p: Prediction) -> str:
        if p.score_from is None and p.score_to is None:
            return self.speech.outside(self._band(p))
        if p.score_from is not None and p.score_to is not None:
            return points_text(p.score_from, p.score_to, self.speech)
        if p.score_from is not None:
            return self.speech.say("risk_bands.from", points=number(p.score_from, 0, 2))
        return self.speech.say("risk_bands.to", points=number(p.score_to or 0.0, 0, 2))

    def _risk(self, p: Prediction, several: bool) -> str:
        risk = self._figure(p)
        column = f"{self.evidence.id}_{p.outcome}_percent"
        if not several or column not in self.graph.rules:
            return risk
        name = label_of(column, self.speech.language, self.graph)
        return self.speech.say("headline.answer", name=self.speech.outside(name), answer=risk)

    def _figure(self, p: Prediction) -> str:
        speech = self.speech
        if p.percent is not None:
            text = figure_text(p.percent, PERCENT, speech)
            if p.interval is None:
                return text
            span = span_text(*p.interval, PERCENT, speech)
            return speech.say("risk_bands.with_interval", risk=text, span=span)
        if p.percent_from is not None and p.percent_below is not None:
            low, high = (figure_text(end, PERCENT, speech) for end in (p.percent_from, p.percent_below))
            return speech.say("risk_bands.percent_between", low=low, high=high)
        if p.percent_from is not None:
            return speech.say("risk_answer.at_least", limit=figure_text(p.percent_from, PERCENT, speech))
        if p.percent_below is not None:
            return speech.say("risk_answer.below", limit=figure_text(p.percent_below, PERCENT, speech))
        return self._band(p)
