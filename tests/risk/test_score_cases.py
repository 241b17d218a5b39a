"""Worked cases of the point scores: those that the facts print, every limit, and people outside."""

from __future__ import annotations

import pytest

from risk.facts_tables import rows_of
from risk.scored import CLAMPING, Row, score, score_one

SOF_WELL = {
    "sex": "female",
    "age_years": 70.0,
    "short_mmse_score": 24,
    "t_score_total_hip": -2.7,
    "fracture_nonvertebral_after_50": False,
    "gait_speed_m_s": 1.1,
    "chair_rise_arms": False,
    "tandem_stand_poor": False,
}
SOF_ILL = {
    **SOF_WELL,
    "short_mmse_score": 20,
    "t_score_total_hip": -3.5,
    "fracture_nonvertebral_after_50": True,
    "gait_speed_m_s": 0.6,
    "chair_rise_arms": True,
}
FRACTURE_WELL = {
    "sex": "female",
    "age_years": 65.0,
    "fracture_after_50": False,
    "mother_hip_fracture": False,
    "weight_kg": 70.0,
    "smoking_current": False,
    "chair_rise_arms": False,
    "t_score_total_hip": 0.0,
}
NOTTINGHAM = {
    "sex": "female",
    "age_years": 60.0,
    "months_since_hip_fracture": 0.0,
    "haemoglobin_g_l": 130.0,
    "abbreviated_mental_test_score": 10,
    "lives_in_care_home": False,
    "comorbid_organ_systems_count": 0,
    "malignancy_20y": False,
}
LEE_WELL = {
    "sex": "female",
    "age_years": 55.0,
    "height_cm": 160.0,
    "weight_kg": 70.0,
    "smoking_current": False,
    **dict.fromkeys(
        (
            "diabetes_type1",
            "diabetes_type2",
            "cancer",
            "lung_disease_limiting",
            "heart_failure",
            "difficulty_bathing",
            "difficulty_managing_money",
            "difficulty_walking_blocks",
            "difficulty_pushing_objects",
        ),
        False,
    ),
}


def test_the_two_cases_of_the_sof_tool() -> None:
    well, ill = score_one(SOF_WELL, "sof_hip"), score_one(SOF_ILL, "sof_hip")
    assert (well["score"], well["percent_at_least"], well["percent_below"]) == (0, None, 0.5)
    assert (ill["score"], ill["percent_at_least"], ill["percent_below"]) == (34, 5.0, None)


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({"gait_speed_m_s": 0.69}, 11),
        ({"gait_speed_m_s": 0.70}, 10),
        ({"gait_speed_m_s": 1.0}, 10),
        ({"gait_speed_m_s": 1.01}, 0),
        ({"gait_speed_m_s": None, "walk_unable": True}, 11),
        ({"t_score_total_hip": -2.5}, 0),
        ({"t_score_total_hip": -3.0}, 5),
        ({"t_score_total_hip": -3.5}, 8),
        ({"short_mmse_score": 23}, 5),
        ({"tandem_stand_poor": True, "chair_rise_arms": None}, 5),
        ({"chair_rise_arms": None, "chair_stand_5x_s": 12.0}, 0),
        ({"fracture_nonvertebral_after_50": None, "fracture_after_50": False}, 0),
        ({"fracture_nonvertebral_after_50": None, "fracture_after_50": True}, None),
    ],
)
def test_limits_of_the_sof_tool(change: Row, points: int | None) -> None:
    assert score_one({**SOF_WELL, **change}, "sof_hip")["score"] == points


@pytest.mark.parametrize(
    ("change", "total", "hip_percent", "band"),
    [
        ({}, 1, 0.4, "points_1_2"),
        ({"t_score_total_hip": -1.0}, 1, 0.4, "points_1_2"),
        ({"t_score_total_hip": -2.0}, 3, 0.9, "points_3_4"),
        ({"t_score_total_hip": -2.5}, 4, 0.9, "points_3_4"),
        ({"t_score_total_hip": -2.51}, 5, 1.9, "points_5"),
        ({"t_score_total_hip": -2.51, "weight_kg": 57.0}, 6, 3.9, "points_6_7"),
        ({"age_years": 85.0, "t_score_total_hip": -2.51}, 9, 8.7, "points_8_15"),
    ],
)
def test_bands_of_the_fracture_index(change: Row, total: int, hip_percent: float, band: str) -> None:
    said = score_one({**FRACTURE_WELL, **change}, "fracture_index")
    assert (said["score"], said["hip_fracture_percent"], said["band"]) == (total, hip_percent, band)


def test_the_fracture_index_ends_at_15_points_and_without_bone_density_at_11() -> None:
    worst = {
        **FRACTURE_WELL,
        "age_years": 90.0,
        "weight_kg": 40.0,
        "t_score_total_hip": -4.0,
        **dict.fromkeys(
            ("fracture_after_50", "mother_hip_fracture", "smoking_current", "chair_rise_arms"), True
        ),
    }
    said = score_one(worst, "fracture_index")
    assert (said["score"], said["vertebral_fracture_percent"]) == (15, 11.2)
    assert score_one(worst, "fracture_index_without_bmd") == {
        "score": 11,
        "score_at_least": 11,
        "score_at_most": 11,
        "needs": None,
        "outside": None,
    }


def nottingham_people() -> list[Row]:
    """People of 0 to 10 points."""
    steps: list[Row] = [
        {"sex": "male"},
        {"haemoglobin_g_l": 100.0},
        {"abbreviated_mental_test_score": 6},
        {"lives_in_care_home": True},
        {"comorbid_organ_systems_count": 2},
        {"malignancy_20y": True},
        {"age_years": 66.0},
        {"age_years": 86.0},
    ]
    people: list[Row] = [dict(NOTTINGHAM)]
    for step in steps:
        people.append({**people[-1], **step})
    return people


def test_the_nottingham_table() -> None:
    table = {row[0]: row[1:] for row in rows_of("2.6") if len(row) > 2}
    by_score = dict(zip(table["Score"], zip(table["2012, %"], table["2008, %"], strict=True), strict=True))
    said = score(nottingham_people(), ["nottingham_hip_fracture"])
    assert [row["nottingham_hip_fracture_score"] for row in said] == [0, 1, 2, 3, 4, 5, 6, 9, 10]
    for row in said:
        new, old = by_score[str(row["nottingham_hip_fracture_score"])]
        assert f"{row['nottingham_hip_fracture_percent']:.2f}" == new
        assert f"{row['nottingham_hip_fracture_2008_percent']:.{len(old.split('.')[1])}f}" == old
    assert set(by_score) == {str(n) for n in range(11)}


def test_the_ends_of_the_lee_index() -> None:
    least = score_one(LEE_WELL, "lee")
    assert (least["score"], least["death_4y_percent_below"], least["death_10y_percent"]) == (0, 4.0, 2.5)
    ill = {name: True if value is False else value for name, value in LEE_WELL.items()}
    worst = score_one({**ill, "sex": "male", "age_years": 85.0, "weight_kg": 63.9}, "lee")
    assert (worst["score"], worst["death_4y_percent"], worst["death_10y_percent"]) == (26, 64.0, 96.0)


@pytest.mark.parametrize(
    ("change", "total"),
    [
        ({"diabetes_type1": True, "diabetes_type2": None}, 1),
        ({"weight_kg": 64.0}, 0),
        ({"weight_kg": 63.99}, 1),
        ({"age_years": 59.99}, 0),
        ({"age_years": 80.0}, 5),
        ({"difficulty_walking_blocks": None, "unable_walk_block": True}, 2),
        ({"difficulty_walking_blocks": None, "unable_walk_block": False}, None),
        ({"smoking_current": None, "smoking_category": "former"}, 0),
        ({"smoking_current": None, "smoking_category": "heavy"}, 2),
    ],
)
def test_items_of_the_lee_index(change: Row, total: int | None) -> None:
    assert score_one({**LEE_WELL, **change}, "lee")["score"] == total


@pytest.mark.parametrize(
    ("person", "least", "most", "band"),
    [
        ({"sex": "male", "fracture_vertebral": True}, 4, 8, "measure"),
        ({"sex": "male", "fracture_vertebral": False, "glucocorticoid_mg_day": 7.5}, 0, 0, "not_yet"),
        ({"fracture_vertebral": True}, 4, 17, "measure"),
        ({"sex": "female", "fracture_vertebral": False, "fracture_after_50": True}, 4, 13, "measure"),
        ({"sex": "female", "age_years": 70.9}, 1, 16, None),
        ({"sex": "female", "age_years": 71.0}, 2, 17, None),
    ],
)
def test_the_dutch_case_finding_score(person: Row, least: int, most: int, band: str | None) -> None:
    said = score_one(person, "dutch_dxa")
    assert (said["score_at_least"], said["score_at_most"], said["band"]) == (least, most, band)


@pytest.mark.parametrize(("total", "band"), [(20, "low"), (25, "moderate"), (45, "moderate"), (50, "high")])
def test_bands_of_the_morse_scale(total: int, band: str) -> None:
    parts = {20: ("drip",), 25: ("fell",), 45: ("fell", "drip"), 50: ("furniture", "drip")}[total]
    person = {
        "morse_fall_history": "fell" in parts,
        "morse_secondary_diagnosis": False,
        "morse_aid": "furniture" if "furniture" in parts else "none",
        "morse_infusion": "drip" in parts,
        "morse_gait": "normal",
        "morse_forgets_limits": False,
    }
    said = score_one(person, "morse")
    assert (said["score"], said["band"]) == (total, band)


def test_a_value_outside_is_moved_to_the_limit_only_where_asked() -> None:
    person = {**SOF_ILL, "age_years": 60.0, "t_score_total_hip": -2.0}
    assert score_one(person, "sof_hip")["outside"] == "age_years;t_score_total_hip"
    said = score_one(person, "sof_hip", CLAMPING)
    assert (said["outside"], said["clamped"]) == (None, "age_years;t_score_total_hip")
    assert said["score"] == score_one({**SOF_ILL, "t_score_total_hip": -2.5}, "sof_hip")["score"]


def test_words_and_whom_a_score_is_for_are_never_moved() -> None:
    man = score_one({**SOF_ILL, "sex": "male", "age_years": 60.0}, "sof_hip", CLAMPING)
    assert (man["score"], man["outside"], man["clamped"]) == (None, "sex", "age_years")
    old = score_one({**NOTTINGHAM, "months_since_hip_fracture": 30.0}, "nottingham_hip_fracture", CLAMPING)
    assert (old["score"], old["outside"]) == (None, "months_since_hip_fracture")
    whole = score_one(
        {**NOTTINGHAM, "fracture_hip": False, "months_since_hip_fracture": None}, "nottingham_hip_fracture"
    )
    assert (whole["score"], whole["outside"]) == (None, "fracture_hip")


def test_moved_people_score_as_those_on_the_limit() -> None:
    young = {**FRACTURE_WELL, "age_years": 50.0}
    moved = score_one(young, "fracture_index", CLAMPING)
    assert moved.pop("clamped") == "age_years"
    on_the_limit = score_one({**young, "age_years": 65.0}, "fracture_index", CLAMPING)
    assert on_the_limit.pop("clamped") is None
    assert moved == on_the_limit
