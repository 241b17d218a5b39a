"""People counted by what they have in common: numbers, weights and weights by sampling unit of every group in one run.

Streams: what is held are groups, never rows. The intervals are those of `cohort_counts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from myosteon.outputs.cohort_counts import STRATUM, UNIT, WEIGHT, Design
from myosteon.outputs.intervals import Interval, interval_on_logit, linearise, linearise_people, wilson

PEOPLE, SUM, SQUARES = "__people", "__sum", "__squares"
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Some people: how many, their weights added up (their number where nobody carries weights), and by sampling unit."""

    people: int = 0
    weight: float = 0.0
    squares: float = 0.0
    units: Mapping[int, float] = field(default_factory=dict)


def add(tallies: Iterable[Tally]) -> Tally:
    """All of them together; they must be different people."""
    people, weight, squares = 0, 0.0, 0.0
    units: dict[int, float] = {}
    for tally in tallies:
        people += tally.people
        weight += tally.weight
        squares += tally.squares
        for unit, part in tally.units.items():
            units[unit] = units.get(unit, 0.0) + part
    return Tally(people, weight, squares, units)


@dataclass(frozen=True, slots=True)
class Groups:
    """The tally of each group by its key. `rows` counts everybody; `strata` is the stratum of each sampling unit."""

    design: Design
    rows: int
    strata: tuple[int, ...]
    tallies: Mapping[Key, Tally]

    def where(self, keep: Callable[[Key], bool]) -> Tally:
        """Everybody whose key is kept."""
        return add(tally for key, tally in self.tallies.items() if keep(key))

    def share(self, yes: Tally, judged: Tally) -> Interval | None:
        """The share of `yes` among `judged` with its 95 % interval; None where nobody was judged."""
        if judged.people <= 0:
            return None
        if self.design.method == "wilson":
            return wilson(yes.people, judged.people)
        if self.design.method == "taylor":
            units = range(len(self.strata))
            top, bottom = ([tally.units.get(unit, 0.0) for unit in units] for tally in (yes, judged))
            found = linearise(self.strata, top, bottom)
        else:
            found = linearise_people(yes.weight, judged.weight, yes.squares, judged.squares, self.rows)
        return None if found is None else interval_on_logit(found, judged.people)


def count_groups(
    frame: pl.LazyFrame, by: Mapping[str, pl.Expr], design: Design, *, units: bool = True
) -> Groups:
    """Count people by some expressions that take few values.

    Args:
        frame: as `cohort_questions.prepare` leaves it: with `__weight`, `__stratum` and `__unit` where the design has them.
        by: what people are grouped by; null is a group of its own. The keys keep this order.
        design: the columns of the survey.
        units: whether sampling units are told apart; without them there is no interval by Taylor linearisation.
    """
    told_apart = [STRATUM, UNIT] if units and design.method == "taylor" else []
    weight = pl.col(WEIGHT) if design.weight is not None else pl.lit(1.0)
    keys = [expression.alias(name) for name, expression in by.items()]
    plan = frame.select(*keys, *told_apart, weight.alias(SUM))
    found = (
        plan.group_by(*by, *told_apart)
        .agg(pl.len().alias(PEOPLE), pl.col(SUM).sum(), (pl.col(SUM) ** 2).sum().alias(SQUARES))
        .collect(engine="streaming")
        .sort(*by, *told_apart, nulls_last=True)
    )
    strata, places = _units(found) if told_apart else ((), [0] * found.height)
    tallies: dict[Key, list[Tally]] = {}
    for row, place in zip(found.iter_rows(named=True), places, strict=True):
        held = {place: row[SUM]} if told_apart else {}
        key = tuple(row[name] for name in by)
        tallies.setdefault(key, []).append(Tally(row[PEOPLE], row[SUM], row[SQUARES], held))
    whole = {key: add(parts) for key, parts in tallies.items()}
    return Groups(design, sum(tally.people for tally in whole.values()), strata, whole)


def _units(found: pl.DataFrame) -> tuple[tuple[int, ...], list[int]]:
    """The stratum of each sampling unit, and the place of the unit of each row."""
    units = found.select(STRATUM, UNIT).unique().sort(STRATUM, UNIT, nulls_last=True)
    strata = units[STRATUM].rank("dense").cast(pl.Int64).to_list()
    order = {unit: place for place, unit in enumerate(units.iter_rows())}
    return tuple(strata), [order[unit] for unit in found.select(STRATUM, UNIT).iter_rows()]
