"""What a person's own values say against each other. The flag, the yes, the total counts; the contradiction is reported."""

from __future__ import annotations

from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule, criterion, listing
from myosteon.logic.three_valued import Expr, any_of, higher_of, is_yes


@criterion(contradiction=True)
def contradiction_chair_stand(chair_stand_unable: Expr, chair_stand_5x_s: Expr) -> Expr:
    """Five rises are said to have failed, and yet a time stands there; the failure counts."""
    return is_yes(chair_stand_unable) & ~chair_stand_5x_s.is_null()


@criterion(contradiction=True)
def contradiction_walk(walk_unable: Expr, gait_speed_m_s: Expr, gait_4m_s: Expr) -> Expr:
    """The person is said to be unable to walk, and yet a walk was timed; the inability counts."""
    return is_yes(walk_unable) & ~(gait_speed_m_s.is_null() & gait_4m_s.is_null())


@criterion(contradiction=True)
def contradiction_walk_400m(walk_400m_completed: Expr, walk_400m_s: Expr) -> Expr:
    """The 400 m walk is said not to have been completed, and yet a time stands there; the failure counts."""
    return ~walk_400m_completed.fill_null(True) & ~walk_400m_s.is_null()


@criterion(contradiction=True)
def contradiction_vertebral_fracture(
    fracture_vertebral: Expr, vertebral_fracture_count: Expr, genant_max_grade: Expr
) -> Expr:
    """One record says that a vertebra is broken and another that none is; the yes counts."""
    records = [fracture_vertebral, vertebral_fracture_count > 0, genant_max_grade > 0]
    return any_of([is_yes(record) for record in records]) & any_of(
        [~record.fill_null(True) for record in records]
    )


@criterion(contradiction=True)
def contradiction_sarc_f(
    sarc_f_score: Expr,
    sarc_f_strength: Expr,
    sarc_f_assistance: Expr,
    sarc_f_rise: Expr,
    sarc_f_climb: Expr,
    sarc_f_falls: Expr,
) -> Expr:
    """The SARC-F total is not the sum of its items; the total counts."""
    items = sarc_f_strength + sarc_f_assistance + sarc_f_rise + sarc_f_climb + sarc_f_falls
    return is_yes(sarc_f_score != items)


@criterion(contradiction=True)
def contradiction_sppb(
    sppb_score: Expr, sppb_balance_points: Expr, sppb_gait_points: Expr, sppb_chair_points: Expr
) -> Expr:
    """The SPPB total is not the sum of its parts; the total counts."""
    return is_yes(sppb_score != sppb_balance_points + sppb_gait_points + sppb_chair_points)


@criterion(contradiction=True)
def contradiction_grip(grip_kg: Expr, grip_left_kg: Expr, grip_right_kg: Expr) -> Expr:
    """The best grip as given is not the better of the left and the right; the given one counts."""
    both = ~(grip_left_kg.is_null() | grip_right_kg.is_null())
    return is_yes((grip_kg != higher_of(grip_left_kg, grip_right_kg)) & both)


TEMPLATES = (
    contradiction_chair_stand,
    contradiction_walk,
    contradiction_walk_400m,
    contradiction_vertebral_fracture,
    contradiction_sarc_f,
    contradiction_sppb,
    contradiction_grip,
)


@listing
def contradictions(
    contradiction_chair_stand: Expr,
    contradiction_walk: Expr,
    contradiction_walk_400m: Expr,
    contradiction_vertebral_fracture: Expr,
    contradiction_sarc_f: Expr,
    contradiction_sppb: Expr,
    contradiction_grip: Expr,
) -> Listing:
    """The contradictions in what is known of this person."""
    answers = (
        contradiction_chair_stand,
        contradiction_walk,
        contradiction_walk_400m,
        contradiction_vertebral_fracture,
        contradiction_sarc_f,
        contradiction_sppb,
        contradiction_grip,
    )
    return Listing(
        tuple((answer, (template.name,)) for template, answer in zip(TEMPLATES, answers, strict=True))
    )


def contradiction_rules() -> tuple[Rule, ...]:
    """Every contradiction, and the list of them."""
    return (*(template.rule() for template in TEMPLATES), contradictions.rule())
