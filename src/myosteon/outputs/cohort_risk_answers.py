"""The answers of one risk algorithm over a cohort: numbers with their quartiles, levels with their shares, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.evidence.risk_catalogue import ShownColumn
from myosteon.evidence.types import Label
from myosteon.logic.rule import Rule
from myosteon.outputs.cohort_ages import known_sex
from myosteon.outputs.cohort_counts import Design
from myosteon.outputs.cohort_groups import Groups, Tally, add, count_groups
from myosteon.outputs.cohort_lists import lacks_of, listed_text
from myosteon.outputs.cohort_summary import SEXES, Sex, StagePart
from myosteon.outputs.quantiles import bins_for, place_in, quartiles_of
from myosteon.outputs.risk_summary import (
    Answer,
    Bins,
    LevelAnswer,
    ListAnswer,
    NumberAnswer,
    RiskAsked,
    Spread,
)
from myosteon.outputs.wording.labels import both_languages, level_label, word_label

PERCENT = "%"
# Of a percentage: no more different values than these decimals allow are held, however many people there are.
KEPT_DECIMALS = 3
YES_NO = ("no", "yes")


def is_said(column: str, schema: pl.Schema) -> pl.Expr:
    """Whether a column holds something; never where there is no such column."""
    return pl.col(column).is_not_null() if column in schema else pl.lit(False)


def answer_of(
    frame: pl.LazyFrame,
    schema: pl.Schema,
    shown: ShownColumn,
    asked: RiskAsked,
    design: Design,
    graph: Graph,
) -> Answer:
    """One shown answer of an algorithm over the cohort."""
    kind = graph.rules[shown.column].kind
    if kind == "number":
        return _number(frame, shown, design, graph)
    if kind == "list":
        return _list(frame, schema, shown, design, graph)
    return _level(frame, schema, shown, asked.entry.id, design, graph)


def _number(frame: pl.LazyFrame, shown: ShownColumn, design: Design, graph: Graph) -> NumberAnswer:
    value = pl.col(shown.column).cast(pl.Float64).round(KEPT_DECIMALS)
    limit = pl.col(shown.below).cast(pl.Float64) if shown.below else pl.lit(None, pl.Float64)
    by = {"sex": known_sex(), "value": value, "below": pl.when(value.is_null()).then(limit)}
    groups = count_groups(frame, by, design, units=False)
    values = {sex: _values(groups, sex) for sex in SEXES}
    unit = graph.rules[shown.column].unit
    bins = bins_for(list(values["all"]), from_nought=unit == PERCENT)
    return NumberAnswer(
        column=shown.column,
        name=both_languages(shown.column, graph),
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
    frame: pl.LazyFrame, schema: pl.Schema, shown: ShownColumn, id: str, design: Design, graph: Graph
) -> LevelAnswer:
    """Of the people whom the algorithm was made for: an unknown level is a part of its own."""
    levels, words = _levels(graph.rules[shown.column])
    proved = _word(shown.column, graph)
    upto = pl.col(shown.upto).cast(pl.String) if shown.upto and shown.upto in schema else proved
    outside = is_said(f"{id}_outside", schema) & proved.is_null()
    made_for = frame.filter(~outside)
    groups = count_groups(made_for, {"sex": known_sex(), "proved": proved, "upto": upto}, design, units=False)
    parts = {sex: _parts(groups, sex, levels) for sex in SEXES}
    people = {sex: sum(part.people for part in parts[sex]) for sex in SEXES}
    return LevelAnswer(shown.column, both_languages(shown.column, graph), shown.word, words, people, parts)


def _levels(rule: Rule) -> tuple[tuple[str, ...], dict[str, Label]]:
    """The levels of an answer, lowest first, and what each is called."""
    if rule.kind == "yes_no":
        return YES_NO, {level: word_label(level) for level in YES_NO}
    return rule.levels, {level: level_label(level, rule.template) for level in rule.levels}


def _word(column: str, graph: Graph) -> pl.Expr:
    """The level as text."""
    answer = pl.col(column)
    if graph.rules[column].kind != "yes_no":
        return answer.cast(pl.String)
    # Not `replace_strict`: it would hold the whole column.
    no, yes = (pl.lit(word) for word in YES_NO)
    return pl.when(answer).then(yes).when(~answer).then(no)


def _parts(groups: Groups, sex: Sex, levels: Sequence[str]) -> tuple[StagePart, ...]:
    """People by the level proved (None: unknown) and the highest not excluded, the highest first."""
    order = {level: place for place, level in enumerate(levels)}
    pairs: dict[tuple[int, int], list[Tally]] = {}
    for (whose, proved, upto), tally in groups.tallies.items():
        if sex in ("all", whose):
            low = -1 if proved is None else order[str(proved)]
            high = order[str(upto)] if upto is not None else low if low >= 0 else len(levels) - 1
            pairs.setdefault((low, high), []).append(tally)
    whole = sum(tally.weight for parts in pairs.values() for tally in parts)
    return tuple(
        StagePart(
            None if low < 0 else levels[low],
            levels[high],
            sum(tally.people for tally in parts),
            add(parts).weight / whole,
        )
        for (low, high), parts in sorted(pairs.items(), key=lambda item: (-item[0][0], item[0][1]))
    )


def _list(
    frame: pl.LazyFrame, schema: pl.Schema, shown: ShownColumn, design: Design, graph: Graph
) -> ListAnswer:
    by = {"items": listed_text(shown.column, schema)}
    groups = count_groups(frame, by, design, units=False)
    texts = {key[0]: tally.people for key, tally in groups.tallies.items() if key[0] is not None}
    name = both_languages(shown.column, graph)
    return ListAnswer(shown.column, name, shown.word, sum(texts.values()), lacks_of(texts, graph))
