"""Low-trauma fractures: three ways to record one of a vertebra, and the groups of sites that definitions name."""

from __future__ import annotations

from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import category, criterion
from myosteon.logic.three_valued import Done, Expr, any_done, any_of


@criterion
def vertebral_fracture(
    fracture_vertebral: Expr, vertebral_fracture_count: Expr, genant_max_grade: Expr
) -> Expr:
    """A vertebra is broken by history, by count or by grade, judged on those of the three that were recorded."""
    return any_done(
        [Done(fracture_vertebral), Done(vertebral_fracture_count > 0), Done(genant_max_grade > 0)]
    )


@criterion
def any_low_trauma_fracture(
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    fracture_proximal_humerus: Expr,
    fracture_pelvis: Expr,
    fracture_distal_forearm: Expr,
    fracture_other: Expr,
) -> Expr:
    """Any low-trauma fracture since the age of 40: hip, vertebra, proximal humerus, pelvis, distal forearm or another."""
    return any_of(
        [
            fracture_hip,
            vertebral_fracture,
            fracture_proximal_humerus,
            fracture_pelvis,
            fracture_distal_forearm,
            fracture_other,
        ]
    )


@criterion
def humerus_pelvis_or_forearm_fracture(
    fracture_proximal_humerus: Expr, fracture_pelvis: Expr, fracture_distal_forearm: Expr
) -> Expr:
    """A low-trauma fracture of the proximal humerus, the pelvis or the distal forearm."""
    return any_of([fracture_proximal_humerus, fracture_pelvis, fracture_distal_forearm])


GENANT_GRADES = ("none", "mild", "moderate", "severe")


@category(levels=GENANT_GRADES)
def vertebral_fracture_grade(genant_max_grade: Expr) -> FirstTrue:
    """The worst vertebra by Genant's semiquantitative grades 0 to 3, in words."""
    return FirstTrue(tuple((genant_max_grade == grade, word) for grade, word in enumerate(GENANT_GRADES)))


TEMPLATES = (
    vertebral_fracture,
    any_low_trauma_fracture,
    humerus_pelvis_or_forearm_fracture,
    vertebral_fracture_grade,
)
