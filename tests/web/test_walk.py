"""A person's whole way through the made-up clinics, in a real browser: screened, completed, referred, answered, printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web.chromium import CHROMIUM, missing
from web.made_up_clinic import MadeUpClinic, served_made_up

NEWCOMER = {"en": ("Alma Thorne", "N-1"), "zh": ("丁素云", "N-2")}
QUESTION = {"en": "Is it sarcopenia? Please measure muscle mass.", "zh": "是肌少症吗？请测肌肉量。"}
ANSWER = {"en": "Muscle mass index 5.0 kg/m²: confirmed.", "zh": "肌量指数5.0 kg/m²：确诊。"}
POSSIBLE = {"en": "possible sarcopenia", "zh": "可能肌少症"}
MANY_TABS = 120


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeUpClinic]:
    if not Path(CHROMIUM).exists():
        missing("chromium")
    try:
        import playwright  # noqa: F401
    except ImportError:
        missing("playwright")
    with served_made_up(tmp_path_factory.mktemp("walk")) as found:
        yield found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_person_is_screened_completed_referred_answered_and_printed(
    clinic: MadeUpClinic, language: str
) -> None:
    person = _screen(clinic, language)
    _complete(clinic, language, person)
    referral = _refer(clinic, language, person)
    _answer(clinic, language, referral)
    doctor = clinic.page("doctor.village", language)
    doctor.goto("/worklist")
    _press(doctor, f"a[href='/referrals/{referral}']")
    assert ANSWER[language] in doctor.inner_text("main")
    for printed in (
        f"/people/{person}/plan/note.pdf?in={language}",
        f"/people/{person}/plan/handout.pdf?in={language}",
        f"/referrals/{referral}/letter.pdf",
    ):
        paper = doctor.request.get(printed)
        assert paper.status == 200
        assert paper.body().startswith(b"%PDF-")
    assert doctor.faults == []
    doctor.context.close()


def _screen(clinic: MadeUpClinic, language: str) -> str:
    """A health worker with a phone: registers somebody, types what the village measures, and leaves the visit open."""
    page = clinic.page("worker.village", language, phone=True)
    page.goto("/people/new")
    name, number = NEWCOMER[language]
    page.fill("#name", name)
    page.select_option("#sex", "female")
    page.fill("#birth_date", "1949-05-06")
    page.fill("#identifier", number)
    page.tap("main form.person-form button:not([name])")
    page.wait_for_url(re.compile("/people/[0-9a-f]{32}$"))
    person = page.url.rsplit("/", 1)[1]
    page.tap(f"a[href='/people/{person}/visits/new']")
    page.tap("main form button")
    page.wait_for_url("**/steps/about")
    page.goto(page.url.replace("about", "size"))
    for field, text in (
        ("height_cm", "155"),
        ("weight_kg", "46"),
        ("grip_right_1", "15"),
        ("grip_right_2", "15.5"),
    ):
        page.fill(f"#{field}", text)
    page.locator("[data-dock-sentence]", has_text=POSSIBLE[language]).wait_for()
    page.tap("button[value=on]")
    page.wait_for_url("**/steps/walking")
    page.fill("#chair_stand_5x_s", "15.2")
    page.tap("button[value=on]")
    page.wait_for_url("**/steps/questions")
    assert page.faults == []
    page.context.close()
    return str(person)


def _complete(clinic: MadeUpClinic, language: str, person: str) -> None:
    """The clinician goes on with the same visit, finishes it, and sees verdict and plan."""
    page = clinic.page("doctor.village", language)
    page.goto("/people")
    page.fill("main input[name=q]", NEWCOMER[language][1])
    page.press("main input[name=q]", "Enter")
    _press(page, f"main a[href='/people/{person}']")
    _press(page, f"a[href='/people/{person}/visits/new']")
    _press(page, "main a[href^='/visits/']")
    page.wait_for_url(re.compile("/visits/[0-9a-f]{32}"))
    _press(page, "main a[href$='/steps/walking']")
    assert page.input_value("#chair_stand_5x_s") == "15.2"
    page.fill("#gait_speed_m_s", "0.9")
    _press(page, "button[value=stay]")
    _press(page, "a[href$='/check']")
    _press(page, "main form button")
    page.goto(f"/people/{person}")
    assert POSSIBLE[language] in page.inner_text("main")
    _press(page, f"main a[href='/people/{person}/plan']")
    assert page.locator("main .line").count() > 3
    assert page.faults == []
    page.context.close()


def _refer(clinic: MadeUpClinic, language: str, person: str) -> str:
    page = clinic.page("doctor.village", language)
    page.goto(f"/people/{person}")
    _press(page, f"a[href='/people/{person}/referrals/new']")
    assert NEWCOMER[language][0] in page.inner_text("main")
    page.select_option("#to", label="清河县医院 Qinghe County")
    page.fill("#question", QUESTION[language])
    page.click("button[value=send]")
    page.wait_for_url(re.compile("/referrals/[0-9a-f]{32}$"))
    assert page.faults == []
    referral = page.url.rsplit("/", 1)[1]
    page.context.close()
    return str(referral)


def _answer(clinic: MadeUpClinic, language: str, referral: str) -> None:
    page = clinic.page("doctor.county", language)
    page.goto("/worklist")
    _press(page, f"a[href='/referrals/{referral}']")
    assert page.inner_text("h1") == QUESTION[language]
    _press(page, "form[action$='/accept'] button")
    page.fill("#answer", ANSWER[language])
    _press(page, "form[action$='/answer'] button")
    assert ANSWER[language] in page.inner_text("main")
    assert page.faults == []
    page.context.close()


def test_a_visit_is_begun_typed_and_finished_by_keyboard_alone(clinic: MadeUpClinic) -> None:
    page = clinic.page("worker.village", "en")
    person = clinic.person("0700")
    page.goto(f"/people/{person}")
    _tab_to(page, f"a[href='/people/{person}/visits/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/new")
    _tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/about")
    _tab_to(page, "a[href$='/steps/size']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/size")
    for field, text in (("#height_cm", "160"), ("#weight_kg", "50"), ("#grip_right_1", "14")):
        _tab_to(page, field)
        page.keyboard.type(text)
    _tab_to(page, "button[value=on]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/walking")
    _tab_to(page, "a[href$='/check']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    _tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.locator(".notice-good, [data-toast]").first.wait_for()
    assert page.faults == []
    page.context.close()


def _press(page: Any, selector: str) -> None:
    """Clicks, and waits until the next page is there."""
    with page.expect_navigation():
        page.click(selector)


def _tab_to(page: Any, selector: str) -> None:
    """Presses Tab until the element has the focus; each one on the way shows that it has it."""
    for _ in range(MANY_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"no number of tabs leads to {selector}")
