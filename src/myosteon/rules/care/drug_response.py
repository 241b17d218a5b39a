"""How bone answered a drug: change of bone density against the error of measuring, and of markers against theirs."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients, Cutoff
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule, criterion
from myosteon.logic.three_valued import Done, Expr, any_done, choose, is_yes
from myosteon.rules.care.decorators import care_category, care_criterion
from myosteon.rules.care.drug_words import BISPHOSPHONATES, DENOSUMAB, TERIPARATIDE
from myosteon.rules.judge import DECIMALS, judge

SITES = ("lumbar_spine", "femoral_neck", "total_hip")


def _beyond(change: Expr, site: str, least: Coefficients, direction: int) -> Expr:
    """Whether a change in one direction (1 up, -1 down) is larger than the least significant change of the site."""
    limit = round(least["factor"] * least[f"{site}_g_cm2"], DECIMALS)
    return (change * direction).round(DECIMALS) > limit


@criterion
def bmd_loss_beyond_least_change(
    bmd_loss_beyond_least_change: Expr,
    bmd_change_lumbar_spine_g_cm2: Expr,
    bmd_change_femoral_neck_g_cm2: Expr,
    bmd_change_total_hip_g_cm2: Expr,
    *,
    least: Coefficients,
) -> Expr:
    """Bone density fell by more than the least significant change, as recorded or at one of the sites measured twice."""
    changes = (bmd_change_lumbar_spine_g_cm2, bmd_change_femoral_neck_g_cm2, bmd_change_total_hip_g_cm2)
    fell = [Done(_beyond(change, site, least, -1)) for site, change in zip(SITES, changes, strict=True)]
    return any_done([Done(bmd_loss_beyond_least_change), *fell])


@care_category(levels=("lost", "held", "gained"))
def bmd_response(
    bmd_loss_beyond_least_change: Expr,
    bmd_change_lumbar_spine_g_cm2: Expr,
    bmd_change_femoral_neck_g_cm2: Expr,
    bmd_change_total_hip_g_cm2: Expr,
    *,
    least: Coefficients,
) -> FirstTrue:
    """Bone density between two scans: lost or gained beyond the least significant change at a site measured, else held."""
    changes = (bmd_change_lumbar_spine_g_cm2, bmd_change_femoral_neck_g_cm2, bmd_change_total_hip_g_cm2)
    rose = any_done(
        [Done(_beyond(change, site, least, 1)) for site, change in zip(SITES, changes, strict=True)]
    )
    return FirstTrue(
        ((bmd_loss_beyond_least_change, "lost"), (is_yes(rose), "gained"), (~rose, "held")),
    )


@care_criterion
def markers_fell(
    drug: Expr,
    p1np_change_percent: Expr,
    ctx_change_percent: Expr,
    markers_months_on_drug: Expr,
    months_since_last_fracture: Expr,
    *,
    p1np: Cutoff,
    ctx: Cutoff,
    timing: Coefficients,
) -> Expr:
    """P1NP or CTX fell by more than its least significant change, of people on a bisphosphonate or denosumab.

    That it did not is told only where it was measured late enough on the drug, and not within a year of a fracture.
    """
    slowing = drug.is_in([*BISPHOSPHONATES, DENOSUMAB])
    fell = any_done([Done(judge(p1np_change_percent, p1np)), Done(judge(ctx_change_percent, ctx))])
    too_early = is_yes(markers_months_on_drug < timing["from_months"])
    after_fracture = is_yes(months_since_last_fracture < timing["after_fracture_months"])
    return choose([(slowing & is_yes(fell), True), (slowing & ~too_early & ~after_fracture, fell)])


@care_criterion
def markers_at_goal(
    drug: Expr,
    p1np_ng_ml: Expr,
    p1np_change_ng_ml: Expr,
    ctx_ng_ml: Expr,
    ctx_change_ng_ml: Expr,
    *,
    p1np: Cutoff,
    p1np_fall: Cutoff,
    ctx: Cutoff,
    ctx_fall: Cutoff,
) -> Expr:
    """P1NP or CTX is at its goal and fell by enough, of people on a bisphosphonate or denosumab."""
    slowing = drug.is_in([*BISPHOSPHONATES, DENOSUMAB])
    by_p1np = judge(p1np_ng_ml, p1np) & judge(p1np_change_ng_ml, p1np_fall)
    by_ctx = judge(ctx_ng_ml, ctx) & judge(ctx_change_ng_ml, ctx_fall)
    return choose([(slowing, any_done([Done(by_p1np), Done(by_ctx)]))])


@care_criterion
def p1np_rose(
    drug: Expr,
    p1np_ng_ml: Expr,
    p1np_change_ng_ml: Expr,
    markers_months_on_drug: Expr,
    *,
    reached: Cutoff,
    rise: Cutoff,
    timing: Coefficients,
) -> Expr:
    """P1NP rose by enough and is high, of people on teriparatide; that it did not is told only from the first month on."""
    rose = judge(p1np_ng_ml, reached) & judge(p1np_change_ng_ml, rise)
    too_early = is_yes(markers_months_on_drug < timing["from_months"])
    on = drug == TERIPARATIDE
    return choose([(on & is_yes(rose), True), (on & ~too_early, rose)])


def drug_response_rules() -> Iterator[Rule]:
    """The rules of this module."""
    evidence = load_evidence("care_numbers", "drug_history")
    least = evidence.coefficients_of("least_change")
    yield bmd_loss_beyond_least_change.rule(least=least)
    yield bmd_response.rule(least=least)
    yield markers_fell.rule(
        p1np=evidence.cutoff("p1np_fell"),
        ctx=evidence.cutoff("ctx_fell"),
        timing=evidence.coefficients_of("marker_timing"),
    )
    yield markers_at_goal.rule(
        p1np=evidence.cutoff("p1np_goal"),
        p1np_fall=evidence.cutoff("p1np_goal_fall"),
        ctx=evidence.cutoff("ctx_goal"),
        ctx_fall=evidence.cutoff("ctx_goal_fall"),
    )
    yield p1np_rose.rule(
        reached=evidence.cutoff("p1np_raised"),
        rise=evidence.cutoff("p1np_rise"),
        timing=evidence.coefficients_of("marker_timing_teriparatide"),
    )
