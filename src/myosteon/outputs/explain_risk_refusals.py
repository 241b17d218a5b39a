"""Why an algorithm gives a person no figure: what lies outside, and what the algorithm was made for."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.evidence.types import EvidenceSet, InputRange
from myosteon.outputs.explain_node import Builder
from myosteon.outputs.explain_shape import measures_read
from myosteon.outputs.wording.load import Speech, number
from myosteon.vocabulary.measures import load_measures


@dataclass(frozen=True, slots=True)
class Refusals:
    """Says for one person why measures lie outside."""

    builder: Builder
    evidence: EvidenceSet

    @property
    def speech(self) -> Speech:
        """The language that is spoken."""
        return self.builder.speech

    def of(self, measures: tuple[str, ...]) -> tuple[str, ...]:
        """A sentence for each measure; one for several that are refused together."""
        return tuple(dict.fromkeys(self._refusal(measure) for measure in measures))

    def _refusal(self, measure: str) -> str:
        value = self._value(measure)
        limits = next((one for one in self.evidence.ranges if one.measure == measure), None)
        name = self.builder.label(measure)
        if limits is not None:
            made_for = self._range(limits)
            return self.speech.say("risk_refusal.range", measure=name, value=value, range=made_for)
        return self._criterion(measure) or self.speech.say("risk_refusal.value", measure=name, value=value)

    def _criterion(self, measure: str) -> str:
        """The criterion that refuses, where several measures do so together; empty where there is none."""
        graph = self.builder.assessor.graph
        for name in graph.rules[f"{self.evidence.id}_outside"].inputs:
            held = self.builder.shape.value(name) is True and name in graph.rules
            if held and measure in measures_read(graph, name):
                return self.builder.label(name)
        return ""

    def _value(self, measure: str) -> str:
        node = self.builder.node(measure, "")
        return node.text or (self.speech.word(node.answer) if node.answer else "")

    def _range(self, limits: InputRange) -> str:
        measure = load_measures().get(limits.measure)
        unit = measure.unit or "" if measure else self.builder.assessor.graph.rules[limits.measure].unit
        if limits.words:
            labels = measure.word_labels if measure else {}
            return self.speech.list(
                [
                    labels[word].in_language(self.speech.language)
                    if word in labels
                    else self.speech.word(word)
                    for word in limits.words
                ]
            )
        if limits.low is not None and limits.high is not None:
            low, high = number(limits.low, 0, 2), self._limit(limits.high, unit)
            return self.speech.say("risk_answer.span", low=low, high=high)
        if limits.low is not None:
            return self.speech.say("risk_refusal.from", limit=self._limit(limits.low, unit))
        return self.speech.say("risk_refusal.to", limit=self._limit(limits.high or 0.0, unit))

    def _limit(self, limit: float, unit: str) -> str:
        """A limit is written as short as it stands in the source."""
        return self.speech.quantity(int(limit) if limit.is_integer() else limit, unit)
