"""How far a measure has to move between two measurements of one person before it is more than measurement error."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from myosteon.evidence.load import load_evidence
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Precision, Status

# Who held the watch at two visits is not recorded: an error among raters stands before that of one rater.
KINDS = ("within-person SD, other rater or routine care", "within-person SD, same rater and device")
# A difference of two doubles is told to so many decimals, as changes between visits are.
DECIMALS = 9

Moved = Literal["rose", "fell", "within"]


@dataclass(frozen=True, slots=True)
class LeastChange:
    """The least significant change of a measure, in its own unit; where the error was read, and how far that was checked."""

    measure: str
    amount: float
    population: str
    source: str
    status: Status


@cache
def least_change(measure: str) -> LeastChange | None:
    """The least significant change of a measure; None where the vocabulary holds no error in the measure's own unit.

    The error is that of no particular method, between raters where one was published, times the factor that the rules use
    for bone density (2.77).
    """
    known = load_measures()[measure]
    rows = [
        row
        for row in known.precision
        if row.method is None and row.quantity is None and row.unit == known.unit and row.kind in KINDS
    ]
    if not rows:
        return None
    first = min(rows, key=_place)
    factor = load_evidence("care_numbers", "drug_history").coefficients_of("least_change")["factor"]
    amount = round(factor * first.error, DECIMALS)
    return LeastChange(measure, amount, first.population, first.source, first.status)


def _place(row: Precision) -> int:
    return KINDS.index(row.kind)


def moved(earlier: float, later: float, least: LeastChange) -> Moved:
    """Whether a value rose or fell by more than measurement error; a change of just that size is within it."""
    change = difference(earlier, later)
    if abs(change) <= least.amount:
        return "within"
    return "rose" if change > 0 else "fell"


def difference(earlier: float, later: float) -> float:
    """The change between two values, without the noise of their last digits."""
    return round(later - earlier, DECIMALS)
