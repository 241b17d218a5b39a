"""What is known of one person, as the registry hands it over: visits in the canonical columns, and courses of drugs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.history import Treatments
from myosteon.vocabulary.measures import load_measures

VISIT = "visit_date"


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose whose day is written down; `number` where it is known which one of its course it was."""

    day: date
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One course of a drug as it now stands; what is not known is None or empty.

    `dated` are the doses whose days were written down, `doses` how many were given in all.
    """

    id: str
    drug: str
    start: date | None
    stop: date | None = None
    last_dose: date | None = None
    doses: int | None = None
    dose: str = ""
    reason_stopped: str = ""
    dated: tuple[Dose, ...] = ()
    stopped_on_unknown_day: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PersonHistory:
    """The visits of one person, a row each, in any order; courses as rows to show, and as the rules read them."""

    visits: pl.DataFrame
    treatments: Treatments
    courses: tuple[Course, ...] = ()

    def sorted(self) -> pl.DataFrame:
        """The visits, the earliest first; one without a date stands before all."""
        if VISIT not in self.visits.columns:
            return self.visits
        return self.visits.sort(VISIT, nulls_last=False, maintain_order=True)


@cache
def every_measure() -> tuple[tuple[str, pl.DataType], ...]:
    """Each measure of the vocabulary with the type of its column."""
    return tuple((name, canonical_dtype(measure)) for name, measure in load_measures().items())


def with_every_measure(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with a column for every measure, unknown where they had none: all people then share one prepared judge."""
    return _with(rows, every_measure())


def with_measures(rows: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
    """The rows with just these measures, in the vocabulary's order, unknown where they had none."""
    return _with(rows, [(name, dtype) for name, dtype in every_measure() if name in names])


def _with(rows: pl.DataFrame, columns: Iterable[tuple[str, pl.DataType]]) -> pl.DataFrame:
    have, height = set(rows.columns), rows.height
    return pl.DataFrame(
        [rows[name].cast(dtype) if name in have else _unknown(name, height) for name, dtype in columns]
    )


# Most columns of most people are unknown: making them anew takes a tenth of a page's time.
@lru_cache(maxsize=10_000)
def _unknown(name: str, height: int) -> pl.Series:
    return pl.Series(name, [None], dtype=dict(every_measure())[name]).new_from_index(0, height)
