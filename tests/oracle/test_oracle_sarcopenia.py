"""The oracle against the boundary rows and worked cases of facts/sarcopenia.md section 7, and needs
worked out by hand.
"""

from collections.abc import Mapping

import pytest

from .contract_reading import assess_person
from .known_people import MAN, TALL_1M, WOMAN, verdict
from .sarcopenia_reading import DEFINITIONS

WEAK_AND_SLOW: dict[str, object] = {"grip_kg": 5.0, "gait_speed_m_s": 0.3}

# Boundary rows, section 7.4: definition, person, stage, upto.
BOUNDARIES: list[tuple[str, dict[str, object], object, object]] = [
    ("awgs2019", {**MAN, "grip_kg": 28.0, "gait_speed_m_s": 1.0}, "none", "none"),
    ("awgs2019", {**MAN, "grip_kg": 27.9, "gait_speed_m_s": 1.0}, "possible", "confirmed"),
    ("ewgsop2019", {**MAN, "grip_kg": 27.0}, "none", "none"),
    ("ewgsop2019", {**MAN, "grip_kg": 26.9}, "probable", "severe"),
    ("awgs2019", {**MAN, "grip_kg": 40.0, "chair_stand_5x_s": 12.0}, "possible", "confirmed"),
    ("awgs2019", {**MAN, "grip_kg": 40.0, "chair_stand_5x_s": 11.99}, "none", "none"),
    ("ewgsop2019", {**MAN, "chair_stand_5x_s": 15.0}, "none", "none"),
    ("ewgsop2019", {**MAN, "chair_stand_5x_s": 15.01}, "probable", "severe"),
    ("awgs2019", {**MAN, "grip_kg": 40.0, "sppb_score": 9}, "possible", "confirmed"),
    # Mass measured by an unknown method counts: the definition has one cut-off for both.
    (
        "ewgsop2019",
        {**MAN, **TALL_1M, "grip_kg": 20.0, "alm_kg": 6.0, "sppb_score": 9},
        "confirmed",
        "confirmed",
    ),
    ("ewgsop2019", {**MAN, **TALL_1M, "grip_kg": 20.0, "alm_kg": 6.0, "sppb_score": 8}, "severe", "severe"),
    ("awgs2019", {**MAN, "grip_kg": 28.0, "gait_speed_m_s": 0.99}, "possible", "confirmed"),
    ("sdoc2020", {**MAN, "grip_kg": 20.0, "gait_speed_m_s": 0.8}, "none", "none"),
    ("sdoc2020", {**MAN, "grip_kg": 35.4, "gait_speed_m_s": 0.79}, "confirmed", "confirmed"),
    ("sdoc2020", {**MAN, "grip_kg": 35.5, "gait_speed_m_s": 0.79}, "none", "none"),
    ("awgs2025", {**MAN, "age_years": 49.9, "grip_kg": 10.0}, None, None),
    ("awgs2025", {**MAN, "age_years": 64.9, "grip_kg": 30.0}, "possible", "confirmed"),
    ("awgs2025", {**MAN, "age_years": 65.0, "grip_kg": 30.0}, "none", "none"),
    ("ewgsop2019", {**WOMAN, "grip_kg": 15.0}, "probable", "severe"),
    ("awgs2025", {**WOMAN, "grip_kg": 15.0}, "possible", "confirmed"),
    ("awgs2019", {**WOMAN, "grip_kg": 15.0}, "possible", "severe"),
]


@pytest.mark.parametrize(("name", "person", "stage", "upto"), BOUNDARIES)
def test_boundary_rows(name: str, person: Mapping[str, object], stage: object, upto: object) -> None:
    assert verdict(name, person)[:2] == (stage, upto)


PERFORMANCE_EWGSOP2019: list[tuple[dict[str, object], str]] = [
    ({"gait_speed_m_s": 0.8}, "severe"),
    ({"gait_speed_m_s": 0.81}, "confirmed"),
    ({"tug_s": 20.0}, "severe"),
    ({"tug_s": 19.9}, "confirmed"),
    ({"walk_400m_s": 360.0}, "severe"),
    ({"walk_400m_s": 359.5}, "confirmed"),
    ({"walk_400m_s": 300.0, "walk_400m_completed": False}, "severe"),
    ({"walk_unable": True, "gait_speed_m_s": 1.4}, "severe"),
    ({"sppb_score": 8, "tug_s": 10.0}, "severe"),
]


@pytest.mark.parametrize(("performance", "stage"), PERFORMANCE_EWGSOP2019)
def test_performance_of_ewgsop2019(performance: dict[str, object], stage: str) -> None:
    person = {**MAN, **TALL_1M, "grip_kg": 20.0, "alm_kg": 6.99, "mass_method": "bia", **performance}
    assert verdict("ewgsop2019", person) == (stage, stage, None)


@pytest.mark.parametrize("flags", [{"walk_unable": False}, {"walk_400m_completed": True}, {}])
def test_a_flag_that_does_not_say_failed_is_no_test_done(flags: dict[str, object]) -> None:
    person = {**MAN, **TALL_1M, "grip_kg": 20.0, "alm_kg": 6.99, "mass_method": "bia", **flags}
    assert verdict("ewgsop2019", person) == (
        "confirmed",
        "severe",
        "gait_speed_m_s;sppb_score;tug_s;walk_400m_s",
    )


MASS: list[tuple[str, str, float, float, str | None, object]] = [
    # definition, sex, age, asmi (height 1 m), method, stage with every other criterion low
    ("ewgsop2010", "male", 70.0, 7.26, "dxa", "severe"),
    ("ewgsop2010", "male", 70.0, 7.27, "dxa", "none"),
    ("ewgsop2010", "female", 70.0, 5.5, "dxa", "severe"),
    ("ewgsop2010", "female", 70.0, 5.5, "bia", None),
    ("ewgsop2010", "female", 70.0, 5.5, None, None),
    ("ewgsop2019", "male", 70.0, 7.0, "dxa", "probable"),
    ("ewgsop2019", "female", 70.0, 5.49, None, "severe"),
    ("ewgsop2019", "female", 70.0, 5.49, "estimated", "probable"),
    ("awgs2014", "female", 70.0, 5.4, "dxa", "none"),
    ("awgs2014", "female", 70.0, 5.4, "bia", "confirmed"),
    ("awgs2014", "female", 70.0, 5.4, None, None),
    ("awgs2014", "female", 70.0, 5.39, None, "confirmed"),
    ("awgs2014", "female", 70.0, 5.7, None, "none"),
    ("iwgs2011", "male", 70.0, 7.23, "dxa", "confirmed"),
    ("iwgs2011", "male", 70.0, 7.24, "dxa", "none"),
    ("iwgs2011", "female", 70.0, 5.67, "bia", None),
    ("jsh2016", "male", 70.0, 6.99, "bia", "confirmed"),
    ("jsh2021", "female", 70.0, 5.7, "bia", "none"),
    ("jsh2021", "female", 70.0, 5.6, "dxa", None),
    ("jsh2021", "female", 70.0, 5.6, None, None),
]


@pytest.mark.parametrize(("name", "sex", "age", "index", "method", "stage"), MASS)
def test_low_mass(name: str, sex: str, age: float, index: float, method: str | None, stage: object) -> None:
    person = {
        "sex": sex,
        "age_years": age,
        "alm_kg": index,
        "mass_method": method,
        **TALL_1M,
        **WEAK_AND_SLOW,
    }
    assert verdict(name, person)[0] == stage


AWGS2025_MASS: list[tuple[float, float, str, str]] = [
    # age, asmi, method, stage; height 2 m and weight 40 kg: BMI 10, so that asm_bmi never says low
    (60.0, 7.2, "dxa", "possible"),
    (60.0, 7.19, "dxa", "confirmed"),
    (60.0, 7.59, "bia", "confirmed"),
    (60.0, 7.6, "bia", "possible"),
    (65.0, 7.19, "dxa", "possible"),
    (65.0, 6.99, "dxa", "confirmed"),
]


@pytest.mark.parametrize(("age", "index", "method", "stage"), AWGS2025_MASS)
def test_awgs2025_by_height(age: float, index: float, method: str, stage: str) -> None:
    person = {"sex": "male", "age_years": age, "height_cm": 200.0, "weight_kg": 40.0, "grip_kg": 20.0}
    assert verdict("awgs2025", {**person, "alm_kg": index * 4, "mass_method": method}) == (stage, stage, None)


BY_BMI_ALONE: list[tuple[float, str, str, float]] = [
    # age, sex, method, cut-off of asm_bmi; 100 cm and 40 kg keep asmi high (40 asm_bmi)
    (60.0, "male", "dxa", 0.80),
    (60.0, "female", "dxa", 0.55),
    (60.0, "male", "bia", 0.90),
    (60.0, "female", "bia", 0.63),
    (70.0, "male", "dxa", 0.73),
    (70.0, "female", "dxa", 0.52),
    (70.0, "male", "bia", 0.83),
    (70.0, "female", "bia", 0.57),
]


@pytest.mark.parametrize(("age", "sex", "method", "cut_off"), BY_BMI_ALONE)
def test_awgs2025_by_bmi(age: float, sex: str, method: str, cut_off: float) -> None:
    person = {"sex": sex, "age_years": age, "height_cm": 100.0, "weight_kg": 40.0, "grip_kg": 10.0}
    on = {**person, "alm_kg": cut_off * 40, "mass_method": method}
    just_below = {**on, "alm_kg": (cut_off - 0.001) * 40}
    assert verdict("awgs2025", on)[0] == "possible"
    assert verdict("awgs2025", just_below)[0] == "confirmed"


@pytest.mark.parametrize(("sex", "cut_off"), [("male", 0.789), ("female", 0.512)])
def test_fnih_by_bmi(sex: str, cut_off: float) -> None:
    person = {"sex": sex, "height_cm": 200.0, "weight_kg": 100.0, "grip_kg": 10.0, "gait_speed_m_s": 0.8}
    assert verdict("fnih2014", {**person, "alm_kg": cut_off * 25}) == ("weak", "weak", None)
    assert verdict("fnih2014", {**person, "alm_kg": cut_off * 25 - 0.01}) == ("confirmed", "confirmed", None)


def test_low_mass_only() -> None:
    person = {**MAN, **TALL_1M, "alm_kg": 6.0, "mass_method": "dxa", "grip_kg": 50.0, "gait_speed_m_s": 1.5}
    stages = {name: verdict(name, person)[0] for name in DEFINITIONS}
    assert stages.pop("ewgsop2010") == "presarcopenia"
    # JSH has no DXA cut-off, but normal grip alone excludes it.
    assert set(stages.values()) == {"none"}


def test_low_mass_and_gait_with_normal_grip() -> None:
    person = {**MAN, **TALL_1M, "alm_kg": 6.0, "mass_method": "dxa", "grip_kg": 50.0, "gait_speed_m_s": 0.7}
    assert verdict("awgs2019", person)[0] == "confirmed"
    assert verdict("awgs2025", person)[0] == "none"
    assert verdict("ewgsop2019", person)[0] == "none"
    assert verdict("ewgsop2019", {**person, "chair_stand_5x_s": 16.0})[0] == "severe"


def test_published_person() -> None:
    person = {"height_cm": 160.0, "alm_kg": 17.0}
    assert assess_person(person)["asmi"] == pytest.approx(6.64, abs=0.005)
    low = {
        sex: verdict("ewgsop2019", {**person, "sex": sex, "grip_kg": 5.0})[0] for sex in ("male", "female")
    }
    assert low == {"male": "probable", "female": "probable"} | {"male": "confirmed"}


VECTORS: list[tuple[float, float, float, float, float, float]] = [
    # weight, height, muscle mass, then asmi, BMI, asm_bmi as printed in section 7.3
    (65.0, 168.0, 21.143, 7.491, 23.03, 0.918),
    (55.0, 156.0, 13.772, 5.659, 22.60, 0.609),
    (45.0, 150.0, 10.830, 4.813, 20.00, 0.541),
    (50.0, 160.0, 16.948, 6.620, 19.53, 0.868),
]


@pytest.mark.parametrize(("weight", "height", "alm", "asmi", "bmi", "asm_bmi"), VECTORS)
def test_computed_vectors(
    weight: float, height: float, alm: float, asmi: float, bmi: float, asm_bmi: float
) -> None:
    columns = assess_person({"weight_kg": weight, "height_cm": height, "alm_kg": alm})
    printed = (
        round(number_in(columns, name), places) for name, places in (("asmi", 3), ("bmi", 2), ("asm_bmi", 3))
    )
    assert tuple(printed) == (asmi, bmi, asm_bmi)


def number_in(columns: Mapping[str, object], name: str) -> float:
    """A column that must hold a number."""
    value = columns[name]
    assert isinstance(value, float)
    return value


def test_interplay_of_the_two_indices() -> None:
    person = {"sex": "male", "age_years": 82.0, "height_cm": 160.0, "weight_kg": 50.0, "grip_kg": 27.0}
    low_by_height_only = {**person, "alm_kg": 16.948, "mass_method": "bia"}
    assert verdict("awgs2025", low_by_height_only) == ("confirmed", "confirmed", None)
    assert verdict("awgs2025", {**low_by_height_only, "weight_kg": None}) == ("confirmed", "confirmed", None)
    assert verdict("awgs2025", {**low_by_height_only, "height_cm": None})[2] == "height_cm"


@pytest.mark.parametrize("height", [100.0, 152.5, 160.0, 165.0, 168.3, 200.0])
def test_a_value_on_a_cut_off_is_on_it(height: float) -> None:
    person = {**WOMAN, "grip_kg": 10.0, "height_cm": height, "alm_kg": 5.4 * (height / 100) ** 2}
    assert verdict("awgs2014", {**person, "gait_speed_m_s": 0.5, "mass_method": "dxa"})[0] == "none"


# needs, worked out by hand: definition, person, needs
NEEDS: list[tuple[str, dict[str, object], str | None]] = [
    # Normal strength and performance: mass no longer matters.
    ("awgs2019", {**MAN, "grip_kg": 40.0, "gait_speed_m_s": 1.4}, None),
    # Strength unknown and performance normal: both unknown things matter.
    ("awgs2019", {**MAN, "gait_speed_m_s": 1.4}, "height_cm;grip_kg;alm_kg;mass_method"),
    # Weak: performance matters only if mass is low, and it may be.
    ("awgs2014", {**MAN, "grip_kg": 20.0}, "height_cm;alm_kg;mass_method"),
    ("ewgsop2019", {**MAN, "height_cm": 170.0, "gait_speed_m_s": 1.2}, "grip_kg;chair_stand_5x_s;alm_kg"),
    (
        "ewgsop2019",
        {"grip_kg": 20.0, "gait_speed_m_s": 1.2, "alm_kg": 20.0},
        "sex;height_cm;chair_stand_5x_s",
    ),
    # A chair stand answers for strength where the grip cannot be judged only if it says yes.
    ("ewgsop2019", {"chair_stand_5x_s": 10.0}, None),
    (
        "ewgsop2019",
        {"chair_stand_5x_s": 10.0, "grip_kg": 20.0, "gait_speed_m_s": 1.0},
        "sex;height_cm;alm_kg",
    ),
    ("iwgs2011", {**MAN, **TALL_1M, "alm_kg": 6.0, "mass_method": "dxa"}, "gait_speed_m_s"),
    ("iwgs2011", {**MAN, **TALL_1M, "alm_kg": 6.0, "mass_method": "bia", "gait_speed_m_s": 0.5}, "alm_kg"),
    ("iwgs2011", {**MAN, **TALL_1M, "alm_kg": 9.0, "gait_speed_m_s": 0.5}, "mass_method"),
    ("iwgs2011", {**MAN, **TALL_1M, "alm_kg": 6.0, "mass_method": "dxa", "chair_stand_unable": True}, None),
    ("fnih2014", {**MAN, "grip_kg": 20.0, "gait_speed_m_s": 1.0}, "height_cm;weight_kg;alm_kg"),
    (
        "fnih2014",
        {**MAN, **TALL_1M, "grip_kg": 20.0, "gait_speed_m_s": 1.0, "mass_method": "estimated"},
        "alm_kg",
    ),
    ("sdoc2020", {"grip_kg": 20.0}, "sex;gait_speed_m_s"),
    ("sdoc2020", {"gait_speed_m_s": 0.8}, None),
    ("jsh2016", {**MAN, "grip_kg": 20.0, "smi_l3_cm2_m2": 42.0}, None),
    ("jsh2016", {"grip_kg": 20.0, "smi_l3_cm2_m2": 42.0, **TALL_1M}, "sex;alm_kg;mass_method"),
    ("jsh2016", {**MAN, **TALL_1M, "grip_kg": 20.0, "alm_kg": 9.0}, "mass_method;smi_l3_cm2_m2"),
    ("jsh2016", {**MAN, **TALL_1M, "grip_kg": 20.0, "alm_kg": 9.0, "smi_l3_cm2_m2": 50.0}, "mass_method"),
    (
        "jsh2021",
        {**MAN, **TALL_1M, "grip_kg": 20.0, "alm_kg": 6.0, "mass_method": "dxa"},
        "alm_kg;smi_l3_cm2_m2",
    ),
    ("jsh2021", {**MAN, "grip_kg": 20.0, "alm_kg": 6.0, "mass_method": "dxa", "smi_l3_cm2_m2": 50.0}, None),
    ("awgs2025", {**MAN, "grip_kg": 20.0}, "height_cm;weight_kg;alm_kg;mass_method"),
    ("awgs2025", {"sex": "male", "grip_kg": 20.0}, None),
    ("ewgsop2010", {**MAN, "grip_kg": 20.0, "gait_speed_m_s": 0.5}, "height_cm;alm_kg;mass_method"),
]


@pytest.mark.parametrize(("name", "person", "needs"), NEEDS)
def test_needs_by_hand(name: str, person: dict[str, object], needs: str | None) -> None:
    assert verdict(name, person)[2] == needs


def test_estimated_mass_is_judged_by_the_dxa_cut_off_only_on_request() -> None:
    person = {**WOMAN, **TALL_1M, "alm_kg": 5.5, "mass_method": "estimated", "grip_kg": 10.0}
    slow = {**person, "gait_speed_m_s": 0.5}
    assert verdict("awgs2019", slow) == ("possible", "severe", "alm_kg")
    assert verdict("awgs2019", slow, accept=True) == ("possible", "possible", None)
    assert verdict("ewgsop2010", slow, accept=True) == ("severe", "severe", None)
    assert verdict("jsh2021", slow, accept=True)[2] == "alm_kg;smi_l3_cm2_m2"
