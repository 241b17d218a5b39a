"""What is lacking of calcium in food, and the class of vitamin D in blood."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from myosteon.evidence.types import Coefficients, Points
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.care.decorators import care_category, care_number
from myosteon.rules.care.protein_criteria import EVIDENCE
from myosteon.rules.judge import points

VITAMIN_D_STATES = ("severely_deficient", "deficient", "insufficient", "sufficient")


@care_number(unit="mg/d")
def calcium_gap_mg_day(calcium_intake_mg_day: Expr, *, target: Coefficients) -> Expr:
    """Calcium that is lacking in food a day to the target; none where food gives enough."""
    lacking = target.number - calcium_intake_mg_day
    return choose([(lacking > 0, lacking), (lacking <= 0, nw.lit(0.0))])


@care_category(levels=VITAMIN_D_STATES)
def vitamin_d_state(vitamin_d_25oh_ng_ml: Expr, *, classes: Points) -> FirstTrue:
    """The class of 25-hydroxyvitamin D in blood: severely deficient, deficient, insufficient, sufficient."""
    place = points(vitamin_d_25oh_ng_ml, classes)
    return FirstTrue(tuple((place == at, word) for at, word in enumerate(VITAMIN_D_STATES)))


def calcium_and_vitamin_d_rules() -> Iterator[Rule]:
    """The rules of this module."""
    targets = EVIDENCE.coefficients_of("calcium_target_mg_day")
    for end, _ in targets.terms:
        yield renamed(calcium_gap_mg_day.rule(target=targets.only(end)), name=f"calcium_gap_mg_day_{end}")
    yield vitamin_d_state.rule(classes=EVIDENCE.points_of("vitamin_d_state"))
