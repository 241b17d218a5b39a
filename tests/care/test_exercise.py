"""Exercise: the table of levels with its gap, the sign +, whose spine is spared, what stops, and a second reading."""

from __future__ import annotations

import random

import pytest

from care.caring import WELL, lines_of, named, one, rows

LEVELS = "abcd"


def table_by_sppb(score: int) -> str:
    """Vivifrail, typed from the facts: 0-3 A, 4-6 B, 7-9 C, 10-12 D."""
    return (
        "a" if score in range(4) else "b" if score in range(4, 7) else "c" if score in range(7, 10) else "d"
    )


def table_by_gait(speed: float) -> str:
    """Vivifrail: under 0.5 A, 0.5-0.8 B, 0.9-1.0 C, over 1.0 D; the gap 0.8-0.9 is C, our proposal."""
    if speed < 0.5:
        return "a"
    if speed <= 0.8:
        return "b"
    return "d" if speed > 1.0 else "c"


@pytest.mark.parametrize("score", range(13))
def test_levels_by_sppb_alone(score: int) -> None:
    assert one({"sppb_score": score}, "vivifrail_level") == (table_by_sppb(score),)


@pytest.mark.parametrize(
    ("speed", "level"),
    [
        (0.0, "a"),
        (0.49, "a"),
        (0.5, "b"),
        (0.8, "b"),
        (0.81, "c"),
        (0.85, "c"),
        (0.89, "c"),
        (0.9, "c"),
        (1.0, "c"),
        (1.01, "d"),
    ],
)
def test_levels_by_walking_speed_alone(speed: float, level: str) -> None:
    in_the_gap = 0.8 < speed < 0.9
    assert one({"gait_speed_m_s": speed}, "vivifrail_level", "gait_in_vivifrail_gap") == (level, in_the_gap)


def test_the_worse_of_two_decides_and_who_cannot_walk_is_at_level_a() -> None:
    assert one({"sppb_score": 11, "gait_speed_m_s": 0.6}, "vivifrail_level") == ("b",)
    assert one({"sppb_score": 5, "gait_speed_m_s": 1.2}, "vivifrail_level") == ("b",)
    assert one({"walk_unable": True}, "vivifrail_level") == ("a",)


def test_no_level_without_a_test() -> None:
    level, needs = one({"age_years": 80.0}, "vivifrail_level", "vivifrail_level_needs")
    assert level is None
    assert named(needs) == {"sppb_score", "gait_speed_m_s"}
    assert lines_of({"age_years": 80.0}, ("exercise_test_first", "strength_b")) == {"exercise_test_first"}


@pytest.mark.parametrize(
    ("change", "plus"),
    [
        ({}, False),
        ({"tug_s": 19.9}, False),
        ({"tug_s": 20.0}, True),
        ({"tug_s": None}, None),
        ({"gait_speed_m_s": 0.8}, False),
        ({"gait_speed_m_s": 0.79}, True),
        ({"dementia": True}, True),
        ({"dementia": None}, None),
        ({"falls_12m": 1}, False),
        ({"falls_12m": 2}, True),
        ({"falls_12m": 1, "falls_injurious_12m": 1}, True),
        ({"tug_s": None, "dementia": True}, True),
    ],
)
def test_the_sign_plus(change: dict[str, object], plus: bool | None) -> None:
    answer, needs = one({**WELL, **change}, "vivifrail_plus", "vivifrail_plus_needs")
    assert answer is plus
    assert named(needs) == (set(change) if plus is None else set())


@pytest.mark.parametrize(
    ("change", "spared"),
    [
        ({}, False),
        ({"t_score_total_hip": -2.4}, False),
        ({"t_score_total_hip": -2.5}, True),
        ({"fracture_vertebral": True}, True),
        ({"fracture_vertebral": None}, None),
        ({"fracture_vertebral": None, "t_score_lumbar_spine": -3.0}, True),
        ({"t_score_lumbar_spine": None, "t_score_femoral_neck": None, "t_score_total_hip": None}, None),
    ],
)
def test_the_spine_is_spared_and_also_until_it_is_known(
    change: dict[str, object], spared: bool | None
) -> None:
    person = {**WELL, **change}
    assert one(person, "spine_sparing") == (spared,)
    expected = {True: {"spine_sparing_load"}, False: set(), None: {"spine_sparing_until_known"}}[spared]
    assert lines_of(person, ("spine_sparing_load", "spine_sparing_until_known")) == expected


def test_a_red_flag_stops_and_an_unknown_one_is_asked_for_first() -> None:
    ids = ("strength_d", "exercise_stop", "exercise_stop_metastasis", "exercise_ask_first", "balance_free")
    assert lines_of(WELL, ids) == {"strength_d", "balance_free"}
    assert lines_of({**WELL, "acute_illness": None}, ids) == {"exercise_ask_first"}
    assert lines_of({**WELL, "acute_illness": True}, ids) == {"exercise_stop"}
    assert lines_of({**WELL, "bone_metastasis": True}, ids) == {"exercise_stop_metastasis"}


@pytest.mark.parametrize(
    ("cancer", "metastasis", "expected"),
    [
        (False, None, "strength_d"),
        (True, None, "strength_d_once_cleared"),
        (None, None, "strength_d_once_cleared"),
        (True, False, "strength_d"),
        (None, False, "strength_d"),
        (True, True, "exercise_stop_metastasis"),
        (None, True, "exercise_stop_metastasis"),
        # A record that contradicts itself never trains.
        (False, True, "exercise_stop_metastasis"),
    ],
)
def test_no_cancer_means_no_metastasis_and_a_known_one_always_stops(
    cancer: bool | None, metastasis: bool | None, expected: str
) -> None:
    person = {**WELL, "cancer": cancer, "bone_metastasis": metastasis}
    ids = ("strength_d", "strength_d_once_cleared", "exercise_stop_metastasis")
    assert lines_of(person, ids) == {expected}


@pytest.mark.parametrize(("months", "training"), [(1.4, False), (1.5, True), (None, None)])
def test_a_fresh_vertebral_fracture_waits(months: float | None, training: bool | None) -> None:
    person = {**WELL, "fracture_vertebral": True, "months_since_vertebral_fracture": months}
    expected = {
        True: "strength_d_spared",
        False: "exercise_fresh_vertebral_fracture",
        None: "exercise_ask_first",
    }
    assert lines_of(person, ("strength_d", *expected.values())) == {expected[training]}


def test_high_loads_are_for_whom_they_were_tried() -> None:
    low = {**WELL, "t_score_lumbar_spine": -1.5, "months_since_last_fracture": 600.0}
    ids = ("high_intensity_supervised", "high_intensity_men")
    assert lines_of(low, ids) == {"high_intensity_supervised"}
    assert lines_of({**low, "fracture_vertebral": True}, ids) == set()
    man = {**low, "sex": "male", "age_years": 75.0, "grip_kg": 20.0, "alm_kg": 15.0}
    assert lines_of(man, ids) == {"high_intensity_men"}


def test_random_people_are_levelled_alike_in_plain_python() -> None:
    rng = random.Random(5)
    people = [
        {
            "sppb_score": rng.choice([None, *range(13)]),
            "gait_speed_m_s": rng.choice((None, 0.0, 0.4, 0.5, 0.79, 0.8, 0.85, 0.9, 1.0, 1.1)),
        }
        for _ in range(1500)
    ]
    found = rows(people, ["vivifrail_level"])
    for person, row in zip(people, found, strict=True):
        score, speed = person["sppb_score"], person["gait_speed_m_s"]
        told = [table_by_sppb(int(score))] if score is not None else []
        told += [table_by_gait(float(speed))] if speed is not None else []
        assert row["vivifrail_level"] == min(told, key=LEVELS.index, default=None)
    assert {row["vivifrail_level"] for row in found} == {*LEVELS, None}
