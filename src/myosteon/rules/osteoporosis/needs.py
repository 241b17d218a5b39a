"""What a verdict on bone may lack: T-scores, whether the bands apply, fractures."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff
from myosteon.logic.three_valued import Expr, is_yes
from myosteon.rules.judge import judge

SITES_WITH_RADIUS = ("t_score_lumbar_spine", "t_score_femoral_neck", "t_score_total_hip", "t_score_radius_33")
Part = tuple[Expr, tuple[str, ...]]


def unknown(answer: Expr) -> Expr:
    """True where the answer is unknown."""
    return answer.is_null()


def band_parts(
    decides: Expr, sex: Expr, age_years: Expr, postmenopausal: Expr, women_taken_from: Cutoff
) -> tuple[Part, ...]:
    """What is missing to know whether the T-score bands apply, where that decides.

    The menopause is not asked of a man, nor of anybody so old that a woman is taken to be postmenopausal.
    """
    man = is_yes(sex == "male")
    old_enough = is_yes(judge(age_years, women_taken_from))
    return (
        (decides & sex.is_null(), ("sex",)),
        (decides & age_years.is_null(), ("age_years",)),
        (decides & postmenopausal.is_null() & ~man & ~old_enough, ("postmenopausal",)),
    )
