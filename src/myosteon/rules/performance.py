"""Physical performance: walking, rising, balance. A flag that says failed counts as slower than any limit."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import criterion
from myosteon.logic.three_valued import Expr, choose, is_yes, may_be_yes
from myosteon.rules.judge import judge


@criterion
def gait_slow(gait_speed_m_s: Expr, walk_unable: Expr, *, cutoff: Cutoff) -> Expr:
    """Usual walking speed lies on the slow side of the limit, or the person cannot walk."""
    return is_yes(walk_unable) | judge(gait_speed_m_s, cutoff)


@criterion
def chair_stand_slow(chair_stand_5x_s: Expr, chair_stand_unable: Expr, *, cutoff: Cutoff) -> Expr:
    """Five rises from a chair take longer than the limit, or were tried and could not be done."""
    return is_yes(chair_stand_unable) | judge(chair_stand_5x_s, cutoff)


@criterion
def chair_stand_failed(chair_stand_unable: Expr) -> Expr:
    """Five rises from a chair were tried and could not be done; having done them says nothing here."""
    return choose([(chair_stand_unable, True)])


@criterion
def sppb_low(sppb_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The Short Physical Performance Battery stays at or below the limit."""
    return judge(sppb_score, cutoff)


@criterion
def tug_slow(tug_s: Expr, *, cutoff: Cutoff) -> Expr:
    """Timed up and go takes as long as the limit or longer."""
    return judge(tug_s, cutoff)


@criterion
def walk_400m_failed(walk_400m_s: Expr, walk_400m_completed: Expr, *, cutoff: Cutoff) -> Expr:
    """The 400 m walk was not completed, or took as long as the limit or longer."""
    return ~may_be_yes(walk_400m_completed) | judge(walk_400m_s, cutoff)
