"""Counts of a results frame in one streamed run: cells are named yes/no expressions, counted and, where asked, weighted.

A cell never holds null: unknown is its own cell. Nothing here compares a measure with a cut-off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from myosteon.outputs.cohort_summary import SEXES, BySex, IntervalMethod, Sex, Share
from myosteon.outputs.intervals import (
    Interval,
    Linearised,
    interval_on_logit,
    linearise,
    linearise_people,
    wilson,
)

WEIGHT = "__weight"
STRATUM = "__stratum"
UNIT = "__unit"


@dataclass(frozen=True, slots=True)
class Design:
    """The columns of a survey: weight, and stratum and sampling unit where they are known (both or neither)."""

    weight: str | None = None
    stratum: str | None = None
    unit: str | None = None

    @property
    def method(self) -> IntervalMethod:
        """How intervals are computed."""
        if self.weight is None:
            return "wilson"
        return "taylor" if self.stratum is not None and self.unit is not None else "weights"


@dataclass(slots=True)
class Cells:
    """What is to be counted.

    counted: rows in which a cell holds; `shares` names those cells that also need sums by sampling unit.
    other: further single numbers.
    values: how often each value of an expression occurs.
    """

    counted: dict[str, pl.Expr] = field(default_factory=dict)
    other: dict[str, pl.Expr] = field(default_factory=dict)
    values: dict[str, pl.Expr] = field(default_factory=dict)
    shares: set[str] = field(default_factory=set)

    def count(self, name: str, cell: pl.Expr) -> None:
        """Ask for the number (and weight) of rows in which `cell` holds."""
        self.counted[name] = cell

    def share(self, name: str, *, yes: pl.Expr, open_: pl.Expr, judged: pl.Expr) -> None:
        """Ask for a share by sex: who says yes and who stays open among those judged."""
        for sex in SEXES:
            within = sex_is(sex)
            for part, cell in (("yes", yes), ("open", open_), ("judged", judged)):
                key = f"{name}|{sex}|{part}"
                self.counted[key] = cell if within is None else cell & within
                self.shares.add(key)


def sex_is(sex: Sex) -> pl.Expr | None:
    """Rows of one sex; None stands for everybody."""
    return None if sex == "all" else pl.col(f"__{sex}")


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of all cells, and their weights; `others` holds the single numbers, `values` the counts by value."""

    design: Design
    rows: int
    number: Mapping[str, int]
    weight: Mapping[str, float]
    weight_squared: Mapping[str, float]
    strata: list[int]
    by_unit: Mapping[str, list[float]]
    others: Mapping[str, object]
    values: Mapping[str, Mapping[object, int]]

    def sum_of(self, name: str) -> float:
        """The weight of a cell; its number where nobody carries weights."""
        return float(self.number[name]) if self.design.weight is None else self.weight[name]

    def shares(self, name: str) -> BySex:
        """The share of that name for everybody, women and men."""
        return {sex: self._share(f"{name}|{sex}") for sex in SEXES}

    def _share(self, key: str) -> Share:
        judged, yes, open_ = (self.number[f"{key}|{part}"] for part in ("judged", "yes", "open"))
        return Share(
            judged=judged,
            yes=yes,
            open=open_,
            proved=self._interval(key, ("yes",), ("judged",), judged),
            not_excluded=self._interval(key, ("yes", "open"), ("judged",), judged),
            settled=self._interval(key, ("yes",), ("judged", "-open"), judged - open_),
        )

    def _interval(self, key: str, yes: Iterable[str], judged: Iterable[str], people: int) -> Interval | None:
        if people <= 0:
            return None
        if self.design.method == "wilson":
            return wilson(sum(self.number[f"{key}|{part}"] for part in yes), people)
        found = self._linearised(key, tuple(yes), tuple(judged))
        return None if found is None else interval_on_logit(found, people)

    def _linearised(self, key: str, yes: tuple[str, ...], judged: tuple[str, ...]) -> Linearised | None:
        if self.design.method == "taylor":
            top, bottom = (_sum_by_unit(self.by_unit, key, parts) for parts in (yes, judged))
            return linearise(self.strata, top, bottom)
        return linearise_people(
            yes=_sum(self.weight, key, yes),
            judged=_sum(self.weight, key, judged),
            yes_squared=_sum(self.weight_squared, key, yes),
            judged_squared=_sum(self.weight_squared, key, judged),
            people=self.rows,
        )


def _sum(sums: Mapping[str, float], key: str, parts: tuple[str, ...]) -> float:
    """Sums of cells added up; a part with a minus is taken off."""
    return sum(-sums[f"{key}|{part[1:]}"] if part[0] == "-" else sums[f"{key}|{part}"] for part in parts)


def _sum_by_unit(sums: Mapping[str, list[float]], key: str, parts: tuple[str, ...]) -> list[float]:
    """The same for each sampling unit."""
    units = range(len(sums[f"{key}|{parts[0]}"]))
    return [_sum({name: sums[name][unit] for name in _names(key, parts)}, key, parts) for unit in units]


def _names(key: str, parts: tuple[str, ...]) -> list[str]:
    return [f"{key}|{part.removeprefix('-')}" for part in parts]


def count_cells(frame: pl.LazyFrame, cells: Cells, design: Design) -> Counted:
    """Count every cell in one streamed run.

    `frame` must already hold the columns that the cells speak of, and `__weight` (Float64, above 0), `__stratum` and
    `__unit` where the design names them. Streams: memory does not grow with the number of rows.
    """
    weight = pl.col(WEIGHT)
    plans = [frame.select(pl.len().alias("__rows"), *_numbers(cells), *_named(cells.other))]
    if design.method != "wilson":
        plans.append(frame.select(_weighted(cells.counted, weight)))
    if design.method == "weights":
        plans.append(frame.select(_weighted({name: cells.counted[name] for name in cells.shares}, weight**2)))
    if design.method == "taylor":
        shares = {name: cells.counted[name] for name in cells.shares}
        plans.append(frame.group_by(STRATUM, UNIT).agg(_weighted(shares, weight)).sort(STRATUM, UNIT))
    # Counting values apart, not inside the one selection: there Polars would hold whole columns (10 times the memory).
    by_value = [frame.group_by(value.alias("value")).agg(pl.len()) for value in cells.values.values()]
    # One after another: at once, each would hold its own part of a large file.
    first, *rest = [plan.collect(engine="streaming") for plan in (*plans, *by_value)]
    listed = rest[len(plans) - 1 :]
    single = first.row(0, named=True)
    weights = rest[0].row(0, named=True) if design.method != "wilson" else {}
    units = rest[1] if design.method == "taylor" else pl.DataFrame({STRATUM: [], UNIT: []})
    return Counted(
        design=design,
        rows=single["__rows"],
        number={name: single[name] for name in cells.counted},
        weight=weights,
        weight_squared=rest[1].row(0, named=True) if design.method == "weights" else {},
        strata=units[STRATUM].rank("dense").cast(pl.Int64).to_list(),
        by_unit={name: units[name].to_list() for name in units.columns if name not in (STRATUM, UNIT)},
        others={name: single[name] for name in cells.other},
        values={name: dict(table.iter_rows()) for name, table in zip(cells.values, listed, strict=True)},
    )


def _numbers(cells: Cells) -> list[pl.Expr]:
    return [cell.sum().alias(name) for name, cell in cells.counted.items()]


def _weighted(cells: Mapping[str, pl.Expr], weight: pl.Expr) -> list[pl.Expr]:
    return [(cell * weight).sum().alias(name) for name, cell in cells.items()]


def _named(expressions: Mapping[str, pl.Expr]) -> list[pl.Expr]:
    return [expression.alias(name) for name, expression in expressions.items()]
