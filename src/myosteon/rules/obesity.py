"""Muscle lost in fat: sarcopenic obesity by ESPEN/EASO, and osteosarcopenic obesity in women."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.rule import Rule, criterion, verdict
from myosteon.logic.three_valued import Done, Expr, all_of, any_done, choose, is_yes
from myosteon.rules.judge import judge

ETHNICITIES = ("white", "asian", "black")


@criterion
def strength_altered_espen_easo(
    grip_best_kg: Expr, sex: Expr, chair_stand_5x_s: Expr, chair_stand_unable: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Strength is altered by grip or by five rises from a chair, judged on those that were done."""
    grip = judge(grip_best_kg, evidence.cutoff("grip_weak"), sex=sex)
    chair = is_yes(chair_stand_unable) | judge(chair_stand_5x_s, evidence.cutoff("chair_stand_slow"))
    return any_done([Done(grip, ~grip_best_kg.is_null()), Done(chair)])


@criterion
def body_fat_high_espen_easo(
    body_fat_percent: Expr, ethnicity: Expr, sex: Expr, age_years: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Body fat lies above the limit for ethnic group, sex and age from 20 to 79."""
    return choose(
        [
            (
                ethnicity == word,
                judge(
                    body_fat_percent, evidence.cutoff(f"body_fat_high_{word}"), sex=sex, age_years=age_years
                ),
            )
            for word in ETHNICITIES
        ]
    )


@criterion
def alm_weight_low_espen_easo(
    alm_weight_percent: Expr, mass_method: Expr, sex: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Limb lean mass by DXA is low for body weight."""
    return choose(
        [(mass_method == "dxa", judge(alm_weight_percent, evidence.cutoff("alm_weight_low", "dxa"), sex=sex))]
    )


@verdict
def sarcopenic_obesity_espen_easo(
    strength_altered_espen_easo: Expr, body_fat_high_espen_easo: Expr, alm_weight_low_espen_easo: Expr
) -> Expr:
    """Sarcopenic obesity: altered strength, high body fat and low lean mass for weight."""
    return all_of([strength_altered_espen_easo, body_fat_high_espen_easo, alm_weight_low_espen_easo])


@verdict
def osteosarcopenic_obesity(
    sex: Expr,
    t_score_bands_apply: Expr,
    t_score_lowest: Expr,
    mass_low: Expr,
    body_fat_percent: Expr,
    *,
    evidence: EvidenceSet,
) -> Expr:
    """In women: a T-score of -1.0 or lower, low muscle mass by the named definition, and body fat of 32 % or more."""
    answers = [
        t_score_bands_apply & judge(t_score_lowest, evidence.cutoff("t_score_low_ilich2016")),
        mass_low,
        judge(body_fat_percent, evidence.cutoff("body_fat_high_ilich2016")),
    ]
    return choose([(sex == "female", all_of(answers))])


DEFINITIONS_WITH_MASS = ("awgs2019", "ewgsop2019")


def obesity_rules() -> tuple[Rule, ...]:
    """Sarcopenic obesity, and osteosarcopenic obesity under two definitions of low mass."""
    evidence = load_evidence("instruments", "obesity")
    templates = (strength_altered_espen_easo, body_fat_high_espen_easo, alm_weight_low_espen_easo)
    return (
        *(template.rule(evidence=evidence) for template in templates),
        sarcopenic_obesity_espen_easo.rule(),
        *(
            osteosarcopenic_obesity.rule(id, inputs={"mass_low": f"mass_low_{id}"}, evidence=evidence)
            for id in DEFINITIONS_WITH_MASS
        ),
    )
