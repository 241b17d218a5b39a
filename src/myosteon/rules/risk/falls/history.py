"""Falls of the last twelve months, however they were recorded."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.judge import judge
from myosteon.rules.risk.decorators import risk_criterion


@risk_criterion
def fell_12m(
    falls_12m: Expr,
    falls_injurious_12m: Expr,
    fall_long_lie_12m: Expr,
    fall_unconscious_12m: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """Fell in the last 12 months, by the number of falls or by any record of one such fall."""
    records = [judge(falls_injurious_12m, cutoff), fall_long_lie_12m, fall_unconscious_12m]
    return any_of([is_yes(record) for record in records]) | judge(falls_12m, cutoff)


@risk_criterion
def fell_repeatedly_12m(falls_12m: Expr, *, cutoff: Cutoff) -> Expr:
    """Fell twice or more often in the last 12 months."""
    return judge(falls_12m, cutoff)


@risk_criterion
def fell_with_injury_12m(falls_injurious_12m: Expr, falls_12m: Expr, *, cutoff: Cutoff) -> Expr:
    """Was injured by a fall in the last 12 months; who did not fall was not."""
    hurt = judge(falls_injurious_12m, cutoff)
    return choose([(hurt, True), (~hurt | (falls_12m == 0), False)])
