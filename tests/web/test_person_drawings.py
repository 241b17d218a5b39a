"""The drawings, parsed: what is drawn is what the tables say, on real days, and nothing unknown is a point."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from myosteon.app.visits import no_courses
from myosteon.app.web.person.drawing import DayScale, ticks
from myosteon.app.web.person.drawn import draw, draw_courses
from myosteon.app.web.person.history import Course, Dose, PersonHistory
from myosteon.vocabulary.types import Language
from web.person_examples import DAY, PEOPLE, history_of, made_up, view_of, voice_in

START = date(2023, 1, 1)


def parsed(drawing: Markup | None) -> ElementTree.Element:
    assert drawing is not None
    return ElementTree.fromstring(str(drawing))


def marked(drawing: ElementTree.Element) -> list[tuple[str, str]]:
    """Day and value of everything that is drawn as a measurement."""
    return [
        (one.get("data-day", ""), one.get("data-value", ""))
        for one in drawing.iter()
        if one.get("data-value")
    ]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(1, 1300), st.none() | st.integers(20, 120)),
        min_size=1,
        max_size=8,
        unique_by=lambda one: one[0],
    )
)
def test_every_known_value_is_a_point_and_nothing_unknown_is(visits: list[tuple[int, int | None]]) -> None:
    rows = [
        {"visit_date": START + timedelta(days=day), "gait_speed_m_s": None if speed is None else speed / 100}
        for day, speed in visits
    ]
    view = view_of(made_up([*rows, {"visit_date": DAY, "grip_kg": 20.0}]))
    known = sorted(
        (row["visit_date"].isoformat(), repr(row["gait_speed_m_s"])) for row in rows if row["gait_speed_m_s"]
    )
    drawn = [one for one in draw(view, voice_in("en")).trends if one.view.measure == "gait_speed_m_s"]
    assert [one for trend in drawn for one in marked(parsed(trend.drawing))] == known
    assert [(p.day.isoformat(), repr(p.value)) for trend in drawn for p in trend.view.points] == known


def test_days_lie_on_a_real_axis_not_on_the_number_of_the_visit() -> None:
    days = [date(2024, 1, 1), date(2024, 2, 1), date(2026, 1, 1)]
    view = view_of(made_up([{"visit_date": day, "grip_kg": 20.0} for day in days]))
    drawing = parsed(draw(view, voice_in("en")).trends[0].drawing)
    first, second, third = (float(one.get("cx", "")) for one in drawing.iter("circle"))
    assert (second - first) / (third - first) == pytest.approx(31 / 731, abs=0.01)


def test_a_higher_value_lies_higher() -> None:
    visits = [{"visit_date": START, "grip_kg": 15.0}, {"visit_date": DAY, "grip_kg": 25.0}]
    circles = list(parsed(draw(view_of(made_up(visits)), voice_in("en")).trends[0].drawing).iter("circle"))
    assert float(circles[0].get("cy", "")) > float(circles[1].get("cy", ""))


def test_measurements_of_two_devices_are_not_joined() -> None:
    visits = [
        {"visit_date": START, "grip_kg": 20.0, "grip_device": "spring"},
        {"visit_date": DAY, "grip_kg": 19.0, "grip_device": "hydraulic"},
    ]
    drawing = parsed(draw(view_of(made_up(visits)), voice_in("en")).trends[0].drawing)
    assert len(list(drawing.iter("circle"))) == 2
    assert not [one for one in drawing.iter("line") if one.get("class") == "s-muscle"]
    assert not [one for one in drawing.iter("rect") if one.get("class") == "band"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_drawing_of_the_worked_people_speaks_and_is_styled_by_classes_alone(
    person: str, language: Language
) -> None:
    view, voice = view_of(history_of(person), language), voice_in(language)
    drawn = draw(view, voice)
    drawings = [
        drawn.ruler,
        *(trend.drawing for trend in drawn.trends),
        *(draw_courses(view.clock, voice) or ()),
    ]
    for drawing in (one for one in drawings if one is not None):
        tree = parsed(drawing)
        assert tree.get("role") == "img"
        assert tree.get("aria-label")
        width, height = (float(side) for side in tree.get("viewBox", "").split()[2:])
        for one in tree.iter():
            assert not set(one.attrib) & {"style", "fill", "stroke", "onclick"}
            for key in ("x", "x1", "x2", "cx"):
                assert -1 <= float(one.get(key, 0)) <= width + 1
            for key in ("y", "y1", "y2", "cy"):
                assert -1 <= float(one.get(key, 0)) <= height + 1


@pytest.mark.parametrize("person", PEOPLE)
def test_the_ruler_draws_the_t_scores_that_were_entered(person: str) -> None:
    history = history_of(person)
    row = history.visits.to_dicts()[-1]
    sites = ("femoral_neck", "total_hip", "lumbar_spine", "radius_33")
    known = sorted(str(row[f"t_score_{site}"]) for site in sites if row.get(f"t_score_{site}") is not None)
    drawing = draw(view_of(history), voice_in("en")).ruler
    assert sorted(value for _, value in marked(parsed(drawing))) == known if drawing else not known


def test_the_lowest_t_score_has_the_one_filled_pointer() -> None:
    drawing = parsed(draw(view_of(history_of("P02")), voice_in("en")).ruler)
    filled = [one.get("data-value") for one in drawing.iter("path") if one.get("class") == "d-bone now"]
    assert filled == ["-3.1"]


def diamonds(drawing: Markup, look: str) -> list[str]:
    return [one.get("data-day", "") for one in parsed(drawing).iter("path") if one.get("class") == look]


def test_the_clock_draws_the_doses_whose_days_are_known_and_the_day_that_is_due() -> None:
    drawings = draw_courses(view_of(history_of("P02")).clock, voice_in("en"))
    assert drawings is not None
    desk, phone = drawings
    assert diamonds(desk, "dose") == ["2022-08-10", "2026-02-10"]
    assert diamonds(desk, "due") == ["2026-08-10"]
    # Fourteen months before 20 November 2026 begin in September 2025.
    assert diamonds(phone, "dose") == ["2026-02-10"]
    assert len([one for one in parsed(desk).iter("rect") if one.get("class") == "late"]) == 1


def test_a_course_that_ended_on_an_unknown_day_has_no_end_drawn_and_says_so() -> None:
    course = Course("1", "alendronate", date(2020, 1, 1), stopped_on_unknown_day=True)
    history = made_up([{"visit_date": DAY, "grip_kg": 20.0}])
    clock = view_of(PersonHistory(history.visits, no_courses(), (course,))).clock
    assert clock is not None
    assert "stopped, day not recorded" in clock.said
    drawings = draw_courses(clock, voice_in("en"))
    assert drawings is not None
    assert not list(parsed(drawings[0]).iter("rect"))


def test_time_between_two_known_doses_that_the_first_does_not_cover_is_hatched() -> None:
    doses = (Dose(date(2025, 1, 1), 1), Dose(date(2025, 9, 1), 2))
    course = Course("1", "denosumab", doses[0].day, last_dose=doses[1].day, doses=2, dated=doses)
    history = made_up([{"visit_date": DAY, "grip_kg": 20.0}])
    clock = view_of(PersonHistory(history.visits, no_courses(), (course,))).clock
    assert clock is not None
    assert (date(2025, 7, 1), date(2025, 9, 1)) in clock.lines[0].uncovered


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_ticks_cover_the_range_in_few_steps(low: float, span: float) -> None:
    marks = ticks(low, low + span)
    assert marks[0] <= low + 1e-3 * span
    assert marks[-1] >= low + span - 1e-3 * span
    assert len(marks) <= 7


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(30, 20_000), st.integers(20, 90))
def test_months_under_an_axis_are_apart(first: date, length: int, apart: int) -> None:
    scale = DayScale(first, first + timedelta(days=length), 0.0, 300.0)
    places = [scale.at(day) for day in scale.months(apart)]
    assert all(later - earlier >= apart * 0.85 for earlier, later in itertools.pairwise(places))


def test_no_drawing_holds_markup_of_what_somebody_typed() -> None:
    visits = [{"visit_date": DAY, "bmd_total_hip_g_cm2": 0.8, "dxa_device": "<script>alert(1)</script>"}]
    course = Course(
        "1", "denosumab", date(2026, 1, 1), dose='60 mg"><script>', last_dose=date(2026, 6, 1), doses=2
    )
    history = made_up(visits)
    view = view_of(PersonHistory(history.visits, no_courses(), (course,)))
    drawings = (
        *(t.drawing for t in draw(view, voice_in("en")).trends),
        *(draw_courses(view.clock, voice_in("en")) or ()),
    )
    assert all(not re.search("<script", str(drawing)) for drawing in drawings)
