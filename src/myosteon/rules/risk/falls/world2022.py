"""The world guidelines of 2022: a severe fall is high risk, else walking decides between intermediate and low."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Done, Expr, any_done, any_of, is_yes, may_be_no, may_be_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.judge import judge
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_category, risk_criterion, risk_listing
from myosteon.rules.risk.falls.history import fell_repeatedly_12m, fell_with_injury_12m
from myosteon.rules.risk.population import Population

EVIDENCE = load_evidence("risk", "fall_risk_world2022")
LEVELS = ("low", "intermediate", "high")
FRAIL = "frail"


@risk_criterion
def frail_on_a_scale(frail_status: Expr, fried_status: Expr) -> Expr:
    """Frail by the FRAIL scale or by Fried's phenotype, judged on what was filled in."""
    return any_done([Done(frail_status == FRAIL), Done(fried_status == FRAIL)])


@risk_criterion
def fall_mark_world2022(
    fell_with_injury_12m: Expr,
    fell_repeatedly_12m: Expr,
    frail_on_a_scale: Expr,
    fall_long_lie_12m: Expr,
    fall_unconscious_12m: Expr,
) -> Expr:
    """What makes a fall severe: an injury, a second fall, frailty, an hour or more on the ground, loss of consciousness."""
    marks = [
        fell_with_injury_12m,
        fell_repeatedly_12m,
        frail_on_a_scale,
        fall_long_lie_12m,
        fall_unconscious_12m,
    ]
    return any_of(marks)


@risk_criterion
def fall_severe_world2022(fell_12m: Expr, fall_mark_world2022: Expr) -> Expr:
    """Fell in the last 12 months, with a mark that makes the fall severe."""
    return fell_12m & fall_mark_world2022


@risk_criterion
def gait_slow_world2022(gait_speed_m_s: Expr, walk_unable: Expr, *, cutoff: Cutoff) -> Expr:
    """Usual walking speed is 0.8 m/s or less, or the person cannot walk."""
    return is_yes(walk_unable) | judge(gait_speed_m_s, cutoff)


@risk_criterion
def tug_slow_world2022(tug_s: Expr, *, cutoff: Cutoff) -> Expr:
    """Timed up and go takes more than 15 seconds."""
    return judge(tug_s, cutoff)


@risk_criterion
def walking_impaired_world2022(gait_slow_world2022: Expr, tug_slow_world2022: Expr) -> Expr:
    """Walking is impaired by speed or by timed up and go, judged on the tests that were done."""
    return any_done([Done(gait_slow_world2022), Done(tug_slow_world2022)])


@risk_category(levels=LEVELS)
def fall_risk_world2022(
    fall_risk_world2022_applies: Expr, fall_severe_world2022: Expr, walking_impaired_world2022: Expr
) -> FirstTrue:
    """The highest risk of falls that is proved: high after a severe fall, intermediate where walking is impaired, else low."""
    applies = fall_risk_world2022_applies
    return FirstTrue(
        (
            (applies & fall_severe_world2022, "high"),
            (applies & walking_impaired_world2022, "intermediate"),
            (applies & ~fall_severe_world2022 & ~walking_impaired_world2022, "low"),
        )
    )


@risk_category(levels=LEVELS)
def fall_risk_world2022_upto(
    fall_risk_world2022_applies: Expr, fall_severe_world2022: Expr, walking_impaired_world2022: Expr
) -> FirstTrue:
    """The highest risk of falls that is not excluded."""
    applies, not_severe = fall_risk_world2022_applies, ~fall_severe_world2022
    return FirstTrue(
        (
            (applies & not_severe & ~walking_impaired_world2022, "low"),
            (applies & not_severe, "intermediate"),
            (applies, "high"),
        )
    )


# The items of the FRAIL scale and of the share of weight in it; Fried's phenotype would do as well.
FRAIL_ITEMS = (
    "fatigue_most_of_time",
    "unable_climb_10_steps",
    "unable_walk_block",
    "illness_count",
    "weight_loss_12m_kg",
    "weight_kg",
)


@risk_listing
def fall_risk_world2022_needs(
    fall_risk_world2022_applies: Expr,
    fall_severe_world2022: Expr,
    fall_mark_world2022: Expr,
    walking_impaired_world2022: Expr,
    frail_on_a_scale: Expr,
    age_years: Expr,
    falls_12m: Expr,
    falls_injurious_12m: Expr,
    fall_long_lie_12m: Expr,
    fall_unconscious_12m: Expr,
    fatigue_most_of_time: Expr,
    unable_climb_10_steps: Expr,
    unable_walk_block: Expr,
    illness_count: Expr,
    weight_loss_12m_kg: Expr,
    weight_kg: Expr,
) -> Listing:
    """The unknown measures on which the risk depends; of walking speed and timed up and go one will do."""
    possible = may_be_yes(fall_risk_world2022_applies)
    fall = possible & fall_severe_world2022.is_null()
    mark = fall & fall_mark_world2022.is_null()
    frailty = mark & frail_on_a_scale.is_null()
    walking = possible & may_be_no(fall_severe_world2022) & walking_impaired_world2022.is_null()
    items = (
        fatigue_most_of_time,
        unable_climb_10_steps,
        unable_walk_block,
        illness_count,
        weight_loss_12m_kg,
        weight_kg,
    )
    return Listing(
        (
            (age_years.is_null(), ("age_years",)),
            (fall & falls_12m.is_null(), ("falls_12m",)),
            (mark & falls_injurious_12m.is_null(), ("falls_injurious_12m",)),
            (mark & fall_long_lie_12m.is_null(), ("fall_long_lie_12m",)),
            (mark & fall_unconscious_12m.is_null(), ("fall_unconscious_12m",)),
            (walking, ("gait_speed_m_s", "tug_s")),
            *((frailty & item.is_null(), (name,)) for item, name in zip(items, FRAIL_ITEMS, strict=True)),
        )
    )


TESTS = (fell_repeatedly_12m, fell_with_injury_12m, gait_slow_world2022, tug_slow_world2022)


def _rules(settings: Settings) -> tuple[Rule, ...]:
    mark = renamed(fall_mark_world2022.rule(), evidence=EVIDENCE.finding("fall_mark_world2022"))
    return (
        *Population(EVIDENCE.id, EVIDENCE.ranges, settings, {}).rules(),
        *(template.rule(cutoff=EVIDENCE.cutoff(template.name)) for template in TESTS),
        frail_on_a_scale.rule(),
        mark,
        fall_severe_world2022.rule(),
        walking_impaired_world2022.rule(),
        *(
            renamed(template.rule(), evidence=EVIDENCE.finding("fall_risk_world2022"))
            for template in (fall_risk_world2022, fall_risk_world2022_upto)
        ),
        fall_risk_world2022_needs.rule(),
    )


ALGORITHM = Algorithm(
    EVIDENCE,
    _rules,
    (
        "fall_risk_world2022",
        "fall_risk_world2022_upto",
        "fall_risk_world2022_needs",
        "fall_risk_world2022_outside",
    ),
)
