"""Clinical risk factors of osteoporosis, and how many there are: ten kinds, each counted once."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, is_yes
from myosteon.rules.care.decorators import care_criterion
from myosteon.rules.guidance.counting import count_rules
from myosteon.rules.judge import judge

FACTORS = (
    "parent_hip_fracture",
    "smokes_now",
    "drinks_much",
    "glucocorticoid_for_months",
    "rheumatoid_arthritis",
    "body_mass_index_low",
    "fell_repeatedly_12m",
    "any_low_trauma_fracture",
    "secondary_cause",
    "menopause_early",
)


@care_criterion
def drinks_much(alcohol_units_day: Expr, *, cutoff: Cutoff) -> Expr:
    """Drinks three units of alcohol a day or more."""
    return judge(alcohol_units_day, cutoff)


@care_criterion
def glucocorticoid_for_months(
    glucocorticoid_mg_day: Expr, glucocorticoid_months: Expr, *, dose: Cutoff, months: Cutoff
) -> Expr:
    """Takes 5 mg of prednisone a day or what equals it, and has for three months or more."""
    return judge(glucocorticoid_mg_day, dose) & judge(glucocorticoid_months, months)


@care_criterion
def body_mass_index_low(bmi: Expr, *, cutoff: Cutoff) -> Expr:
    """The body mass index is below 20."""
    return judge(bmi, cutoff)


@care_criterion
def menopause_early(
    sex: Expr, age_at_menopause_years: Expr, postmenopausal: Expr, age_years: Expr, *, cutoff: Cutoff
) -> Expr:
    """The menopause came before 45; not so of men, nor of a woman who at that age or later still has periods."""
    later = ~postmenopausal & ~judge(age_years, cutoff)
    early = judge(age_at_menopause_years, cutoff)
    return (sex == "female") & early & ~is_yes(later)


@care_criterion
def secondary_cause(
    diabetes_type1: Expr,
    osteogenesis_imperfecta: Expr,
    hyperthyroidism: Expr,
    hyperparathyroidism: Expr,
    cushing_syndrome: Expr,
    acromegaly: Expr,
    hypogonadism: Expr,
    coeliac_disease: Expr,
    crohn_disease: Expr,
    ulcerative_colitis: Expr,
    chronic_liver_disease: Expr,
    cirrhosis: Expr,
) -> Expr:
    """Has a disease that leads to osteoporosis: of glands, bowel, liver or bone."""
    return any_of(
        [
            diabetes_type1,
            osteogenesis_imperfecta,
            hyperthyroidism,
            hyperparathyroidism,
            cushing_syndrome,
            acromegaly,
            hypogonadism,
            coeliac_disease,
            crohn_disease,
            ulcerative_colitis,
            chronic_liver_disease,
            cirrhosis,
        ]
    )


def risk_factor_rules() -> Iterator[Rule]:
    """The rules of this module."""
    limits = load_evidence("care_numbers", "guidance_facts")
    for template in (drinks_much, body_mass_index_low, menopause_early):
        yield template.rule(cutoff=limits.cutoff(template.name))
    yield glucocorticoid_for_months.rule(
        dose=limits.cutoff("glucocorticoid_dose_counts"), months=limits.cutoff("glucocorticoid_long_enough")
    )
    yield secondary_cause.rule()
    yield from count_rules("clinical_risk_factor_count", FACTORS, "of ten clinical risk factors")
