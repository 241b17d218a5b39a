"""Compares a measure with a cut-off, or turns it into points: sign and numbers come from evidence, never from here."""

from __future__ import annotations

from collections.abc import Sequence
from operator import ge, gt, le, lt

import narwhals as nw

from myosteon.evidence.types import Band, Coefficients, Comparison, Cutoff, Limit, Points
from myosteon.logic.three_valued import Expr, all_of, choose

COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}

# Computed values are rounded to so many decimals before they are compared, so that a value that lies on a cut-off is on
# it in every engine (contract, "Sarcopenia, exactly").
DECIMALS = 9


def compare(value: Expr, comparison: Comparison, limit: float) -> Expr:
    """Whether `value` stands on the named side of `limit`; unknown where either is."""
    if isinstance(limit, float) and limit.is_integer():
        # A whole limit as a whole number: counts and scores need not become floats to be compared with it.
        limit = int(limit)
    answer: Expr = COMPARE[comparison](value, limit)
    return answer


def judge(value: Expr, cutoff: Cutoff, *, sex: Expr | None = None, age_years: Expr | None = None) -> Expr:
    """Whether `value` fulfils the cut-off for the person's sex and age; unknown where any of these is unknown."""
    if not cutoff.by_age:
        return _judge_by_sex(value, cutoff.comparison, cutoff.limits, sex)
    assert age_years is not None
    bands: dict[tuple[float | None, float | None], list[Limit]] = {}
    for limit in cutoff.limits:
        bands.setdefault((limit.age_from, limit.age_below), []).append(limit)
    return choose(
        [
            (_of_age(age_years, band), _judge_by_sex(value, cutoff.comparison, limits, sex))
            for band, limits in bands.items()
        ]
    )


def _judge_by_sex(value: Expr, comparison: Comparison, limits: Sequence[Limit], sex: Expr | None) -> Expr:
    """Judging against each limit and choosing between the answers costs half of choosing between the limits: answers are bits."""
    if len(limits) == 1 and limits[0].sex is None:
        return compare(value, comparison, limits[0].value)
    assert sex is not None
    return choose([(sex == limit.sex, compare(value, comparison, limit.value)) for limit in limits])


def _of_age(age_years: Expr, band: tuple[float | None, float | None]) -> Expr:
    age_from, age_below = band
    conditions = [] if age_from is None else [age_years >= age_from]
    return all_of(conditions if age_below is None else [*conditions, age_years < age_below])


def points(value: Expr, points: Points) -> Expr:
    """The points of one item of a score; unknown where the item is unknown."""
    if points.yes is not None and points.no is not None:
        return _yes_points(value, points.yes, points.no)
    return choose([(_in_band(value, band), number(band.points)) for band in points.bands])


def _yes_points(answer: Expr, yes: float, no: float) -> Expr:
    if not (float(yes).is_integer() and float(no).is_integer()):
        return choose([(answer, number(yes)), (~answer, number(no))])
    given = answer.cast(nw.Int16) * int(yes - no)
    return given + int(no) if no else given


def number(points: float) -> Expr:
    """Points as a small whole number where they are one: a fraction of the memory, and of the time."""
    return nw.lit(int(points), dtype=nw.Int16) if float(points).is_integer() else nw.lit(points)


def _in_band(value: Expr, band: Band) -> Expr:
    return ~value.is_null() if band.comparison is None else compare(value, band.comparison, band.limit)


def linear(coefficients: Coefficients, terms: dict[str, Expr]) -> Expr:
    """The sum of each term times its coefficient, and `intercept` where the formula has one; unknown where a term is.

    Raises:
        KeyError: a coefficient has no term.
    """
    total: Expr = nw.lit(0.0)
    for term, coefficient in coefficients.terms:
        total = total + (nw.lit(coefficient) if term == "intercept" else terms[term] * coefficient)
    return total
