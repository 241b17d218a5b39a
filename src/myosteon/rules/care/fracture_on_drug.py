"""Whether a bone broke after a year on the drug in use: what lines of care and recommendations both ask."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.care.decorators import care_criterion
from myosteon.rules.care.drug_words import NONE
from myosteon.rules.judge import DECIMALS


@care_criterion
def fracture_after_a_year_on_drug(
    fracture_on_treatment: Expr,
    any_low_trauma_fracture: Expr,
    months_since_last_fracture: Expr,
    drug: Expr,
    drug_years: Expr,
    off_drug: Expr,
    *,
    failure: Coefficients,
    calendar: Coefficients,
) -> Expr:
    """A bone broke by low trauma after at least a year on the bone drug in use.

    Not so where no fracture happened under a drug or ever, without a drug, or in the first year on one. Where the fracture
    and the drug are dated, the dates decide; a fracture under a drug that nothing dates stays unknown.
    """
    years_before = months_since_last_fracture / calendar["months_in_a_year"]
    long_enough = (drug_years - years_before).round(DECIMALS) >= failure["years"]
    never = ~fracture_on_treatment | ~any_low_trauma_fracture | off_drug | (drug_years < failure["years"])
    return choose([(never, False), (drug != NONE, long_enough)])


def fracture_on_drug_rules() -> Iterator[Rule]:
    """The rules of this module."""
    clock = load_evidence("care_numbers", "drug_clock")
    calendar = load_evidence("care_numbers", "drug_history").coefficients_of("calendar")
    yield fracture_after_a_year_on_drug.rule(failure=clock.coefficients_of("failure"), calendar=calendar)
