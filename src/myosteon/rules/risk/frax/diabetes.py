"""FRAX runs low in type 2 diabetes: which of its inputs may be changed when it is computed again (Leslie 2018). No number."""

from __future__ import annotations

from myosteon.evidence.types import EvidenceSet
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, is_yes, may_be_yes
from myosteon.rules.risk.decorators import risk_criterion, risk_listing


@risk_criterion
def frax_option_rheumatoid_arthritis(diabetes_type2: Expr, rheumatoid_arthritis: Expr) -> Expr:
    """In type 2 diabetes: FRAX again with rheumatoid arthritis answered yes, where it is not so already."""
    return diabetes_type2 & ~rheumatoid_arthritis


@risk_criterion
def frax_option_trabecular_bone(diabetes_type2: Expr) -> Expr:
    """In type 2 diabetes: FRAX again with the trabecular bone score, by FRAX's own tool."""
    return diabetes_type2


@risk_criterion
def frax_option_femoral_neck(diabetes_type2: Expr, frax_with_bmd: Expr) -> Expr:
    """In type 2 diabetes: FRAX again with a femoral neck T-score lowered by a half, where one was entered."""
    return diabetes_type2 & frax_with_bmd


@risk_criterion
def frax_option_age(diabetes_type2: Expr) -> Expr:
    """In type 2 diabetes: FRAX again with ten years added to the age."""
    return diabetes_type2


OPTIONS = (
    frax_option_rheumatoid_arthritis,
    frax_option_trabecular_bone,
    frax_option_femoral_neck,
    frax_option_age,
)


@risk_listing
def frax_type2_diabetes_options(
    diabetes_type2: Expr,
    frax_option_rheumatoid_arthritis: Expr,
    frax_option_trabecular_bone: Expr,
    frax_option_femoral_neck: Expr,
    frax_option_age: Expr,
) -> Listing:
    """Type 2 diabetes makes FRAX run low: the ways to compute it again, of which none is best everywhere."""
    answers = (
        frax_option_rheumatoid_arthritis,
        frax_option_trabecular_bone,
        frax_option_femoral_neck,
        frax_option_age,
    )
    return Listing(
        tuple(
            (is_yes(diabetes_type2) & may_be_yes(answer), (option.name,))
            for option, answer in zip(OPTIONS, answers, strict=True)
        )
    )


def diabetes_rules(evidence: EvidenceSet) -> tuple[Rule, ...]:
    """The four options, and the list of those that are open."""
    source = evidence.finding("frax_type2_diabetes_options")
    rules = (*(option.rule() for option in OPTIONS), frax_type2_diabetes_options.rule())
    return tuple(renamed(rule, evidence=source) for rule in rules)
