"""Which drugs are offered, by stratum and guideline, and never past a gate."""

from __future__ import annotations

import pytest

from care.caring import lines_of, one, rows
from care.drug_people import ANY_DRUG, Person, known_people, with_gaps
from care.test_drug_clock import NO_STRATUM
from myosteon.evidence.care_load import load_care

OPTIONS = next(one for one in load_care() if one.id == "drug_options")
IDS = [line.id for line in OPTIONS.lines]
OFFERED = [line.id for line in OPTIONS.lines if line.id.startswith("option_")]
BEHIND_GATES = [line for one in load_care() for line in one.lines if line.drug]

HIGH: Person = {**ANY_DRUG, **NO_STRATUM}
VERY_HIGH: Person = {**HIGH, "fracture_hip": True, "months_since_last_fracture": 6.0, "fracture_count": 1}


def offered(person: Person) -> set[str]:
    return {line.removeprefix("option_") for line in lines_of(person, OFFERED)}


def test_the_people_of_these_tests_stand_where_they_should() -> None:
    assert one(HIGH, "stratum_china2022", "stratum_aace2020") == ("high", "high")
    assert one(VERY_HIGH, "stratum_china2022", "stratum_aace2020") == ("very_high", "very_high")


def test_high_risk_begins_with_tablets_or_as_aace_has_it() -> None:
    assert offered(HIGH) == {"alendronate", "risedronate", "zoledronate", "denosumab"}


def test_very_high_risk_begins_with_the_stronger_drugs() -> None:
    stronger = {"teriparatide", "zoledronate", "denosumab", "romosozumab", "abaloparatide"}
    assert offered(VERY_HIGH) == stronger


def test_below_high_risk_nothing_is_offered_and_it_is_said() -> None:
    below = {**HIGH, "t_score_total_hip": -1.5, "t_score_femoral_neck": -1.5, "t_score_lumbar_spine": -1.5}
    assert offered(below) == set()
    assert "no_drug_by_stratum" in lines_of(below, IDS)


def test_where_tablets_cannot_be_taken_the_chinese_guideline_goes_to_needles() -> None:
    person = {**HIGH, "oesophageal_disorder": True}
    assert offered(person) == {"zoledronate", "denosumab"}


def test_who_is_on_a_drug_or_in_a_pause_begins_none() -> None:
    assert offered({**HIGH, "drug": "alendronate", "drug_years": 2.0}) == set()
    pause = {
        **HIGH,
        "prior_drug": "alendronate",
        "months_off_drug": 6.0,
        "bmd_loss_beyond_least_change": False,
    }
    assert offered(pause) == set()


@pytest.mark.parametrize("gap", ["drug", "prior_drug"])
def test_where_nobody_knows_what_was_taken_that_is_asked_first(gap: str) -> None:
    person = {**HIGH, gap: None}
    assert offered(person) == set()
    assert "drug_history_unknown" in lines_of(person, IDS)
    assert "drug_history_unknown" not in lines_of(HIGH, IDS)


def test_on_glucocorticoids_acr_has_its_own_choice() -> None:
    person = {**HIGH, "t_score_total_hip": -1.5, "t_score_femoral_neck": -1.5, "t_score_lumbar_spine": -1.5}
    person |= {"glucocorticoid_mg_day": 5.0, "glucocorticoid_months": 6.0, "frax_with_glucocorticoid": True}
    person |= {"glucocorticoid_high_dose_over_30_days": False, "glucocorticoid_cumulative_g_year": 1.8}
    assert one(person, "stratum_acr2022") == ("moderate",)
    assert offered(person) == {"alendronate", "risedronate"}


@pytest.mark.parametrize(
    ("finding", "gone"),
    [
        ("stroke_12m", {"romosozumab"}),
        ("jaw_osteonecrosis", {"zoledronate", "denosumab", "romosozumab"}),
        ("paget_disease", {"teriparatide", "abaloparatide"}),
    ],
)
def test_what_a_gate_bars_is_not_offered(finding: str, gone: set[str]) -> None:
    assert offered({**VERY_HIGH, finding: True}) == offered(VERY_HIGH) - gone
    # The step of the safety review that looks at heart and clots holds up its drugs, that of bone and jaw every drug.
    held = gone if finding == "stroke_12m" else offered(VERY_HIGH)
    assert offered({**VERY_HIGH, finding: None}) == offered(VERY_HIGH) - held


def test_falls_without_a_diagnosis_begin_no_drug() -> None:
    """The strata of AACE are strata of osteoporosis: injurious falls alone make nobody a patient."""
    falls = {**HIGH, "falls_12m": 2, "falls_injurious_12m": 2, "fracture_distal_forearm": True}
    falls |= dict.fromkeys(("t_score_total_hip", "t_score_femoral_neck", "t_score_lumbar_spine"), -0.5)
    assert one(falls, "stratum_aace2020") == ("very_high",)
    assert offered(falls) == set()
    unmeasured = {
        **falls,
        **dict.fromkeys(("t_score_total_hip", "t_score_femoral_neck", "t_score_lumbar_spine")),
    }
    assert offered(unmeasured) == set()
    assert offered({**falls, "t_score_lumbar_spine": -2.5})


def test_treatment_of_a_cancer_that_takes_hormones_away_is_no_reason_to_say_no_drug() -> None:
    below = {
        **HIGH,
        **dict.fromkeys(("t_score_total_hip", "t_score_femoral_neck", "t_score_lumbar_spine"), -2.2),
    }
    assert "no_drug_by_stratum" in lines_of({**below, "medications": None}, IDS)
    assert "no_drug_by_stratum" not in lines_of({**below, "medications": "anastrozole"}, IDS)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ({}, "hip_at_very_high_risk"),
        ({"creatinine_clearance_ml_min": 20.0}, "hip_denosumab_first"),
        ({"hypersensitivity_denosumab": True}, "hip_zoledronate_first"),
        ({"creatinine_clearance_ml_min": 20.0, "hypersensitivity_denosumab": True}, None),
        ({"creatinine_clearance_ml_min": None, "hypersensitivity_denosumab": None}, None),
    ],
)
def test_of_the_drugs_for_a_hip_at_risk_only_those_allowed_are_named(
    finding: Person, said: str | None
) -> None:
    ids = {"hip_at_very_high_risk", "hip_denosumab_first", "hip_zoledronate_first"}
    assert lines_of({**VERY_HIGH, **finding}, IDS) & ids == ({said} if said else set())


# A glucocorticoid of 5 mg for half a year, and below high risk by the other schemes.
ON_GLUCOCORTICOID: Person = {
    **HIGH,
    **dict.fromkeys(("t_score_total_hip", "t_score_femoral_neck", "t_score_lumbar_spine"), -1.5),
    "glucocorticoid_mg_day": 5.0,
    "glucocorticoid_months": 6.0,
    "frax_with_glucocorticoid": True,
    "glucocorticoid_high_dose_over_30_days": False,
    "glucocorticoid_cumulative_g_year": 1.8,
}
# Nothing that slows resorption and no teriparatide can be taken.
ALL_BARRED: Person = {
    "hypersensitivity_bisphosphonate": True,
    "hypersensitivity_denosumab": True,
    "hypersensitivity_parathyroid_analogue": True,
}


def test_on_glucocorticoids_romosozumab_and_raloxifene_only_where_the_others_are_barred() -> None:
    """ACR 2022: romosozumab or raloxifene only where others are not tolerated."""
    high = {**ON_GLUCOCORTICOID, "frax_hip_percent": 3.5, "frax_major_percent": 18.0}
    assert one(high, "stratum_acr2022", "stratum_china2022") == ("high", "high")
    assert not {"romosozumab", "romosozumab_acr", "raloxifene"} & offered(high)
    barred = {**high, **ALL_BARRED}
    assert {"romosozumab_acr", "raloxifene"} <= offered(barred)
    assert "raloxifene" not in offered({**barred, "venous_thromboembolism": True})
    assert "romosozumab_acr" not in offered({**barred, "stroke_12m": None})


def test_where_acr_would_not_have_romosozumab_both_sides_stand_there() -> None:
    person = {**ON_GLUCOCORTICOID, "t_score_total_hip": -3.6}
    person |= {"t_score_femoral_neck": -3.6}
    assert one(person, "stratum_acr2022", "stratum_china2022") == ("very_high", "very_high")
    found = lines_of(person, IDS)
    assert {"option_romosozumab", "romosozumab_against_acr", "acr_very_high_order"} <= found
    without = {**person, "glucocorticoid_mg_day": 0.0, "glucocorticoid_months": 0.0}
    assert "romosozumab_against_acr" not in lines_of(without, IDS)


def test_raloxifene_is_for_women_past_the_menopause_who_can_take_no_antiresorptive() -> None:
    barred = {**HIGH, **ALL_BARRED}
    assert "raloxifene" in offered(barred)
    assert "raloxifene" not in offered(HIGH)
    assert "raloxifene" not in offered({**barred, "age_years": 45.0, "postmenopausal": False})
    # A specialist may still give denosumab: it is not out of reach.
    kidney = {**HIGH, "hypersensitivity_bisphosphonate": True, "egfr_ml_min_1_73m2": 25.0}
    assert "raloxifene" not in offered(kidney)


@pytest.mark.parametrize(
    ("age", "menopause", "symptoms", "expected"),
    [
        (58.0, 45.0, True, True),
        (59.9, 45.0, True, True),
        (60.0, 50.1, True, True),
        (60.0, 50.0, True, False),
        (58.0, 52.0, False, False),
        (58.0, 52.0, None, False),
    ],
)
def test_hormones_below_60_or_within_ten_years_with_symptoms(
    age: float, menopause: float, symptoms: bool | None, expected: bool
) -> None:
    person = {**HIGH, "age_years": age, "age_at_menopause_years": menopause, "menopausal_symptoms": symptoms}
    assert ("hormone_therapy" in offered(person)) is expected


@pytest.mark.parametrize("pain", ["acute_vertebral_pain", "new_back_pain"])
def test_calcitonin_only_for_pain_with_what_ema_says_against_it(pain: str) -> None:
    calcitonin = {"option_calcitonin", "calcitonin_against_ema"}
    painless = {**HIGH, "acute_vertebral_pain": False, "new_back_pain": False}
    assert not calcitonin & lines_of(painless, IDS)
    assert calcitonin <= lines_of({**painless, pain: True}, IDS)
    long = {**painless, pain: True, "drug": "calcitonin", "drug_years": 0.25}
    assert not calcitonin & lines_of(long, IDS)
    by_id = {line.id: line for line in OPTIONS.lines}
    assert by_id["option_calcitonin"].conflicts_with == ("calcitonin_against_ema",)


def test_strontium_is_the_last_choice() -> None:
    barred = {**HIGH, **ALL_BARRED, "hypersensitivity_romosozumab": True}
    assert "strontium" not in offered(barred)
    # Raloxifene and strontium are both barred by a clot: strontium is left where raloxifene falls out for another reason.
    assert "strontium" not in offered({**barred, "venous_thromboembolism": True})
    man = {**barred, "sex": "male", "postmenopausal": None, "pregnant": None, "breastfeeding": None}
    assert "strontium" in offered(man)
    assert "strontium" not in offered({**man, "coronary_heart_disease": None})


def test_what_acr_says_after_a_transplant() -> None:
    person = {**ON_GLUCOCORTICOID, "organ_transplant": True}
    assert "transplant_acr" in lines_of({**person, "egfr_ml_min_1_73m2": 35.0}, IDS)
    assert "transplant_acr" not in lines_of({**person, "egfr_ml_min_1_73m2": 34.9}, IDS)
    assert "transplant_acr" not in lines_of({**person, "organ_transplant": None}, IDS)


def test_no_line_about_a_drug_stands_past_its_gate() -> None:
    columns = [f"line_{line.id}" for line in BEHIND_GATES]
    gates = [f"gate_{line.drug}" for line in BEHIND_GATES]
    known = known_people(800, seed=11)
    stood = 0
    for share in (0.0, 0.1, 0.4):
        people = with_gaps(known, seed=12, share=share)
        for found in rows(people, sorted({*columns, *gates})):
            for line, gate in zip(columns, gates, strict=True):
                stood += found[line] is True
                assert found[line] is not True or found[gate] == "allowed", line
    assert stood > 300


def test_the_evidence_from_75_is_said_as_it_is() -> None:
    line = next(line for line in OPTIONS.lines if line.id == "evidence_over_75")
    assert line.reason is not None
    assert "0.81 (0.66 to 1.00)" in line.reason.en
    assert "no benefit" not in line.action.en
    old = {**HIGH, "age_years": 75.0, "age_at_menopause_years": 50.0}
    assert "evidence_over_75" in lines_of(old, IDS)
    assert "evidence_over_75" not in lines_of({**old, "age_years": 74.9}, IDS)
