"""No log holds a name, a number, an identifier, a password or a search word: all logging of a day in the clinic is read."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy.exc import StatementError

from myosteon.app.web.shell import log_fault
from web.world import NAMES, NUMBERS, PASSWORD, World


def everything(caplog: pytest.LogCaptureFixture) -> str:
    """All that was logged, as text, with the parts that a formatter would add."""
    formatter = logging.Formatter("%(name)s %(levelname)s %(message)s")
    # The client of the tests logs the addresses that it asks for; the server has no such thing.
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    return "\n".join(formatter.format(record) for record in ours)


def test_a_day_in_the_clinic_leaves_no_person_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = world.client("clinician")
    things = world.things["village"]
    for path in ("/people/{person}", "/visits/{visit}", "/people/{person}?q=Guiying", "/nowhere/Guiying"):
        browser.get(world.path(path))
    browser.post("/settings/password", {"old_password": PASSWORD, "new_password": "a secret that leaks"})
    administrator = world.client("administrator")
    administrator.post("/settings/record", {"person": NUMBERS["village"]})
    text = everything(caplog)
    assert "GET /people/{person} " in text, "the pattern of the address is what is logged"
    for secret in (
        *(name for whole in NAMES.values() for name in whole.split()),
        *NUMBERS.values(),
        things["person"],
        things["visit"],
        PASSWORD,
        "a secret that leaks",
        "clinician.village",
    ):
        assert secret not in text, secret


def test_a_fault_is_logged_by_its_place_and_not_by_its_text(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)

    def broken(*_: object) -> None:
        raise ValueError("Chen Guiying has 17.0 kg")

    monkeypatch.setattr("myosteon.app.web.pages.settings.places", broken)
    answer = world.client("clinician").get("/settings")
    assert answer.status_code == 500
    assert "This program made a mistake" in answer.text
    assert "Guiying" not in answer.text + everything(caplog)
    assert "fault ValueError at" in everything(caplog)
    assert "settings.py:" in everything(caplog)


def test_the_text_of_a_database_error_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise StatementError("bad", "INSERT", {"name": "Chen Guiying"}, None)
    except StatementError as error:
        log_fault(error)
    assert "Guiying" not in everything(caplog)
    assert "StatementError" in everything(caplog)


def test_a_name_in_a_notice_cookie_is_not_shown(world: World) -> None:
    browser = world.client("clinician")
    browser.http.cookies.set("myosteon_done", "Chen Guiying", domain="clinic.example", path="/")
    assert "Guiying" not in browser.get("/settings").text
