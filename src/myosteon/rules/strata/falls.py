"""Falls as schemes of strata ask for them: a high risk of falling, and falls with a chronic disease."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.rule import criterion
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.judge import judge
from myosteon.rules.sarcopenia.thing import lacking
from myosteon.rules.strata.criterion import Criterion, criterion_of, scheme_of


@criterion
def fall_risk_high(falls_12m: Expr, falls_injurious_12m: Expr, *, falls: Cutoff, injurious: Cutoff) -> Expr:
    """In the last twelve months there were several falls, or one that injured."""
    hurt = judge(falls_injurious_12m, injurious)
    return judge(falls_12m, falls) | choose([(is_yes(hurt), True), (falls_12m < 1, False)], hurt)


@criterion
def chronic_disease(
    illness_count: Expr,
    hypertension: Expr,
    diabetes_type1: Expr,
    diabetes_type2: Expr,
    cancer: Expr,
    copd: Expr,
    asthma: Expr,
    heart_failure: Expr,
    cardiovascular_disease: Expr,
    arthritis: Expr,
    ckd: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """There is a chronic disease of the FRAIL scale's list: by count, or because one of them is known."""
    diseases = (
        hypertension,
        diabetes_type1,
        diabetes_type2,
        cancer,
        copd,
        asthma,
        heart_failure,
        cardiovascular_disease,
        arthritis,
        ckd,
    )
    named = any_of([is_yes(disease) for disease in diseases])
    return choose([(named, True)], judge(illness_count, cutoff))


@criterion
def fall_with_chronic_disease(falls_12m: Expr, chronic_disease: Expr, *, cutoff: Cutoff) -> Expr:
    """There was a fall in the last twelve months, and there is a chronic disease."""
    return judge(falls_12m, cutoff) & chronic_disease


def fall_risk_high_of(evidence: EvidenceSet) -> Criterion:
    """A high risk of falling."""
    return criterion_of(
        fall_risk_high,
        evidence,
        lacking("falls_12m"),
        lacking("falls_injurious_12m"),
        falls=evidence.cutoff("falls_several"),
        injurious=evidence.cutoff("falls_injurious"),
    )


def fall_with_chronic_disease_of(evidence: EvidenceSet) -> Criterion:
    """A fall with a chronic disease."""
    disease = chronic_disease.rule(scheme_of(evidence), cutoff=evidence.cutoff("chronic_disease"))
    return criterion_of(
        fall_with_chronic_disease,
        evidence,
        lacking("falls_12m"),
        lacking("illness_count", disease.name),
        inputs={"chronic_disease": disease.name},
        before=(disease,),
        cutoff=evidence.cutoff("fall_with_chronic_disease"),
    )
