"""Creatinine clearance, which drug labels ask for."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.rule import Rule, derived
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.judge import DECIMALS, judge


@derived(unit="mL/min")
def creatinine_clearance_cockcroft_gault_ml_min(
    age_years: Expr, sex: Expr, weight_kg: Expr, creatinine_umol_l: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Creatinine clearance by Cockcroft and Gault, from age, sex, weight as measured and creatinine; of adults only."""
    mg_dl = creatinine_umol_l / evidence.coefficients_of("creatinine_unit")["umol_l_in_a_mg_dl"]

    def by_sex(word: str) -> Expr:
        c = evidence.coefficients_of("cockcroft_gault", word)
        years = c["age_from"] - age_years
        return years * weight_kg / (mg_dl * c["divisor"]) * c["factor"]

    adult = judge(age_years, evidence.cutoff("adult"))
    return choose([(adult & (sex == word), by_sex(word)) for word in ("male", "female")]).round(DECIMALS)


def kidney_rules() -> Iterator[Rule]:
    """The rules of this module."""
    yield creatinine_clearance_cockcroft_gault_ml_min.rule(
        evidence=load_evidence("equations", "cockcroft_gault")
    )
