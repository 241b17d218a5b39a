"""T-scores as schemes of strata ask for them."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.rule import Template, criterion
from myosteon.logic.three_valued import Expr
from myosteon.rules.guideline import Settings
from myosteon.rules.judge import judge
from myosteon.rules.osteoporosis.needs import SITES_WITH_RADIUS
from myosteon.rules.strata.criterion import (
    SITES,
    Criterion,
    bands_lacking,
    criterion_of,
    scheme_of,
    sites_lacking,
)

SPINE_OR_HIP = ("t_score_lowest", SITES)
SPINE_HIP_OR_RADIUS = ("t_score_lowest_with_radius", SITES_WITH_RADIUS)
Sites = tuple[str, tuple[str, ...]]


@criterion
def t_score_low(t_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The lowest T-score is so low that the scheme no longer calls the risk low."""
    return judge(t_score, cutoff)


@criterion
def t_score_of_osteoporosis(t_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The lowest T-score lies in the range of osteoporosis."""
    return judge(t_score, cutoff)


@criterion
def t_score_very_low(t_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The lowest T-score is so low that the scheme calls the risk very high."""
    return judge(t_score, cutoff)


@criterion
def t_score_very_low_or_at_limit(t_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The lowest T-score is so low that the scheme calls the risk very high, the limit itself counted."""
    return judge(t_score, cutoff)


@criterion
def t_score_low_where_bands_apply(t_score_bands_apply: Expr, t_score_low: Expr) -> Expr:
    """The T-score bands apply, and the T-score is so low that the scheme no longer calls the risk low."""
    return t_score_bands_apply & t_score_low


@criterion
def t_score_of_osteoporosis_where_bands_apply(
    t_score_bands_apply: Expr, t_score_of_osteoporosis: Expr
) -> Expr:
    """The T-score bands apply, and the T-score lies in the range of osteoporosis."""
    return t_score_bands_apply & t_score_of_osteoporosis


@criterion
def t_score_very_low_where_bands_apply(t_score_bands_apply: Expr, t_score_very_low: Expr) -> Expr:
    """The T-score bands apply, and the T-score is so low that the scheme calls the risk very high."""
    return t_score_bands_apply & t_score_very_low


COUNTED = {
    "t_score_low": t_score_low_where_bands_apply,
    "t_score_of_osteoporosis": t_score_of_osteoporosis_where_bands_apply,
    "t_score_very_low": t_score_very_low_where_bands_apply,
}


def t_score_of(template: Template, evidence: EvidenceSet, sites: Sites) -> Criterion:
    """A criterion on the lowest T-score, of a scheme that is only for people to whom the T-score bands apply."""
    column, measured = sites
    return criterion_of(
        template,
        evidence,
        sites_lacking(measured, column),
        inputs={"t_score": column},
        cutoff=evidence.cutoff(template.name),
    )


def very_low_t_score(evidence: EvidenceSet, sites: Sites, settings: Settings) -> Criterion:
    """The very low T-score of a scheme whose sources differ in the sign at the limit: both are there, the setting chooses.

    The criterion keeps the name `t_score_very_low`, whichever it is.
    """
    below = t_score_of(t_score_very_low, evidence, sites)
    at_limit = t_score_of(t_score_very_low_or_at_limit, evidence, sites)
    chosen = at_limit if settings.t_score_minus_3_very_high else below
    return Criterion(below.name, chosen.column, below.lacks, (*below.rules, *at_limit.rules))


def counted_t_score_of(plain: Criterion, evidence: EvidenceSet, sites: Sites) -> Criterion:
    """A criterion on the T-score where the scheme is for others too, whose T-scores do not count."""
    column, measured = sites
    rule = COUNTED[plain.name].rule(scheme_of(evidence), inputs={plain.name: plain.column})
    lacks = (sites_lacking(measured, column, bands=True), *bands_lacking())
    return Criterion(plain.name, rule.name, lacks, (*plain.rules, rule))
