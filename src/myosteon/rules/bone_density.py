"""Who the T-score bands are for, and the criteria on T-scores that definitions share."""

from __future__ import annotations

import narwhals as nw

from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.rule import Rule, criterion, derived
from myosteon.logic.three_valued import Expr, choose, is_yes
from myosteon.rules.judge import judge


@criterion
def t_score_bands_apply(
    sex: Expr, age_years: Expr, postmenopausal: Expr, *, men_from: Cutoff, women_taken_from: Cutoff
) -> Expr:
    """The T-score bands apply to men from 50 and to postmenopausal women; a woman from 50 of whom this is unknown is taken to be so."""
    taken = nw.when(judge(age_years, women_taken_from)).then(nw.lit(True))
    return choose(
        [
            (sex == "male", judge(age_years, men_from)),
            (sex == "female", nw.coalesce(postmenopausal, taken)),
        ]
    )


@criterion(assumption=True)
def taken_as_postmenopausal(
    sex: Expr, age_years: Expr, postmenopausal: Expr, *, women_taken_from: Cutoff
) -> Expr:
    """A woman from 50, of whom it is not recorded, is taken to be postmenopausal."""
    return is_yes((sex == "female") & judge(age_years, women_taken_from)) & postmenopausal.is_null()


@derived(unit="{T-score}")
def t_score_for_bone_who(t_score_lowest: Expr, t_score_radius_33: Expr) -> Expr:
    """The lowest T-score of spine and hip; that of the one-third radius only where neither was measured."""
    return nw.coalesce(t_score_lowest, t_score_radius_33)


@criterion
def t_score_osteoporotic(t_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The T-score is -2.5 or lower."""
    return judge(t_score, cutoff)


@criterion
def t_score_below_normal(t_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The T-score is below -1.0."""
    return judge(t_score, cutoff)


@criterion
def t_score_low_broad(t_score_bands_apply: Expr, t_score_lowest_with_radius: Expr, *, cutoff: Cutoff) -> Expr:
    """The T-score bands apply and the T-score is -1.0 or lower: low bone mass in the broad sense of osteosarcopenia."""
    return t_score_bands_apply & judge(t_score_lowest_with_radius, cutoff)


def bone_density_rules(who: EvidenceSet, broad: EvidenceSet) -> tuple[Rule, ...]:
    """The rules that every definition of osteoporosis reads."""
    men, women = who.cutoff("men_from"), who.cutoff("women_taken_from")
    return (
        t_score_bands_apply.rule(men_from=men, women_taken_from=women),
        taken_as_postmenopausal.rule(women_taken_from=women),
        t_score_for_bone_who.rule(),
        t_score_low_broad.rule(cutoff=broad.cutoff("t_score_low_broad")),
    )
