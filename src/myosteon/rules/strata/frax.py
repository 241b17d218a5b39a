"""FRAX probabilities as schemes of strata ask for them: against fixed thresholds, or against thresholds by age.

FRAX is never computed here; a probability that was not obtained is unknown, and never low.
"""

from __future__ import annotations

from typing import Any

from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.rule import Template, criterion
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.judge import compare, judge
from myosteon.rules.sarcopenia.thing import Lacking, lacking
from myosteon.rules.strata.criterion import Criterion, criterion_of

MAJOR, HIP = "frax_major_percent", "frax_hip_percent"


def judge_by_age(probability: Expr, age_years: Expr, cutoff: Cutoff) -> Expr:
    """Whether a probability reaches the threshold for the age; where the age is unknown, only what holds at every age."""
    known = judge(probability, cutoff, age_years=age_years)
    values = sorted(limit.value for limit in cutoff.limits)
    above_all = compare(probability, cutoff.comparison, values[-1])
    above_one = compare(probability, cutoff.comparison, values[0])
    return choose([(~known.is_null(), known), (above_all, True), (~above_one, False)])


@criterion
def frax_high(frax_major: Expr, frax_hip: Expr, *, major: Cutoff, hip: Cutoff) -> Expr:
    """The FRAX probability of a major or of a hip fracture reaches the threshold of high risk."""
    return judge(frax_major, major) | judge(frax_hip, hip)


@criterion
def frax_very_high(frax_major: Expr, frax_hip: Expr, *, major: Cutoff, hip: Cutoff) -> Expr:
    """The FRAX probability of a major or of a hip fracture reaches the threshold of very high risk."""
    return judge(frax_major, major) | judge(frax_hip, hip)


@criterion
def frax_above_intervention(frax_major_percent: Expr, age_years: Expr, *, major: Cutoff) -> Expr:
    """The FRAX probability of a major fracture reaches the intervention threshold for the age."""
    return judge_by_age(frax_major_percent, age_years, major)


@criterion
def frax_above_upper(frax_major_percent: Expr, age_years: Expr, *, major: Cutoff) -> Expr:
    """The FRAX probability of a major fracture lies above the upper threshold for the age."""
    return judge_by_age(frax_major_percent, age_years, major)


def _either(major: Expr, hip: Expr, age: Expr, cutoffs: tuple[Cutoff, Cutoff]) -> Expr:
    return judge_by_age(major, age, cutoffs[0]) | judge_by_age(hip, age, cutoffs[1])


@criterion
def frax_at_lower_assessment(
    frax_major_percent: Expr, frax_hip_percent: Expr, age_years: Expr, *, major: Cutoff, hip: Cutoff
) -> Expr:
    """One of the two FRAX probabilities reaches the lower assessment threshold for the age."""
    return _either(frax_major_percent, frax_hip_percent, age_years, (major, hip))


@criterion
def frax_at_intervention(
    frax_major_percent: Expr, frax_hip_percent: Expr, age_years: Expr, *, major: Cutoff, hip: Cutoff
) -> Expr:
    """One of the two FRAX probabilities reaches the intervention threshold for the age."""
    return _either(frax_major_percent, frax_hip_percent, age_years, (major, hip))


@criterion
def frax_at_upper_assessment(
    frax_major_percent: Expr, frax_hip_percent: Expr, age_years: Expr, *, major: Cutoff, hip: Cutoff
) -> Expr:
    """One of the two FRAX probabilities reaches the upper assessment threshold for the age."""
    return _either(frax_major_percent, frax_hip_percent, age_years, (major, hip))


@criterion
def frax_at_very_high_risk(
    frax_major_percent: Expr, frax_hip_percent: Expr, age_years: Expr, *, major: Cutoff, hip: Cutoff
) -> Expr:
    """One of the two FRAX probabilities reaches the threshold of very high risk for the age."""
    return _either(frax_major_percent, frax_hip_percent, age_years, (major, hip))


def frax_of(template: Template, evidence: EvidenceSet) -> Criterion:
    """A criterion on the probabilities as the user obtained them, by fixed thresholds."""
    return criterion_of(
        template,
        evidence,
        lacking(MAJOR),
        lacking(HIP),
        inputs={"frax_major": MAJOR, "frax_hip": HIP},
        **cutoffs_of(template.name, evidence),
    )


def frax_by_age_of(template: Template, evidence: EvidenceSet) -> Criterion:
    """A criterion on the probabilities as the user obtained them, by thresholds for the age."""
    names = tuple(name for name in (MAJOR, HIP, "age_years") if name in template.arguments)
    lacks: tuple[Lacking, ...] = tuple(lacking(name) for name in names)
    return criterion_of(template, evidence, *lacks, **cutoffs_of(template.name, evidence))


def cutoffs_of(name: str, evidence: EvidenceSet) -> dict[str, Any]:
    """The cut-offs of a criterion on the probabilities: `NAME_major` and `NAME_hip`, where there is one."""
    names = {outcome: f"{name}_{outcome}" for outcome in ("major", "hip")}
    there = {cutoff.criterion for cutoff in evidence.cutoffs}
    return {outcome: evidence.cutoff(name) for outcome, name in names.items() if name in there}
