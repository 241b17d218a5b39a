"""Names of the corpus for what the project knows by another name."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.logic.rule import SAME, Rule, Template, renamed
from myosteon.logic.three_valued import Expr
from myosteon.rules.care.decorators import care_criterion, care_number


def same(template: Template) -> Rule:
    """The rule of a template that only gives its one input a further name."""
    return renamed(template.rule(), numbers=(SAME,))


@care_criterion
def any_vertebral_fracture(vertebral_fracture: Expr) -> Expr:
    """A vertebra is broken by history, by count or by grade."""
    return vertebral_fracture


@care_number(unit="{T-score}")
def hip_t_score_lowest(t_score_lowest_hip: Expr) -> Expr:
    """The lower T-score of femoral neck and total hip, of those that were measured."""
    return t_score_lowest_hip


@care_criterion
def plo_history(pregnancy_osteoporosis: Expr) -> Expr:
    """Osteoporosis of pregnancy or lactation was diagnosed."""
    return pregnancy_osteoporosis


@care_criterion
def hormone_sensitive_cancer(oestrogen_dependent_cancer: Expr) -> Expr:
    """Breast cancer, or another that depends on oestrogen, now or in the past."""
    return oestrogen_dependent_cancer


@care_criterion
def uses_bone_harming_drug(bone_harming_drug: Expr) -> Expr:
    """Takes a drug that the guidelines read list as harming bone; classes listed from memory only do not count here."""
    return bone_harming_drug


TEMPLATES = (
    any_vertebral_fracture,
    hip_t_score_lowest,
    plo_history,
    hormone_sensitive_cancer,
    uses_bone_harming_drug,
)


def same_rules() -> Iterator[Rule]:
    """The rules of this module."""
    for template in TEMPLATES:
        yield same(template)
