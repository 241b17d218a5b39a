"""A visit over HTTP: typed, refused, corrected, contested, finished; nothing is lost and nothing is overwritten unseen."""

from __future__ import annotations

import re
from datetime import date

import pytest

from myosteon.registry.audit import lines
from myosteon.registry.database import Actor
from myosteon.registry.measured import Measured
from myosteon.registry.results import ASSESSMENT, result_of_visit
from myosteon.registry.visits import Visit, read_visit, start_visit, visit_entries
from web.world import NAMES, Browser, World

SIZE = {
    "height_cm": "151",
    "weight_kg": "52",
    "calf_circumference_cm": "30",
    "grip_left_1": "14.5",
    "grip_right_1": "17",
    "grip.unit": "kg",
    "grip_device": "spring",
    "grip_posture": "seated",
    "grip_kg": "",
}


@pytest.fixture
def browser(world: World) -> Browser:
    return world.with_session("health_worker")


def visit_of(world: World, visit: str | None = None) -> Visit:
    with world.database.read() as connection:
        return read_visit(connection, visit or world.things["village"]["visit"])


def step(world: World, name: str = "size") -> str:
    return world.path(f"/visits/{{visit}}/steps/{name}")


def seen(world: World) -> str:
    return str(visit_of(world).number)


def begin(world: World, browser: Browser, day: str = "2026-11-19") -> str:
    answer = browser.post(world.path("/people/{person}/visits/new"), {"day": day})
    assert answer.status_code == 303
    return str(re.fullmatch(r"/visits/(\w+)/steps/about", answer.headers["location"])[1])  # type: ignore[index]


def test_a_visit_begins_on_a_day_that_has_come(world: World, browser: Browser) -> None:
    visit = begin(world, browser)
    assert visit_of(world, visit).day == date(2026, 11, 19)


def test_a_second_visit_of_a_day_is_the_first_one_gone_on_with(world: World, browser: Browser) -> None:
    visit = begin(world, browser, "2026-11-18")
    again = browser.post(world.path("/people/{person}/visits/new"), {"day": "2026-11-18"})
    assert again.headers["location"] == f"/visits/{visit}"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-21", "has not come yet"),
        ("20.11.2026", "This is no day"),
        ("", "no day"),
        ("1948-02-28", "before the person was born"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_words(
    world: World, browser: Browser, day: str, said: str
) -> None:
    answer = browser.post(world.path("/people/{person}/visits/new"), {"day": day})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_step_is_one_entry_with_what_was_typed(world: World, browser: Browser) -> None:
    answer = browser.post(
        step(world), {**SIZE, "seen": seen(world), "height_cm": "５９．５", "height_cm.unit": "[in_i]"}
    )
    assert answer.headers["location"] == step(world, "walking")
    visit = visit_of(world)
    assert visit.number == 2
    assert visit.measures["height_cm"] == Measured(151.13, "５９．５", "[in_i]")
    assert visit.measures["grip_kg"].value == 17.0
    assert visit.measures["grip_statistic"].typed == "best; seated"
    with world.database.read() as connection:
        entries = visit_entries(connection, visit.id)
    assert entries[-1].step == "size"
    assert "gait_speed_m_s" not in entries[-1].measures


def test_sending_a_screen_twice_writes_one_entry(world: World, browser: Browser) -> None:
    browser.post(step(world), {**SIZE, "seen": seen(world)})
    again = browser.post(step(world), {**SIZE, "seen": seen(world)})
    assert again.status_code == 303
    assert visit_of(world).number == 2


def test_a_refused_value_stays_on_the_screen_and_the_rest_is_saved(world: World, browser: Browser) -> None:
    answer = browser.post(step(world), {**SIZE, "seen": seen(world), "height_cm": "15.1"})
    assert answer.status_code == 422
    assert '<a href="#height_cm">Height: 15.1</a>' in answer.text
    assert "Did you mean 151? Nothing was changed." in answer.text
    assert 'value="15.1"' in answer.text
    visit = visit_of(world)
    assert "height_cm" not in visit.measures
    assert visit.measures["weight_kg"].value == 52.0


def test_an_unusual_value_is_saved_once_it_is_kept(world: World, browser: Browser) -> None:
    heavy = {**SIZE, "weight_kg": "170"}
    answer = browser.post(step(world), {**heavy, "seen": seen(world)})
    assert answer.status_code == 422
    assert "Measure again?" in answer.text
    assert "weight_kg" not in visit_of(world).measures
    answer = browser.post(step(world), {**heavy, "seen": seen(world), "weight_kg.keep": "keep"})
    assert answer.status_code == 303
    assert visit_of(world).measures["weight_kg"].value == 170.0


def test_a_value_that_is_emptied_is_withdrawn_and_stays_readable(world: World, browser: Browser) -> None:
    browser.post(step(world), {**SIZE, "seen": seen(world)})
    browser.post(step(world), {**SIZE, "seen": seen(world), "height_cm": ""})
    assert "height_cm" not in visit_of(world).measures
    with world.database.read() as connection:
        entries = visit_entries(connection, visit_of(world).id)
    assert [entry.measures["height_cm"].value for entry in entries if "height_cm" in entry.measures] == [
        151.0,
        None,
    ]


def test_the_second_of_two_people_sees_both_and_overwrites_none(world: World, browser: Browser) -> None:
    both_saw = seen(world)
    browser.post(step(world), {**SIZE, "seen": both_saw})
    second = world.with_session("clinician")
    answer = second.post(step(world), {**SIZE, "seen": both_saw, "height_cm": "152"})
    assert answer.status_code == 409
    row = re.search(r'<th scope="row">Height</th><td>(.*?)</td><td>(.*?)</td>', answer.text)
    assert row is not None
    assert row.groups() == ("151 cm", "152 cm")
    assert visit_of(world).measures["height_cm"].value == 151.0
    assert 'id="height_cm" name="height_cm" inputmode="decimal" autocomplete="off" value="152"' in answer.text
    # Having seen both, the second may save on top.
    now = re.search(r'name="seen" value="(\d+)"', answer.text)
    assert now is not None
    assert second.post(step(world), {**SIZE, "seen": now[1], "height_cm": "152"}).status_code == 303
    assert visit_of(world).measures["height_cm"].value == 152.0


def test_after_a_conflict_the_fields_of_the_other_are_not_emptied(world: World, browser: Browser) -> None:
    both_saw = seen(world)
    browser.post(step(world), {"seen": both_saw, "height_cm": "151", "weight_kg": ""})
    answer = world.with_session("clinician").post(
        step(world), {"seen": both_saw, "height_cm": "", "weight_kg": "52"}
    )
    assert answer.status_code == 409
    fields = dict(re.findall(r'id="(height_cm|weight_kg)"[^>]* value="([^"]*)"', answer.text))
    assert fields == {"height_cm": "151", "weight_kg": "52"}


@pytest.mark.parametrize("wrong", ["", "-1", "two", "９", "9999999999"])
def test_a_save_that_does_not_say_what_was_seen_is_refused(
    world: World, browser: Browser, wrong: str
) -> None:
    assert browser.post(step(world), {**SIZE, "seen": wrong}).status_code == 422
    assert visit_of(world).number == 1


def test_a_save_that_saw_more_than_there_is_stores_nothing(world: World, browser: Browser) -> None:
    answer = browser.post(step(world), {**SIZE, "seen": "7"})
    assert answer.status_code == 409
    assert visit_of(world).number == 1


def test_live_tells_and_writes_nothing(world: World, browser: Browser) -> None:
    with world.database.read() as connection:
        before = lines(connection, limit=1)[0].number
    answer = browser.post(
        world.path("/visits/{visit}/live"),
        {**SIZE, "step": "size", "height_cm": "15.1"},
        headers={"Accept": "application/json"},
    )
    told = answer.json()
    assert told["verdicts"][0]["sentence"] == "AWGS 2019: possible sarcopenia; severe not excluded"
    assert [state for _, state in told["verdicts"][0]["rungs"]] == ["proved", "open", "open"]
    assert 1 <= len(told["next"]) <= 3
    assert "Did you mean 151?" in told["fields"]["height_cm"]["problem"]
    assert told["groups"]["grip"] == {"said": "Best 17.0 kg, right hand.", "best": "grip_right_1"}
    assert visit_of(world).number == 1
    with world.database.read() as connection:
        assert lines(connection, limit=1)[0].number == before


def test_a_questionnaire_is_one_entry_and_its_total_comes_from_the_rules(
    world: World, browser: Browser
) -> None:
    path = world.path("/visits/{visit}/questions/sarc_f")
    four = {
        "sarc_f_strength": "2",
        "sarc_f_assistance": "1",
        "sarc_f_rise": "1",
        "sarc_f_climb": "0",
        "sarc_f_falls": "",
    }
    browser.post(path, {**four, "seen": seen(world)})
    assert "SARC-F total: unknown" in browser.get(path).text
    assert "sarc_f_falls" not in visit_of(world).measures
    browser.post(path, {**four, "sarc_f_falls": "1", "seen": seen(world)})
    text = browser.get(path).text
    assert "SARC-F total: 5" in text
    assert "sarc_f_score" not in visit_of(world).measures, (
        "the sum is the rules' and is not stored as if typed"
    )


def test_a_total_from_a_paper_sheet_can_be_typed_without_its_answers(world: World, browser: Browser) -> None:
    browser.post(step(world, "questions"), {"sarc_f_score": "6", "seen": seen(world)})
    assert visit_of(world).measures["sarc_f_score"].value == 6
    text = browser.get(step(world, "questions")).text
    assert "SARC-F total: 6" in text
    assert text.count('name="sarc_f_score"') == 1
    assert 'name="sarc_f_rise"' not in text, "an answer is typed in one place only"


def test_answers_can_be_taken_back_to_not_asked(world: World, browser: Browser) -> None:
    path = world.path("/visits/{visit}/questions/sarc_f")
    browser.post(path, {"sarc_f_strength": "2", "seen": seen(world)})
    browser.post(path, {"sarc_f_strength": "", "seen": seen(world)})
    assert "sarc_f_strength" not in visit_of(world).measures


def test_a_card_with_an_answer_that_is_none_is_refused(world: World, browser: Browser) -> None:
    answer = browser.post(
        world.path("/visits/{visit}/questions/sarc_f"), {"sarc_f_strength": "3", "seen": seen(world)}
    )
    assert answer.status_code == 422
    assert visit_of(world).number == 1


def test_a_finished_visit_keeps_its_verdicts_and_a_correction_says_why(
    world: World, browser: Browser
) -> None:
    browser.post(step(world), {**SIZE, "seen": seen(world)})
    world.forward(minutes=1)
    answer = browser.post(world.path("/visits/{visit}/check"), {"seen": seen(world)})
    assert answer.headers["location"] == world.path("/people/{person}")
    visit = visit_of(world)
    assert visit.state == "finished"
    with world.database.read() as connection:
        kept = result_of_visit(connection, visit.id, ASSESSMENT)
    assert kept is not None
    assert kept.visit_number == visit.number
    assert "AWGS 2019: possible sarcopenia; severe not excluded" in kept.content["headlines"]
    silent = browser.post(step(world), {**SIZE, "seen": seen(world), "height_cm": "152"})
    assert silent.status_code == 422
    assert "Say why it is corrected" in silent.text
    assert 'value="152"' in silent.text
    assert visit_of(world).measures["height_cm"].value == 151.0
    told = browser.post(
        step(world), {**SIZE, "seen": seen(world), "height_cm": "152", "reason": "Read off wrongly"}
    )
    assert told.status_code == 303
    with world.database.read() as connection:
        last = visit_entries(connection, visit.id)[-1]
    assert (last.reason, last.measures["height_cm"].value) == ("Read off wrongly", 152.0)


def test_a_visit_that_somebody_changed_is_not_finished_unseen(world: World, browser: Browser) -> None:
    before = seen(world)
    browser.post(step(world), {**SIZE, "seen": before})
    answer = browser.post(world.path("/visits/{visit}/check"), {"seen": before})
    assert answer.status_code == 409
    assert visit_of(world).state == "open"


def test_an_empty_visit_is_not_finished(world: World, browser: Browser) -> None:
    visit = begin(world, browser)
    assert browser.post(f"/visits/{visit}/check", {"seen": "1"}).status_code == 422
    assert visit_of(world, visit).state == "open"


def earlier_visit(world: World) -> None:
    things = world.things["village"]
    known = {
        "hypertension": Measured(True, "yes"),
        "fracture_hip": Measured(False, "no"),
        "falls_12m": Measured(2, "2"),
        "stroke_12m": Measured(True, "yes"),
        "height_cm": Measured(151.0, "151", "cm"),
    }
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        start_visit(
            write, things["person"], things["organisation"], date(2026, 3, 12), known, state="finished"
        )


def test_a_new_visit_takes_nothing_over_by_itself_and_what_lasts_when_asked(
    world: World, browser: Browser
) -> None:
    earlier_visit(world)
    text = browser.get(step(world, "about")).text
    assert "On 12 March 2026, 2 answers" in text
    assert "hypertension" not in visit_of(world).measures
    browser.post(world.path("/visits/{visit}/take-over"), {"seen": seen(world)})
    measures = visit_of(world).measures
    assert measures["hypertension"].value is True
    assert measures["fracture_hip"].value is False
    assert not {"falls_12m", "stroke_12m", "height_cm"} & set(measures), (
        "a measurement or a year is asked anew"
    )


def test_the_last_value_stands_in_the_hint_and_not_in_the_field(world: World, browser: Browser) -> None:
    earlier_visit(world)
    text = browser.get(step(world)).text
    assert "On 12 Mar 2026: 151 cm" in text
    assert re.search(r'id="height_cm"[^>]* value=""', text)


def test_a_no_that_came_from_a_file_survives_a_save_of_its_step(world: World, browser: Browser) -> None:
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        visit = start_visit(
            write,
            things["person"],
            things["organisation"],
            date(2026, 5, 1),
            {"walk_unable": Measured(False)},
        )
    text = browser.get(f"/visits/{visit}/steps/walking").text
    assert '<input type="hidden" name="walk_unable" value="no">' in text


def test_no_title_and_no_address_names_the_person(world: World, browser: Browser) -> None:
    for path in (
        step(world),
        world.path("/visits/{visit}/questions/sarc_f"),
        world.path("/visits/{visit}/check"),
    ):
        text = browser.get(path).text
        title = re.search(r"<title>(.*?)</title>", text, re.S)
        assert title is not None
        assert NAMES["village"] not in title[1]
        assert not any(
            NAMES["village"].split()[0] in link for link in re.findall(r'(?:href|action)="([^"]*)"', text)
        )


@pytest.mark.parametrize(
    "name", ["about", "size", "walking", "questions", "bone", "blood", "diseases", "medicines", "care"]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_page_has_one_title_and_no_identifier_twice(
    world: World, browser: Browser, name: str, language: str
) -> None:
    browser.post(f"/language/{language}", {"to": "/"})
    text = browser.get(step(world, name)).text
    assert text.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    described = {one for group in re.findall(r'aria-describedby="([^"]+)"', text) for one in group.split()}
    assert described <= set(ids)


def test_what_is_typed_is_written_as_text_and_never_as_markup(world: World, browser: Browser) -> None:
    browser.post(step(world, "medicines"), {"medications": "<script>alert(1)</script>", "seen": seen(world)})
    for page in (step(world, "medicines"), world.path("/visits/{visit}/check")):
        text = browser.get(page).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize(
    "path",
    ["/visits/{visit}/steps/nothing", "/visits/{visit}/questions/nothing", "/visits/nobody/steps/size"],
)
def test_what_is_not_there_is_not_found(world: World, browser: Browser, path: str) -> None:
    assert browser.get(world.path(path)).status_code == 404


@pytest.mark.parametrize(
    "name", ["about", "size", "walking", "questions", "bone", "blood", "falls", "medicines", "diseases"]
)
def test_a_form_that_holds_one_field_only_leaves_the_others_alone(
    world: World, browser: Browser, name: str
) -> None:
    """As a program may send it: nothing that is not in it is withdrawn, and the page comes back whole."""
    browser.post(step(world), {**SIZE, "seen": seen(world)})
    before = visit_of(world).measures
    for field in (
        "height_cm",
        "grip_device",
        "grip_left_1",
        "gait_time_s",
        "chair_stand_unable",
        "sarc_f_rise",
        "falls_12m",
    ):
        answer = browser.post(step(world, name), {field: "-1", "seen": seen(world)})
        assert answer.status_code in (303, 422), (field, answer.status_code)
    kept = visit_of(world).measures
    tries = {"grip_left_kg", "grip_right_kg", "grip_kg", "grip_trials", "grip_statistic"}
    assert {n: m for n, m in before.items() if n not in tries} == {
        n: m for n, m in kept.items() if n not in tries
    }


def test_a_phone_shows_a_keyboard_with_a_minus_for_what_may_lie_below_nought(
    world: World, browser: Browser
) -> None:
    text = browser.get(step(world, "bone")).text
    assert re.search(r'name="t_score_femoral_neck" inputmode="text"', text)
    assert re.search(r'name="bmd_femoral_neck_g_cm2" inputmode="decimal"', text)
