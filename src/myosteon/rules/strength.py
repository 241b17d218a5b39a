"""Muscle strength: grip, and five rises from a chair where a definition reads them as strength."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import criterion
from myosteon.logic.three_valued import Expr
from myosteon.rules.judge import judge


@criterion
def grip_weak(grip_best_kg: Expr, sex: Expr, *, cutoff: Cutoff) -> Expr:
    """Grip strength lies below the limit for the person's sex."""
    return judge(grip_best_kg, cutoff, sex=sex)


@criterion
def grip_weak_for_age(grip_best_kg: Expr, sex: Expr, age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """Grip strength lies below the limit for the person's sex and age."""
    return judge(grip_best_kg, cutoff, sex=sex, age_years=age_years)
