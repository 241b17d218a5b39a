"""Additive scores: points for each item, added up, and what the total predicts.

For a score `ID` the columns are `ID_points_ITEM` (the points of each item), `ID_score`, `ID_score_at_least` and
`ID_score_at_most` (the bounds while items are unknown; they hold if the score is for the person), the percentages and the band
of its evidence, `ID_open`, `ID_needs`, `ID_outside` and, with `Settings.clamp_risk_inputs`, `ID_clamped`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add

import narwhals as nw

from myosteon.evidence.types import EvidenceSet, Points
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, is_yes, may_be_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.item import SEX, Item, check_items
from myosteon.rules.risk.population import Population, can_clamp
from myosteon.rules.risk.prediction import AT_LEAST, AT_MOST, Predictions
from myosteon.rules.risk.readings import ASKS

FurtherRules = Callable[[Settings], tuple[Rule, ...]]


def additive_score(
    evidence: EvidenceSet,
    *,
    reads: Mapping[str, str] | None = None,
    further: FurtherRules | None = None,
    answers: tuple[str, ...] = (),
) -> Algorithm:
    """A score of whole points as an algorithm.

    Args:
        evidence: its points (the measure of each is the column that is read), ranges and predictions.
        reads: the column that stands for a measure of its ranges, where that is not the measure itself.
        further: rules that build on its columns.
        answers: the columns of these that belong to its answer; they stand behind the scores.

    Raises:
        RuleError: an item gives a fraction of a point.
    """

    def build(settings: Settings) -> tuple[Rule, ...]:
        score = Score(evidence, settings, reads or {})
        return (*score.rules(), *(further(settings) if further else ()))

    plain = Score(evidence, Settings(), reads or {})
    check_items(evidence.id, plain.items)
    id = evidence.id
    columns = (
        f"{id}_score",
        f"{id}_{AT_LEAST}",
        f"{id}_{AT_MOST}",
        *plain.predictions.columns,
        *answers,
        f"{id}_needs",
        f"{id}_outside",
    )
    return Algorithm(evidence, build, columns, clamps=any(map(can_clamp, evidence.ranges)))


@dataclass(frozen=True, slots=True)
class Score:
    """The rules of one additive score under some settings."""

    evidence: EvidenceSet
    settings: Settings
    reads: Mapping[str, str]
    population: Population = field(init=False)
    items: tuple[Item, ...] = field(init=False)
    predictions: Predictions = field(init=False)

    def __post_init__(self) -> None:
        population = Population(self.evidence.id, self.evidence.ranges, self.settings, self.reads)
        object.__setattr__(self, "population", population)
        object.__setattr__(self, "items", tuple(self._items(population)))
        object.__setattr__(self, "predictions", Predictions(self.evidence, population.applies))

    def _items(self, population: Population) -> Iterator[Item]:
        by_item: dict[str, dict[str | None, Points]] = {}
        for points in self.evidence.points:
            by_item.setdefault(points.item, {})[points.sex] = points
        for name, by_sex in by_item.items():
            column = population.column(next(iter(by_sex.values())).measure)
            clamped = population.clamped_range(column)
            yield Item(self.id, name, column, by_sex, population.range_of(column), clamped)

    @property
    def id(self) -> str:
        """The score."""
        return self.evidence.id

    @property
    def _gate(self) -> tuple[str, ...]:
        return (self.population.applies,) if self.population.applies else ()

    def rules(self) -> Iterator[Rule]:
        """Every rule of the score."""
        yield from (item.rule() for item in self.items)
        yield from self.population.rules()
        yield self._bound(AT_LEAST, 0)
        yield self._bound(AT_MOST, -1)
        yield self._score()
        yield from self.predictions.rules()
        yield self._open()
        yield self._needs()

    def _bound(self, name: str, end: int) -> Rule:
        reads = tuple(dict.fromkeys(column for item in self.items for column in item.bound_reads))

        def body(*columns: Expr) -> Expr:
            given = dict(zip((*reads, *self._gate), columns, strict=True))
            parts = [item.at_most(given) if end else item.at_least(given) for item in self.items]
            total: Expr = reduce(add, parts)
            return nw.when(may_be_yes(given[self.population.applies])).then(total) if self._gate else total

        options = tuple(
            (item.points_column, item.options(sex)[end]) for item in self.items for sex in item.by_sex
        )
        return self._rule(
            name,
            (*reads, *self._gate),
            body,
            sentence="The most points that are possible." if end else "The points that are certain.",
            numbers=("risk_bound", name, *options),
            # The items are shown once, beneath what is certain.
            shown=() if end else tuple(item.points_column for item in self.items),
        )

    def _score(self) -> Rule:
        def body(at_least: Expr, at_most: Expr, applies: Expr | None = None) -> Expr:
            known = at_least == at_most
            return nw.when(known if applies is None else known & applies).then(at_least)

        return self._rule(
            "score",
            (f"{self.id}_{AT_LEAST}", f"{self.id}_{AT_MOST}", *self._gate),
            body,
            sentence="The sum of the points of every item; unknown where an item that could change it is.",
            numbers=("risk_score",),
            shown=tuple(item.points_column for item in self.items),
        )

    def _open(self) -> Rule:
        def body(at_least: Expr, at_most: Expr, applies: Expr | None = None) -> Expr:
            open_score = ~is_yes(self.predictions.settled(at_least, at_most))
            if applies is None:
                return open_score
            return may_be_yes(applies) & (applies.is_null() | open_score)

        return self._rule(
            "open",
            (f"{self.id}_{AT_LEAST}", f"{self.id}_{AT_MOST}", *self._gate),
            body,
            kind="yes_no",
            unit="",
            sentence="Something unknown can still change the answer, or whether the score is for the person.",
            numbers=(
                "risk_open",
                *((p.outcome, p.score_from, p.score_to) for p in self.evidence.predictions),
            ),
        )

    def _needs(self) -> Rule:
        """What is asked for: the measures behind every item, and every range, that is unknown."""
        asked = [(item.points_column, self._asks(item.column)) for item in self.items]
        asked += [(item.points_column, (SEX,)) for item in self.items if item.needs_sex]
        ranges = [(self.population.column(limits.measure), limits.measure) for limits in self.evidence.ranges]
        asked += [(column, self._asks(column, measure)) for column, measure in ranges]
        pairs = tuple(dict.fromkeys((column, measure) for column, measures in asked for measure in measures))
        reads = tuple(dict.fromkeys(name for pair in pairs for name in pair))

        def body(open_question: Expr, *columns: Expr) -> Listing:
            given = dict(zip(reads, columns, strict=True))
            return Listing(
                tuple(
                    (open_question & given[column].is_null() & given[measure].is_null(), (measure,))
                    for column, measure in pairs
                )
            )

        return self._rule(
            "needs",
            (f"{self.id}_open", *reads),
            body,
            kind="list",
            unit="",
            sentence="The unknown measures on which the answer depends.",
            numbers=("risk_needs", *pairs),
        )

    def _asks(self, column: str, measure: str = "") -> tuple[str, ...]:
        return ASKS.get(column, (measure or column,))

    def _rule(self, name: str, inputs: tuple[str, ...], body: object, **fields: object) -> Rule:
        defaults = {
            "kind": "number",
            "stratum": "risk",
            "unit": "{score}",
            "template": f"risk_{name}",
            "evidence": None,
        }
        return Rule(**{"name": f"{self.id}_{name}", "inputs": inputs, "body": body, **defaults, **fields})  # type: ignore[arg-type]
