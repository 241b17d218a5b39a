"""Glucocorticoids as schemes of strata ask for them."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.rule import criterion
from myosteon.logic.three_valued import Expr
from myosteon.rules.judge import judge
from myosteon.rules.sarcopenia.thing import lacking
from myosteon.rules.strata.criterion import Criterion, criterion_of

DOSE, MONTHS = "glucocorticoid_mg_day", "glucocorticoid_months"


@criterion
def glucocorticoid_high_for_long(
    glucocorticoid_mg_day: Expr, glucocorticoid_months: Expr, *, dose: Cutoff, months: Cutoff
) -> Expr:
    """A glucocorticoid is taken in high dose, and has been for months."""
    return judge(glucocorticoid_mg_day, dose) & judge(glucocorticoid_months, months)


def glucocorticoid_high_for_long_of(evidence: EvidenceSet) -> Criterion:
    """A glucocorticoid in high dose for months."""
    return criterion_of(
        glucocorticoid_high_for_long,
        evidence,
        lacking(DOSE),
        lacking(MONTHS),
        dose=evidence.cutoff("glucocorticoid_high_dose"),
        months=evidence.cutoff("glucocorticoid_long"),
    )
