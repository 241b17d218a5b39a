"""Low-trauma fractures as schemes of strata ask for them: whether, when, how many, under which drug.

Fractures are those since the age of 40, as the vocabulary has them. That there was none is known from every site, or from
a count of nought. Where two records disagree, the one that says yes counts.
"""

from __future__ import annotations

from functools import reduce
from operator import add

import narwhals as nw

from myosteon.evidence.types import Cutoff, EvidenceSet, Finding
from myosteon.logic.rule import Template, criterion
from myosteon.logic.three_valued import Done, Expr, any_done, any_of, choose, is_yes
from myosteon.rules.judge import judge
from myosteon.rules.sarcopenia.thing import Lacking, lacking
from myosteon.rules.strata.criterion import Criterion, criterion_of, lacking_where, scheme_of

VERTEBRA = ("fracture_vertebral", "vertebral_fracture_count", "genant_max_grade")


def ever(any_low_trauma_fracture: Expr, fracture_count: Expr, *months_since: Expr) -> Expr:
    """Whether there was a fracture: by site, by count, or because the time since one is known."""
    dated = choose([(any_of([~months.is_null() for months in months_since]), nw.lit(True))])
    return any_done([Done(any_low_trauma_fracture), Done(fracture_count > 0), Done(dated)])


def unless_never(answer: Expr, was_ever: Expr) -> Expr:
    """The answer; no where there was no fracture at all."""
    return choose([(is_yes(answer), True), (~was_ever, False)], answer)


@criterion
def fracture_on_record(
    any_low_trauma_fracture: Expr,
    fracture_count: Expr,
    months_since_last_fracture: Expr,
    months_since_vertebral_fracture: Expr,
    months_since_hip_fracture: Expr,
) -> Expr:
    """There was a low-trauma fracture, by site, by count, or because the time since one is known."""
    months = (months_since_last_fracture, months_since_vertebral_fracture, months_since_hip_fracture)
    return ever(any_low_trauma_fracture, fracture_count, *months)


@criterion
def fracture_ever(fracture_on_record: Expr, *, finding: Finding) -> Expr:
    """There was a low-trauma fracture."""
    return fracture_on_record


@criterion
def fracture_recent(
    months_since_last_fracture: Expr,
    months_since_vertebral_fracture: Expr,
    months_since_hip_fracture: Expr,
    fracture_on_record: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """The last low-trauma fracture lies no longer back than the scheme calls recent."""
    sites = (months_since_vertebral_fracture, months_since_hip_fracture)
    site = any_of([is_yes(judge(months, cutoff)) for months in sites])
    last = judge(months_since_last_fracture, cutoff)
    return choose([(site, True), (~fracture_on_record, False)], last)


@criterion
def fractures_several(
    fracture_count: Expr,
    vertebral_fracture_count: Expr,
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    fracture_proximal_humerus: Expr,
    fracture_pelvis: Expr,
    fracture_distal_forearm: Expr,
    fracture_other: Expr,
    fracture_on_record: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """There were several low-trauma fractures: by count, of several vertebrae, or at several sites."""
    flags = (
        fracture_hip,
        vertebral_fracture,
        fracture_proximal_humerus,
        fracture_pelvis,
        fracture_distal_forearm,
        fracture_other,
    )
    sites = reduce(add, (is_yes(flag).cast(nw.Int16) for flag in flags))
    proved = is_yes(judge(vertebral_fracture_count, cutoff)) | judge(sites, cutoff)
    return choose([(proved, True)], unless_never(judge(fracture_count, cutoff), fracture_on_record))


@criterion
def vertebral_fractures_several(
    vertebral_fracture_count: Expr,
    vertebral_fracture: Expr,
    fracture_count: Expr,
    fracture_on_record: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """Several vertebrae are broken; not so where no vertebra is, or fewer bones are in all."""
    counted = judge(vertebral_fracture_count, cutoff)
    too_few = ~vertebral_fracture | ~fracture_on_record | ~judge(fracture_count, cutoff)
    return choose([(~counted.is_null(), counted), (too_few, False)])


@criterion
def hip_or_vertebral_fracture(
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    fracture_on_record: Expr,
    *,
    finding: Finding,
) -> Expr:
    """There was a low-trauma fracture of the hip or of a vertebra."""
    return unless_never(fracture_hip | vertebral_fracture, fracture_on_record)


@criterion
def vertebral_fracture_recent(
    months_since_vertebral_fracture: Expr,
    vertebral_fracture: Expr,
    months_since_last_fracture: Expr,
    fracture_on_record: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """A vertebra broke no longer ago than the scheme calls recent; not so where no vertebra is broken, or the last fracture of all lies further back."""
    known = judge(months_since_vertebral_fracture, cutoff)
    excluded = ~vertebral_fracture | ~fracture_on_record | ~judge(months_since_last_fracture, cutoff)
    return choose([(~known.is_null(), known), (excluded, False)])


@criterion
def fracture_under_treatment(
    fracture_on_treatment: Expr,
    fracture_on_record: Expr,
    *,
    finding: Finding,
) -> Expr:
    """A low-trauma fracture happened under a drug for osteoporosis."""
    return unless_never(fracture_on_treatment, fracture_on_record)


@criterion
def fracture_under_harming_drug(
    fracture_on_bone_harming_drug: Expr,
    fracture_on_record: Expr,
    *,
    finding: Finding,
) -> Expr:
    """A low-trauma fracture happened under a drug that harms bone."""
    return unless_never(fracture_on_bone_harming_drug, fracture_on_record)


VERTEBRAL = Lacking(
    VERTEBRA, ("vertebral_fracture",), lambda columns: columns["vertebral_fracture"].is_null()
)


def _on_record(template: Template, evidence: EvidenceSet, *lacks: Lacking, counts: bool = False) -> Criterion:
    """A criterion that reads whether there was a fracture at all; `counts`: where that is unknown, its count settles it too."""
    record = fracture_on_record.rule(scheme_of(evidence))
    cutoffs = {cutoff.criterion for cutoff in evidence.cutoffs}
    numbers = {"cutoff": evidence.cutoff(template.name)} if template.name in cutoffs else {}
    count = lacking_where("fracture_count", (record.name,), lambda columns: columns[record.name].is_null())
    return criterion_of(
        template,
        evidence,
        *lacks,
        *((count,) if counts else ()),
        inputs={"fracture_on_record": record.name},
        before=(record,),
        **numbers,
    )


def fracture_ever_of(evidence: EvidenceSet) -> Criterion:
    """A fracture at all."""
    return _on_record(fracture_ever, evidence, counts=True)


def fracture_recent_of(evidence: EvidenceSet) -> Criterion:
    """A recent fracture."""
    return _on_record(fracture_recent, evidence, lacking("months_since_last_fracture"), counts=True)


def fractures_several_of(evidence: EvidenceSet) -> Criterion:
    """Several fractures."""
    return _on_record(fractures_several, evidence, lacking("fracture_count"))


def vertebral_fractures_several_of(evidence: EvidenceSet) -> Criterion:
    """Several broken vertebrae."""
    return _on_record(vertebral_fractures_several, evidence, lacking("vertebral_fracture_count"))


def hip_or_vertebral_fracture_of(evidence: EvidenceSet) -> Criterion:
    """A broken hip or vertebra."""
    return _on_record(hip_or_vertebral_fracture, evidence, lacking("fracture_hip"), VERTEBRAL)


def vertebral_fracture_recent_of(evidence: EvidenceSet) -> Criterion:
    """A recently broken vertebra."""
    months = lacking("months_since_vertebral_fracture")
    return _on_record(vertebral_fracture_recent, evidence, months, VERTEBRAL)


def fracture_under_treatment_of(evidence: EvidenceSet) -> Criterion:
    """A fracture in spite of treatment."""
    return _on_record(fracture_under_treatment, evidence, lacking("fracture_on_treatment"))


def fracture_under_harming_drug_of(evidence: EvidenceSet) -> Criterion:
    """A fracture under a drug that harms bone."""
    return _on_record(fracture_under_harming_drug, evidence, lacking("fracture_on_bone_harming_drug"))
