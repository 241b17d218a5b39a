"""What the rows of the protein table ask: dialysis, kidney function, cirrhosis, and what raises the need."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.care.decorators import care_criterion
from myosteon.rules.judge import judge

EVIDENCE = load_evidence("care_numbers", "nutrition")


@care_criterion
def protein_dialysis(dialysis: Expr, ckd: Expr, kidney_function_low: Expr) -> Expr:
    """On dialysis; where that is not recorded, a person without kidney disease or with an eGFR of 60 or more is not."""
    without = is_yes(~ckd) | is_yes(~kidney_function_low)
    return choose([(dialysis, True), (~dialysis, False), (without, False)])


@care_criterion
def kidney_function_severely_low(egfr_ml_min_1_73m2: Expr, *, cutoff: Cutoff) -> Expr:
    """Kidney function is so low that protein is not raised; an eGFR that was not measured stays unknown, whatever the record says."""
    return judge(egfr_ml_min_1_73m2, cutoff)


@care_criterion
def kidney_function_low(egfr_ml_min_1_73m2: Expr, *, cutoff: Cutoff) -> Expr:
    """Kidney function is in the range of kidney disease, severe or not."""
    return judge(egfr_ml_min_1_73m2, cutoff)


@care_criterion
def malnutrition_risk(mna_sf_score: Expr, *, cutoff: Cutoff) -> Expr:
    """Malnourished or at risk by the short Mini Nutritional Assessment."""
    return judge(mna_sf_score, cutoff)


@care_criterion
def trains_against_resistance(resistance_training_sessions_week: Expr, *, cutoff: Cutoff) -> Expr:
    """Trains against resistance as often as the source of the higher target means."""
    return judge(resistance_training_sessions_week, cutoff)


@care_criterion
def protein_kidney_raise(
    sarcopenia_confirmed_awgs2019: Expr, malnutrition_risk: Expr, kidney_function_stable: Expr
) -> Expr:
    """Sarcopenia or risk of malnutrition with stable kidney function and urine albumin: more protein may be tried."""
    return any_of([sarcopenia_confirmed_awgs2019, malnutrition_risk]) & kidney_function_stable


@care_criterion
def protein_cirrhosis(cirrhosis: Expr, chronic_liver_disease: Expr) -> Expr:
    """Cirrhosis; where that is not recorded, a person without chronic liver disease has none."""
    return choose([(cirrhosis, True), (~cirrhosis, False), (~chronic_liver_disease, False)])


@care_criterion
def protein_need_raised(
    trains_against_resistance: Expr,
    osteoporosis_china2022: Expr,
    sarcopenia_confirmed_awgs2019: Expr,
    malnutrition_risk: Expr,
    acute_or_chronic_illness: Expr,
) -> Expr:
    """Trains against resistance, has osteoporosis or sarcopenia, is at risk of malnutrition, or is ill."""
    return any_of(
        [
            trains_against_resistance,
            osteoporosis_china2022,
            sarcopenia_confirmed_awgs2019,
            malnutrition_risk,
            acute_or_chronic_illness,
        ]
    )


def protein_criteria_rules() -> Iterator[Rule]:
    """The rules of this module."""
    for template in (
        kidney_function_severely_low,
        kidney_function_low,
        malnutrition_risk,
        trains_against_resistance,
    ):
        yield template.rule(cutoff=EVIDENCE.cutoff(template.name))
    for plain in (protein_dialysis, protein_kidney_raise, protein_cirrhosis, protein_need_raised):
        yield plain.rule()
