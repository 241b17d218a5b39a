"""The bands of the World Health Organization: normal, low bone mass, osteoporosis, severe osteoporosis."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.rule import Rule, category, criterion, listing, renamed, stage
from myosteon.logic.three_valued import Done, Expr, all_of, any_done, is_yes, may_be_yes
from myosteon.rules.bone_density import t_score_below_normal, t_score_osteoporotic
from myosteon.rules.guideline import Guideline, Settings
from myosteon.rules.judge import judge
from myosteon.rules.osteoporosis.needs import SITES_WITH_RADIUS, band_parts, unknown

LEVELS = ("normal", "low_bone_mass", "osteoporosis", "severe_osteoporosis")


@stage(levels=LEVELS)
def bone_who(
    t_score_bands_apply: Expr,
    t_score_osteoporotic: Expr,
    t_score_below_normal: Expr,
    any_low_trauma_fracture: Expr,
) -> FirstTrue:
    """The band of the lowest T-score that is proved; severe osteoporosis where a low-trauma fracture is added. Empty unless the bands are known to apply."""
    return FirstTrue(
        (
            (t_score_bands_apply & t_score_osteoporotic & any_low_trauma_fracture, "severe_osteoporosis"),
            (t_score_bands_apply & t_score_osteoporotic, "osteoporosis"),
            (t_score_bands_apply & t_score_below_normal, "low_bone_mass"),
            (t_score_bands_apply & ~t_score_below_normal, "normal"),
        )
    )


@stage(levels=LEVELS)
def bone_who_upto(
    t_score_bands_apply: Expr,
    t_score_osteoporotic: Expr,
    t_score_below_normal: Expr,
    any_low_trauma_fracture: Expr,
) -> FirstTrue:
    """The highest band that is not excluded. Empty unless the bands are known to apply."""
    osteoporotic = may_be_yes(t_score_osteoporotic)
    return FirstTrue(
        (
            (t_score_bands_apply & osteoporotic & may_be_yes(any_low_trauma_fracture), "severe_osteoporosis"),
            (t_score_bands_apply & osteoporotic, "osteoporosis"),
            (t_score_bands_apply & t_score_below_normal, "low_bone_mass"),
            (t_score_bands_apply & ~t_score_below_normal, "normal"),
        )
    )


@listing
def bone_who_needs(
    t_score_bands_apply: Expr,
    t_score_osteoporotic: Expr,
    any_low_trauma_fracture: Expr,
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    fracture_proximal_humerus: Expr,
    fracture_pelvis: Expr,
    fracture_distal_forearm: Expr,
    fracture_other: Expr,
    sex: Expr,
    age_years: Expr,
    postmenopausal: Expr,
    *,
    women_taken_from: Cutoff,
) -> Listing:
    """The unknown measurements on which the band depends."""
    fracture_decides = all_of(
        [is_yes(t_score_bands_apply), may_be_yes(t_score_osteoporotic), any_low_trauma_fracture.is_null()]
    )
    fractures = {
        ("fracture_hip",): fracture_hip,
        ("fracture_vertebral", "vertebral_fracture_count", "genant_max_grade"): vertebral_fracture,
        ("fracture_proximal_humerus",): fracture_proximal_humerus,
        ("fracture_pelvis",): fracture_pelvis,
        ("fracture_distal_forearm",): fracture_distal_forearm,
        ("fracture_other",): fracture_other,
    }
    return Listing(
        (
            *band_parts(t_score_bands_apply.is_null(), sex, age_years, postmenopausal, women_taken_from),
            (is_yes(t_score_bands_apply) & t_score_osteoporotic.is_null(), SITES_WITH_RADIUS),
            *((fracture_decides & unknown(answer), measures) for measures, answer in fractures.items()),
        )
    )


@criterion
def z_score_below_expected(
    z_score_lumbar_spine: Expr, z_score_femoral_neck: Expr, z_score_total_hip: Expr, *, cutoff: Cutoff
) -> Expr:
    """The lowest Z-score of the sites that were measured is -2.0 or lower."""
    sites = (z_score_lumbar_spine, z_score_femoral_neck, z_score_total_hip)
    return any_done([Done(judge(z_score, cutoff)) for z_score in sites])


@category(levels=("within_expected", "below_expected"))
def bone_age_expected(t_score_bands_apply: Expr, z_score_below_expected: Expr) -> FirstTrue:
    """For premenopausal women and men under 50: whether bone density lies below the range expected for age."""
    return FirstTrue(
        (
            (~t_score_bands_apply & z_score_below_expected, "below_expected"),
            (~t_score_bands_apply & ~z_score_below_expected, "within_expected"),
        )
    )


EVIDENCE = load_evidence("cutoffs", "bone_who")


def _rules(settings: Settings) -> tuple[Rule, ...]:
    t_score = {"t_score": "t_score_for_bone_who"}
    osteoporotic = t_score_osteoporotic.rule(
        "bone_who", inputs=t_score, cutoff=EVIDENCE.cutoff("t_score_osteoporotic")
    )
    below_normal = t_score_below_normal.rule(
        "bone_who", inputs=t_score, cutoff=EVIDENCE.cutoff("t_score_below_normal")
    )
    inputs = {"t_score_osteoporotic": osteoporotic.name, "t_score_below_normal": below_normal.name}
    verdicts = [template.rule(inputs=inputs) for template in (bone_who, bone_who_upto)]
    verdicts.append(bone_who_needs.rule(inputs=inputs, women_taken_from=EVIDENCE.cutoff("women_taken_from")))
    below_expected = z_score_below_expected.rule(cutoff=EVIDENCE.cutoff("z_score_below_expected"))
    own = (*verdicts, below_expected, bone_age_expected.rule())
    return (osteoporotic, below_normal, *(renamed(rule, definition="bone_who") for rule in own))


GUIDELINE = Guideline(EVIDENCE, _rules, ("bone_who", "bone_who_upto", "bone_who_needs", "bone_age_expected"))
