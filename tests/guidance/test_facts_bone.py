"""Facts about bone, fractures and bone drugs that recommendations ask for: each with its yes, its no and its unknown."""

from __future__ import annotations

from typing import Any

import pytest

from guidance.facts_told import told_of

Person = dict[str, Any]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"prior_osteoporosis_diagnosis": True}, True),
        ({"sex": "female", "age_years": 70.0, "t_score_femoral_neck": -2.6, "postmenopausal": True}, True),
        # A broken hip is osteoporosis by the Chinese guideline, whatever bone density is.
        ({"sex": "female", "age_years": 70.0, "fracture_hip": True}, True),
        ({"prior_osteoporosis_diagnosis": False}, False),
        # Known disease is asked for: nothing known is a no.
        ({}, False),
    ],
)
def test_known_osteoporosis_has_two_answers(person: Person, expected: bool) -> None:
    assert told_of("known_osteoporosis", [{"age_years": None, **person}]) == [expected]


SAFE = {"creatinine_clearance_ml_min": 70.0, "calcium_mmol_l": 2.3, "atypical_femoral_fracture": False}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, False),
        ({"creatinine_clearance_ml_min": 35.0}, False),
        ({"creatinine_clearance_ml_min": 34.9}, True),
        ({"calcium_mmol_l": 2.09}, True),
        ({"calcium_mmol_l": 2.1}, False),
        ({"atypical_femoral_fracture": True}, True),
        ({"creatinine_clearance_ml_min": None}, None),
        ({"calcium_mmol_l": None}, None),
        ({"atypical_femoral_fracture": None}, None),
        # One reason is enough, whatever else is unknown.
        ({"calcium_mmol_l": None, "creatinine_clearance_ml_min": 20.0}, True),
        # The gullet forbids tablets only.
        ({"oesophageal_disorder": True}, False),
    ],
)
def test_bisphosphonates_are_ruled_out_as_a_class(change: Person, expected: bool | None) -> None:
    assert told_of("bisphosphonate_contraindicated", [{**SAFE, **change}]) == [expected]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"oesophageal_disorder": False, "unable_to_sit_upright_30min": False}, False),
        ({"oesophageal_disorder": True}, True),
        ({"unable_to_sit_upright_30min": True}, True),
        ({"oesophageal_disorder": False}, None),
        ({"creatinine_clearance_ml_min": 20.0}, True),
    ],
)
def test_tablets_are_ruled_out_by_gullet_and_posture_too(change: Person, expected: bool | None) -> None:
    assert told_of("oral_bisphosphonate_contraindicated", [{**SAFE, **change}]) == [expected]


def test_clearance_is_computed_where_it_was_not_given() -> None:
    # (140 - 80) x 50 kg / (72 x 2 mg/dL) x 0.85 = 17.7 mL/min
    woman = {"sex": "female", "age_years": 80.0, "weight_kg": 50.0, "creatinine_umol_l": 176.8}
    assert told_of("bisphosphonate_contraindicated", [woman]) == [True]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"bisphosphonate_intolerant": True}, True),
        ({"oral_bisphosphonate_intolerance": True, "bisphosphonate_intolerant": False}, True),
        ({"hypersensitivity_bisphosphonate": True}, True),
        ({"bisphosphonate_intolerant": False}, False),
        # Who never had a bone drug cannot have failed to tolerate one.
        ({"drug": "none", "prior_drug": "none"}, False),
        ({"drug": "none", "prior_drug": "none", "hypersensitivity_bisphosphonate": True}, True),
        ({"drug": "none", "prior_drug": "alendronate"}, None),
        # That tablets are tolerated does not tell of infusions.
        ({"oral_bisphosphonate_intolerance": False}, None),
        ({}, None),
    ],
)
def test_intolerance_of_bisphosphonates(person: Person, expected: bool | None) -> None:
    assert told_of("bisphosphonate_intolerant", [{"drug": None, **person}]) == [expected]


def test_lost_bone_density_is_a_share_of_what_there_was_before() -> None:
    # 0.760 after a loss of 0.040 is 5 % of 0.800; 0.693 after a loss of 0.007 is 1 % of 0.700.
    spine = {"bmd_lumbar_spine_g_cm2": 0.760, "bmd_change_lumbar_spine_g_cm2": -0.040}
    hip = {"bmd_total_hip_g_cm2": 0.693, "bmd_change_total_hip_g_cm2": -0.007}
    gained = {"bmd_total_hip_g_cm2": 0.714, "bmd_change_total_hip_g_cm2": 0.014}
    people: list[Person] = [
        {**spine, **hip},
        hip,
        gained,
        {**spine, **hip, "bmd_loss_percent": 3.0},
        {"bmd_lumbar_spine_g_cm2": 0.760},
        {"bmd_change_total_hip_g_cm2": -0.007},
    ]
    assert told_of("bmd_loss_percent", people) == pytest.approx([5.0, 1.0, -2.0, 3.0, None, None])


ON_DRUG = {"drug": "alendronate", "drug_years": 5.0}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        # Ten months ago, after more than four years on it.
        ({**ON_DRUG, "months_since_last_fracture": 10.0}, True),
        ({**ON_DRUG, "months_since_last_fracture": 48.0}, True),
        # In the first year on it, and before it was begun.
        ({**ON_DRUG, "months_since_last_fracture": 48.5}, False),
        ({**ON_DRUG, "months_since_last_fracture": 90.0, "fracture_on_treatment": True}, False),
        ({**ON_DRUG, "fracture_on_treatment": False}, False),
        ({**ON_DRUG, "fracture_on_treatment": False, "months_since_last_fracture": 10.0}, False),
        ({**ON_DRUG, "fracture_on_treatment": True}, None),
        ({"drug": "alendronate", "drug_years": 0.9, "fracture_on_treatment": True}, False),
        ({"drug": "alendronate", "months_since_last_fracture": 1.0}, None),
        ({"drug": "none", "fracture_on_treatment": True}, False),
        ({"fracture_on_treatment": True, "months_since_last_fracture": 2.0, "drug_years": 5.0}, None),
        (
            {
                **ON_DRUG,
                "fracture_hip": False,
                "fracture_vertebral": False,
                "fracture_proximal_humerus": False,
                "fracture_pelvis": False,
                "fracture_distal_forearm": False,
                "fracture_other": False,
            },
            False,
        ),
    ],
)
def test_a_fracture_counts_against_a_drug_after_a_year_on_it(person: Person, expected: bool | None) -> None:
    assert told_of("fracture_on_therapy", [{"drug": None, **person}]) == [expected]


def test_fractures_on_therapy_are_counted_as_given_or_where_the_number_follows() -> None:
    people: list[Person] = [
        {"fractures_on_therapy_count": 2, **ON_DRUG, "fracture_on_treatment": False},
        {**ON_DRUG, "fracture_on_treatment": False},
        {**ON_DRUG, "months_since_last_fracture": 10.0, "fracture_count": 1},
        {**ON_DRUG, "months_since_last_fracture": 10.0, "fracture_count": 3},
        {**ON_DRUG, "months_since_last_fracture": 10.0},
        {**ON_DRUG},
    ]
    assert told_of("fractures_on_therapy_count", people) == [2, 0, 1, None, None, None]


def test_frax_is_set_against_the_threshold_that_was_given() -> None:
    people: list[Person] = [
        {"frax_major_percent": 18.0, "frax_intervention_threshold_percent": 15.0},
        {"frax_major_percent": 18.0},
        {"frax_intervention_threshold_percent": 15.0},
    ]
    assert told_of("frax_intervention_ratio", people) == pytest.approx([1.2, None, None])


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"denosumab_stop_planned": True, "drug": "denosumab"}, True),
        ({"drug": "denosumab", "planned_drug": "alendronate"}, True),
        ({"drug": "denosumab", "drug_stopped": True}, True),
        ({"drug": "denosumab", "denosumab_stop_planned": False}, False),
        ({"drug": "denosumab", "denosumab_stop_planned": False, "planned_drug": "teriparatide"}, True),
        ({"drug": "denosumab", "planned_drug": "denosumab"}, None),
        ({"drug": "denosumab", "planned_drug": "none"}, None),
        ({"drug": "denosumab"}, None),
        ({"drug": "alendronate", "planned_drug": "denosumab"}, False),
        ({"drug": "none"}, False),
        ({}, None),
    ],
)
def test_denosumab_is_to_be_stopped(person: Person, expected: bool | None) -> None:
    assert told_of("denosumab_stop_planned", [{"drug": None, **person}]) == [expected]


def test_names_of_the_corpus_say_what_the_project_says_by_another_name() -> None:
    people: list[Person] = [
        {"genant_max_grade": 1, "t_score_femoral_neck": -2.0, "t_score_total_hip": -2.4},
        {"fracture_vertebral": False, "t_score_total_hip": -1.0},
        {"age_years": 70.0},
    ]
    assert told_of("any_vertebral_fracture", people) == [True, False, None]
    assert told_of("hip_t_score_lowest", people) == [-2.4, -1.0, None]
    asked: list[Person] = [{"pregnancy_osteoporosis": answer} for answer in (True, False, None)]
    assert told_of("plo_history", asked) == [True, False, None]
    cancer: list[Person] = [{"oestrogen_dependent_cancer": answer} for answer in (True, False, None)]
    assert told_of("hormone_sensitive_cancer", cancer) == [True, False, None]
