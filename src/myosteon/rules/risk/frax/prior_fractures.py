"""FRAX asks whether there was a fracture, not how many: the number changes the value (Kanis 2022)."""

from __future__ import annotations

from myosteon.evidence.types import EvidenceSet, Points
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, choose, may_be_no
from myosteon.rules.judge import points
from myosteon.rules.risk.decorators import risk_criterion, risk_number


@risk_number
def frax_prior_fracture_count(fracture_count: Expr, any_low_trauma_fracture: Expr) -> Expr:
    """Low-trauma fractures as counted; none where every kind of them is known not to have been.

    A count of none beside a known fracture is no count.
    """
    none_counted = (fracture_count == 0) & may_be_no(any_low_trauma_fracture)
    return choose([(fracture_count > 0, fracture_count), (none_counted, 0), (~any_low_trauma_fracture, 0)])


@risk_criterion
def frax_prior_fractures_applies(frax_prior_fracture_count: Expr) -> Expr:
    """There was a low-trauma fracture, and FRAX is taken to have been computed with it."""
    return frax_prior_fracture_count > 0


@risk_number
def frax_prior_fractures_factor(frax_prior_fracture_count: Expr, *, ratios: Points) -> Expr:
    """Mean ratio for the number of fractures, over all ages: the table by age was not obtained."""
    return points(frax_prior_fracture_count, ratios)


def prior_fracture_rules(evidence: EvidenceSet) -> tuple[Rule, ...]:
    """The number of fractures, whether the adjustment applies, and its factor."""
    return (
        frax_prior_fracture_count.rule(),
        frax_prior_fractures_applies.rule(),
        frax_prior_fractures_factor.rule(ratios=evidence.points_of("prior_fractures")),
    )
