"""The rules that stand outside any one definition: quantities, instruments, equations, fractures, contradictions."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.logic.rule import Rule
from myosteon.rules import derived, fractures
from myosteon.rules.bone_density import bone_density_rules
from myosteon.rules.bone_density_reference import bone_density_reference_rules, t_score_completion_rules
from myosteon.rules.contradictions import contradiction_rules
from myosteon.rules.guideline import Settings
from myosteon.rules.lean_mass_equations import lean_mass_equation_rules
from myosteon.rules.screening import screening_rules
from myosteon.rules.sppb import sppb_rules


def library_rules(settings: Settings) -> tuple[Rule, ...]:
    """Every rule that definitions may build on."""
    return (
        *(template.rule() for template in derived.TEMPLATES),
        *(template.rule() for template in fractures.TEMPLATES),
        *bone_density_rules(
            load_evidence("cutoffs", "bone_who"), load_evidence("cutoffs", "osteosarcopenia")
        ),
        *sppb_rules(),
        *screening_rules(),
        *contradiction_rules(),
        *lean_mass_equation_rules(),
        *bone_density_reference_rules(),
        *t_score_completion_rules(settings.t_score_reference),
    )


# The columns of the contract that no definition owns, in its order.
CONTRACT_COLUMNS = (
    "t_score_lowest",
    "bmi",
    "asmi",
    "asm_bmi",
    "sarc_f_score",
    "sarc_f_positive",
    "sarc_calf_score",
    "sarc_calf_positive",
    "calf_low_awgs2019",
    "finger_ring_positive",
    "ishii_score",
    "ishii_positive",
    "msra5_score",
    "msra5_positive",
    "msra7_score",
    "msra7_positive",
    "frail_score",
    "frail_status",
    "sppb_score",
    "osta_index",
    "osta_risk",
    "ost_index",
    "orai_score",
    "sarcopenia_index",
    "height_loss_cm",
)

# Answers beyond the contract, given where a file holds what they need.
FURTHER_COLUMNS = (
    "orai_positive",
    "sarc_f_ebm_score",
    "sarc_f_ebm_positive",
    "fried_score",
    "fried_status",
    "vertebral_fracture_grade",
    "sarcopenic_obesity_espen_easo",
    "osteosarcopenic_obesity_awgs2019",
    "osteosarcopenic_obesity_ewgsop2019",
    "alm_kyle2003_kg",
    "alm_sergi2015_kg",
    "alm_yoshida2014_kg",
    "skeletal_muscle_janssen2000_kg",
    "alm_wen2011_kg",
    "alm_kawakami2021_kg",
    "skeletal_muscle_lee2000_kg",
    "sbmd_lumbar_spine_mg_cm2",
    "sbmd_femoral_neck_mg_cm2",
    "sbmd_total_hip_mg_cm2",
    "t_score_lumbar_spine_hologic",
    "t_score_femoral_neck_nhanes3",
    "t_score_total_hip_nhanes3",
    "t_score_lumbar_spine_china",
    "t_score_femoral_neck_china",
    "t_score_total_hip_china",
    "t_score_lumbar_spine_changsha",
    "t_score_femoral_neck_changsha",
    "t_score_total_hip_changsha",
)

# What is said of a person beside the verdicts.
REMARK_COLUMNS = ("taken_as_postmenopausal", "contradictions")
