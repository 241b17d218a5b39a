"""Osteoporosis by the Chinese guideline of 2022: by T-score, by a hip or vertebral fracture, or by low bone mass with another."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule, criterion, listing, renamed, verdict
from myosteon.logic.three_valued import Expr, all_of, any_of, may_be_no, may_be_yes
from myosteon.rules.bone_density import t_score_below_normal, t_score_osteoporotic
from myosteon.rules.guideline import Guideline, Settings
from myosteon.rules.osteoporosis.needs import SITES_WITH_RADIUS, band_parts


@criterion
def osteoporosis_by_t_score(t_score_bands_apply: Expr, t_score_osteoporotic: Expr) -> Expr:
    """The T-score bands apply and the lowest T-score, the one-third radius among the sites, is -2.5 or lower."""
    return t_score_bands_apply & t_score_osteoporotic


@criterion
def t_score_between(t_score_osteoporotic: Expr, t_score_below_normal: Expr) -> Expr:
    """The lowest T-score lies between -2.5 and -1.0."""
    return t_score_below_normal & ~t_score_osteoporotic


@criterion
def low_bone_mass(t_score_bands_apply: Expr, t_score_between: Expr) -> Expr:
    """The T-score bands apply and the lowest T-score lies between -2.5 and -1.0."""
    return t_score_bands_apply & t_score_between


@criterion
def osteoporosis_by_low_bone_mass(low_bone_mass: Expr, humerus_pelvis_or_forearm_fracture: Expr) -> Expr:
    """Low bone mass with a fragility fracture of the proximal humerus, the pelvis or the distal forearm."""
    return low_bone_mass & humerus_pelvis_or_forearm_fracture


@verdict
def osteoporosis_china2022(
    osteoporosis_by_t_score: Expr,
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    osteoporosis_by_low_bone_mass: Expr,
) -> Expr:
    """Osteoporosis: T-score -2.5 or lower, or a fragility fracture of hip or vertebra, or low bone mass with one of proximal humerus, pelvis or distal forearm."""
    return any_of([osteoporosis_by_t_score, fracture_hip, vertebral_fracture, osteoporosis_by_low_bone_mass])


@verdict
def bands_decide(
    osteoporosis: Expr,
    t_score_bands_apply: Expr,
    t_score_osteoporotic: Expr,
    t_score_between: Expr,
    humerus_pelvis_or_forearm_fracture: Expr,
) -> Expr:
    """Osteoporosis is open, and depends on whether the T-score bands apply."""
    with_fracture = may_be_yes(t_score_between) & may_be_yes(humerus_pelvis_or_forearm_fracture)
    may_prove = may_be_yes(t_score_osteoporotic) | with_fracture
    return all_of([osteoporosis.is_null(), t_score_bands_apply.is_null(), may_prove])


@verdict
def t_score_decides(osteoporosis: Expr, t_score_bands_apply: Expr, t_score_osteoporotic: Expr) -> Expr:
    """Osteoporosis is open, and depends on a T-score that was not measured."""
    return all_of([osteoporosis.is_null(), t_score_osteoporotic.is_null(), may_be_yes(t_score_bands_apply)])


@verdict
def lesser_fractures_decide(
    osteoporosis: Expr, low_bone_mass: Expr, humerus_pelvis_or_forearm_fracture: Expr
) -> Expr:
    """Osteoporosis is open, and depends on fractures that count with low bone mass."""
    return all_of(
        [osteoporosis.is_null(), may_be_yes(low_bone_mass), may_be_no(humerus_pelvis_or_forearm_fracture)]
    )


@listing
def osteoporosis_china2022_needs(
    osteoporosis_china2022: Expr,
    bands_decide: Expr,
    t_score_decides: Expr,
    lesser_fractures_decide: Expr,
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    fracture_proximal_humerus: Expr,
    fracture_pelvis: Expr,
    fracture_distal_forearm: Expr,
    sex: Expr,
    age_years: Expr,
    postmenopausal: Expr,
    *,
    women_taken_from: Cutoff,
) -> Listing:
    """The unknown measurements on which osteoporosis depends."""
    is_open = osteoporosis_china2022.is_null()
    return Listing(
        (
            *band_parts(bands_decide, sex, age_years, postmenopausal, women_taken_from),
            (t_score_decides, SITES_WITH_RADIUS),
            (is_open & fracture_hip.is_null(), ("fracture_hip",)),
            (
                is_open & vertebral_fracture.is_null(),
                ("fracture_vertebral", "vertebral_fracture_count", "genant_max_grade"),
            ),
            (lesser_fractures_decide & fracture_proximal_humerus.is_null(), ("fracture_proximal_humerus",)),
            (lesser_fractures_decide & fracture_pelvis.is_null(), ("fracture_pelvis",)),
            (lesser_fractures_decide & fracture_distal_forearm.is_null(), ("fracture_distal_forearm",)),
        )
    )


EVIDENCE = load_evidence("cutoffs", "osteoporosis_china2022")
NAMED_BY_DEFINITION = (
    osteoporosis_by_t_score,
    t_score_between,
    low_bone_mass,
    osteoporosis_by_low_bone_mass,
    bands_decide,
    t_score_decides,
    lesser_fractures_decide,
)
CRITERIA = (t_score_osteoporotic, t_score_below_normal)


def _rules(settings: Settings) -> tuple[Rule, ...]:
    own = {template.name: f"{template.name}_china2022" for template in (*CRITERIA, *NAMED_BY_DEFINITION)}
    inputs = {**own, "osteoporosis": "osteoporosis_china2022", "t_score": "t_score_lowest_with_radius"}
    taken_from = load_evidence("cutoffs", "bone_who").cutoff("women_taken_from")
    rules = (
        *(t.rule("china2022", inputs=inputs, cutoff=EVIDENCE.cutoff(t.name)) for t in CRITERIA),
        *(template.rule("china2022", inputs=inputs) for template in NAMED_BY_DEFINITION),
        osteoporosis_china2022.rule(inputs=inputs),
        osteoporosis_china2022_needs.rule(inputs=inputs, women_taken_from=taken_from),
    )
    return tuple(renamed(rule, definition=EVIDENCE.id) for rule in rules)


GUIDELINE = Guideline(EVIDENCE, _rules, ("osteoporosis_china2022", "osteoporosis_china2022_needs"))
