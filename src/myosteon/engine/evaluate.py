"""Runs a graph of rules over a frame of any engine: one `with_columns` a level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from myosteon.engine.graph import Graph
from myosteon.engine.translate import fits_a_code, list_code, list_words, narwhals_answer, polars_answer
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule

NO_OPTIMISATION = pl.QueryOptFlags.none()


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The rules for some columns, ordered and translated once; it can be run over any number of frames.

    Args:
        graph: all rules.
        outputs: the columns that are wanted.
        measures_read: the measures that the rules read.
        dtypes: Polars' type of each measure, for columns that a frame lacks.
        order: the place of each measure in a list.
    """

    graph: Graph
    outputs: tuple[str, ...]
    measures_read: tuple[str, ...]
    dtypes: Mapping[str, Any]
    order: Mapping[str, int]
    levels: tuple[tuple[Rule, ...], ...]
    polars_levels: tuple[tuple[pl.Expr, ...], ...]

    def run_polars(self, frame: pl.LazyFrame, present: Iterable[str]) -> pl.LazyFrame:
        """The frame with every wanted column and what was computed on the way."""
        have = set(present)
        absent = [pl.lit(None, dtype=self.dtypes[m]).alias(m) for m in self.measures_read if m not in have]
        if absent:
            frame = frame.with_columns(absent)
        for expressions in self.polars_levels:
            frame = frame.with_columns(expressions)
        return frame

    def run_native(self, frame: nw.LazyFrame[Any], present: Iterable[str]) -> nw.LazyFrame[Any]:
        """The same for a frame of another engine that Narwhals knows (DuckDB, Spark)."""
        have = set(present)
        absent = [
            nw.lit(None).cast(_narwhals_type(self.dtypes[m])).alias(m) for m in self.measures_read if m not in have
        ]
        if absent:
            frame = frame.with_columns(*absent)
        for rules in self.levels:
            frame = frame.with_columns(*[self._narwhals(rule) for rule in rules])
        return frame

    def _narwhals(self, rule: Rule) -> nw.Expr:
        return narwhals_answer(answer_of(self.graph, rule), self.order).alias(rule.name)


def make_plan(graph: Graph, outputs: Sequence[str], dtypes: Mapping[str, Any]) -> Plan:
    """Orders and translates the rules for `outputs`."""
    order = {measure: place for place, measure in enumerate(dtypes)}
    levels = tuple(tuple(group) for group in graph.levels(outputs))
    read = graph.measures_read(outputs)
    return Plan(
        graph=graph,
        outputs=tuple(outputs),
        measures_read=tuple(measure for measure in dtypes if measure in read),
        dtypes=dtypes,
        order=order,
        levels=levels,
        polars_levels=_polars_levels(graph, levels, order),
    )


def _polars_levels(
    graph: Graph, levels: Sequence[Sequence[Rule]], order: Mapping[str, int]
) -> tuple[tuple[pl.Expr, ...], ...]:
    """Each level's expressions; lists are codes until a last level turns them into words, so that no code is made twice."""
    translated: list[tuple[pl.Expr, ...]] = []
    lists: dict[str, Listing] = {}
    words: list[pl.Expr] = []
    for group in levels:
        expressions = []
        for rule in group:
            answer = answer_of(graph, rule)
            repeated = graph.repeats.get(rule.name, "")
            if repeated in lists:
                words.append(list_words(repeated, lists[repeated], order).alias(rule.name))
            elif isinstance(answer, Listing) and fits_a_code(answer):
                lists[rule.name] = answer
                expressions.append(list_code(answer).alias(rule.name))
                words.append(list_words(rule.name, answer, order))
            else:
                expressions.append(polars_answer(answer, rule.levels, order).alias(rule.name))
        translated.append(tuple(expressions))
    return (*translated, tuple(words)) if words else tuple(translated)


def answer_of(graph: Graph, rule: Rule) -> Any:
    """What the rule answers over its input columns; a repetition is the column that it repeats."""
    repeated = graph.repeats.get(rule.name)
    if repeated:
        return nw.col(repeated)
    return rule.body(*(nw.col(source) for source in rule.inputs))


def _narwhals_type(dtype: Any) -> Any:
    if isinstance(dtype, pl.Enum):
        return nw.String
    return {
        pl.Float64: nw.Float64,
        pl.Int64: nw.Int64,
        pl.Boolean: nw.Boolean,
        pl.Date: nw.Date,
        pl.String: nw.String,
    }[type(dtype) if not isinstance(dtype, type) else dtype]
