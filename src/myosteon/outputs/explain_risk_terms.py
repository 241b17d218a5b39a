"""What adds up to a risk: the columns of terms, points or adjustments, the largest first, with what each input is.

The amounts are columns of the results. Only their sum so far is turned into a percentage here, for the picture; that the last sum
is the column of the risk itself is held by a test.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from myosteon.evidence.types import EvidenceSet
from myosteon.logic.rule import Rule
from myosteon.outputs.explain_node import Builder
from myosteon.outputs.explain_risk_answer import PERCENT, SCORE
from myosteon.outputs.explain_risk_sources import TERM, TermSources
from myosteon.outputs.explain_risk_types import Answer, Contribution, Scale, Waterfall
from myosteon.outputs.explain_types import NodeSource
from myosteon.outputs.wording.load import Speech, label_of

BASELINE, POINTS, FACTOR = "_term_baseline", "_points_", "_factor"


@dataclass(frozen=True, slots=True)
class _Amount:
    rule: Rule
    input: str
    amount: float


@dataclass(frozen=True, slots=True)
class Terms:
    """Reads what adds up to the answer `verdict` of an algorithm, for one person."""

    builder: Builder
    evidence: EvidenceSet
    verdict: str
    answer: Answer

    @property
    def sources(self) -> TermSources:
        """Where the amounts stand."""
        return TermSources(self.builder)

    def waterfall(self) -> Waterfall | None:
        """How the figure comes about; None where nothing is added up, or its start is unknown."""
        rule = self._rules[self.verdict]
        terms = [name for name in rule.explained_by if TERM in name]
        if terms:
            return self._of_hazard([name for name in terms if not name.endswith(BASELINE)], terms[0])
        points = points_below(self._rules, self.verdict, self.evidence.id)
        if points:
            return self._of_points(points)
        after = [name for name in rule.explained_by if self._factor_of(name)]
        return self._of_factor(rule.explained_by[0], after) if after else None

    # --- the three scales -----------------------------------------------------------------------------------

    def _of_hazard(self, terms: Sequence[str], baseline: str) -> Waterfall | None:
        begin = self._number(baseline)
        if begin is None:
            return None
        return self._added_up(
            "log_hazard",
            terms,
            start=begin,
            risk_of=percent_of_log_hazard,
            start_label=self.speech.say("risk_terms.baseline"),
            start_source=self.sources.of(baseline),
            bounds=(self.answer.low, self.answer.high),
        )

    def _of_points(self, points: Sequence[str]) -> Waterfall | None:
        if self.answer.outside:
            return None
        answer = self.answer
        bounds = (
            (answer.score_low, answer.score_high)
            if answer.score_low is not None
            else (answer.low, answer.high)
        )
        return self._added_up(
            "points",
            points,
            start=0.0,
            risk_of=float,
            start_label=self.speech.say("risk_terms.no_points"),
            start_source=None,
            bounds=bounds,
        )

    def _added_up(
        self,
        scale: Scale,
        columns: Sequence[str],
        *,
        start: float,
        risk_of: Callable[[float], float],
        start_label: str,
        start_source: NodeSource | None,
        bounds: tuple[float | None, float | None],
    ) -> Waterfall:
        amounts = [_Amount(rule, self._input(rule), amount) for rule, amount in self._known(columns)]
        telling = sorted((one for one in amounts if one.amount), key=lambda one: -abs(one.amount))
        sums = list(accumulate((one.amount for one in telling), initial=start))
        labels = self._labels(columns)
        steps = tuple(
            Contribution(
                column=one.rule.name,
                input=one.input,
                label=labels[one.rule.name],
                value=self._value_text(one.input),
                amount=one.amount,
                hazard_ratio=math.exp(one.amount) if scale == "log_hazard" else None,
                before=risk_of(before),
                after=risk_of(after),
                source=self.sources.of(one.rule.name),
            )
            for one, before, after in zip(telling, sums, sums[1:], strict=False)
        )
        low, high = bounds
        is_open = low is not None and high is not None and low != high
        return Waterfall(
            scale=scale,
            unit=PERCENT if scale == "log_hazard" else SCORE,
            start=risk_of(start),
            start_amount=start,
            start_label=start_label,
            start_source=start_source,
            steps=steps,
            end=risk_of(sums[-1]),
            is_settled=not is_open and self.answer.value is not None,
            low=low if is_open else None,
            high=high if is_open else None,
            # What is unknown and yet adds nothing is no part of this person's model.
            nothing=tuple(
                labels[one.rule.name]
                for one in amounts
                if not one.amount and self._value(one.input) is not None
            ),
            unknown=tuple(labels[name] for name in columns if self._number(name) is None),
        )

    def _of_factor(self, given: str, after: Sequence[str]) -> Waterfall | None:
        """A value as given and the one adjustment that changes it; nothing where several would."""
        begin, end = self._number(given), self.answer.value
        if begin is None or not isinstance(end, int | float):
            return None
        steps = tuple(
            Contribution(
                column=name,
                input=self._factor_of(name),
                label=self.builder.label(self._factor_of(name)),
                value="",
                amount=end - begin,
                hazard_ratio=self._number(self._factor_of(name)),
                before=begin,
                after=end,
                source=self.sources.of(self._factor_of(name)),
            )
            for name in after
            if end != begin and self._number(name) == end and self._number(self._factor_of(name)) != 1
        )
        return Waterfall(
            scale="factor",
            unit=PERCENT,
            start=begin,
            start_amount=begin,
            start_label=self.builder.label(given),
            start_source=None,
            steps=steps[:1],
            end=end,
            is_settled=True,
            low=None,
            high=None,
            nothing=(),
            unknown=(),
        )

    # --- columns --------------------------------------------------------------------------------------------

    @property
    def speech(self) -> Speech:
        """The language that is spoken."""
        return self.builder.speech

    @property
    def _rules(self) -> Mapping[str, Rule]:
        return self.builder.assessor.graph.rules

    def _value(self, column: str) -> object:
        return self.builder.shape.value(column)

    def _number(self, column: str) -> float | None:
        value = self._value(column)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def _known(self, columns: Sequence[str]) -> list[tuple[Rule, float]]:
        rules = self._rules
        return [(rules[name], value) for name in columns if (value := self._number(name)) is not None]

    def _input(self, rule: Rule) -> str:
        """The column that a term or points come from: a term reads it last, points first."""
        return rule.inputs[-1] if TERM in rule.name else rule.inputs[0]

    def _factor_of(self, column: str) -> str:
        rule = self._rules.get(column)
        factors = [name for name in rule.explained_by if FACTOR in name] if rule else []
        return factors[0] if factors else ""

    def _value_text(self, column: str) -> str:
        node = self.builder.node(column, "")
        return node.text or (self.speech.word(node.answer) if node.answer else "")

    def _labels(self, columns: Sequence[str]) -> dict[str, str]:
        """What each input is called: the end of a term's name, the column that points are given for."""
        rules = self._rules
        inputs = [self._input(rules[name]) for name in columns]
        labels = {}
        for name, column in zip(columns, inputs, strict=True):
            said = label_of(name, self.speech.language, self.builder.assessor.graph)
            if TERM in name:
                said = said.replace("：", ": ").split(": ")[-1]
            elif inputs.count(column) == 1:
                said = label_of(column, self.speech.language, self.builder.assessor.graph)
            labels[name] = self.speech.outside(said)
        return labels


def percent_of_log_hazard(log_hazard: float) -> float:
    """The risk, in percent, of the logarithm of a cumulative hazard."""
    return 100.0 * -math.expm1(-math.exp(log_hazard))


def points_below(rules: Mapping[str, Rule], verdict: str, algorithm: str) -> list[str]:
    """The columns of points that an answer rests on, in the order of the score; none where it rests on no points."""
    waiting, seen = [verdict], {verdict}
    while waiting:
        rule = rules[waiting.pop(0)]
        found = [name for name in rule.explained_by if name.startswith(f"{algorithm}{POINTS}")]
        if found:
            return found
        for name in rule.inputs:
            if name in rules and name.startswith(f"{algorithm}_") and name not in seen:
                seen.add(name)
                waiting.append(name)
    return []
