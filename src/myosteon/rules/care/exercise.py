"""The level of exercise that a person begins with, what is added to it, and whose spine is spared."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, is_unknown, is_yes
from myosteon.rules.care.decorators import care_category, care_criterion, care_listing
from myosteon.rules.judge import judge

EVIDENCE = load_evidence("care_numbers", "exercise")
LEVELS = ("a", "b", "c", "d")


@care_category(levels=LEVELS)
def vivifrail_level(
    sppb_score: Expr,
    walking_speed_m_s: Expr,
    *,
    sppb: tuple[Cutoff, Cutoff, Cutoff],
    gait: tuple[Cutoff, Cutoff, Cutoff],
) -> FirstTrue:
    """The Vivifrail level by SPPB and walking speed, judged on those that were done; the worse of two."""
    levels = [
        (is_yes(judge(sppb_score, by_sppb)) | is_yes(judge(walking_speed_m_s, by_gait)), word)
        for word, by_sppb, by_gait in zip(LEVELS, sppb, gait, strict=False)
    ]
    done = ~is_unknown(sppb_score) | ~is_unknown(walking_speed_m_s)
    return FirstTrue((*levels, (done, LEVELS[-1])))


@care_criterion
def gait_in_vivifrail_gap(walking_speed_m_s: Expr, *, below: Cutoff, above: Cutoff) -> Expr:
    """Walking speed lies in the gap of the table, which this project counts as level C."""
    return ~judge(walking_speed_m_s, below) & ~judge(walking_speed_m_s, above)


@care_criterion
def gait_slow_vivifrail(walking_speed_m_s: Expr, *, cutoff: Cutoff) -> Expr:
    """Walks so slowly that balance work is added."""
    return judge(walking_speed_m_s, cutoff)


@care_criterion
def tug_slow_vivifrail(tug_s: Expr, *, cutoff: Cutoff) -> Expr:
    """Timed up and go takes so long that balance work is added."""
    return judge(tug_s, cutoff)


@care_criterion
def vivifrail_plus(
    tug_slow_vivifrail: Expr,
    gait_slow_vivifrail: Expr,
    dementia: Expr,
    fell_with_injury_12m: Expr,
    fell_repeatedly_12m: Expr,
) -> Expr:
    """More balance work is added: slow up and go, slow walking, dementia, falls with injury or repeated falls."""
    return any_of(
        [tug_slow_vivifrail, gait_slow_vivifrail, dementia, fell_with_injury_12m, fell_repeatedly_12m]
    )


@care_criterion
def t_score_spares_spine(t_score_lowest: Expr, *, cutoff: Cutoff) -> Expr:
    """The lowest T-score is so low that the spine is spared in exercise."""
    return judge(t_score_lowest, cutoff)


@care_criterion
def spine_sparing(vertebral_fracture: Expr, t_score_spares_spine: Expr) -> Expr:
    """The spine is spared in exercise: a vertebra is broken, or bone density is osteoporotic."""
    return vertebral_fracture | t_score_spares_spine


@care_listing
def vivifrail_level_needs(sppb_score: Expr, walking_speed_m_s: Expr) -> Listing:
    """Walking speed and SPPB, where neither was done: either gives the level of exercise."""
    undone = is_unknown(sppb_score) & is_unknown(walking_speed_m_s)
    return Listing(((undone, ("gait_speed_m_s", "sppb_score")),))


@care_listing
def vivifrail_plus_needs(
    vivifrail_plus: Expr,
    tug_s: Expr,
    walking_speed_m_s: Expr,
    dementia: Expr,
    fell_with_injury_12m: Expr,
    fell_repeatedly_12m: Expr,
) -> Listing:
    """What was not measured or asked and decides whether balance work is added."""
    open_ = is_unknown(vivifrail_plus)
    return Listing(
        (
            (open_ & is_unknown(tug_s), ("tug_s",)),
            (open_ & is_unknown(walking_speed_m_s), ("gait_speed_m_s",)),
            (open_ & is_unknown(dementia), ("dementia",)),
            (open_ & is_unknown(fell_with_injury_12m), ("falls_injurious_12m",)),
            (open_ & is_unknown(fell_repeatedly_12m), ("falls_12m",)),
        )
    )


def exercise_rules() -> Iterator[Rule]:
    """The rules of this module."""
    sppb, gait = (
        tuple(EVIDENCE.cutoff(f"{test}_level_{level}") for level in LEVELS[:-1]) for test in ("sppb", "gait")
    )
    yield vivifrail_level.rule(sppb=sppb, gait=gait)
    yield gait_in_vivifrail_gap.rule(
        below=EVIDENCE.cutoff("gait_level_b"), above=EVIDENCE.cutoff("gait_in_table_level_c")
    )
    for template in (gait_slow_vivifrail, tug_slow_vivifrail, t_score_spares_spine):
        yield template.rule(cutoff=EVIDENCE.cutoff(template.name))
    for template in (vivifrail_plus, spine_sparing, vivifrail_level_needs, vivifrail_plus_needs):
        yield template.rule()
