"""Compares a measure with a cut-off, or turns it into points: sign and numbers come from evidence, never from here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add, ge, gt, le, lt

import narwhals as nw

from myosteon.evidence.types import Band, Coefficients, Comparison, Cutoff, Limit, Points
from myosteon.logic.three_valued import Expr, all_of, choose

COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}

# Computed values are rounded to so many decimals before they are compared, so that a value that lies on a cut-off is on
# it in every engine (contract, "Sarcopenia, exactly").
DECIMALS = 9

# Points are small whole numbers; a total that cannot leave a byte is added up in one.
SMALL, BYTE = nw.Int16(), nw.Int8()
MOST_IN_A_BYTE = 127


def compare(value: Expr, comparison: Comparison, limit: float) -> Expr:
    """Whether `value` stands on the named side of `limit`; unknown where either is."""
    if isinstance(limit, float) and limit.is_integer():
        # A whole limit as a whole number: counts and scores need not become floats to be compared with it.
        limit = int(limit)
    answer: Expr = COMPARE[comparison](value, limit)
    return answer


def judge(value: Expr, cutoff: Cutoff, *, sex: Expr | None = None, age_years: Expr | None = None) -> Expr:
    """Whether `value` fulfils the cut-off for the person's sex and age; unknown where any of these is unknown."""
    if not (cutoff.by_sex or cutoff.by_age):
        return compare(value, cutoff.comparison, cutoff.limits[0].value)
    # Judging against each limit and choosing between the answers costs half of choosing between the limits: answers are bits.
    return choose(
        [
            (_is_for(limit, sex, age_years), compare(value, cutoff.comparison, limit.value))
            for limit in cutoff.limits
        ]
    )


def _is_for(limit: Limit, sex: Expr | None, age_years: Expr | None) -> Expr:
    """Whether the limit is the person's; unknown where sex or age, if it asks for one, is unknown."""
    conditions: list[Expr] = []
    if limit.age_from is not None or limit.age_below is not None:
        assert age_years is not None
        conditions.append(_of_age(age_years, (limit.age_from, limit.age_below)))
    if limit.sex is not None:
        assert sex is not None
        conditions.append(sex == limit.sex)
    return all_of(conditions)


def _of_age(age_years: Expr, band: tuple[float | None, float | None]) -> Expr:
    age_from, age_below = band
    conditions = [] if age_from is None else [age_years >= age_from]
    return all_of(conditions if age_below is None else [*conditions, age_years < age_below])


def points(value: Expr, points: Points, whole: nw.dtypes.DType = SMALL) -> Expr:
    """The points of one item of a score; unknown where the item is unknown."""
    if points.yes is not None and points.no is not None:
        return choose([(value, number(points.yes, whole)), (~value, number(points.no, whole))])
    if points.words:
        return choose([(value == word, number(given, whole)) for word, given in points.words])
    return choose([(_in_band(value, band), number(band.points, whole)) for band in points.bands])


def total_points(items: Sequence[tuple[Expr, Points]]) -> Expr:
    """The sum of the points of every item; unknown where one item is."""
    whole = BYTE if sum(_most(points) for _, points in items) <= MOST_IN_A_BYTE else SMALL
    # Whether all items are known is asked once for the sum, not once for each item.
    given = [_points_where_known(value, points, whole) for value, points in items]
    return choose([(all_of([~value.is_null() for value, _ in items]), reduce(add, given))])


def _most(points: Points) -> float:
    every = (points.yes or 0, points.no or 0, *(band.points for band in points.bands))
    return max(abs(one) for one in every)


def _points_where_known(value: Expr, points: Points, whole: nw.dtypes.DType) -> Expr:
    """The points of an item that is known to be known."""
    if points.yes is not None and points.no is not None:
        return choose([(value, number(points.yes, whole))], number(points.no, whole))
    last = points.bands[-1]
    rest = number(last.points, whole) if last.comparison is None else None
    bands = points.bands if rest is None else points.bands[:-1]
    return choose([(_in_band(value, band), number(band.points, whole)) for band in bands], rest)


def number(points: float, whole: nw.dtypes.DType = SMALL) -> Expr:
    """Points as a small whole number where they are one: a fraction of the memory, and of the time."""
    return nw.lit(int(points), dtype=whole) if float(points).is_integer() else nw.lit(points)


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
