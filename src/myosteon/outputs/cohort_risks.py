"""The answers of risk algorithms over a cohort: who has one, who was refused as outside, who waits for what, and how it lies.

Computes no risk: reads the columns of the results. The results are streamed; what is held are different values, never rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.evidence.risk_catalogue import ShownColumn
from myosteon.outputs.cohort_counts import Cells, Design
from myosteon.outputs.cohort_groups import Groups, Tally, add, count_groups
from myosteon.outputs.cohort_questions import prepare, require_columns
from myosteon.outputs.cohort_strata import known_sex, lacks_of, listed_text
from myosteon.outputs.cohort_summary import SEXES, Sex, StagePart
from myosteon.outputs.quantiles import bins_for, place_in, quartiles_of
from myosteon.outputs.risk_summary import (
    Answer,
    Bins,
    LevelAnswer,
    ListAnswer,
    NumberAnswer,
    RiskAsked,
    RiskSummary,
    Spread,
    States,
)
from myosteon.outputs.wording.labels import level_label, word_label

ANSWERED, OUTSIDE, UNKNOWN = range(3)
KEPT_DECIMALS = 3  # of a percentage: so many different values are held, at most, however many people there are
YES_NO = {False: "no", True: "yes"}


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
    present = [
        asked for asked in algorithms if all(shown.column in schema for shown in asked.entry.shown)
    ]
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
        answers=tuple(_answer(frame, schema, shown, design, graph) for shown in asked.entry.shown),
    )


def _said(column: str, schema: pl.Schema) -> pl.Expr:
    return pl.col(column).is_not_null() if column in schema else pl.lit(False)


def _state(asked: RiskAsked, schema: pl.Schema) -> pl.Expr:
    """Has an answer, else was refused as outside, else waits for something unknown."""
    shown = [name for one in asked.entry.shown for name in (one.column, one.below) if name]
    answered = pl.any_horizontal([_said(name, schema) for name in shown])
    outside = _said(f"{asked.entry.id}_outside", schema)
    return pl.when(answered).then(ANSWERED).when(outside).then(OUTSIDE).otherwise(UNKNOWN).cast(pl.Int8)


def _why(asked: RiskAsked, schema: pl.Schema) -> pl.Expr:
    """The list that says why there is no answer; null where there is one."""
    state = _state(asked, schema)
    lists = [
        listed_text(name, schema) if (name := f"{asked.entry.id}_{end}") in schema else pl.lit(None, pl.String)
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
    answered, outside, unknown = (
        groups.where(lambda key, state=state: sex in ("all", key[0]) and key[1] == state)
        for state in (ANSWERED, OUTSIDE, UNKNOWN)
    )
    whole = add((answered, outside, unknown)).weight
    parts = [tally.weight / whole if whole else 0.0 for tally in (answered, outside, unknown)]
    return States(answered.people, outside.people, unknown.people, (parts[0], parts[1], parts[2]))


# --- answers -----------------------------------------------------------------------------------------------------


def _answer(
    frame: pl.LazyFrame, schema: pl.Schema, shown: ShownColumn, design: Design, graph: Graph
) -> Answer:
    kind = graph.rules[shown.column].kind
    if kind == "number":
        return _number(frame, shown, design, graph)
    if kind == "list":
        return _list(frame, schema, shown, design, graph)
    return _level(frame, schema, shown, design, graph)


def _number(frame: pl.LazyFrame, shown: ShownColumn, design: Design, graph: Graph) -> NumberAnswer:
    value = pl.col(shown.column).cast(pl.Float64).round(KEPT_DECIMALS)
    limit = pl.col(shown.below).cast(pl.Float64) if shown.below else pl.lit(None, pl.Float64)
    by = {"sex": known_sex(), "value": value, "below": pl.when(value.is_null()).then(limit)}
    groups = count_groups(frame, by, design, units=False)
    values = {sex: _values(groups, sex) for sex in SEXES}
    unit = graph.rules[shown.column].unit
    bins = bins_for(list(values["all"]))
    return NumberAnswer(
        column=shown.column,
        word=shown.word,
        unit=unit,
        bins=bins,
        by_sex={sex: _spread(values[sex], bins, design) for sex in SEXES},
        below=_below(groups),
    )


def _values(groups: Groups, sex: Sex) -> dict[float, Tally]:
    """People by the number that they have, in rising order."""
    held: dict[float, list[Tally]] = {}
    for (whose, number, _), tally in groups.tallies.items():
        if isinstance(number, float) and sex in ("all", whose):
            held.setdefault(number, []).append(tally)
    return {number: add(held[number]) for number in sorted(held)}


def _below(groups: Groups) -> tuple[tuple[float, int], ...]:
    limits: dict[float, int] = {}
    for (_, _, limit), tally in groups.tallies.items():
        if isinstance(limit, float):
            limits[limit] = limits.get(limit, 0) + tally.people
    return tuple(sorted(limits.items()))


def _spread(values: Mapping[float, Tally], bins: Bins, design: Design) -> Spread:
    people = sum(tally.people for tally in values.values())
    weight = sum(tally.weight for tally in values.values())
    shares, counts = [0.0] * bins.count, [0] * bins.count
    for number, tally in values.items():
        place = place_in(number, bins)
        shares[place] += tally.weight / weight
        counts[place] += tally.people
    weights = [(number, tally.weight) for number, tally in values.items()]
    quartiles = quartiles_of(weights, counted=design.weight is None) if people else None
    return Spread(people, quartiles, tuple(shares), tuple(counts))


def _level(
    frame: pl.LazyFrame, schema: pl.Schema, shown: ShownColumn, design: Design, graph: Graph
) -> LevelAnswer:
    rule = graph.rules[shown.column]
    if rule.kind == "yes_no":
        levels = tuple(YES_NO.values())
        proved = pl.col(shown.column).replace_strict(YES_NO, return_dtype=pl.String)
        words = {level: word_label(level) for level in levels}
    else:
        levels = rule.levels
        proved = pl.col(shown.column).cast(pl.String)
        words = {level: level_label(level, rule.template) for level in levels}
    upto = pl.col(shown.upto).cast(pl.String) if shown.upto and shown.upto in schema else proved
    groups = count_groups(frame, {"sex": known_sex(), "proved": proved, "upto": upto}, design, units=False)
    parts = {sex: _parts(groups, sex, levels) for sex in SEXES}
    people = {sex: sum(part.people for part in parts[sex]) for sex in SEXES}
    return LevelAnswer(shown.column, shown.word, words, people, parts)


def _parts(groups: Groups, sex: Sex, levels: Sequence[str]) -> tuple[StagePart, ...]:
    """People with an answer, by what is proved and what is not excluded, the highest first."""
    order = {level: place for place, level in enumerate(levels)}
    pairs: dict[tuple[str, str], list[Tally]] = {}
    for (whose, proved, upto), tally in groups.tallies.items():
        if proved is not None and sex in ("all", whose):
            pairs.setdefault((str(proved), str(proved if upto is None else upto)), []).append(tally)
    whole = sum(tally.weight for parts in pairs.values() for tally in parts)
    ranked = sorted(pairs.items(), key=lambda item: (-order[item[0][0]], order[item[0][1]]))
    return tuple(
        StagePart(proved, upto, sum(tally.people for tally in parts), add(parts).weight / whole)
        for (proved, upto), parts in ranked
    )


def _list(
    frame: pl.LazyFrame, schema: pl.Schema, shown: ShownColumn, design: Design, graph: Graph
) -> ListAnswer:
    by = {"items": listed_text(shown.column, schema)}
    groups = count_groups(frame, by, design, units=False)
    texts = {key[0]: tally.people for key, tally in groups.tallies.items() if key[0] is not None}
    return ListAnswer(shown.column, shown.word, sum(texts.values()), lacks_of(texts, graph))
