"""Counts the key figures of a fracture liaison service over a cohort; unknown is counted apart, never as done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import narwhals as nw
import polars as pl

from myosteon.engine.graph import Graph
from myosteon.evidence.key_figures import KeyFigure, KeyFigures
from myosteon.evidence.load import load_evidence
from myosteon.logic.condition import Condition, Fact, FactKind, read_condition
from myosteon.logic.rule import Rule
from myosteon.outputs.intervals import Interval, wilson
from myosteon.vocabulary.measures import load_measures

Level = Literal["poor", "fair", "good"]
MONTHS = "months_since_last_fracture"
DAYS_IN_A_WEEK = 7
KINDS: Mapping[str, FactKind] = {"bool": "yes_no", "category": "word", "float": "number", "int": "number"}


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure of one cohort.

    Attributes:
        figure: what is counted.
        among: how many it is taken among; None where that number was not given.
        met: of how many it is known to hold.
        unknown: of how many it is not known, those included of whom it is not known whether they belong.
        share: `met` among `among`, an unknown counting as not met, with its 95 % interval (Wilson); None where it is
            taken among nobody, or not among people.
        estimate: the same share without an interval; above 1 where more were found than expected.
        level: poor, fair or good by the share; None where there is none, or where only a lower level was set and is met.
        needs: the measures that decide where something is unknown.
        too_early: of how many among them it does not hold so far, and the time given for it is not over.
        at_most: the same share, were it to hold for all of whom it is not known; None where there is no share.
        level_at_most: the level by `at_most`.
    """

    figure: KeyFigure
    among: int | None
    met: int
    unknown: int
    share: Interval | None
    estimate: float | None
    level: Level | None
    needs: tuple[str, ...]
    too_early: int = 0
    at_most: float | None = None
    level_at_most: Level | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """How many people the figures are about, of how many it is not known whether they belong, and the figures."""

    people: int
    may_belong: int
    counted: tuple[Counted, ...]


def conditions_of(figures: KeyFigures, graph: Graph) -> dict[str, Condition]:
    """Every condition of the figures, by its text.

    Raises:
        EvidenceError: one speaks of something that nobody knows.
    """
    facts = {
        name: Fact(name, KINDS[measure.type], measure.words)
        for name, measure in load_measures().items()
        if measure.type in KINDS
    }
    facts |= {rule.name: fact for rule in graph.rules.values() if (fact := _fact(rule))}
    texts = [figures.among, *(text for figure in figures.figures for text in (figure.among, figure.met))]
    return {text: read_condition(text, facts, "key_figures.toml") for text in texts if text}


def count_key_figures(
    judged: pl.DataFrame, figures: KeyFigures, graph: Graph, expected: Mapping[str, float]
) -> Service:
    """The key figures of the people of a service.

    Args:
        judged: people with every column that the conditions speak of, and every measure that `complete` names.
        figures: the figures.
        graph: the rules, whose columns conditions may speak of.
        expected: by kind of fracture, how many the area is thought to have; what is not given is not computed.
    """
    conditions = conditions_of(figures, graph)
    answers = _answers(judged, conditions)
    in_service = answers[figures.among].fill_null(False)
    kept = {text: answer.filter(in_service) for text, answer in answers.items()}
    counter = _Counter(judged.filter(in_service), kept, figures, expected)
    counted = []
    for figure in figures.figures:
        names = [name for text in (figure.among, figure.met) if text for name in conditions[text].names]
        counted.append(counter.count(figure, _measures(names, graph)))
    return Service(counter.people.height, answers[figures.among].null_count(), tuple(counted))


def _answers(judged: pl.DataFrame, conditions: Mapping[str, Condition]) -> dict[str, pl.Series]:
    frame = nw.from_native(judged, eager_only=True)
    answers: dict[str, pl.Series] = {}
    for text, condition in conditions.items():
        columns = {name: nw.col(name) for name in condition.names}
        answers[text] = nw.to_native(frame.select(answer=condition.answer(columns)))["answer"]
    return answers


@dataclass(frozen=True, slots=True)
class _Counter:
    people: pl.DataFrame
    answers: Mapping[str, pl.Series]
    figures: KeyFigures
    expected: Mapping[str, float]

    def count(self, figure: KeyFigure, measures: tuple[str, ...]) -> Counted:
        if figure.complete:
            return self._completeness(figure)
        among = self.answers[figure.among] if figure.among else None
        met, unknown, size = _among(self.answers[figure.met], among)
        needs = measures if unknown else ()
        if figure.expected:
            number = self.expected.get(figure.expected)
            estimate = met / number if number else None
            size_told = round(number) if number else None
            most = (met + unknown) / number if number else None
            levels = (self._level(estimate, figure), self._level(most, figure))
            return Counted(
                figure, size_told, met, unknown, None, estimate, levels[0], needs, 0, most, levels[1]
            )
        share = wilson(met, size)
        estimate = share.estimate if share else None
        may_belong = among.null_count() if among is not None else 0
        most = (met + unknown) / (size + may_belong) if size + may_belong else None
        level, early = self._level(estimate, figure), self._too_early(figure, among)
        return Counted(
            figure, size, met, unknown, share, estimate, level, needs, early, most, self._level(most, figure)
        )

    def _too_early(self, figure: KeyFigure, among: pl.Series | None) -> int:
        """Of how many among them it does not hold, whose fracture is known to be less long ago than the time given."""
        if figure.within_weeks is None or MONTHS not in self.people.columns:
            return 0
        calendar = load_evidence("care_numbers", "drug_history").coefficients_of("calendar")
        weeks = self.people[MONTHS] * calendar["days_in_a_month"] / DAYS_IN_A_WEEK
        belongs = among.fill_null(False) if among is not None else weeks.is_not_null()
        not_met = ~self.answers[figure.met].fill_null(False)
        return int((belongs & not_met & (weeks < figure.within_weeks).fill_null(False)).sum())

    def _completeness(self, figure: KeyFigure) -> Counted:
        """The share of the named fields of all people that are recorded."""
        absent = {name: self.people[name].null_count() for name in figure.complete}
        fields = self.people.height * len(figure.complete)
        recorded = fields - sum(absent.values())
        estimate = recorded / fields if fields else None
        needs = tuple(name for name, count in absent.items() if count)
        return Counted(figure, fields, recorded, 0, None, estimate, self._level(estimate, figure), needs)

    def _level(self, estimate: float | None, figure: KeyFigure) -> Level | None:
        if estimate is None:
            return None
        if estimate < self.figures.poor_below:
            return "poor"
        if figure.single_level:
            return None
        return "good" if estimate > self.figures.good_above else "fair"


def _among(met: pl.Series, among: pl.Series | None) -> tuple[int, int, int]:
    """Of how many it holds, of how many it is unknown, and among how many; who may belong is not among them."""
    if among is None:
        return int(met.sum()), met.null_count(), len(met)
    belongs = among.fill_null(False)
    inside = met.filter(belongs)
    return int(inside.sum()), inside.null_count() + among.null_count(), len(inside)


def _measures(names: Sequence[str], graph: Graph) -> tuple[str, ...]:
    """The measures that columns rest on, in the order of the vocabulary."""
    own = {name for name in names if name in graph.measures}
    read = graph.measures_read([name for name in names if name not in graph.measures])
    return tuple(name for name in load_measures() if name in own | read)


def _fact(rule: Rule) -> Fact | None:
    if rule.kind == "list":
        return None
    if rule.kind in ("stage", "category"):
        return Fact(rule.name, "word", rule.levels)
    return Fact(rule.name, "yes_no" if rule.kind == "yes_no" else "number")
