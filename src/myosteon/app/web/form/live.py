"""The verdict while somebody types: what is proved, what is not excluded, and what to measure next.

The rules are those of every other door; only one person and the definitions of the clinic are judged, which takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from myosteon.app.web.form.questionnaires import Questionnaire
from myosteon.app.web.form.wording import tell
from myosteon.assess import Assessor, make_assessor
from myosteon.engine.one_person import OnePerson
from myosteon.frame import canonical_dtype
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_next import what_to_measure_next
from myosteon.outputs.explain_types import NextStep, Rung
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Language

Row = Mapping[str, Any]
GRIP_CRITERION = "grip_weak"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one definition says: its sentence, and its stages lowest first (none where it answers yes or no)."""

    definition: str
    sentence: str
    stages: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Live:
    """What is known by now.

    Attributes:
        verdicts: of the clinic's definitions, in its order.
        next: at most three things to measure next.
        grip: what the clinic's own definition says of the best grip, with its limit; empty where it is unknown.
    """

    verdicts: tuple[Verdict, ...]
    next: tuple[NextStep, ...]
    grip: str = ""


class Judge:
    """Judges one person under some definitions; made once, used for any number of people.

    Args:
        definitions: ids, the clinic's own first.
        settings: choices that change how rules read the data.
        further: columns besides the verdicts, such as the total of a questionnaire.
        risk: whether these need the rules of risk.
    """

    def __init__(
        self,
        definitions: tuple[str, ...],
        settings: Settings,
        further: tuple[str, ...] = (),
        *,
        risk: bool = False,
    ) -> None:
        self.definitions = definitions
        self.assessor: Assessor = make_assessor(definitions or None, settings, risk=risk)
        outputs = further or self.assessor.outputs("criteria")
        read = self.assessor.graph.measures_read(list(outputs))
        self._schema = pl.Schema(
            {name: canonical_dtype(measure) for name, measure in load_measures().items() if name in read}
        )
        kept = [name for name in self._schema if name not in outputs]
        self._alone = OnePerson(self.assessor.plan(outputs), self._schema, kept)

    def row(self, values: Row) -> Row:
        """The results of a person; measures that `values` lacks are unknown, others are not looked at."""
        known = {name: [values.get(name)] for name in self._schema}
        return self._alone.row(pl.DataFrame(known, schema=self._schema))


@lru_cache(maxsize=32)
def judge_of(definitions: tuple[str, ...], settings: Settings) -> Judge:
    """The judge of a clinic's definitions, kept for the next call."""
    return Judge(definitions, settings)


@lru_cache(maxsize=32)
def judge_of_questionnaire(answers: tuple[str, ...], settings: Settings) -> Judge:
    """The judge of what a questionnaire comes to."""
    return Judge((), settings, answers, risk=any(answer.startswith("iof_") for answer in answers))


def live_verdict(
    values: Row, definitions: Sequence[str], language: Language, settings: Settings | None = None
) -> Live:
    """What is known of a person by now.

    Args:
        values: canonical values by measure; what is absent or None is unknown.
        definitions: ids of the clinic's definitions, its own first.
        language: `en` or `zh`.
        settings: choices that change how rules read the data.
    """
    judge = judge_of(tuple(definitions), settings or Settings())
    row = judge.row(values)
    by_id = {guideline.id: guideline for guideline in judge.assessor.guidelines}
    verdicts = []
    for id in judge.definitions:
        told = explain(row, judge.assessor, by_id[id].verdicts[0], language)
        verdicts.append(Verdict(id, told.headline, told.stages))
    steps = what_to_measure_next(row, judge.assessor, language).steps
    return Live(tuple(verdicts), steps, _grip(row, judge, language))


def _grip(row: Row, judge: Judge, language: Language) -> str:
    """The criterion of the first definition that has one for grip: its answer, and the value beside its limit."""
    graph = judge.assessor.graph
    for id in judge.definitions:
        for rule in graph.rules.values():
            if (
                rule.definition == id
                and rule.template.startswith(GRIP_CRITERION)
                and row.get(rule.name) is not None
            ):
                told = explain(row, judge.assessor, rule.name, language)
                said = tell("grip.criterion", answer=told.headline, value=told.tree.text)
                return said.zh if language == "zh" else said.en
    return ""


def questionnaire_answers(
    values: Row, questionnaire: Questionnaire, language: Language, settings: Settings | None = None
) -> tuple[str, ...]:
    """What the rules say of a questionnaire, a sentence for each of its answers; that it is unknown where it is."""
    judge = judge_of_questionnaire(questionnaire.answers, settings or Settings())
    row = judge.row(values)
    return tuple(explain(row, judge.assessor, answer, language).headline for answer in questionnaire.answers)
