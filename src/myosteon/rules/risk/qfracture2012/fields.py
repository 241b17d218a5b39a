# SPDX-License-Identifier: LGPL-3.0-or-later
"""The twenty yes/no fields that the models ask, from the measures of the vocabulary.

The fields keep the names of the reference data (b_... and fh_...). What each stands for comes from an independent port of the
source, not from the source itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.logic.three_valued import Expr, any_of
from myosteon.rules.risk.decorators import risk_criterion


@dataclass(frozen=True, slots=True)
class Field:
    """A yes/no field: the column that answers it, and what to ask where that is unknown (a column, and its measures)."""

    name: str
    column: str
    asks: tuple[tuple[str, tuple[str, ...]], ...]


@risk_criterion
def qfracture2012_asthma_or_copd(asthma: Expr, copd: Expr) -> Expr:
    """Asthma or chronic obstructive pulmonary disease."""
    return any_of([asthma, copd])


@risk_criterion
def qfracture2012_glucocorticoid(glucocorticoid_mg_day: Expr) -> Expr:
    """On a systemic glucocorticoid now, whatever the dose."""
    return glucocorticoid_mg_day > 0


@risk_criterion
def qfracture2012_endocrine(hyperthyroidism: Expr, hyperparathyroidism: Expr, cushing_syndrome: Expr) -> Expr:
    """Thyrotoxicosis, hyperparathyroidism or Cushing's syndrome."""
    return any_of([hyperthyroidism, hyperparathyroidism, cushing_syndrome])


@risk_criterion
def qfracture2012_falls(falls_12m: Expr) -> Expr:
    """A fall within twelve months, read as a history of falls."""
    return falls_12m > 0


@risk_criterion
def qfracture2012_fracture(
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    fracture_proximal_humerus: Expr,
    fracture_distal_forearm: Expr,
) -> Expr:
    """A previous low-trauma fracture of hip, spine, shoulder or wrist."""
    return any_of([fracture_hip, vertebral_fracture, fracture_proximal_humerus, fracture_distal_forearm])


@risk_criterion
def qfracture2012_hormone_therapy(drug: Expr) -> Expr:
    """On oestrogen now."""
    return drug == "hormone_therapy"


@risk_criterion
def qfracture2012_liver(chronic_liver_disease: Expr, cirrhosis: Expr) -> Expr:
    """Chronic liver disease, cirrhosis included."""
    return any_of([chronic_liver_disease, cirrhosis])


@risk_criterion
def qfracture2012_malabsorption(crohn_disease: Expr, ulcerative_colitis: Expr, coeliac_disease: Expr) -> Expr:
    """Crohn's disease, ulcerative colitis or coeliac disease."""
    return any_of([crohn_disease, ulcerative_colitis, coeliac_disease])


@risk_criterion
def qfracture2012_ra_or_lupus(rheumatoid_arthritis: Expr, systemic_lupus: Expr) -> Expr:
    """Rheumatoid arthritis or systemic lupus erythematosus."""
    return any_of([rheumatoid_arthritis, systemic_lupus])


@risk_criterion
def qfracture2012_renal(ckd: Expr, dialysis: Expr) -> Expr:
    """Chronic kidney disease, dialysis included."""
    return any_of([ckd, dialysis])


@risk_criterion
def qfracture2012_parent(parent_hip_fracture: Expr, parent_osteoporosis: Expr) -> Expr:
    """A parent with osteoporosis or a hip fracture."""
    return any_of([parent_hip_fracture, parent_osteoporosis])


COMBINED = {
    "b_asthmacopd": qfracture2012_asthma_or_copd,
    "b_corticosteroids": qfracture2012_glucocorticoid,
    "b_endocrine": qfracture2012_endocrine,
    "b_falls": qfracture2012_falls,
    "b_fracture4": qfracture2012_fracture,
    "b_hrt_oest": qfracture2012_hormone_therapy,
    "b_liver": qfracture2012_liver,
    "b_malabsorption": qfracture2012_malabsorption,
    "b_ra_sle": qfracture2012_ra_or_lupus,
    "b_renal": qfracture2012_renal,
    "fh_osteoporosis": qfracture2012_parent,
}
PLAIN = {
    "b_antidepressant": "antidepressant",
    "b_anycancer": "cancer",
    "b_carehome": "lives_in_care_home",
    "b_cvd": "cardiovascular_disease",
    "b_dementia": "dementia",
    "b_epilepsy2": "epilepsy",
    "b_parkinsons": "parkinson_disease",
    "b_type1": "diabetes_type1",
    "b_type2": "diabetes_type2",
}
# One of the three would do.
ASKED_AS = {"vertebral_fracture": ("fracture_vertebral", "vertebral_fracture_count", "genant_max_grade")}


def _field(name: str) -> Field:
    if name in PLAIN:
        return Field(name, PLAIN[name], ((PLAIN[name], (PLAIN[name],)),))
    rule = COMBINED[name]
    return Field(name, rule.name, tuple((part, ASKED_AS.get(part, (part,))) for part in rule.arguments))


FIELDS: tuple[Field, ...] = tuple(_field(name) for name in sorted({*COMBINED, *PLAIN}))
