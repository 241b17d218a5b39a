"""The nineteen questions of the IOF one-minute test, each answered from measures; questions for one sex are no for the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from myosteon.evidence.types import Cutoff, EvidenceSet, Finding
from myosteon.logic.rule import Rule, Template
from myosteon.logic.three_valued import Expr, any_of, choose
from myosteon.rules.judge import judge
from myosteon.rules.risk.decorators import risk_criterion
from myosteon.rules.strata.fractures import ever


@risk_criterion
def iof_parent(parent_osteoporosis: Expr, parent_hip_fracture: Expr, *, finding: Finding) -> Expr:
    """A parent has been diagnosed with osteoporosis, or broke a bone by a minor fall."""
    return parent_osteoporosis | parent_hip_fracture


@risk_criterion
def iof_parent_bent(parent_kyphosis: Expr, *, finding: Finding) -> Expr:
    """A parent had a bent back."""
    return parent_kyphosis


@risk_criterion
def iof_age(age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """The person is 60 or older."""
    return judge(age_years, cutoff)


@risk_criterion
def iof_fracture(
    any_low_trauma_fracture: Expr,
    fracture_count: Expr,
    months_since_last_fracture: Expr,
    *,
    finding: Finding,
) -> Expr:
    """The person broke a bone by a minor fall as an adult."""
    return ever(any_low_trauma_fracture, fracture_count, months_since_last_fracture)


@risk_criterion
def iof_falls(falls_12m: Expr, fear_of_falling: Expr, *, cutoff: Cutoff) -> Expr:
    """The person fell more than once in the last year, or is afraid of falling."""
    return judge(falls_12m, cutoff) | fear_of_falling


@risk_criterion
def iof_height_lost(height_loss_cm: Expr, *, cutoff: Cutoff) -> Expr:
    """The person has lost more than 3 cm of height since young adulthood."""
    return judge(height_loss_cm, cutoff)


@risk_criterion
def iof_thin(bmi: Expr, *, cutoff: Cutoff) -> Expr:
    """The body mass index is below 19."""
    return judge(bmi, cutoff)


@risk_criterion
def iof_glucocorticoid(glucocorticoid_months: Expr, *, cutoff: Cutoff) -> Expr:
    """The person has taken glucocorticoid tablets for more than three months."""
    return judge(glucocorticoid_months, cutoff)


@risk_criterion
def iof_arthritis(rheumatoid_arthritis: Expr, *, finding: Finding) -> Expr:
    """The person has rheumatoid arthritis."""
    return rheumatoid_arthritis


@risk_criterion
def iof_disease(
    hyperthyroidism: Expr,
    hyperparathyroidism: Expr,
    diabetes_type1: Expr,
    crohn_disease: Expr,
    coeliac_disease: Expr,
    *,
    finding: Finding,
) -> Expr:
    """The thyroid or a parathyroid gland is overactive, or there is type 1 diabetes, Crohn's or coeliac disease."""
    return any_of([hyperthyroidism, hyperparathyroidism, diabetes_type1, crohn_disease, coeliac_disease])


@risk_criterion
def iof_early_menopause(
    sex: Expr, postmenopausal: Expr, age_at_menopause_years: Expr, *, cutoff: Cutoff
) -> Expr:
    """The menopause came before 45 (women)."""
    early = choose([(~postmenopausal, False)], judge(age_at_menopause_years, cutoff))
    return (sex == "female") & early


@risk_criterion
def iof_amenorrhoea(sex: Expr, amenorrhoea_12m: Expr, *, finding: Finding) -> Expr:
    """The periods stopped for twelve months or more before the menopause (women)."""
    return (sex == "female") & amenorrhoea_12m


@risk_criterion
def iof_ovaries(sex: Expr, ovaries_removed_before_50: Expr, *, finding: Finding) -> Expr:
    """The ovaries were removed before 50, without hormone therapy (women)."""
    return (sex == "female") & ovaries_removed_before_50


@risk_criterion
def iof_testosterone(sex: Expr, low_testosterone_symptoms: Expr, *, finding: Finding) -> Expr:
    """There are symptoms of low testosterone (men)."""
    return (sex == "male") & low_testosterone_symptoms


@risk_criterion
def iof_alcohol(alcohol_units_day: Expr, *, cutoff: Cutoff) -> Expr:
    """The person drinks more than two units of alcohol a day."""
    return judge(alcohol_units_day, cutoff)


@risk_criterion
def iof_smoking(smokes_now: Expr, *, finding: Finding) -> Expr:
    """The person smokes."""
    return smokes_now


@risk_criterion
def iof_inactive(inactive_daily: Expr, *, finding: Finding) -> Expr:
    """The person is active for less than half an hour a day."""
    return inactive_daily


@risk_criterion
def iof_no_calcium(
    dairy_servings_day: Expr, milk_daily: Expr, calcium_supplement: Expr, *, finding: Finding
) -> Expr:
    """The person eats no dairy food, and takes no calcium."""
    avoids = choose([(milk_daily, False)], dairy_servings_day <= 0)
    return avoids & ~calcium_supplement


@risk_criterion
def iof_little_sun(sun_minutes_day: Expr, vitamin_d_supplement: Expr, *, cutoff: Cutoff) -> Expr:
    """The person is outdoors for less than ten minutes a day, and takes no vitamin D."""
    return judge(sun_minutes_day, cutoff) & ~vitamin_d_supplement


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `lacks` are the measures to name where it is open, each with the column whose being unknown tells so."""

    template: Template
    lacks: tuple[tuple[str, str], ...]

    @property
    def column(self) -> str:
        """The column of the answer."""
        return self.template.name

    def rule(self, evidence: EvidenceSet) -> Rule:
        """The rule of the answer, with its number or its place in the source."""
        arguments: dict[str, Any] = {}
        if any(cutoff.criterion == self.column for cutoff in evidence.cutoffs):
            arguments["cutoff"] = evidence.cutoff(self.column)
        else:
            arguments["finding"] = evidence.finding(self.column)
        return self.template.rule(**arguments)


def _asks(template: Template, *measures: str) -> Question:
    return Question(template, tuple((measure, measure) for measure in measures))


QUESTIONS = (
    _asks(iof_parent, "parent_osteoporosis", "parent_hip_fracture"),
    _asks(iof_parent_bent, "parent_kyphosis"),
    _asks(iof_age, "age_years"),
    _asks(iof_fracture, "fracture_count"),
    _asks(iof_falls, "falls_12m", "fear_of_falling"),
    _asks(iof_height_lost, "height_cm", "tallest_height_cm"),
    _asks(iof_thin, "height_cm", "weight_kg"),
    _asks(iof_glucocorticoid, "glucocorticoid_months"),
    _asks(iof_arthritis, "rheumatoid_arthritis"),
    _asks(
        iof_disease,
        "hyperthyroidism",
        "hyperparathyroidism",
        "diabetes_type1",
        "crohn_disease",
        "coeliac_disease",
    ),
    _asks(iof_early_menopause, "sex", "age_at_menopause_years"),
    _asks(iof_amenorrhoea, "sex", "amenorrhoea_12m"),
    _asks(iof_ovaries, "sex", "ovaries_removed_before_50"),
    _asks(iof_testosterone, "sex", "low_testosterone_symptoms"),
    _asks(iof_alcohol, "alcohol_units_day"),
    Question(iof_smoking, (("smoking_current", "smokes_now"),)),
    _asks(iof_inactive, "inactive_daily"),
    _asks(iof_no_calcium, "dairy_servings_day", "calcium_supplement"),
    _asks(iof_little_sun, "sun_minutes_day", "vitamin_d_supplement"),
)
