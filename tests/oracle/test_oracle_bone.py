"""The oracle against worked bone verdicts and both kinds of osteosarcopenia."""

from collections.abc import Callable

import pytest

from . import bone_reading as bone
from .contract_reading import assess_person
from .known_people import MAN, NO_FRACTURE, TALL_1M, WOMAN
from .person_values import Person

BESIDE = 0.004
HIP = "t_score_total_hip"
OSTEOPOROSIS = "osteoporosis"

BONE: list[tuple[dict[str, object], dict[str, object]]] = [
    ({**MAN, **NO_FRACTURE, "t_score_total_hip": -1.0}, {"bone_who": "normal", "bone_who_upto": "normal"}),
    ({**MAN, **NO_FRACTURE, "t_score_total_hip": -2.49}, {"bone_who": "low_bone_mass"}),
    (
        {**MAN, **NO_FRACTURE, "t_score_total_hip": -2.5},
        {"bone_who": "osteoporosis", "osteoporosis_china2022": True},
    ),
    (
        {**MAN, "t_score_total_hip": -2.5},
        {"bone_who": "osteoporosis", "bone_who_upto": "severe_osteoporosis"},
    ),
    ({**MAN, "t_score_total_hip": -2.5, "fracture_other": True}, {"bone_who": "severe_osteoporosis"}),
    (
        {**MAN, **NO_FRACTURE, "t_score_total_hip": -2.0, "t_score_radius_33": -2.6},
        {"bone_who": "low_bone_mass", "osteoporosis_china2022": True, "t_score_lowest": -2.0},
    ),
    ({**MAN, **NO_FRACTURE, "t_score_radius_33": -2.6}, {"bone_who": "osteoporosis", "t_score_lowest": None}),
    ({**MAN, **NO_FRACTURE}, {"bone_who": None, "bone_who_upto": "osteoporosis"}),
    # A man of 49.9: bands do not apply, fractures decide alone, the Z-score speaks.
    (
        {**MAN, **NO_FRACTURE, "age_years": 49.9, "t_score_total_hip": -3.0, "z_score_total_hip": -2.0},
        {
            "bone_who": None,
            "bone_who_upto": None,
            "bone_age_expected": "below_expected",
            "osteoporosis_china2022": False,
        },
    ),
    (
        {**WOMAN, **NO_FRACTURE, "age_years": 45.0, "t_score_total_hip": -3.0, "z_score_total_hip": -1.9},
        {
            "bone_who_upto": None,
            "bone_age_expected": None,
            "osteoporosis_china2022": None,
            "osteoporosis_china2022_needs": "postmenopausal",
        },
    ),
    (
        {**WOMAN, **NO_FRACTURE, "age_years": 45.0, "t_score_total_hip": -0.9},
        {"osteoporosis_china2022": False, "osteoporosis_china2022_needs": None},
    ),
    (
        {**WOMAN, **NO_FRACTURE, "postmenopausal": False, "z_score_total_hip": -1.9},
        {"bone_age_expected": "within_expected", "osteoporosis_china2022_needs": None},
    ),
    (
        {**MAN, **NO_FRACTURE, "t_score_total_hip": -1.0, "fracture_pelvis": True},
        {"osteoporosis_china2022": False},
    ),
    (
        {**MAN, **NO_FRACTURE, "t_score_total_hip": -1.01, "fracture_pelvis": True},
        {"osteoporosis_china2022": True},
    ),
    (
        {**MAN, **NO_FRACTURE, "t_score_total_hip": -1.5, "fracture_pelvis": None},
        {"osteoporosis_china2022": None, "osteoporosis_china2022_needs": "fracture_pelvis"},
    ),
    ({**NO_FRACTURE, "vertebral_fracture_count": 1}, {"osteoporosis_china2022": True}),
    (
        {**MAN, "fracture_hip": False, "t_score_total_hip": 0.0},
        {"osteoporosis_china2022_needs": "fracture_vertebral;vertebral_fracture_count;genant_max_grade"},
    ),
    (
        {**MAN, "fracture_hip": False, "genant_max_grade": 0, "t_score_total_hip": -2.0},
        {"osteoporosis_china2022_needs": "fracture_proximal_humerus;fracture_pelvis;fracture_distal_forearm"},
    ),
    (
        {**NO_FRACTURE, "t_score_total_hip": -2.6},
        {"osteoporosis_china2022_needs": "sex;age_years;postmenopausal"},
    ),
    ({"qct_spine_mg_cm3": 120.0}, {"bone_qct_acr": "low"}),
    ({"qct_spine_mg_cm3": 120.1}, {"bone_qct_acr": "normal"}),
    ({"qct_spine_mg_cm3": 79.9}, {"bone_qct_acr": "osteoporosis"}),
]


@pytest.mark.parametrize(("person", "expected"), BONE)
def test_bone(person: dict[str, object], expected: dict[str, object]) -> None:
    columns = assess_person(person)
    assert {name: columns[name] for name in expected} == expected


def test_osteosarcopenia() -> None:
    person = {**MAN, **NO_FRACTURE, **TALL_1M, "alm_kg": 6.0, "mass_method": "dxa", "grip_kg": 20.0}
    columns = assess_person({**person, "t_score_total_hip": -1.0})
    assert columns["osteosarcopenia_awgs2019"] is False
    assert columns["osteosarcopenia_broad_awgs2019"] is True
    # JSH cannot judge a DXA mass; without low bone density the answer is no all the same.
    assert columns["osteosarcopenia_jsh2021"] is False
    assert columns["osteosarcopenia_broad_jsh2021"] is None


MAN_WITHOUT = {**MAN, **NO_FRACTURE}
MAN_WITH_PELVIS = {**MAN_WITHOUT, "fracture_pelvis": True}
YOUNG = {**MAN, "age_years": 40.0}


def who_stage(person: Person) -> str | None:
    """The stage of bone_who without its upto."""
    return bone.bone_who(person)[0]


def t_score_range(person: Person) -> str | None:
    """The range that decides osteoporosis_china2022."""
    return bone.t_score_range(bone.t_score_for_china2022(person))


def asks_for_menopause(person: Person) -> bool:
    """Whether the bands ask for `postmenopausal`."""
    return "postmenopausal" in bone.missing_for_bands(person)


# function, person, measure, cut-off, what comes out just below it, on it and just above it
EDGES: list[tuple[Callable[[Person], object], Person, str, float, tuple[object, object, object]]] = [
    (who_stage, MAN_WITHOUT, HIP, -1.0, ("low_bone_mass", "normal", "normal")),
    (who_stage, MAN_WITHOUT, HIP, -2.5, (OSTEOPOROSIS, OSTEOPOROSIS, "low_bone_mass")),
    (bone.osteoporosis_china2022, MAN_WITHOUT, HIP, -2.5, (True, True, False)),
    (bone.osteoporosis_china2022, MAN_WITH_PELVIS, HIP, -2.5, (True, True, True)),
    (bone.osteoporosis_china2022, MAN_WITH_PELVIS, HIP, -1.0, (True, False, False)),
    (bone.low_bone_mass, MAN, HIP, -2.5, (False, False, True)),
    (bone.low_bone_mass, MAN, HIP, -1.0, (True, False, False)),
    (bone.osteoporosis_or_low_t_score, MAN_WITHOUT, HIP, -1.0, (True, True, False)),
    (t_score_range, {}, HIP, -2.5, ("to -2.5", "to -2.5", "between")),
    (t_score_range, {}, HIP, -1.0, ("between", "from -1.0", "from -1.0")),
    (
        bone.bone_age_expected,
        YOUNG,
        "z_score_total_hip",
        -2.0,
        ("below_expected", "below_expected", "within_expected"),
    ),
    (bone.bone_qct_acr, {}, "qct_spine_mg_cm3", 80.0, (OSTEOPOROSIS, "low", "low")),
    (bone.bone_qct_acr, {}, "qct_spine_mg_cm3", 120.0, ("low", "low", "normal")),
    (bone.bands_apply, {"sex": "male"}, "age_years", 50.0, (False, True, True)),
    (bone.bands_apply, {"sex": "female"}, "age_years", 50.0, (None, True, True)),
    (asks_for_menopause, {}, "age_years", 50.0, (True, False, False)),
    (bone.vertebral_fracture, {}, "vertebral_fracture_count", 0, (False, False, True)),
    (bone.vertebral_fracture, {}, "genant_max_grade", 0, (False, False, True)),
]


@pytest.mark.parametrize(("rule", "person", "measure", "cut_off", "expected"), EDGES)
def test_edges(
    rule: Callable[[Person], object],
    person: Person,
    measure: str,
    cut_off: float,
    expected: tuple[object, object, object],
) -> None:
    values = (cut_off - BESIDE, cut_off, cut_off + BESIDE)
    assert tuple(rule({**person, measure: value}) for value in values) == expected


VERTEBRAL: list[tuple[bool | None, int | None, int | None, bool | None]] = [
    (None, None, None, None),
    (False, None, None, False),
    (None, 0, None, False),
    (False, 2, None, True),
    (False, 0, 1, True),
    (True, 0, 0, True),
]


@pytest.mark.parametrize(("flag", "count", "grade", "answer"), VERTEBRAL)
def test_three_ways_to_record_a_vertebral_fracture(
    flag: bool | None, count: int | None, grade: int | None, answer: bool | None
) -> None:
    person = {"fracture_vertebral": flag, "vertebral_fracture_count": count, "genant_max_grade": grade}
    assert bone.vertebral_fracture(person) is answer
