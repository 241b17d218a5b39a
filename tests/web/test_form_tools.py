"""Grip by tries and the walk by time: what counts, what is kept, and what is never inferred."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myosteon.app.web.form.load import load_form
from myosteon.app.web.form.show import form_of
from myosteon.app.web.form.submission import read_step
from myosteon.app.web.form.tries import HANDS, TRIES, posture_of, read_tries, tries_of, try_name
from myosteon.app.web.form.walk import read_walk, time_of
from myosteon.registry.measured import WITHDRAWN, Measured
from myosteon.vocabulary.measures import load_measures


def tries(left: list[str], right: list[str], **more: str) -> dict[str, str]:
    form = {try_name("left", n): text for n, text in zip(TRIES, left, strict=True)}
    form |= {try_name("right", n): text for n, text in zip(TRIES, right, strict=True)}
    return {"grip.unit": "kg", "grip_device": "", "grip_kg": "", **form, **more}


def test_the_best_of_each_hand_and_of_both_counts_and_every_try_is_kept() -> None:
    part = read_tries(
        tries(["14.5", "15.5", "15.0"], ["16", "17", ""], grip_device="spring", grip_posture="seated")
    )
    assert part.settings["grip_left_kg"] == Measured(15.5, "14.5; 15.5; 15.0", "kg")
    assert part.settings["grip_right_kg"] == Measured(17.0, "16; 17; ", "kg")
    assert part.settings["grip_kg"] == Measured(17.0, "17", "kg")
    assert part.settings["grip_trials"].value == 5
    assert part.settings["grip_statistic"].value == "best"
    assert part.settings["grip_device"].value == "spring"
    assert posture_of(part.settings["grip_statistic"]) == "seated"
    assert part.best == "grip_right_2"
    assert part.said.en == "Best 17.0 kg, right hand."
    assert part.said.zh == "最大值17.0 kg（右手）。"


def test_one_try_is_enough_to_go_on_and_that_is_said() -> None:
    part = read_tries(tries(["14.5", "", ""], ["", "", ""]))
    assert part.settings["grip_kg"].value == 14.5
    assert part.settings["grip_right_kg"] == WITHDRAWN
    assert "One try is enough to go on" in part.said.en


def test_a_refused_try_is_left_out_and_the_others_count() -> None:
    part = read_tries(tries(["145", "15", ""], ["", "", ""]))
    assert part.fields["grip_left_1"].state == "refused"
    assert part.settings["grip_left_kg"] == Measured(15.0, "; 15; ", "kg")
    assert part.settings["grip_trials"].value == 1


def test_a_hand_all_of_whose_tries_are_refused_is_left_as_it_was() -> None:
    part = read_tries(tries(["145", "", ""], ["16", "", ""]))
    assert "grip_left_kg" not in part.settings
    assert part.settings["grip_kg"].value == 16.0


def test_tries_in_newtons_are_kept_as_typed_and_count_in_kilograms() -> None:
    part = read_tries(tries(["170", "", ""], ["", "", ""], **{"grip.unit": "N"}))
    assert part.settings["grip_left_kg"].value == pytest.approx(170 / 9.80665, abs=1e-8)
    assert (part.settings["grip_left_kg"].typed, part.settings["grip_left_kg"].unit) == ("170; ; ", "N")


def test_an_unusual_try_waits_until_it_is_kept() -> None:
    assert read_tries(tries(["80", "", ""], ["", "", ""])).settings.get("grip_kg") is None
    kept = read_tries(tries(["80", "", ""], ["", "", ""], **{"grip.keep": "keep"}))
    assert kept.settings["grip_kg"].value == 80.0


def test_a_best_value_whose_tries_are_not_known_may_stand_alone() -> None:
    part = read_tries(tries(["", "", ""], ["", "", ""], grip_kg="21"))
    assert part.settings["grip_kg"] == Measured(21.0, "21", "kg")
    assert part.settings["grip_trials"] == WITHDRAWN
    both = read_tries(tries(["20", "", ""], ["", "", ""], grip_kg="21"))
    assert both.fields["grip_kg"].state == "refused"
    assert both.settings["grip_kg"].value == 20.0


def test_no_try_and_no_best_withdraws_what_stood_there() -> None:
    part = read_tries(tries(["", "", ""], ["", "", ""]))
    assert part.settings["grip_kg"] == WITHDRAWN
    assert part.settings["grip_left_kg"] == WITHDRAWN


ONE_TRY = st.one_of(st.just(""), st.floats(3, 75).map(lambda number: f"{number:.1f}"))


@settings(max_examples=80, deadline=None)
@given(st.lists(ONE_TRY, min_size=6, max_size=6))
def test_the_best_is_the_largest_number_typed(typed: list[str]) -> None:
    part = read_tries(tries(typed[:3], typed[3:]))
    numbers = [float(text) for text in typed if text]
    assert part.settings["grip_kg"].value == (max(numbers) if numbers else None)
    for hand, own in (("left", typed[:3]), ("right", typed[3:])):
        kept = part.settings[HANDS[hand]]
        assert kept.value == max((float(text) for text in own if text), default=None)
        assert tries_of(kept) == own


def walk(course: str = "", time: str = "", speed: str = "", unable: str = "") -> dict[str, str]:
    return {"gait_course_m": course, "gait_time_s": time, "gait_speed_m_s": speed, "walk_unable": unable}


def test_speed_is_course_over_time_and_the_time_is_kept() -> None:
    part = read_walk(walk("4", "5.2"))
    assert part.settings["gait_speed_m_s"].value == pytest.approx(4 / 5.2, abs=1e-9)
    assert time_of(part.settings["gait_speed_m_s"]) == "5.2"
    assert part.said.en == "4 m in 5.2 s is 0.77 m/s."
    assert part.said.zh == "4米用时5.2秒，即0.77 m/s。"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (walk("", "5"), "without the length"),
        (walk("4", "5", "0.8"), "A time and a speed were both given"),
        (walk("4", "0.5"), "would be 8 m/s"),
        (walk("4", "0"), "0 s is impossible"),
        (walk("4", "five"), "is no number"),
    ],
)
def test_a_time_that_gives_no_speed_is_refused_and_stores_none(form: dict[str, str], said: str) -> None:
    part = read_walk(form)
    assert said in part.fields["gait_time_s"].said.en
    assert "gait_speed_m_s" not in part.settings


def test_a_speed_that_is_unusual_waits_until_it_is_kept() -> None:
    assert "gait_speed_m_s" not in read_walk(walk("4", "60")).settings
    kept = read_walk({**walk("4", "60"), "gait_speed_m_s.keep": "keep"})
    assert kept.settings["gait_speed_m_s"].value == pytest.approx(4 / 60, abs=1e-9)


def test_could_not_is_said_and_never_inferred() -> None:
    step = load_form().steps["walking"]
    nothing = read_step({"chair_stand_5x_s": "", "chair_stand_unable": "", **walk()}, step)
    assert nothing.settings["chair_stand_unable"] == WITHDRAWN
    assert nothing.settings["walk_unable"] == WITHDRAWN
    ticked = read_step({"chair_stand_5x_s": "", "chair_stand_unable": "yes", **walk(unable="yes")}, step)
    assert ticked.settings["chair_stand_unable"].value is True
    assert ticked.settings["walk_unable"].value is True


def test_a_screen_that_is_sent_unchanged_changes_nothing() -> None:
    """Whatever was stored comes back from the fields that it filled: typed texts, units, tries, times and kept unusual values."""
    measures = load_measures()
    for step in load_form().steps.values():
        kept = {one.name: Measured(*_some(one)) for one in step.measures}
        if step.id == "size":
            kept |= dict(read_tries(tries(["80", "", "70"], ["", "", ""], **{"grip.keep": "keep"})).settings)
            kept = {name: one for name, one in kept.items() if one.value is not None}
        if step.id == "walking":
            kept |= dict(read_walk(walk("4", "5.2")).settings)
            kept = {name: one for name, one in kept.items() if one.value is not None}
        sent = read_step(form_of(kept, step.measures), step)
        assert sent.held == {}
        assert sent.changes(kept) == {}
        assert set(kept) <= set(measures)


def test_what_came_from_a_file_is_not_changed_by_a_screen_that_is_sent_unchanged() -> None:
    for step in load_form().steps.values():
        kept = {
            one.name: Measured(_some(one)[0]) for one in step.measures if not one.name.startswith("grip_")
        }
        sent = read_step(form_of(kept, step.measures), step)
        assert sent.changes(kept) == {}


def _some(measure):
    """A possible value with what would have been typed for it."""
    if measure.type == "bool":
        return (False, "no", None)
    if measure.type == "category":
        return (measure.words[-1], measure.words[-1], None)
    if measure.is_number:
        whole = measure.type == "int"
        value = measure.hard_max if whole else round((measure.hard_min + measure.hard_max) / 2, 6)
        return (
            (int(value), str(int(value)), measure.unit)
            if whole
            else (float(value), f"{value:.10g}", measure.unit)
        )
    return ("text", "text", None)


def test_a_try_that_is_not_the_best_is_a_change_all_the_same() -> None:
    step = load_form().steps["size"]
    kept = dict(read_tries(tries(["", "", ""], ["16", "17", ""])).settings)
    changed = read_step(tries(["", "", ""], ["16.5", "17", ""]), step).changes(kept)
    assert changed == {"grip_right_kg": Measured(17.0, "16.5; 17; ", "kg")}
