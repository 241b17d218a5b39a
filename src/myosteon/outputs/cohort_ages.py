"""The ages and sexes that strata are told by, as expressions and as keys of groups."""

from __future__ import annotations

import polars as pl

from myosteon.outputs.cohort_summary import Sex
from myosteon.outputs.strata_summary import AGE_GROUPS, AgeGroup

OLDER = AGE_GROUPS["from_50"][0]


def age_group() -> pl.Expr:
    """The age from which a person's group starts; null where the age is unknown."""
    age = pl.col("age_years")
    starts = sorted({start for start, _ in AGE_GROUPS.values()}, reverse=True)
    return pl.coalesce(pl.when(age >= start).then(pl.lit(start, pl.Int16)) for start in starts)


def known_sex() -> pl.Expr:
    """The sex as text; null where it is neither female nor male."""
    return pl.when(pl.col("__female")).then(pl.lit("female")).when(pl.col("__male")).then(pl.lit("male"))


def is_in(age: AgeGroup, sex: Sex, start: object, held: object) -> bool:
    """Whether a person whose group starts at `start` and whose sex is `held` belongs to a group of ages and a sex."""
    low, high = AGE_GROUPS[age]
    within = isinstance(start, int) and low <= start and (high is None or start < high)
    return within and sex in ("all", held)


def older(frame: pl.LazyFrame) -> pl.LazyFrame:
    """People who are known to be 50 or over."""
    return frame.filter((pl.col("age_years") >= OLDER).fill_null(False))
