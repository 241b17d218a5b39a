"""What only the American College of Rheumatology asks: doses of glucocorticoid, FRAX for the dose, bone lost before 40."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from myosteon.evidence.types import Coefficients, Cutoff, EvidenceSet, Finding
from myosteon.logic.rule import Rule, Template, criterion, derived
from myosteon.logic.three_valued import Done, Expr, any_done, choose, is_yes
from myosteon.rules.judge import DECIMALS, judge
from myosteon.rules.sarcopenia.thing import Lacking, lacking
from myosteon.rules.strata.criterion import Criterion, criterion_of, scheme_of
from myosteon.rules.strata.frax import HIP, MAJOR, cutoffs_of
from myosteon.rules.strata.glucocorticoid import DOSE, MONTHS

HIGH_FLAG, CUMULATIVE = "glucocorticoid_high_dose_over_30_days", "glucocorticoid_cumulative_g_year"
WITH = "frax_with_glucocorticoid"
Z_SCORES = ("z_score_lumbar_spine", "z_score_femoral_neck", "z_score_total_hip")


@criterion
def glucocorticoid_treated(glucocorticoid_mg_day: Expr, *, cutoff: Cutoff) -> Expr:
    """A glucocorticoid is taken, in a dose for which the scheme was made."""
    return judge(glucocorticoid_mg_day, cutoff)


@criterion
def of_age_for_frax(age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """The person is old enough for FRAX and T-scores to be asked."""
    return judge(age_years, cutoff)


@criterion
def too_young_for_frax(of_age_for_frax: Expr, *, finding: Finding) -> Expr:
    """The person is too young for FRAX and T-scores to be asked."""
    return ~of_age_for_frax


@criterion
def glucocorticoid_very_high(
    glucocorticoid_high_dose_over_30_days: Expr,
    glucocorticoid_mg_day: Expr,
    glucocorticoid_months: Expr,
    glucocorticoid_cumulative_g_year: Expr,
    *,
    dose: Cutoff,
    months: Cutoff,
    cumulative: Cutoff,
) -> Expr:
    """In the last year a glucocorticoid was taken in very high dose for more than thirty days, or very much of it in all."""
    now = judge(glucocorticoid_mg_day, dose) & judge(glucocorticoid_months, months)
    high = choose([(is_yes(now), True)], glucocorticoid_high_dose_over_30_days)
    return high | judge(glucocorticoid_cumulative_g_year, cumulative)


@criterion
def glucocorticoid_very_high_now(glucocorticoid_mg_day: Expr, *, cutoff: Cutoff) -> Expr:
    """A glucocorticoid is taken in very high dose now, for however long."""
    return judge(glucocorticoid_mg_day, cutoff)


@criterion
def glucocorticoid_moderate(
    glucocorticoid_mg_day: Expr, glucocorticoid_months: Expr, *, dose: Cutoff, months: Cutoff
) -> Expr:
    """A glucocorticoid has been taken for half a year or longer in a dose that can cost bone."""
    return judge(glucocorticoid_mg_day, dose) & judge(glucocorticoid_months, months)


@criterion
def z_score_very_low(
    z_score_lumbar_spine: Expr, z_score_femoral_neck: Expr, z_score_total_hip: Expr, *, cutoff: Cutoff
) -> Expr:
    """The lowest Z-score of the sites that were measured is very low."""
    sites = (z_score_lumbar_spine, z_score_femoral_neck, z_score_total_hip)
    return any_done([Done(judge(z_score, cutoff)) for z_score in sites])


@criterion
def bone_lost(z_score_very_low: Expr, bmd_loss_beyond_least_change: Expr, *, finding: Finding) -> Expr:
    """The Z-score is very low, or bone density fell by more than the error of measuring."""
    return z_score_very_low | bmd_loss_beyond_least_change


@derived(unit="%")
def frax_major_for_dose(
    frax_major_percent: Expr,
    glucocorticoid_mg_day: Expr,
    frax_with_glucocorticoid: Expr,
    *,
    beyond: Cutoff,
    factors: Coefficients,
) -> Expr:
    """FRAX of a major fracture for the dose of glucocorticoid; as it is where it was computed without glucocorticoids."""
    return _for_dose(
        frax_major_percent, glucocorticoid_mg_day, frax_with_glucocorticoid, beyond, factors, "major"
    )


@derived(unit="%")
def frax_hip_for_dose(
    frax_hip_percent: Expr,
    glucocorticoid_mg_day: Expr,
    frax_with_glucocorticoid: Expr,
    *,
    beyond: Cutoff,
    factors: Coefficients,
) -> Expr:
    """FRAX of a hip fracture for the dose of glucocorticoid; as it is where it was computed without glucocorticoids."""
    return _for_dose(
        frax_hip_percent, glucocorticoid_mg_day, frax_with_glucocorticoid, beyond, factors, "hip"
    )


def _for_dose(
    frax: Expr, dose: Expr, with_it: Expr, beyond: Cutoff, factors: Coefficients, outcome: str
) -> Expr:
    raised = (frax * factors[outcome]).round(DECIMALS)
    most = factors["most_percent"]
    capped = choose([(raised > most, nw.lit(most))], raised)
    high = judge(dose, beyond)
    return choose([(~with_it, frax), (high, capped), (~high, frax)])


@criterion(assumption=True)
def frax_taken_with_glucocorticoid(
    frax_major_percent: Expr,
    frax_hip_percent: Expr,
    glucocorticoid_mg_day: Expr,
    frax_with_glucocorticoid: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """FRAX of somebody who takes a glucocorticoid, of which it is not recorded, is taken to have been computed with it."""
    known = ~(frax_major_percent.is_null() & frax_hip_percent.is_null())
    return is_yes(judge(glucocorticoid_mg_day, cutoff)) & known & frax_with_glucocorticoid.is_null()


@criterion
def frax_moderate_for_dose(
    frax_major: Expr, frax_hip: Expr, frax_with_glucocorticoid: Expr, *, major: Cutoff, hip: Cutoff
) -> Expr:
    """FRAX for the dose reaches the threshold of moderate risk; computed without glucocorticoids it may prove that, and not exclude it."""
    return _reached(frax_major, frax_hip, frax_with_glucocorticoid, major, hip)


@criterion
def frax_high_for_dose(
    frax_major: Expr, frax_hip: Expr, frax_with_glucocorticoid: Expr, *, major: Cutoff, hip: Cutoff
) -> Expr:
    """FRAX for the dose reaches the threshold of high risk; computed without glucocorticoids it may prove that, and not exclude it."""
    return _reached(frax_major, frax_hip, frax_with_glucocorticoid, major, hip)


@criterion
def frax_very_high_for_dose(
    frax_major: Expr, frax_hip: Expr, frax_with_glucocorticoid: Expr, *, major: Cutoff, hip: Cutoff
) -> Expr:
    """FRAX for the dose reaches the threshold of very high risk; computed without glucocorticoids it may prove that, and not exclude it."""
    return _reached(frax_major, frax_hip, frax_with_glucocorticoid, major, hip)


def _reached(frax_major: Expr, frax_hip: Expr, with_it: Expr, major: Cutoff, hip: Cutoff) -> Expr:
    reached = judge(frax_major, major) | judge(frax_hip, hip)
    return choose([(is_yes(reached), True), (~with_it, nw.lit(None, dtype=nw.Boolean))], reached)


def glucocorticoid_treated_of(evidence: EvidenceSet) -> Criterion:
    """For whom the scheme is."""
    cutoff = evidence.cutoff("glucocorticoid_treated")
    return criterion_of(glucocorticoid_treated, evidence, lacking(DOSE), cutoff=cutoff)


def of_age_for_frax_of(evidence: EvidenceSet) -> Criterion:
    """Old enough for FRAX."""
    cutoff = evidence.cutoff("of_age_for_frax")
    return criterion_of(of_age_for_frax, evidence, lacking("age_years"), cutoff=cutoff)


def too_young_for_frax_of(evidence: EvidenceSet) -> Criterion:
    """Too young for FRAX."""
    older = f"of_age_for_frax_{scheme_of(evidence)}"
    return criterion_of(too_young_for_frax, evidence, lacking("age_years"), inputs={"of_age_for_frax": older})


def glucocorticoid_very_high_of(evidence: EvidenceSet) -> Criterion:
    """Very high dose, or very much in all."""
    return criterion_of(
        glucocorticoid_very_high,
        evidence,
        lacking(HIGH_FLAG),
        lacking(CUMULATIVE),
        dose=evidence.cutoff("glucocorticoid_very_high_dose"),
        months=evidence.cutoff("glucocorticoid_very_high_months"),
        cumulative=evidence.cutoff("glucocorticoid_very_high_cumulative"),
    )


def glucocorticoid_very_high_now_of(evidence: EvidenceSet) -> Criterion:
    """Very high dose now."""
    cutoff = evidence.cutoff("glucocorticoid_very_high_dose")
    return criterion_of(glucocorticoid_very_high_now, evidence, lacking(DOSE), cutoff=cutoff)


def glucocorticoid_moderate_of(evidence: EvidenceSet) -> Criterion:
    """A dose that can cost bone, for half a year."""
    return criterion_of(
        glucocorticoid_moderate,
        evidence,
        lacking(DOSE),
        lacking(MONTHS),
        dose=evidence.cutoff("glucocorticoid_moderate_dose"),
        months=evidence.cutoff("glucocorticoid_moderate_months"),
    )


def bone_lost_of(evidence: EvidenceSet) -> Criterion:
    """Bone lost before 40."""
    low = z_score_very_low.rule(scheme_of(evidence), cutoff=evidence.cutoff("z_score_very_low"))
    sites = Lacking(Z_SCORES, (low.name,), lambda columns: columns[low.name].is_null())
    return criterion_of(
        bone_lost,
        evidence,
        sites,
        lacking("bmd_loss_beyond_least_change"),
        inputs={"z_score_very_low": low.name},
        before=(low,),
    )


def frax_for_dose_of(evidence: EvidenceSet) -> tuple[Criterion, ...]:
    """The thresholds of FRAX for the dose: moderate, high, very high."""
    before = _frax_for_dose(evidence)
    inputs = {"frax_major": before[0].name, "frax_hip": before[1].name}
    # A probability computed without glucocorticoids has to be obtained anew.
    anew = Lacking((MAJOR, HIP), (WITH,), lambda columns: is_yes(~columns[WITH]))
    lacks = (lacking(MAJOR), lacking(HIP), anew)
    first, *rest = (
        criterion_of(template, evidence, *lacks, inputs=inputs, **cutoffs_of(name, evidence))
        for template, name in (
            (frax_moderate_for_dose, "frax_moderate"),
            (frax_high_for_dose, "frax_high"),
            (frax_very_high_for_dose, "frax_very_high"),
        )
    )
    return (replace(first, rules=(*before, *first.rules)), *rest)


def _frax_for_dose(evidence: EvidenceSet) -> tuple[Rule, ...]:
    scheme = scheme_of(evidence)
    beyond, factors = evidence.cutoff("dose_beyond_frax"), evidence.coefficients_of("frax_for_dose")
    taken = frax_taken_with_glucocorticoid.rule(scheme, cutoff=evidence.cutoff("glucocorticoid_treated"))
    templates: tuple[Template, ...] = (frax_major_for_dose, frax_hip_for_dose)
    return (*(t.rule(scheme, beyond=beyond, factors=factors) for t in templates), taken)
