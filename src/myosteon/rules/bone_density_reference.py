"""T-scores from bone density by a named reference, and standardised bone density: separate columns, beside those given."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients, EvidenceSet
from myosteon.logic.rule import Rule, derived, renamed
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.judge import DECIMALS

SITES = ("lumbar_spine", "femoral_neck", "total_hip")
MAKERS = ("hologic", "lunar", "norland")
MILLIGRAMS_IN_A_GRAM = 1000.0


@derived(unit="{T-score}")
def t_score_by_maker(bmd_g_cm2: Expr, dxa_maker: Expr, *, reference: Coefficients) -> Expr:
    """T-score from bone density by a reference on Hologic's scale; other makers' values are not comparable and stay unknown."""
    score = ((bmd_g_cm2 - reference["mean"]) / reference["sd"]).round(DECIMALS)
    return choose([(dxa_maker == "hologic", score)])


@derived(unit="{T-score}")
def t_score_by_sex(bmd_g_cm2: Expr, sex: Expr, *, reference: Coefficients) -> Expr:
    """T-score from bone density by a reference for one sex; the other sex stays unknown. The scanner's scale is not matched."""
    score = ((bmd_g_cm2 - reference["mean"]) / reference["sd"]).round(DECIMALS)
    assert reference.sex is not None
    return choose([(sex == reference.sex, score)])


@derived(unit="mg/cm2")
def standardised_bone_density(bmd_g_cm2: Expr, dxa_maker: Expr, *, equations: tuple[Coefficients, ...]) -> Expr:
    """Bone density on a scale common to the makers; for cohorts, not for change in one person."""
    return choose(
        [(dxa_maker == maker, _standardised(bmd_g_cm2, equation)) for maker, equation in zip(MAKERS, equations, strict=True)]
    )


def _standardised(value: Expr, equation: Coefficients) -> Expr:
    terms = dict(equation.terms)
    if "centre" in terms:
        grams = (value - terms["centre"]) * terms["slope"] + terms["offset"]
    else:
        grams = value * terms["slope"] + terms["intercept"]
    return (grams * MILLIGRAMS_IN_A_GRAM).round(DECIMALS)


def bone_density_reference_rules() -> Iterator[Rule]:
    """One column for each site and reference."""
    evidence: EvidenceSet = load_evidence("reference", "bone_density")
    for site in SITES:
        density = {"bmd_g_cm2": f"bmd_{site}_g_cm2"}
        equations = tuple(evidence.coefficients_of(f"sbmd_{site}_{maker}") for maker in MAKERS)
        yield renamed(standardised_bone_density.rule(inputs=density, equations=equations), name=f"sbmd_{site}_mg_cm2")
        for reference in evidence.coefficients:
            if not reference.name.startswith(f"t_score_{site}_"):
                continue
            template = t_score_by_sex if reference.sex else t_score_by_maker
            yield renamed(template.rule(inputs=density, reference=reference), name=reference.name)
