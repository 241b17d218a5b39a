"""What recommendations ask of bone, of fractures and of bone drugs."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, choose, higher_of, is_yes
from myosteon.rules.care.decorators import care_criterion, care_number
from myosteon.rules.care.drug_words import DENOSUMAB, NONE
from myosteon.rules.judge import DECIMALS, judge

PERCENT = 100


@care_criterion
def known_osteoporosis(prior_osteoporosis_diagnosis: Expr, osteoporosis_china2022: Expr) -> Expr:
    """Osteoporosis was diagnosed, or what is recorded proves it now; what is unknown counts as no, because known disease is asked for."""
    return is_yes(prior_osteoporosis_diagnosis) | is_yes(osteoporosis_china2022)


@care_criterion
def bisphosphonate_contraindicated(
    creatinine_clearance_for_drugs_ml_min: Expr,
    low_calcium: Expr,
    atypical_femoral_fracture: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """No bisphosphonate may be given, by whatever route: low creatinine clearance, low calcium, or an atypical femoral fracture."""
    kidney = judge(creatinine_clearance_for_drugs_ml_min, cutoff)
    return any_of([kidney, low_calcium, atypical_femoral_fracture])


@care_criterion
def oral_bisphosphonate_contraindicated(
    bisphosphonate_contraindicated: Expr, oesophageal_disorder: Expr, unable_to_sit_upright_30min: Expr
) -> Expr:
    """No bisphosphonate may be given by mouth: none at all may, the gullet is diseased, or the person cannot sit upright for half an hour."""
    return any_of([bisphosphonate_contraindicated, oesophageal_disorder, unable_to_sit_upright_30min])


@care_criterion
def bisphosphonate_intolerant(
    bisphosphonate_intolerant: Expr,
    oral_bisphosphonate_intolerance: Expr,
    hypersensitivity_bisphosphonate: Expr,
    last_drug: Expr,
) -> Expr:
    """Does not tolerate bisphosphonates: as recorded, of tablets, or by allergy; not so where there never was a bone drug and no allergy is known."""
    noted = [bisphosphonate_intolerant, oral_bisphosphonate_intolerance, hypersensitivity_bisphosphonate]
    known = is_yes(any_of(noted))
    return choose([(known, known), (last_drug == NONE, known)], bisphosphonate_intolerant)


@care_number(unit="%")
def bmd_loss_percent(
    bmd_loss_percent: Expr,
    bmd_lumbar_spine_g_cm2: Expr,
    bmd_change_lumbar_spine_g_cm2: Expr,
    bmd_total_hip_g_cm2: Expr,
    bmd_change_total_hip_g_cm2: Expr,
) -> Expr:
    """Bone density lost at lumbar spine or total hip, the larger of those measured twice; a gain is below nought; as given where it is."""

    def lost(density: Expr, change: Expr) -> Expr:
        return -change / (density - change) * PERCENT

    spine = lost(bmd_lumbar_spine_g_cm2, bmd_change_lumbar_spine_g_cm2)
    hip = lost(bmd_total_hip_g_cm2, bmd_change_total_hip_g_cm2)
    return nw.coalesce(bmd_loss_percent, higher_of(spine, hip).round(DECIMALS))


@care_criterion
def fracture_on_therapy(fracture_after_a_year_on_drug: Expr) -> Expr:
    """Broke a bone by low trauma after at least a year on the present bone drug; read as in a plan of care."""
    return fracture_after_a_year_on_drug


@care_number
def fractures_on_therapy_count(
    fractures_on_therapy_count: Expr, fracture_on_therapy: Expr, fracture_count: Expr
) -> Expr:
    """Fractures on the present bone drug: as given, else none where there was none, one where there was only one in all."""
    none = choose(
        [(~fracture_on_therapy, nw.lit(0)), (fracture_on_therapy & (fracture_count == 1), nw.lit(1))]
    )
    return nw.coalesce(fractures_on_therapy_count, none)


@care_number
def frax_intervention_ratio(frax_major_percent: Expr, frax_intervention_threshold_percent: Expr) -> Expr:
    """FRAX probability of a major fracture over the threshold of treatment that was given for the person's country and age."""
    return (frax_major_percent / frax_intervention_threshold_percent).round(DECIMALS)


@care_criterion
def denosumab_stop_planned(
    denosumab_stop_planned: Expr, drug: Expr, drug_stopped: Expr, planned_drug: Expr
) -> Expr:
    """Denosumab is to be stopped, as said or as another drug is to take its place, or it was stopped and nothing begun."""
    other = (planned_drug != NONE) & (planned_drug != DENOSUMAB)
    ending = (drug == DENOSUMAB) & (is_yes(drug_stopped) | is_yes(other))
    known = is_yes(denosumab_stop_planned) | is_yes(ending)
    return choose([(known, known), (drug != DENOSUMAB, known)], denosumab_stop_planned)


def bone_fact_rules() -> Iterator[Rule]:
    """The rules of this module."""
    limits = load_evidence("care_numbers", "guidance_facts")
    yield known_osteoporosis.rule()
    yield bisphosphonate_contraindicated.rule(cutoff=limits.cutoff("clearance_forbids_bisphosphonate"))
    yield oral_bisphosphonate_contraindicated.rule()
    yield bisphosphonate_intolerant.rule()
    yield bmd_loss_percent.rule()
    yield fracture_on_therapy.rule()
    yield fractures_on_therapy_count.rule()
    yield frax_intervention_ratio.rule()
    yield denosumab_stop_planned.rule()
