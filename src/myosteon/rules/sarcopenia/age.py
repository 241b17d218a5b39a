"""The ages that a definition was made for."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import criterion
from myosteon.logic.three_valued import Expr, is_yes
from myosteon.rules.judge import compare, judge


@criterion
def age_judged(age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """The definition has cut-offs for this age; without them it gives no verdict."""
    return is_yes(judge(age_years, cutoff))


@criterion
def age_outside_scope(age_years: Expr, *, age_from: float) -> Expr:
    """The person is younger than the people for whom the definition was made."""
    return compare(age_years, "<", age_from)
