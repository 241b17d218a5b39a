"""How many people of a cohort have an answer of a risk algorithm, how many it was not made for, and what the others lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.evidence.risk_catalogue import CatalogueEntry

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RiskCounts:
    """The counts of one algorithm; `medians` by shown column, `needs` and `outside_by` the commonest measures first."""

    entry: CatalogueEntry
    people: int
    answered: int
    outside: int
    lacking: int
    clamped: int
    medians: Mapping[str, float]
    needs: Counts
    outside_by: Counts


def count_risks(
    results: pl.LazyFrame, entries: Sequence[CatalogueEntry], graph: Graph
) -> tuple[RiskCounts, ...]:
    """The counts of each algorithm whose columns the results hold; the results are read once."""
    names = set(results.collect_schema().names())
    present = [entry for entry in entries if all(shown.column in names for shown in entry.shown)]
    if not present:
        return ()
    wanted = [pl.len().alias("people")]
    for entry in present:
        wanted += _wanted(entry, names, graph)
    found = results.select(wanted).collect(engine="streaming").row(0, named=True)
    return tuple(_counts(entry, found, graph) for entry in present)


def _wanted(entry: CatalogueEntry, names: set[str], graph: Graph) -> list[pl.Expr]:
    id = entry.id
    known = [
        pl.col(name).is_not_null() for shown in entry.shown for name in (shown.column, shown.below) if name
    ]
    answered = pl.any_horizontal(known)
    outside = _said(f"{id}_outside", names)
    lacking = ~answered & ~outside & _said(f"{id}_needs", names)
    return [
        answered.sum().alias(f"{id} answered"),
        (outside & ~answered).sum().alias(f"{id} outside"),
        lacking.sum().alias(f"{id} lacking"),
        _said(f"{id}_clamped", names).sum().alias(f"{id} clamped"),
        _lists(f"{id}_needs", lacking, names).alias(f"{id} needs"),
        _lists(f"{id}_outside", outside & ~answered, names).alias(f"{id} outside by"),
        *(pl.col(name).median().alias(f"{id} median {name}") for name in numeric(entry, graph)),
    ]


def numeric(entry: CatalogueEntry, graph: Graph) -> list[str]:
    """The answers of an algorithm that are numbers."""
    return [shown.column for shown in entry.shown if graph.rules[shown.column].kind == "number"]


def _said(name: str, names: set[str]) -> pl.Expr:
    return pl.col(name).is_not_null() if name in names else pl.lit(False)


def _lists(name: str, where: pl.Expr, names: set[str]) -> pl.Expr:
    """How often each list stands there: few lists are different, however many people there are."""
    if name not in names:
        return pl.lit(None)
    return pl.col(name).cast(pl.String).filter(where).value_counts(name="count").implode()


def _counts(entry: CatalogueEntry, found: Mapping[str, Any], graph: Graph) -> RiskCounts:
    id = entry.id
    medians = {name: found[f"{id} median {name}"] for name in numeric(entry, graph)}
    return RiskCounts(
        entry=entry,
        people=found["people"],
        answered=found[f"{id} answered"],
        outside=found[f"{id} outside"],
        lacking=found[f"{id} lacking"],
        clamped=found[f"{id} clamped"],
        medians={name: median for name, median in medians.items() if median is not None},
        needs=_by_measure(found[f"{id} needs"], f"{id}_needs"),
        outside_by=_by_measure(found[f"{id} outside by"], f"{id}_outside"),
    )


def _by_measure(lists: Sequence[Mapping[str, Any]] | None, name: str) -> Counts:
    counted: Counter[str] = Counter()
    for row in lists or ():
        for measure in row[name].split(";"):
            counted[measure] += row["count"]
    return tuple(counted.most_common())
