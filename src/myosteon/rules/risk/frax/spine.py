"""FRAX reads the bone density of the femoral neck alone: a spine that differs changes the value (Leslie 2011)."""

from __future__ import annotations

from myosteon.evidence.types import Coefficients, EvidenceSet
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.judge import DECIMALS
from myosteon.rules.risk.decorators import risk_criterion, risk_number
from myosteon.rules.risk.frax.value import CERTAIN

HALF = 1 / 2


@risk_number(unit="{T-score}")
def frax_spine_offset(t_score_lumbar_spine: Expr, t_score_femoral_neck: Expr) -> Expr:
    """T-score of the lumbar spine minus that of the femoral neck, to a whole number; halves go away from nought."""
    offset = (t_score_lumbar_spine - t_score_femoral_neck).round(DECIMALS)
    # Between -0.5 and 0.5 the answer is nought itself: cutting would give the minus nought of floating point.
    return choose(
        [
            (offset >= HALF, (offset + HALF).floor()),
            (offset <= -HALF, (offset - HALF).ceil()),
            (~offset.is_null(), 0.0),
        ]
    )


@risk_criterion
def frax_spine_applies(t_score_lumbar_spine: Expr, frax_with_bmd: Expr, frax_spine_offset: Expr) -> Expr:
    """The lumbar spine was measured, and FRAX was computed with the bone density of the femoral neck.

    A spine that was not measured is not adjusted for, as T-scores are judged on the sites that were measured.
    """
    compared = choose([(~frax_spine_offset.is_null(), True)])
    return ~t_score_lumbar_spine.is_null() & frax_with_bmd & compared


@risk_number
def frax_spine_factor(frax_spine_offset: Expr, *, coefficients: Coefficients) -> Expr:
    """Factor for the spine: a tenth more for each whole T-score that it is lower than the femoral neck, a tenth less where higher."""
    return (frax_spine_offset * coefficients["percent"] + CERTAIN) / CERTAIN


def spine_rules(evidence: EvidenceSet) -> tuple[Rule, ...]:
    """The difference of the two sites, whether the adjustment applies, and its factor."""
    return (
        frax_spine_offset.rule(),
        frax_spine_applies.rule(),
        frax_spine_factor.rule(coefficients=evidence.coefficients_of("spine_offset")),
    )
