"""Survey weights of one or several cycles together, by the CDC's rule.

Two-year weights of later cycles are divided by the number of cycles. 1999-2000 and 2001-2002 rest on
different censuses, so that together they take the four-year weights, counted as two cycles.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from myosteon.errors import ColumnError
from myosteon.readers.nhanes.cycles import FIRST_FOUR_YEARS, Cycle

WEIGHTS = {"survey_weight": "WTMEC", "survey_weight_interview": "WTINT"}
WANTED = tuple(f"{stem}{years}" for stem in WEIGHTS.values() for years in ("2YR", "4YR"))


def uses_four_year_weights(cycles: Sequence[Cycle]) -> bool:
    """Whether both cycles of 1999-2002 are among `cycles`."""
    return {cycle.name for cycle in cycles} >= set(FIRST_FOUR_YEARS)


def weight(column: str, cycle: Cycle, cycles: Sequence[Cycle]) -> pl.Expr:
    """The weight of people of `cycle` in an analysis of all of `cycles`; 0 for whoever was not examined."""
    two_year, four_year = (pl.col(f"{WEIGHTS[column]}{years}") for years in ("2YR", "4YR"))
    if cycle.name in FIRST_FOUR_YEARS and uses_four_year_weights(cycles):
        return (four_year * 2 / len(cycles)).alias(column)
    return (two_year / len(cycles)).alias(column)


def check_weights(table: str, present: frozenset[str], cycle: Cycle, cycles: Sequence[Cycle]) -> None:
    """Raise `ColumnError` where the demographic file lacks a weight that the rule needs."""
    four_years = cycle.name in FIRST_FOUR_YEARS and uses_four_year_weights(cycles)
    needed = [f"{stem}{'4YR' if four_years else '2YR'}" for stem in WEIGHTS.values()]
    missing = [name for name in needed if name not in present]
    if missing:
        raise ColumnError(
            f"{table} has no {' and no '.join(missing)}, without which "
            f"{', '.join(cycle.name for cycle in cycles)} cannot be weighted. "
            "Take the demographic file from the CDC again."
        )


def describe_weights(cycles: Sequence[Cycle]) -> str:
    """One sentence on the weights of `survey_weight` and `survey_weight_interview`."""
    count, names = len(cycles), ", ".join(cycle.name for cycle in cycles)
    if not uses_four_year_weights(cycles):
        text = f"Weights for {names}: two-year weights" + (
            f" divided by {count}." if count > 1 else " as they are."
        )
        if any(cycle.name == FIRST_FOUR_YEARS[0] for cycle in cycles) and count > 1:
            text += " 1999-2000 without 2001-2002 rests on another census: the CDC advises against it."
        return text
    if count == 2:
        return f"Weights for {names}: the four-year weights of 1999-2002."
    return (
        f"Weights for {names}: four-year weights times 2/{count} in 1999-2002, two-year weights divided by "
        f"{count} after."
    )
