"""T-scores from bone density by a named reference, and standardised bone density: separate columns, beside those given."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from myosteon.errors import RuleError
from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients, EvidenceSet
from myosteon.logic.rule import Rule, derived, renamed
from myosteon.logic.three_valued import Expr, all_of, choose
from myosteon.rules.judge import DECIMALS

SITES = ("lumbar_spine", "femoral_neck", "total_hip")
MAKERS = ("hologic", "lunar", "norland")
MILLIGRAMS_IN_A_GRAM = 1000.0


@derived(unit="{T-score}")
def t_score_by_reference(bmd_g_cm2: Expr, dxa_maker: Expr, sex: Expr, *, reference: Coefficients) -> Expr:
    """T-score from bone density by a named reference; unknown for another maker's scanner, and for a sex that it was not made for."""
    score = ((bmd_g_cm2 - reference["mean"]) / reference["sd"]).round(DECIMALS)
    conditions = [dxa_maker == reference.method]
    return choose(
        [(all_of(conditions if reference.sex is None else [*conditions, sex == reference.sex]), score)]
    )


@derived(unit="mg/cm2")
def standardised_bone_density(
    bmd_g_cm2: Expr, dxa_maker: Expr, *, equations: tuple[Coefficients, ...]
) -> Expr:
    """Bone density on a scale common to the makers; for cohorts, not for change in one person."""
    return choose(
        [
            (dxa_maker == maker, _standardised(bmd_g_cm2, equation))
            for maker, equation in zip(MAKERS, equations, strict=True)
        ]
    )


def _standardised(value: Expr, equation: Coefficients) -> Expr:
    terms = dict(equation.terms)
    if "centre" in terms:
        grams = (value - terms["centre"]) * terms["slope"] + terms["offset"]
    else:
        grams = value * terms["slope"] + terms["intercept"]
    return (grams * MILLIGRAMS_IN_A_GRAM).round(DECIMALS)


REFERENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "nhanes3": {
        "lumbar_spine": ("t_score_lumbar_spine_hologic",),
        "femoral_neck": ("t_score_femoral_neck_nhanes3",),
        "total_hip": ("t_score_total_hip_nhanes3",),
    },
    "china": {site: (f"t_score_{site}_china", f"t_score_{site}_changsha") for site in SITES},
}


@derived(unit="{T-score}")
def t_score_by_one_reference(t_score: Expr, by_reference: Expr) -> Expr:
    """The T-score as given; where there is none, that computed from the bone density by the reference that was asked for."""
    return nw.coalesce(t_score, by_reference)


@derived(unit="{T-score}")
def t_score_by_two_references(t_score: Expr, by_reference: Expr, by_other_reference: Expr) -> Expr:
    """The T-score as given; where there is none, that computed from the bone density by the reference for the person's sex."""
    return nw.coalesce(t_score, by_reference, by_other_reference)


def t_score_completion_rules(reference: str) -> Iterator[Rule]:
    """The rules that let a reference stand in for T-scores that were not given; none where no reference is asked for.

    Raises:
        RuleError: a reference of another name.
    """
    if not reference:
        return
    if reference not in REFERENCES:
        raise RuleError(f"no T-score reference is called {reference}; there are {', '.join(REFERENCES)}")
    for site, columns in REFERENCES[reference].items():
        arguments = ("by_reference", "by_other_reference")
        inputs = {"t_score": f"t_score_{site}", **dict(zip(arguments, columns, strict=False))}
        template = t_score_by_one_reference if len(columns) == 1 else t_score_by_two_references
        yield renamed(template.rule(inputs=inputs), name=f"t_score_{site}")


def bone_density_reference_rules() -> Iterator[Rule]:
    """One column for each site and reference."""
    evidence: EvidenceSet = load_evidence("reference", "bone_density")
    for site in SITES:
        density = {"bmd_g_cm2": f"bmd_{site}_g_cm2"}
        equations = tuple(evidence.coefficients_of(f"sbmd_{site}_{maker}") for maker in MAKERS)
        yield renamed(
            standardised_bone_density.rule(inputs=density, equations=equations), name=f"sbmd_{site}_mg_cm2"
        )
        for reference in evidence.coefficients:
            if not reference.name.startswith(f"t_score_{site}_"):
                continue
            yield renamed(t_score_by_reference.rule(inputs=density, reference=reference), name=reference.name)
