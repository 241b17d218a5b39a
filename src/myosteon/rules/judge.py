"""Compares a measure with a cut-off, or turns it into points: sign and numbers come from evidence, never from here."""

from __future__ import annotations

from operator import ge, gt, le, lt

import narwhals as nw

from myosteon.evidence.types import Band, Coefficients, Comparison, Cutoff, Limit, Points
from myosteon.logic.three_valued import Expr, all_of, choose

COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}

# Computed values are rounded to so many decimals before they are compared, so that a value that lies on a cut-off is on
# it in every engine (contract, "Sarcopenia, exactly").
DECIMALS = 9


def compare(value: Expr, comparison: Comparison, limit: Expr | float) -> Expr:
    """Whether `value` stands on the named side of `limit`; unknown where either is."""
    answer: Expr = COMPARE[comparison](value, limit)
    return answer


def judge(value: Expr, cutoff: Cutoff, *, sex: Expr | None = None, age_years: Expr | None = None) -> Expr:
    """Whether `value` fulfils the cut-off for the person's sex and age; unknown where any of these is unknown."""
    return compare(value, cutoff.comparison, limit_of(cutoff, sex, age_years))


def limit_of(cutoff: Cutoff, sex: Expr | None = None, age_years: Expr | None = None) -> Expr | float:
    """The limit that holds for each person; empty where sex or age leaves it open."""
    if not cutoff.by_sex and not cutoff.by_age:
        return cutoff.limits[0].value
    return choose([(_holds(limit, sex, age_years), limit.value) for limit in cutoff.limits])


def _holds(limit: Limit, sex: Expr | None, age_years: Expr | None) -> Expr:
    conditions = []
    if limit.sex is not None:
        assert sex is not None
        conditions.append(sex == limit.sex)
    if limit.age_from is not None:
        assert age_years is not None
        conditions.append(age_years >= limit.age_from)
    if limit.age_below is not None:
        assert age_years is not None
        conditions.append(age_years < limit.age_below)
    return all_of(conditions)


def points(value: Expr, points: Points) -> Expr:
    """The points of one item of a score; unknown where the item is unknown."""
    if points.yes is not None and points.no is not None:
        return choose([(value, points.yes), (~value, points.no)])
    return choose([(_in_band(value, band), band.points) for band in points.bands])


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
