"""Lines on falls, tests, special situations, referral and follow-up: limits below, at and above, and unknown."""

from __future__ import annotations

import pytest

from care.caring import SARCOPENIC, WELL, lines_of, rows
from myosteon.evidence.care_load import load_care

OSTEOPOROTIC = {**WELL, "t_score_total_hip": -2.8}
YOUNG = {"age_years": 34.0, "postmenopausal": False}
T_SCORES = ("t_score_lumbar_spine", "t_score_femoral_neck", "t_score_total_hip")
BROKE_ON_DRUG = {
    "drug": "alendronate",
    "drug_stopped": False,
    "fracture_hip": True,
    "fracture_on_treatment": True,
    "months_since_last_fracture": 0.0,
}
YES, NO, OPEN = True, False, None


def answer(person: dict[str, object], line: str) -> bool | None:
    found: bool | None = rows([person], [f"line_{line}"])[0][f"line_{line}"]
    return found


@pytest.mark.parametrize(
    ("line", "change", "expected"),
    [
        # falls and habits
        ("home_safe", {}, OPEN),
        ("home_safe", {"home_hazards": False, "falls_12m": 1}, YES),
        ("home_safe", {"home_hazards": False, "tug_s": 12.0}, YES),
        ("home_safe", {"home_hazards": False, "tug_s": 11.9}, NO),
        ("falls_not_asked", {"falls_12m": None}, YES),
        ("falls_not_asked", {}, NO),
        ("alcohol", {"alcohol_units_day": 2.9}, NO),
        ("alcohol", {"alcohol_units_day": 3.0}, YES),
        ("alcohol", {}, OPEN),
        ("alcohol_liver", {"cirrhosis": True, "alcohol_units_day": 0.1}, YES),
        ("alcohol_liver", {"alcohol_units_day": 0.1}, NO),
        ("fall_medicines", {"medications": "diazepam"}, YES),
        ("fall_medicines", {"medications": "none"}, NO),
        ("fall_medicines_unknown", {}, YES),
        ("bone_harming_medicines", {"medications": "omeprazole"}, YES),
        ("bone_harming_medicines", {"medications": "none", "glucocorticoid_mg_day": 5.0}, YES),
        ("thyroxine_excess", {"medications": "levothyroxine", "tsh_miu_l": 0.01}, YES),
        ("testosterone_avoid", {"sex": "male", "t_score_total_hip": -2.8, "hypogonadism": False}, YES),
        ("testosterone_avoid", {"sex": "male", "t_score_total_hip": -2.8, "hypogonadism": True}, NO),
        ("testosterone_avoid", {"sex": "male", "t_score_total_hip": -2.8}, OPEN),
        # tests: asked for while unknown, and only of whom they are for
        ("test_calcium", {"t_score_total_hip": -2.8, "calcium_mmol_l": None}, YES),
        ("test_calcium", {"t_score_total_hip": -2.8}, NO),
        ("test_calcium", {"calcium_mmol_l": None, "z_score_lumbar_spine": 0.0}, NO),
        ("test_kidney", {"egfr_ml_min_1_73m2": None}, YES),
        ("test_kidney", {"egfr_ml_min_1_73m2": None, "age_years": 64.0, "z_score_lumbar_spine": 0.0}, NO),
        ("test_testosterone", {"sex": "male", "t_score_total_hip": -2.8}, YES),
        ("test_testosterone", {"t_score_total_hip": -2.8}, NO),
        ("test_electrophoresis", {"t_score_total_hip": -2.8, "haemoglobin_g_l": 109.0}, YES),
        (
            "test_electrophoresis",
            {"t_score_total_hip": -2.8, "haemoglobin_g_l": 110.0, "z_score_lumbar_spine": 0.0},
            NO,
        ),
        (
            "test_dxa",
            {"t_score_lumbar_spine": None, "t_score_femoral_neck": None, "t_score_total_hip": None},
            YES,
        ),
        ("test_dxa", {}, NO),
        ("spine_film_pain", {"new_back_pain": False, "height_loss_12m_cm": 1.9}, NO),
        ("spine_film_pain", {"new_back_pain": False, "height_loss_12m_cm": 2.0}, YES),
        ("spine_film_pain", {"new_back_pain": False}, OPEN),
        ("spine_film_pain", {"new_back_pain": True, **YOUNG, "pregnant": True}, NO),
        ("spine_film_pain", {"new_back_pain": True, **YOUNG}, OPEN),
        ("pregnancy_back_pain", {"new_back_pain": True, **YOUNG, "pregnant": True}, YES),
        ("calcium_high", {"calcium_mmol_l": 2.6}, NO),
        ("calcium_high", {"calcium_mmol_l": 2.61}, YES),
        ("calcium_high", {"calcium_mmol_l": None}, OPEN),
        ("calcium_low", {"calcium_mmol_l": 2.1}, NO),
        ("calcium_low", {"calcium_mmol_l": 2.09}, YES),
        ("thigh_pain", {"thigh_or_groin_pain": True, "drug": "alendronate"}, YES),
        ("thigh_pain", {"thigh_or_groin_pain": True, "drug": "none", "drug_years": 0.0}, NO),
        # special situations
        ("pregnancy_wean", {**YOUNG, "breastfeeding": True, "fracture_vertebral": True}, YES),
        ("pregnancy_wean", {**YOUNG, "breastfeeding": False}, NO),
        ("pregnancy_wean", {"age_years": 55.0, "breastfeeding": None, "fracture_vertebral": True}, NO),
        ("pregnancy_wean", {}, NO),
        ("acromegaly_spine", {"acromegaly": True}, YES),
        ("acromegaly_spine", {}, OPEN),
        ("liver_snack", {"cirrhosis": True}, YES),
        ("liver_severe", {"cirrhosis": True, "child_pugh": "c"}, YES),
        ("liver_severe", {"cirrhosis": True, "child_pugh": "b"}, NO),
        ("liver_severe", {"cirrhosis": True}, OPEN),
        ("liver_severe", {}, NO),
        ("cancer_bone", {"cancer": True, "bone_metastasis": None}, YES),
        ("cancer_bone", {"cancer": True}, NO),
        ("cancer_hormone_treatment", {"medications": "anastrozole", "t_score_total_hip": -2.0}, NO),
        ("cancer_hormone_treatment", {"medications": "anastrozole", "t_score_total_hip": -2.1}, YES),
        ("glucocorticoid_assess", {"glucocorticoid_mg_day": 2.5, "glucocorticoid_months": 3.0}, NO),
        ("glucocorticoid_assess", {"glucocorticoid_mg_day": 2.5, "glucocorticoid_months": 3.1}, YES),
        ("glucocorticoid_assess", {"glucocorticoid_mg_day": 2.4, "glucocorticoid_months": 9.0}, NO),
        ("kidney_bone", {"t_score_total_hip": -2.8, "egfr_ml_min_1_73m2": 29.9}, YES),
        ("kidney_bone", {"t_score_total_hip": -2.8, "egfr_ml_min_1_73m2": 30.0}, NO),
        ("diabetes_medicines", {"medications": "pioglitazone"}, YES),
        # referral
        ("refer_fresh_fracture", {"fracture_hip": True, "months_since_hip_fracture": 2.9}, YES),
        ("refer_fresh_fracture", {"fracture_hip": True, "months_since_hip_fracture": 3.0}, NO),
        ("refer_fresh_fracture", {"fracture_hip": True}, OPEN),
        ("refer_fracture_on_treatment", {**BROKE_ON_DRUG, "drug_years": 0.9}, NO),
        ("refer_fracture_on_treatment", {**BROKE_ON_DRUG, "drug_years": 1.0}, YES),
        (
            "refer_fracture_on_treatment",
            {**BROKE_ON_DRUG, "drug_years": 1.0, "months_since_last_fracture": None},
            OPEN,
        ),
        ("refer_kidney", {"t_score_total_hip": -2.8, "egfr_ml_min_1_73m2": 34.9}, YES),
        ("refer_kidney", {"t_score_total_hip": -2.8, "egfr_ml_min_1_73m2": 35.0}, NO),
        ("refer_kidney", {"t_score_total_hip": -2.8, "egfr_ml_min_1_73m2": 29.9}, NO),
        ("kidney_referral", {"t_score_total_hip": -2.8, "egfr_ml_min_1_73m2": 29.9}, YES),
        ("refer_kidney", {"t_score_total_hip": -2.8, "egfr_ml_min_1_73m2": None}, OPEN),
        ("refer_laboratory", {"pth_pg_ml": 65.0, "unexplained_high_alkaline_phosphatase": False}, NO),
        ("refer_laboratory", {"pth_pg_ml": 65.1, "unexplained_high_alkaline_phosphatase": False}, YES),
        (
            "refer_down",
            {
                "t_score_total_hip": -2.8,
                "stable_on_plan": True,
                "diagnosis_unclear": False,
                "severe_complication": False,
            },
            YES,
        ),
        (
            "refer_down",
            {
                "t_score_total_hip": -2.8,
                "stable_on_plan": True,
                "diagnosis_unclear": True,
                "severe_complication": False,
            },
            NO,
        ),
        # follow-up
        ("density_again", {"t_score_total_hip": -2.5, "drug": "alendronate"}, YES),
        ("density_again", {"t_score_total_hip": -2.4, "drug": "alendronate"}, NO),
        ("density_again", {"fracture_hip": True, "drug": "alendronate", **dict.fromkeys(T_SCORES)}, NO),
        ("density_again", {"t_score_total_hip": -2.5, "drug": "none"}, NO),
        ("density_again_without_drug", {"t_score_total_hip": -2.5, "drug": "none"}, YES),
        ("density_again_without_drug", {"t_score_total_hip": -2.5, "drug": None}, YES),
        ("density_again_without_drug", {"t_score_total_hip": -2.5, "drug": "alendronate"}, NO),
        ("density_again_without_drug", {"t_score_total_hip": -2.4, "drug": "none"}, NO),
        ("time_to_benefit", {"age_years": 75.0, "t_score_total_hip": -2.8, "sppb_score": 3}, YES),
        ("time_to_benefit", {"age_years": 74.9, "t_score_total_hip": -2.8, "sppb_score": 3}, NO),
        ("markers_three_months", {"drug": "alendronate", "drug_years": 0.4}, YES),
        ("markers_three_months", {"drug": "alendronate", "drug_years": 0.5}, NO),
        ("yearly_look", {"age_years": 50.0}, YES),
        ("yearly_look", {"age_years": 49.9}, NO),
    ],
)
def test_whom_a_line_is_for(line: str, change: dict[str, object], expected: bool | None) -> None:
    assert answer({**WELL, **change}, line) is expected


def test_what_is_asked_for_is_never_asked_for_once_it_is_known() -> None:
    """Every test of the first panel appears for a person with osteoporosis of whom nothing was tested, and then goes."""
    panel = {
        "test_calcium": {"calcium_mmol_l": 2.3},
        "test_kidney": {"egfr_ml_min_1_73m2": 80.0},
        "test_vitamin_d": {"vitamin_d_25oh_ng_ml": 30.0},
        "test_parathyroid_hormone": {"pth_pg_ml": 40.0},
        "test_first_panel": {
            "phosphate_mmol_l": 1.1,
            "alkaline_phosphatase_u_l": 80.0,
            "albumin_g_l": 42.0,
            "haemoglobin_g_l": 130.0,
            "crp_mg_l": 2.0,
            "urine_calcium_mmol_day": 5.0,
        },
        "test_hormones_and_sugar": {"tsh_miu_l": 2.0, "hba1c_percent": 5.5},
    }
    tested = {measure: value for found in panel.values() for measure, value in found.items()}
    untested = {**OSTEOPOROTIC, **dict.fromkeys(tested)}
    assert lines_of(untested, tuple(panel)) == set(panel)
    for measure in tested:
        all_but_one = {**OSTEOPOROTIC, **tested, measure: None}
        assert lines_of(all_but_one, tuple(panel)) == {id for id, found in panel.items() if measure in found}
    assert lines_of({**OSTEOPOROTIC, **tested}, tuple(panel)) == set()


def test_follow_up_has_a_day() -> None:
    (follow_up,) = (one for one in load_care() if one.id == "follow_up")
    dated = {line.id: line.due for line in follow_up.lines if line.id != "before_start"}
    assert all(isinstance(due, int | float) and due > 0 for due in dated.values())
    # Twelve weeks, six months, twelve months (facts/interventions.md 6, rule 7).
    assert (dated["strength_again"], dated["half_year_visit"], dated["density_again"]) == (84, 182, 365)


def test_a_plan_is_never_empty() -> None:
    every = tuple(line.id for one in load_care() for line in one.lines)
    assert lines_of({}, every)
    assert {"salt", "exercise_ask_first"} & lines_of(WELL, every)
    assert {"strength_d", "protein_raised"} <= lines_of({**WELL, **SARCOPENIC}, every)
