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
    osteoporosis_by_t_score: Expr, fracture_hip: Expr, vertebral_fracture: Expr, osteoporosis_by_low_bone_mass: Expr
) -> Expr:
    """Osteoporosis: T-score -2.5 or lower, or a fragility fracture of hip or vertebra, or low bone mass with one of proximal humerus, pelvis or distal forearm."""
    return any_of([osteoporosis_by_t_score, fracture_hip, vertebral_fracture, osteoporosis_by_low_bone_mass])


@listing
def osteoporosis_china2022_needs(
    osteoporosis_china2022: Expr,
    t_score_bands_apply: Expr,
    t_score_osteoporotic: Expr,
    t_score_between: Expr,
    low_bone_mass: Expr,
    humerus_pelvis_or_forearm_fracture: Expr,
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
    t_score_may_prove = may_be_yes(t_score_osteoporotic) | (
        may_be_yes(t_score_between) & may_be_yes(humerus_pelvis_or_forearm_fracture)
    )
    bands_decide = all_of([is_open, t_score_bands_apply.is_null(), t_score_may_prove])
    t_score_decides = all_of([is_open, t_score_osteoporotic.is_null(), may_be_yes(t_score_bands_apply)])
    others_decide = all_of([is_open, may_be_yes(low_bone_mass), may_be_no(humerus_pelvis_or_forearm_fracture)])
    return Listing(
        (
            *band_parts(bands_decide, sex, age_years, postmenopausal, women_taken_from),
            (t_score_decides, SITES_WITH_RADIUS),
            (is_open & fracture_hip.is_null(), ("fracture_hip",)),
            (
                is_open & vertebral_fracture.is_null(),
                ("fracture_vertebral", "vertebral_fracture_count", "genant_max_grade"),
            ),
            (others_decide & fracture_proximal_humerus.is_null(), ("fracture_proximal_humerus",)),
            (others_decide & fracture_pelvis.is_null(), ("fracture_pelvis",)),
            (others_decide & fracture_distal_forearm.is_null(), ("fracture_distal_forearm",)),
        )
    )


EVIDENCE = load_evidence("cutoffs", "osteoporosis_china2022")
TEMPLATES = (
    osteoporosis_by_t_score,
    t_score_between,
    low_bone_mass,
    osteoporosis_by_low_bone_mass,
    osteoporosis_china2022,
)


def _rules(settings: Settings) -> tuple[Rule, ...]:
    t_score = {"t_score": "t_score_lowest_with_radius"}
    criteria = [
        template.rule("china2022", inputs=t_score, cutoff=EVIDENCE.cutoff(template.name))
        for template in (t_score_osteoporotic, t_score_below_normal)
    ]
    names = {"t_score_osteoporotic", "t_score_below_normal", "t_score_between", "low_bone_mass"} | {
        "osteoporosis_by_t_score",
        "osteoporosis_by_low_bone_mass",
    }
    inputs = {name: f"{name}_china2022" for name in names}
    taken_from = load_evidence("cutoffs", "bone_who").cutoff("women_taken_from")
    own = [template.rule(inputs=inputs) for template in TEMPLATES]
    own.append(osteoporosis_china2022_needs.rule(inputs=inputs, women_taken_from=taken_from))
    return (
        *criteria,
        *(renamed(rule, name=inputs.get(rule.name, rule.name), definition=EVIDENCE.id) for rule in own),
    )


GUIDELINE = Guideline(EVIDENCE, _rules, ("osteoporosis_china2022", "osteoporosis_china2022_needs"))
