"""A visit in a real browser: by keyboard, by thumb, without a connection, without scripts, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from myosteon.registry.database import Actor
from myosteon.registry.visits import Visit, read_visit, start_visit
from web.chromium import PHONE, Served, served


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture
def visit(clinic: Served) -> str:
    """A visit that nothing is written in."""
    things = clinic.world.things["village"]
    with clinic.world.database.write(Actor(things["health_worker"], things["organisation"])) as write:
        return start_visit(write, things["person"], things["organisation"], date(2026, 11, 20))


def kept(clinic: Served, visit: str) -> Visit:
    with clinic.world.database.read() as connection:
        return read_visit(connection, visit)


def focused(page: Any) -> str:
    return str(
        page.evaluate(
            "document.activeElement.name || document.activeElement.id || document.activeElement.tagName"
        )
    )


def test_a_health_worker_types_a_step_with_the_keyboard_alone(clinic: Served, visit: str) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/size")
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page) == "height_cm":
            break
    for text, then in (("151", "weight_kg"), ("52", "calf_circumference_cm"), ("30", "grip_left_1")):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        assert focused(page) == then
    for text, then in (
        ("14.5", "grip_left_2"),
        ("15.5", "grip_left_3"),
        ("15", "grip_right_1"),
        ("16", "grip_right_2"),
    ):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        assert focused(page) == then
    page.keyboard.type("17")
    for _ in range(12):
        page.keyboard.press("Tab")
        if focused(page) == "grip_device":
            break
    page.keyboard.press("ArrowDown")
    for _ in range(12):
        page.keyboard.press("Tab")
        if focused(page) == "go":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/walking")
    measures = kept(clinic, visit).measures
    assert {name: one.value for name, one in measures.items()} == {
        "height_cm": 151.0,
        "weight_kg": 52.0,
        "calf_circumference_cm": 30.0,
        "grip_left_kg": 15.5,
        "grip_right_kg": 17.0,
        "grip_kg": 17.0,
        "grip_trials": 5,
        "grip_statistic": "best",
        "grip_device": measures["grip_device"].value,
    }
    assert page.faults == []
    page.context.close()


def test_an_impossible_value_is_refused_on_leaving_the_field_and_the_summary_leads_to_it(
    clinic: Served, visit: str
) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/size")
    page.fill("#height_cm", "15.1")
    assert page.locator("#height_cm-why").is_hidden()
    page.focus("#weight_kg")
    page.locator("#height_cm-why").wait_for(state="visible")
    assert "Did you mean 151? Nothing was changed." in page.inner_text("#height_cm-why")
    assert page.get_attribute("#height_cm", "aria-invalid") == "true"
    page.fill("#weight_kg", "52")
    page.click("button[value=on]")
    page.wait_for_selector("#summary")
    assert focused(page) == "summary"
    page.click("#summary a")
    assert focused(page) == "height_cm"
    assert page.input_value("#height_cm") == "15.1"
    assert kept(clinic, visit).measures["weight_kg"].value == 52.0
    page.fill("#height_cm", "151")
    page.focus("#weight_kg")
    page.locator("#height_cm-why").wait_for(state="hidden")
    assert page.get_attribute("#height_cm", "aria-invalid") is None
    page.context.close()


def test_an_unusual_value_is_kept_by_a_tick_and_typed_over_it_is_asked_again(
    clinic: Served, visit: str
) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/size")
    page.fill("#weight_kg", "170")
    page.focus("#height_cm")
    page.locator("#weight_kg-caution").wait_for(state="visible")
    assert "Measure again? Did you mean 170 pounds (77.11 kg)?" in page.inner_text("#weight_kg-caution")
    page.check("[name='weight_kg.keep']")
    page.fill("#weight_kg", "180")
    assert not page.is_checked("[name='weight_kg.keep']")
    page.check("[name='weight_kg.keep']")
    page.click("button[value=on]")
    page.wait_for_url("**/steps/walking")
    assert kept(clinic, visit).measures["weight_kg"].value == 180.0
    page.context.close()


def test_the_verdict_follows_at_most_once_a_second_and_is_heard_when_it_changes(
    clinic: Served, visit: str
) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/size")
    # When the browser sent each, by its own clock: here it may be heard of late.
    asked: list[float] = []
    page.on(
        "requestfinished",
        lambda request: asked.append(request.timing["startTime"]) if request.url.endswith("/live") else None,
    )
    heard: list[str] = []
    page.expose_function("heard", lambda text: heard.append(text))
    page.evaluate(
        "new MutationObserver(() => heard(document.querySelector('[data-heard]').textContent))"
        ".observe(document.querySelector('[data-heard]'), {childList: true, characterData: true, subtree: true})"
    )
    page.focus("#grip_right_1")
    for text in ("1", "17", "17.", "17.0", "17.05", "17.0", "17"):
        page.fill("#grip_right_1", text)
        page.wait_for_timeout(300)
    page.locator("[data-verdicts]", has_text="possible sarcopenia").wait_for()
    page.fill("#weight_kg", "52")
    page.wait_for_timeout(2200)
    gaps = [second - first for first, second in pairwise(asked)]
    assert all(gap > 950 for gap in gaps), gaps
    assert len(asked) >= 2
    assert len([text for text in heard if "possible sarcopenia" in text]) == 1
    assert page.locator("[aria-live=polite]").count() == 1
    assert (
        page.get_attribute("[data-live] .ladder", "aria-label")
        == "proved: possible; not excluded up to: severe"
    )
    assert page.locator(".tries .best").get_attribute("name") == "grip_right_1"
    page.context.close()


def test_the_stopwatch_counts_five_rises_by_tap_and_stops_itself(clinic: Served, visit: str) -> None:
    page = clinic.page(phone=True)
    page.goto(f"/visits/{visit}/steps/walking")
    key = page.locator("[data-watch=chair_stand_5x_s] [data-key]")
    assert key.inner_text() == "Start"
    key.tap()
    for rise in range(1, 6):
        assert key.inner_text() == f"Rise {rise} of 5"
        page.wait_for_timeout(120)
        key.tap()
    assert 0.5 <= float(page.input_value("#chair_stand_5x_s")) <= 3
    assert key.inner_text() == "Again"
    page.fill("#chair_stand_5x_s", "16.0")
    page.tap("button[value=on]")
    page.wait_for_url("**/steps/questions")
    assert kept(clinic, visit).measures["chair_stand_5x_s"].value == 16.0
    page.context.close()


def test_a_test_that_is_broken_off_writes_no_time_and_ticks_nothing(clinic: Served, visit: str) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/walking")
    watch = page.locator("[data-watch=chair_stand_5x_s]")
    watch.locator("[data-key]").click()
    watch.locator("[data-key]").click()
    watch.locator("[data-abort]").click()
    assert "Broken off after 1 of 5 rises" in watch.inner_text()
    assert page.input_value("#chair_stand_5x_s") == ""
    assert not page.is_checked("#chair_stand_unable")
    page.context.close()


def test_the_space_bar_starts_and_stops_the_watch_of_the_walk(clinic: Served, visit: str) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/walking")
    page.fill("#gait_course_m", "4")
    page.focus("[data-watch=gait_time_s] [data-key]")
    page.keyboard.press(" ")
    page.wait_for_timeout(1500)
    page.keyboard.press(" ")
    assert 1.4 <= float(page.input_value("#gait_time_s")) <= 3
    page.fill("#gait_time_s", "5.2")
    page.click("button[value=on]")
    page.wait_for_url("**/steps/questions")
    assert kept(clinic, visit).measures["gait_speed_m_s"].value == pytest.approx(4 / 5.2)
    page.goto(f"/visits/{visit}/steps/walking")
    assert page.input_value("#gait_time_s") == "5.2"
    page.context.close()


def test_a_questionnaire_is_tapped_through_on_a_phone_in_chinese(clinic: Served, visit: str) -> None:
    page = clinic.page(language="zh", phone=True)
    page.goto(f"/visits/{visit}/questions/sarc_f")
    shown = page.locator("[data-card]:visible")
    assert shown.count() == 1
    assert "第1题，共5题" in page.inner_text("[data-card-place]")
    for value in ("2", "1", "1", "0"):
        shown.locator(f"input[value='{value}']").tap()
    assert "第5题，共5题" in page.inner_text("[data-card-place]")
    page.tap("[data-back]")
    assert shown.locator("input:checked").get_attribute("value") == "0"
    page.tap("[data-forward]")
    shown.locator("input[value='1']").tap()
    page.locator("[data-answers]", has_text="SARC-F总分：5分").wait_for()
    page.tap("[data-save]")
    page.wait_for_url("**/steps/questions")
    measures = kept(clinic, visit).measures
    assert [
        measures[f"sarc_f_{item}"].value for item in ("strength", "assistance", "rise", "climb", "falls")
    ] == [2, 1, 1, 0, 1]
    assert page.faults == []
    page.context.close()


def test_the_keyboard_moves_through_answers_without_being_carried_on(clinic: Served, visit: str) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/questions/sarc_f")
    page.focus("[data-card]:visible input:checked")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.inner_text("[data-card-place]") == "Question 1 of 5"
    assert page.locator("[data-card]:visible input:checked").get_attribute("value") == "1"
    page.context.close()


def test_without_a_connection_nothing_typed_is_lost_and_nothing_is_stored_in_the_browser(
    clinic: Served, visit: str
) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/size")
    page.fill("#height_cm", "151")
    assert page.inner_text("[data-state]") == "Not saved yet"
    page.context.set_offline(True)
    page.click("button[value=on]")
    page.locator("[data-lost]").wait_for(state="visible")
    assert "is not saved yet" in page.inner_text("[data-lost]")
    assert page.input_value("#height_cm") == "151"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.set_offline(False)
    page.click("button[value=on]")
    page.wait_for_url("**/steps/walking")
    assert kept(clinic, visit).measures["height_cm"].value == 151.0
    page.context.close()


def test_another_unit_converts_says_so_and_saves_what_was_typed(clinic: Served, visit: str) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/size")
    page.fill("#height_cm", "151")
    page.check("[name='height_cm.unit'][value='[in_i]']")
    assert page.input_value("#height_cm") == "59.45"
    assert "151 cm is 59.45 inches. What you typed is kept: 151 cm." in page.inner_text("#height_cm-told")
    page.fill("#weight_kg", "115")
    page.check("[name='weight_kg.unit'][value='[lb_av]']")
    page.click("#weight_kg-told button")
    page.click("button[value=on]")
    page.wait_for_url("**/steps/walking")
    measures = kept(clinic, visit).measures
    assert (measures["height_cm"].value, measures["height_cm"].typed, measures["height_cm"].unit) == (
        151.0,
        "151",
        "cm",
    )
    assert (measures["weight_kg"].typed, measures["weight_kg"].unit) == ("115", "[lb_av]")
    assert measures["weight_kg"].value == pytest.approx(115 * 0.45359237)
    page.context.close()


def test_without_scripts_the_form_saves_and_the_verdict_comes_after_the_save(
    clinic: Served, visit: str
) -> None:
    page = clinic.page(java_script_enabled=False)
    page.goto(f"/visits/{visit}/steps/size")
    page.fill("#grip_right_1", "17")
    page.click("button[value=stay]")
    assert "possible sarcopenia" in page.inner_text("[data-verdicts]")
    assert kept(clinic, visit).measures["grip_kg"].value == 17.0
    page.goto(f"/visits/{visit}/questions/frail")
    assert page.locator("[data-card]:visible").count() == 5
    page.context.close()


def test_leaving_with_something_unsaved_is_asked_about(clinic: Served, visit: str) -> None:
    page = clinic.page()
    page.goto(f"/visits/{visit}/steps/size")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#height_cm")
    page.keyboard.type("151")
    page.click("[data-leave]")
    page.wait_for_url("**/steps/walking")
    assert asked == ["beforeunload"]
    page.context.close()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "name",
    [
        "steps/about",
        "steps/size",
        "steps/walking",
        "steps/questions",
        "steps/medicines",
        "questions/iof",
        "check",
    ],
)
def test_no_page_scrolls_sideways_on_a_phone_and_no_field_is_without_a_label(
    clinic: Served, visit: str, name: str, language: str
) -> None:
    page = clinic.page(language=language, phone=True)
    page.goto(f"/visits/{visit}/{name}")
    for width in (PHONE["width"], 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    unnamed = page.evaluate(
        "[...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]"
        ".filter((one) => !one.labels.length && !one.getAttribute('aria-label')).map((one) => one.name)"
    )
    assert unnamed == []
    assert page.faults == []
    page.context.close()
