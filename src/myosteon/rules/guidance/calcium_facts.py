"""What recommendations ask of calcium, vitamin D and glucocorticoids."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.care.decorators import care_criterion
from myosteon.rules.judge import judge


@care_criterion
def calcium_disorder(
    low_calcium: Expr,
    high_calcium: Expr,
    hyperparathyroidism: Expr,
    coeliac_disease: Expr,
    crohn_disease: Expr,
) -> Expr:
    """A disorder of calcium: too little or too much in blood, an overactive parathyroid gland, or a bowel that absorbs too little."""
    return any_of([low_calcium, high_calcium, hyperparathyroidism, coeliac_disease, crohn_disease])


@care_criterion
def known_vitamin_d_deficiency(vitamin_d_25oh_ng_ml: Expr, *, cutoff: Cutoff) -> Expr:
    """Vitamin D (25-hydroxy) was measured and is deficient; not measured counts as no, because known deficiency is asked for."""
    return is_yes(judge(vitamin_d_25oh_ng_ml, cutoff))


@care_criterion
def glucocorticoid_stopped(
    glucocorticoid_stopped: Expr, glucocorticoid_mg_day: Expr, glucocorticoid_months: Expr, *, cutoff: Cutoff
) -> Expr:
    """Took a glucocorticoid for long and takes none now: as recorded; not so while one is taken, or after a short course only."""
    now = glucocorticoid_mg_day > 0
    long = judge(glucocorticoid_months, cutoff)
    return choose(
        [(now, ~now)], choose([(~glucocorticoid_stopped.is_null(), glucocorticoid_stopped)], ~now & long)
    )


def calcium_fact_rules() -> Iterator[Rule]:
    """The rules of this module."""
    limits = load_evidence("care_numbers", "guidance_facts")
    yield calcium_disorder.rule()
    yield known_vitamin_d_deficiency.rule(cutoff=limits.cutoff("vitamin_d_deficient"))
    yield glucocorticoid_stopped.rule(cutoff=limits.cutoff("glucocorticoid_long_enough"))
