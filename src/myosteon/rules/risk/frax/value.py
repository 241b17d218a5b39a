"""A FRAX value that a factor changes: from 0 to 100 percent, and only where the adjustment applies and nothing is refused."""

from __future__ import annotations

from myosteon.evidence.types import InputRange
from myosteon.logic.three_valued import Expr, choose, is_yes
from myosteon.rules.judge import DECIMALS
from myosteon.rules.risk.decorators import risk_number
from myosteon.rules.risk.population import inside, moved_inside

# As percent: what is certain.
CERTAIN = 100


@risk_number(unit="a")
def frax_age_years(age_whole_years: Expr, *, ages: InputRange, clamp: bool) -> Expr:
    """Age in completed years, unknown outside the ages that FRAX accepts."""
    if clamp:
        return moved_inside(age_whole_years, ages)
    return choose([(inside(age_whole_years, ages), age_whole_years)])


@risk_number(unit="%")
def frax_percent_adjusted(
    frax_percent: Expr, applies: Expr, factor: Expr, frax_age_years: Expr, frax_lacks_glucocorticoid: Expr
) -> Expr:
    """The FRAX value times the factor of one adjustment, where that applies; never below 0 or above 100."""
    changed = (frax_percent * factor).round(DECIMALS)
    given = applies & ~frax_age_years.is_null() & ~is_yes(frax_lacks_glucocorticoid)
    return choose([(given & (changed > CERTAIN), CERTAIN), (given & (changed < 0), 0), (given, changed)])
