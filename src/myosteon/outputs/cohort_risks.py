"""The answers of risk algorithms over a cohort: who has one, who was refused as outside, who waits for what, and how it lies.

Computes no risk: reads the columns of the results. The results are streamed; what is held are different values, never rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.outputs.cohort_ages import known_sex
from myosteon.outputs.cohort_counts import Cells, Design
from myosteon.outputs.cohort_groups import Groups, Tally, add, count_groups
from myosteon.outputs.cohort_lists import lacks_of, listed_text
from myosteon.outputs.cohort_questions import prepare, require_columns
from myosteon.outputs.cohort_risk_answers import answer_of, is_said
from myosteon.outputs.cohort_summary import SEXES, Sex
from myosteon.outputs.risk_summary import (
    RiskAsked,
    RiskSummary,
    States,
)

ANSWERED, OUTSIDE, UNKNOWN = range(3)


def summarise_risks(
    results: pl.DataFrame | pl.LazyFrame,
    algorithms: Sequence[RiskAsked],
    graph: Graph,
    *,
    weight_column: str | None = None,
    stratum_column: str | None = None,
    psu_column: str | None = None,
) -> tuple[RiskSummary, ...]:
    """Sum up the risks of a results frame.

    Args:
        results: one row a person and visit, with `sex` and `age_years`; an algorithm whose columns are not there is left out.
        algorithms: the algorithms to show, in order.
        graph: the rules, for kinds, units and names of columns.
        weight_column, stratum_column, psu_column: as `cohort.summarise_cohort` takes them.

    Raises:
        ColumnError: a column of the design is not in the frame.
    """
    schema = results.lazy().collect_schema()
    design = Design(weight_column, stratum_column, psu_column)
    require_columns(schema, (), design)
    frame, _ = prepare(results.lazy(), schema, [], design, Cells())
    present = [asked for asked in algorithms if all(shown.column in schema for shown in asked.entry.shown)]
    return tuple(_sum_up(frame, schema, asked, design, graph) for asked in present)


def _sum_up(
    frame: pl.LazyFrame, schema: pl.Schema, asked: RiskAsked, design: Design, graph: Graph
) -> RiskSummary:
    by = {"sex": known_sex(), "state": _state(asked, schema), "why": _why(asked, schema)}
    groups = count_groups(frame, by, design, units=False)
    return RiskSummary(
        asked=asked,
        states={sex: _states(groups, sex) for sex in SEXES},
        outside=lacks_of(_whys(groups, OUTSIDE), graph),
        lacks=lacks_of(_whys(groups, UNKNOWN), graph),
        answers=tuple(answer_of(frame, schema, shown, asked, design, graph) for shown in asked.entry.shown),
    )


def _state(asked: RiskAsked, schema: pl.Schema) -> pl.Expr:
    """Has an answer, else was refused as outside, else waits for something unknown."""
    shown = [name for one in asked.entry.shown for name in (one.column, one.below) if name]
    answered = pl.any_horizontal([is_said(name, schema) for name in shown])
    outside = is_said(f"{asked.entry.id}_outside", schema)
    return pl.when(answered).then(ANSWERED).when(outside).then(OUTSIDE).otherwise(UNKNOWN).cast(pl.Int8)


def _why(asked: RiskAsked, schema: pl.Schema) -> pl.Expr:
    """The list that says why there is no answer; null where there is one."""
    state = _state(asked, schema)
    lists = [
        listed_text(name, schema)
        if (name := f"{asked.entry.id}_{end}") in schema
        else pl.lit(None, pl.String)
        for end in ("outside", "needs")
    ]
    return pl.when(state == OUTSIDE).then(lists[0]).when(state == UNKNOWN).then(lists[1])


def _whys(groups: Groups, state: int) -> Mapping[object, int]:
    texts: dict[object, int] = {}
    for (_, held, why), tally in groups.tallies.items():
        if held == state:
            texts[why] = texts.get(why, 0) + tally.people
    return texts


def _states(groups: Groups, sex: Sex) -> States:
    def of(state: int) -> Tally:
        return groups.where(lambda key: sex in ("all", key[0]) and key[1] == state)

    answered, outside, unknown = of(ANSWERED), of(OUTSIDE), of(UNKNOWN)
    whole = add((answered, outside, unknown)).weight
    parts = [tally.weight / whole if whole else 0.0 for tally in (answered, outside, unknown)]
    return States(answered.people, outside.people, unknown.people, (parts[0], parts[1], parts[2]))
