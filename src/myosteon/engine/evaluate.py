"""Runs a graph of rules over a frame of any engine: one `with_columns` a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import narwhals as nw
import polars as pl

from myosteon.engine.graph import Graph
from myosteon.engine.last_question import spare_last_questions
from myosteon.engine.native import narwhals_answer
from myosteon.engine.polars_code import polars_levels
from myosteon.engine.sharing import OWN, Layout, lay_out
from myosteon.engine.tree import CODE, Forest, Node, list_table
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule

NO_OPTIMISATION = pl.QueryOptFlags.none()


def measured(name: str) -> str:
    """The column that holds a measure as given, where a rule completes it under its own name."""
    return f"{OWN}measured {name}"


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The rules for some columns, ordered and translated once; it can be run over any number of frames.

    Args:
        graph: all rules.
        outputs: the columns that are wanted.
        measures_read: the measures that the rules read.
        dtypes: Polars' type of each measure, for columns that a frame lacks.
        order: the place of each measure in a list.
        levels: the rules in groups, each of which reads the results of earlier ones.
        completed: measures that a rule completes under their own name.
        layout: the same rules as operations, and which of these are held in columns.
        polars_levels: the layout as Polars expressions.
    """

    graph: Graph
    outputs: tuple[str, ...]
    measures_read: tuple[str, ...]
    dtypes: Mapping[str, Any]
    order: Mapping[str, int]
    levels: tuple[tuple[Rule, ...], ...]
    completed: tuple[str, ...]
    layout: Layout
    polars_levels: tuple[tuple[pl.Expr, ...], ...]

    def run_polars(self, frame: pl.LazyFrame, present: Sequence[str], kept: Sequence[str]) -> pl.LazyFrame:
        """The columns `kept` of the frame, whose columns are `present`, and after them every wanted column."""
        have = set(present)
        aside = self._set_aside(present)
        if aside:
            frame = frame.rename(aside)
        absent = [pl.lit(None, dtype=self.dtypes[m]).alias(m) for m in self.measures_read if m not in have]
        if absent:
            frame = frame.with_columns(absent)
        if self.completed:
            frame = frame.with_columns([pl.col(name).alias(measured(name)) for name in self.completed])
        for expressions, dropped in zip(self.polars_levels, self.layout.dropped, strict=True):
            # What nothing rests on any more gives its memory to what comes next.
            frame = frame.with_columns(expressions)
            if dropped:
                frame = frame.drop(dropped)
        given = [pl.col(aside[name]).alias(name) if name in aside else name for name in kept]
        named = [pl.col(column).alias(name) if column != name else name for name, column in self._columns()]
        return frame.select([*given, *named])

    def run_native(
        self, frame: nw.LazyFrame[Any], present: Sequence[str], kept: Sequence[str]
    ) -> nw.LazyFrame[Any]:
        """The same for a frame of another engine that Narwhals knows (DuckDB, Spark)."""
        have = set(present)
        aside = self._set_aside(present)
        if aside:
            frame = frame.rename(aside)
        absent = [
            nw.lit(None).cast(_narwhals_type(self.dtypes[m])).alias(m)
            for m in self.measures_read
            if m not in have
        ]
        if absent:
            frame = frame.with_columns(*absent)
        for rules in self.levels:
            frame = frame.with_columns(
                *[narwhals_answer(answer_of(self.graph, rule), self.order).alias(rule.name) for rule in rules]
            )
        given = [nw.col(aside.get(name, name)).alias(name) for name in kept]
        return frame.select(*given, *[nw.col(column).alias(name) for name, column in self._columns()])

    def _set_aside(self, present: Sequence[str]) -> dict[str, str]:
        """Columns of the frame that are no measures but have the name of a rule: they must come through untouched."""
        rules = self.graph.rules
        return {
            name: f"given {name}" for name in present if name in rules and name not in self.graph.measures
        }

    def _columns(self) -> list[tuple[str, str]]:
        return [(name, self.graph.computed(name)) for name in self.outputs]


def make_plan(graph: Graph, outputs: Sequence[str], dtypes: Mapping[str, Any]) -> Plan:
    """Orders and translates the rules for `outputs`."""
    order = {measure: place for place, measure in enumerate(dtypes)}
    levels = tuple(tuple(group) for group in graph.levels(outputs))
    read = graph.measures_read(outputs)
    layout = _layout(graph, levels, outputs, order)
    completed = tuple(rule.name for group in levels for rule in group if rule.name in rule.inputs)
    return Plan(
        graph=graph,
        outputs=tuple(outputs),
        measures_read=tuple(measure for measure in dtypes if measure in read),
        dtypes=dtypes,
        order=order,
        levels=levels,
        completed=completed,
        layout=layout,
        polars_levels=polars_levels(layout),
    )


def _layout(
    graph: Graph, levels: Sequence[Sequence[Rule]], outputs: Sequence[str], order: Mapping[str, int]
) -> Layout:
    """Every rule's answer as operations; a list is a code, and a column of that code's words."""
    forest = Forest(order)
    answers: dict[str, Node] = {}
    for rule in chain.from_iterable(levels):
        answer = rule.body(*(nw.col(source) for source in _sources_with_measured(graph, rule.name)))
        node = forest.answer(answer, rule.levels)
        if node.name == CODE and isinstance(answer, Listing):
            answers[f"{OWN}code of {rule.name}"] = node
            node = forest.list_words(node, list_table(answer, order))
        answers[rule.name] = node
    return lay_out(spare_last_questions(answers, forest), {graph.computed(name) for name in outputs})


def _sources_with_measured(graph: Graph, name: str) -> tuple[str, ...]:
    return tuple(measured(source) if source == name else source for source in graph.sources(name))


def answer_of(graph: Graph, rule: Rule) -> Any:
    """What the rule answers over its input columns."""
    return rule.body(*(nw.col(source) for source in graph.sources(rule.name)))


def _narwhals_type(dtype: Any) -> Any:
    """The Narwhals type of a measure's Polars type; words are text in engines without an Enum of ours."""
    if isinstance(dtype, pl.Enum):
        return nw.String
    names = {
        "Float64": nw.Float64,
        "Int16": nw.Int16,
        "Boolean": nw.Boolean,
        "Date": nw.Date,
        "String": nw.String,
    }
    return names[str(dtype)]
