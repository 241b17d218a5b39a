"""Finding people forgives and tells no address and no log a name; nobody is added twice unseen."""

from __future__ import annotations

import logging
import re

import pytest

from myosteon.registry.people import count_people
from web.world import NAMES, NUMBERS, World


@pytest.mark.parametrize("typed", ["chen", "GUIYING chen", "Chne Guiying", "HP-4711", "hp4711", "1948"])
def test_a_person_is_found_by_a_part_in_another_order_or_with_a_slip(world: World, typed: str) -> None:
    answer = world.with_session("health_worker").post("/people", {"q": typed})
    assert answer.status_code == 200
    assert NAMES["village"] in answer.text
    assert "woman, 78" in answer.text
    assert "20 Nov 2026" in answer.text, "the last visit"


def test_a_chinese_name_is_found_by_pinyin_and_its_first_letters(world: World) -> None:
    browser = world.with_session("clinician")
    added = browser.post("/people/new", {"name": "王秀兰", "sex": "female", "birth_year": "1954"})
    assert added.status_code == 303
    for typed in ("王", "秀兰", "wangxiulan", "wxl", "xiulan wang"):
        assert "王秀兰" in browser.post("/people", {"q": typed}).text, typed


def test_where_nobody_fits_the_page_says_so_and_offers_to_register(world: World) -> None:
    page = world.with_session("clinician").post("/people", {"q": "Nobody Whatsoever"}).text
    assert "Nobody fits" in page
    assert 'href="/people/new"' in page


def test_nobody_of_another_clinic_is_found(world: World) -> None:
    browser = world.with_session("clinician")
    for typed in ("Delin", NUMBERS["hospital"]):
        page = browser.post("/people", {"q": typed}).text
        assert NAMES["hospital"] not in page
        assert "Nobody fits" in page


def test_no_address_and_no_log_has_what_was_typed(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = world.with_session("clinician").post("/people", {"q": "Guiying"})
    assert "Guiying" not in str(answer.request.url)
    assert not any("Guiying" in record.getMessage() for record in caplog.records)
    assert not re.search(r'(?:href|action)="[^"]*Guiying', answer.text)


def test_an_empty_search_shows_the_people_for_whom_something_waits(world: World) -> None:
    browser = world.with_session("clinician")
    assert browser.post("/people", {"q": "  "}).headers["location"] == "/people"
    assert NAMES["village"] in browser.get("/people").text


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "chen  guiying"},
        {"name": "Guiying Chen", "birth_year": "1948"},
        {"name": "Chen Guiying", "birth_date": "1948-02-29"},
        {"name": "Somebody Else", "identifier": NUMBERS["village"]},
    ],
)
def test_who_may_be_there_already_is_shown_and_not_added(world: World, typed: dict[str, str]) -> None:
    before = people(world)
    answer = world.with_session("clinician").post("/people/new", typed)
    assert answer.status_code == 422
    assert f"/people/{world.things['village']['person']}" in answer.text
    assert people(world) == before


@pytest.mark.parametrize("typed", [{"name": "Chen Guiying", "birth_year": "1950"}, {"name": "Chen Guiyun"}])
def test_who_was_born_in_another_year_or_has_another_name_is_added_at_once(
    world: World, typed: dict[str, str]
) -> None:
    assert world.with_session("clinician").post("/people/new", typed).status_code == 303


def test_whoever_is_said_to_be_somebody_else_is_added(world: World) -> None:
    before = people(world)
    typed = {"name": "Chen Guiying", "birth_year": "1948", "different": "yes"}
    assert world.with_session("clinician").post("/people/new", typed).status_code == 303
    assert people(world) == before + 1


def test_a_number_that_is_taken_is_refused_whatever_is_said(world: World) -> None:
    typed = {"name": "Somebody Else", "identifier": NUMBERS["village"], "different": "yes"}
    assert world.with_session("clinician").post("/people/new", typed).status_code == 422


def people(world: World) -> int:
    with world.database.read() as connection:
        return count_people(connection, world.things["village"]["organisation"])
