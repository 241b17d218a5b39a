"""What changing one thing would do, in words: read from the results of the same person with that one thing changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from myosteon.engine.graph import Graph
from myosteon.outputs.explain_risk_answer import (
    PERCENT,
    SCORE,
    AnswerColumns,
    rank,
    read_answer,
    signed_text,
)
from myosteon.outputs.explain_risk_types import Answer, Option, Trial, WhatIf
from myosteon.outputs.wording.load import Speech, label_of
from myosteon.vocabulary.measures import load_measures

Rank = tuple[float, float]
Ranked = tuple[Trial, Answer, Rank]
# Sums in another order differ in their last digits.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Changes:
    """Reads the trials of one person for one answer."""

    graph: Graph
    columns: AnswerColumns
    speech: Speech
    own: Answer
    trials: Sequence[Trial]

    def what_if(self) -> tuple[WhatIf, ...]:
        """What matters: changes, those that lower most first; then unknown inputs, those that leave most open first."""
        changes = [one for trial in self.trials if trial.label and (one := self._change(trial))]
        unknown = dict.fromkeys(trial.id for trial in self.trials if trial.label is None)
        asked = [one for id in unknown if (one := self._unknown(id))]
        return (
            *sorted(changes, key=lambda one: self._middle(one.options[0].answer)),
            *sorted(asked, key=self._reach, reverse=True),
        )

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of the answer, lowest first."""
        return self.graph.rules[self.columns.verdict].levels

    def _rank(self, answer: Answer) -> Rank | None:
        return rank(answer, self.levels)

    def _middle(self, answer: Answer) -> float:
        found = self._rank(answer)
        return sum(found) if found else 0.0

    def _reach(self, one: WhatIf) -> float:
        """How far apart the ends of an unknown input lie."""
        middles = [self._middle(option.answer) for option in one.options]
        return max(middles) - min(middles)

    def _answer(self, trial: Trial) -> Answer:
        return read_answer(trial.row, self.graph, self.columns, self.speech)

    # --- changes --------------------------------------------------------------------------------------------

    def _change(self, trial: Trial) -> WhatIf | None:
        """None where the change leaves everything as it is, or the algorithm was not made for such a person."""
        answer = self._answer(trial)
        if self._rank(answer) in (None, self._rank(self.own)) and answer.value == self.own.value:
            return None
        if self._rank(answer) is None or trial.label is None:
            return None
        label = trial.label.in_language(self.speech.language).format(item=trial.item)
        difference = _difference(answer, self.own)
        unit = self.graph.rules[self.columns.verdict].unit
        known = difference is not None and unit in (PERCENT, SCORE)
        return WhatIf(
            id=trial.id,
            kind="change",
            measures=tuple(trial.values),
            label=label,
            options=(self._option(trial, answer, self._values(trial)),),
            difference=difference,
            difference_text=signed_text(difference, unit, self.speech) if known and difference else "",
        )

    def _values(self, trial: Trial) -> str:
        """What a single number would be then, in words; empty for other changes, whose label says it."""
        if len(trial.values) != 1:
            return ""
        ((measure, value),) = trial.values.items()
        return self._value(measure, value) if load_measures()[measure].type == "float" and value else ""

    # --- unknown inputs -------------------------------------------------------------------------------------

    def _unknown(self, measure: str) -> WhatIf | None:
        """The best and the worst that an unknown input can do; None where it can do nothing by itself."""
        tried = [
            (trial, self._answer(trial)) for trial in self.trials if trial.id == measure and not trial.label
        ]
        ranked = [(trial, answer, found) for trial, answer in tried if (found := self._rank(answer))]
        silent = [(trial, answer) for trial, answer in tried if self._rank(answer) is None]
        own = self._rank(self.own)
        # What would leave the bounds contradicts something that is known, such as never having smoked of who smokes now.
        ranked = [one for one in ranked if own is None or _lies_within(one[2], own)]
        if not ranked or all(found == own for _, _, found in ranked):
            return None
        pick = _middle_of if load_measures()[measure].is_number else _first_of
        ends = [pick([r for r in ranked if sum(r[2]) == sum(end)]) for end in _ends([r[2] for r in ranked])]
        options = [self._tried(measure, trial, answer) for trial, answer, _ in ends]
        # A value with which there is no figure either is told once.
        options += [self._tried(measure, trial, answer) for trial, answer in self._telling(measure, silent)]
        return WhatIf(
            id=measure,
            kind="unknown",
            measures=(measure,),
            label=self.speech.outside(label_of(measure, self.speech.language, self.graph)),
            options=tuple(dict.fromkeys(options)),
        )

    def _telling(
        self, measure: str, silent: Sequence[tuple[Trial, Answer]]
    ) -> Sequence[tuple[Trial, Answer]]:
        """Of the values that give no figure those worth a word: an answer of yes or no, a number that leaves it open."""
        if load_measures()[measure].type == "bool":
            return silent
        return [one for one in silent if not one[1].outside][:1]

    def _tried(self, measure: str, trial: Trial, answer: Answer) -> Option:
        return self._option(trial, answer, self._value(measure, trial.values[measure]))

    def _option(self, trial: Trial, answer: Answer, text: str) -> Option:
        return Option(text, tuple(trial.values.items()), answer)

    def _value(self, measure: str, value: object) -> str:
        known = load_measures()[measure]
        if isinstance(value, bool):
            return self.speech.word("yes" if value else "no")
        if isinstance(value, int | float):
            return self.speech.quantity(value, self.speech.unit_of(measure, known.unit), typed=True)
        return known.word_labels[str(value)].in_language(self.speech.language)


def _ends(ranks: Sequence[Rank]) -> tuple[Rank, Rank]:
    """The lowest and the highest, judged by the middle of what each allows."""
    return min(ranks, key=sum), max(ranks, key=sum)


def _lies_within(found: Rank, own: Rank) -> bool:
    return found[0] >= own[0] - TOLERANCE and found[1] <= own[1] + TOLERANCE


def _middle_of(alike: Sequence[Ranked]) -> Ranked:
    """Of numbers that do the same the one in the middle, as the most usual."""
    return alike[len(alike) // 2]


def _first_of(alike: Sequence[Ranked]) -> Ranked:
    """Of words that do the same the first of the vocabulary, mostly none."""
    return alike[0]


def _difference(answer: Answer, own: Answer) -> float | None:
    """How much a figure moves; None where one of the two is no figure."""
    values = answer.value, own.value
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
        return None
    return float(values[0]) - float(values[1])  # type: ignore[arg-type]
