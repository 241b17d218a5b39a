"""Trends: a change inside measurement error is never called a change, devices are not mixed, and failures are said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myosteon.app.web.person.trend_types import TrendView
from myosteon.app.web.wording import say
from myosteon.history.least_change import least_change, moved
from web.person_examples import DAY, made_up, view_of

EARLIER = date(2025, 5, 1)
BEYOND, WITHIN = "that measurement error explains", "so not a change"
# 2.77 times the errors that the papers print: Abe 2025, Norwegian SPPB study 2017, Donoghue 2019, Osteoporos Int 2011.
PRINTED = {
    "grip_kg": 4.7,
    "gait_speed_m_s": 0.39,
    "chair_stand_5x_s": 4.52,
    "bmd_lumbar_spine_g_cm2": 0.050,
    "bmd_femoral_neck_g_cm2": 0.047,
    "bmd_total_hip_g_cm2": 0.044,
}


def trend(visits: list[dict[str, object]], measure: str) -> TrendView:
    return next(one for one in view_of(made_up(visits)).trends if one.measure == measure)


@pytest.mark.parametrize(("measure", "printed"), PRINTED.items())
def test_the_least_significant_change_is_that_of_the_papers(measure: str, printed: float) -> None:
    least = least_change(measure)
    assert least is not None
    assert least.amount == pytest.approx(printed, rel=0.01)
    assert least.status == "checked"


def test_a_change_of_just_the_least_significant_change_is_within_it() -> None:
    least = least_change("grip_kg")
    assert least is not None
    assert moved(20.0, 20.0 + least.amount, least) == "within"
    assert moved(20.0, 20.001 + least.amount, least) == "rose"
    assert moved(20.001 + least.amount, 20.0, least) == "fell"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(80, 400), min_size=2, max_size=5))
def test_a_change_inside_the_error_is_never_called_a_change(tenths: list[int]) -> None:
    grips = [value / 10 for value in tenths]
    visits: list[dict[str, object]] = [
        {"visit_date": EARLIER + timedelta(days=90 * place), "grip_kg": grip}
        for place, grip in enumerate(grips)
    ]
    view = trend(visits, "grip_kg")
    least = 4.709
    inside = [abs(round(grips[-1] - grip, 9)) <= least for grip in {0: grips[0], 1: grips[-2]}.values()]
    if all(inside):
        assert BEYOND not in view.read
        assert WITHIN in view.read
    if not any(inside):
        assert WITHIN not in view.read
        assert BEYOND in view.read


def test_grips_of_two_devices_are_not_compared_and_have_no_band() -> None:
    visits = [
        {"visit_date": EARLIER, "grip_kg": 25.0, "grip_device": "hydraulic"},
        {"visit_date": DAY, "grip_kg": 15.0, "grip_device": "spring"},
    ]
    view = trend(visits, "grip_kg")
    assert view.read == say("person.trend.other_device", "en")
    assert view.first is None


def test_bone_density_of_machines_without_a_name_is_not_compared() -> None:
    visits = [
        {"visit_date": EARLIER, "bmd_total_hip_g_cm2": 0.9},
        {"visit_date": DAY, "bmd_total_hip_g_cm2": 0.7},
    ]
    assert trend(visits, "bmd_total_hip_g_cm2").read == say("person.trend.unnamed_machine", "en")


def test_bone_density_of_one_machine_is_compared() -> None:
    visits = [
        {"visit_date": EARLIER, "bmd_total_hip_g_cm2": 0.9, "dxa_device": "SN 12"},
        {"visit_date": DAY, "bmd_total_hip_g_cm2": 0.7, "dxa_device": "sn 12 "},
    ]
    view = trend(visits, "bmd_total_hip_g_cm2")
    assert BEYOND in view.read
    assert view.first is not None
    assert view.first.value == 0.9


def test_one_measurement_is_no_trend() -> None:
    view = trend([{"visit_date": DAY, "gait_speed_m_s": 0.9}], "gait_speed_m_s")
    assert "A change needs two" in view.read
    assert view.first is None


def test_what_was_tried_and_could_not_be_done_is_said_and_is_no_point() -> None:
    visits = [
        {"visit_date": EARLIER, "chair_stand_5x_s": 14.0},
        {"visit_date": DAY, "chair_stand_unable": True},
    ]
    view = trend(visits, "chair_stand_5x_s")
    assert [point.value for point in view.points] == [14.0]
    assert [failure.day for failure in view.failures] == [DAY]


def test_at_most_two_limits_the_clinic_s_own_first() -> None:
    view = trend([{"visit_date": DAY, "grip_kg": 17.0}], "grip_kg")
    assert [(limit.value, limit.names) for limit in view.limits] == [
        (18.0, "AWGS 2019"),
        (16.0, "EWGSOP2 2019"),
    ]


def test_no_limit_is_drawn_for_somebody_whose_sex_is_unknown() -> None:
    assert trend([{"visit_date": DAY, "grip_kg": 17.0, "sex": None}], "grip_kg").limits == ()


def test_the_best_hand_counts_where_only_hands_were_entered() -> None:
    view = trend([{"visit_date": DAY, "grip_left_kg": 15.0, "grip_right_kg": 18.5}], "grip_kg")
    assert [point.value for point in view.points] == [18.5]


def test_a_measure_that_was_never_taken_is_named_and_not_drawn() -> None:
    view = view_of(made_up([{"visit_date": DAY, "grip_kg": 17.0}]))
    assert [one.measure for one in view.trends] == ["grip_kg"]
    assert "Gait speed" in view.never_measured


def test_visits_after_the_day_are_not_known_yet() -> None:
    view = trend(
        [{"visit_date": DAY, "grip_kg": 17.0}, {"visit_date": date(2027, 1, 5), "grip_kg": 9.0}], "grip_kg"
    )
    assert [point.value for point in view.points] == [17.0]
