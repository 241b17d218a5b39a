"""Runs a graph of rules over a frame of any engine: one `with_columns` a level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from myosteon.engine.graph import Graph
from myosteon.engine.translate import narwhals_answer, polars_answer
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
    polars_levels = tuple(
        tuple(polars_answer(answer_of(graph, rule), rule.levels, order).alias(rule.name) for rule in group)
        for group in levels
    )
    read = graph.measures_read(outputs)
    return Plan(
        graph, tuple(outputs), tuple(m for m in dtypes if m in read), dtypes, order, levels, polars_levels
    )


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
