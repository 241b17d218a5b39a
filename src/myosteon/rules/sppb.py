"""The Short Physical Performance Battery from its parts."""

from __future__ import annotations

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Points
from myosteon.logic.rule import Rule, derived
from myosteon.logic.three_valued import Expr, choose, is_yes
from myosteon.rules.judge import BYTE, compare, number, points


@derived(unit="{score}")
def sppb_balance_points(
    balance_side_by_side_s: Expr,
    balance_semi_tandem_s: Expr,
    balance_tandem_s: Expr,
    *,
    side_by_side: Points,
    semi_tandem: Points,
    tandem: Points,
) -> Expr:
    """Balance, 0 to 4: the harder stand is not needed once an easier one is failed."""
    (first,), (second,) = side_by_side.bands, semi_tandem.bands
    assert first.comparison is not None
    assert second.comparison is not None
    side_failed = compare(balance_side_by_side_s, first.comparison, first.limit)
    semi_failed = compare(balance_semi_tandem_s, second.comparison, second.limit)
    return choose(
        [
            (side_failed, number(first.points, BYTE)),
            (~side_failed & semi_failed, number(second.points, BYTE)),
            (~side_failed & ~semi_failed, points(balance_tandem_s, tandem, BYTE)),
        ]
    )


@derived(unit="{score}")
def sppb_gait_points(gait_4m_s: Expr, walk_unable: Expr, *, gait: Points) -> Expr:
    """Walk over 4 m, 0 to 4; cannot walk is 0."""
    return choose([(is_yes(walk_unable), number(0, BYTE))], points(gait_4m_s, gait, BYTE))


@derived(unit="{score}")
def sppb_chair_points(chair_stand_5x_s: Expr, chair_stand_unable: Expr, *, chair: Points) -> Expr:
    """Five rises from a chair, 0 to 4; cannot rise is 0."""
    return choose([(is_yes(chair_stand_unable), number(0, BYTE))], points(chair_stand_5x_s, chair, BYTE))


@derived(unit="{score}")
def sppb_score(
    sppb_score: Expr, sppb_balance_points: Expr, sppb_gait_points: Expr, sppb_chair_points: Expr
) -> Expr:
    """The battery's total, 0 to 12: as given, else the sum of balance, gait and chair."""
    return nw.coalesce(sppb_score, sppb_balance_points + sppb_gait_points + sppb_chair_points)


def sppb_rules() -> tuple[Rule, ...]:
    """The battery and its parts."""
    evidence = load_evidence("instruments", "sppb")
    return (
        sppb_balance_points.rule(
            side_by_side=evidence.points_of("side_by_side"),
            semi_tandem=evidence.points_of("semi_tandem"),
            tandem=evidence.points_of("tandem"),
        ),
        sppb_gait_points.rule(gait=evidence.points_of("gait")),
        sppb_chair_points.rule(chair=evidence.points_of("chair")),
        sppb_score.rule(),
    )
