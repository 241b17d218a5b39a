"""Where a form may come from, what every answer carries, and how much is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from myosteon.app.web.rates import Rates
from myosteon.app.web.static_files import static, static_files
from myosteon.app.web.web_settings import Limits
from web.world import BASE, World, make_world

USERS = "/settings/users/new"
FORM = {"shown_name": "New One", "login": "new.one", "role": "clinician"}
SAME = {"Origin": BASE}


def accounts_in(world: World) -> int:
    from myosteon.registry.accounts import accounts_of

    with world.database.read() as connection:
        return len(accounts_of(connection, world.things["village"]["organisation"]))


@pytest.mark.parametrize("token", [None, "", "wrong", "令牌"])
def test_a_form_without_the_right_token_changes_nothing(world: World, token: str | None) -> None:
    browser, before = world.client("administrator"), accounts_in(world)
    data = FORM if token is None else {**FORM, "csrf": token}
    answer = browser.http.post(USERS, data=data, headers=SAME)
    assert answer.status_code == 403
    assert accounts_in(world) == before
    assert 'value="New One"' in answer.text, "what was typed stands there to be sent again"


def test_the_token_of_another_session_does_not_do(world: World) -> None:
    browser, other = world.client("administrator"), world.client("clinician")
    answer = browser.http.post(USERS, data={**FORM, "csrf": other.token()}, headers=SAME)
    assert answer.status_code == 403


def test_the_sign_in_takes_no_token_of_another_browser(world: World) -> None:
    browser, other = world.browser(), world.browser()
    browser.get("/sign-in")
    data = {"csrf": other.token(), "login": "clinician.village", "password": "four words that fit"}
    assert browser.http.post("/sign-in", data=data, headers=SAME).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://clinic.example",
        "https://clinic.example.evil.example",
        BASE + ":444",
    ],
)
def test_a_form_from_a_foreign_page_is_refused_even_with_the_token(world: World, origin: str | None) -> None:
    browser, before = world.client("administrator"), accounts_in(world)
    headers = {} if origin is None else {"Origin": origin}
    answer = browser.http.post(USERS, data={**FORM, "csrf": browser.token()}, headers=headers)
    assert answer.status_code == 403
    assert accounts_in(world) == before


def test_behind_a_proxy_forms_come_from_the_address_that_people_type(tmp_path: Path) -> None:
    world = make_world(tmp_path, public_url="https://bones.example")
    browser = world.browser()
    data = {"csrf": browser.token(), "login": "clinician.village", "password": "four words that fit"}
    assert browser.http.post("/sign-in", data=data, headers=SAME).status_code == 403
    headers = {"Origin": "https://bones.example"}
    assert browser.http.post("/sign-in", data=data, headers=headers).status_code == 303


def answers(world: World) -> list[tuple[str, int, dict[str, str]]]:
    """One answer of each kind: pages, redirects, errors, static files, refusals."""
    browser, signed_in = world.browser(), world.client("administrator")
    asked = [
        ("sign-in page", browser.get("/sign-in")),
        ("redirect to it", browser.get("/settings")),
        ("nothing there", browser.get("/nowhere")),
        ("wrong method", browser.http.put("/sign-in")),
        ("foreign form", browser.http.post("/sign-in", headers={"Origin": "https://evil.example"})),
        ("page", signed_in.get("/settings")),
        ("refused", signed_in.get(world.path("/people/{person}"))),
        ("unusable", signed_in.post(USERS)),
        ("style", browser.get(static("tokens.css"))),
        ("old style", browser.get("/static/tokens.0000000000000000.css")),
        ("too large", signed_in.post(USERS, {"shown_name": "x" * 2_000_000})),
        ("health", browser.get("/health")),
    ]
    return [(name, answer.status_code, dict(answer.headers)) for name, answer in asked]


def test_every_answer_carries_the_headers_that_keep_it_safe(world: World) -> None:
    seen = set()
    for name, status, headers in answers(world):
        seen.add(status)
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["strict-transport-security"].startswith("max-age=")
        kept = "immutable" in headers["cache-control"]
        assert kept == (name == "style"), name
        assert kept or headers["cache-control"] == "no-store", name
        assert "server" not in headers
    assert seen == {200, 303, 403, 404, 405, 413, 422}


def test_no_page_holds_a_style_or_a_script_of_its_own(world: World) -> None:
    for role in ("administrator", "clinician"):
        browser = world.client(role)  # type: ignore[arg-type]
        for path in (
            "/settings",
            "/settings/password",
            "/settings/users",
            "/settings/clinic",
            "/settings/record",
        ):
            html = browser.get(path).text
            assert not re.search(r"\sstyle=|\son\w+=|<style", html), path
            assert not re.search(r"<script(?![^>]*\ssrc=)", html), path


def test_static_files_are_named_by_what_they_hold_and_point_at_nothing_foreign() -> None:
    for name, file in static_files().items():
        assert re.fullmatch(r"[\w-]+\.[0-9a-f]{16}\.\w+", file.name), name
        text = file.content.decode()
        assert not re.search(r"@import|url\((?!#)|https?://(?!www\.w3\.org)", text), name


def test_a_form_that_is_too_large_is_refused_however_it_is_sent(world: World) -> None:
    browser = world.client("administrator")
    token = browser.token()

    def parts() -> object:
        yield f"csrf={token}&shown_name=".encode()
        for _ in range(40):
            yield b"x" * 65_536

    headers = {**SAME, "Content-Type": "application/x-www-form-urlencoded"}
    answer = browser.http.post(USERS, content=parts(), headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b'{"a": NaN}', "application/json"),
        (b'{"a": "\\u0000"}', "application/json"),
        (b'{"a": "\\ud800"}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"a=%00", "application/x-www-form-urlencoded"),
        (b"a=1", "text/plain"),
        (b"--x", "multipart/form-data"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_words(world: World, body: bytes, kind: str) -> None:
    browser = world.client("administrator")
    headers = {**SAME, "Content-Type": kind, "X-CSRF-Token": browser.token()}
    answer = browser.http.post(USERS, content=body, headers=headers)
    assert answer.status_code == 400
    assert "cannot be read" in answer.text


@pytest.mark.parametrize("part", ["%00", "a%20b", "x" * 200, "人", "a'b", "%2e%2e%2fx"])
def test_an_address_with_anything_but_an_identifier_is_not_there(world: World, part: str) -> None:
    answer = world.client("administrator").get(f"/settings/users/{part}")
    assert answer.status_code == 404


def test_a_script_is_told_an_error_as_json(world: World) -> None:
    answer = world.browser().get("/settings", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["error"]["title"] == "You are signed out"


def test_too_many_requests_are_refused_until_some_time_has_passed(tmp_path: Path) -> None:
    world = make_world(tmp_path, limits=Limits(requests=5))
    codes = [world.browser().get("/health").status_code for _ in range(7)]
    assert codes[:5] == [200] * 5
    assert codes[-1] == 429


def test_a_bucket_fills_evenly_and_forgets_the_quiet() -> None:
    now = 0.0
    rates = Rates({"address": 2}, 10, lambda: now)
    assert [rates.take("address", "a") for _ in range(3)] == [True, True, False]
    assert rates.take("address", "b")
    now = 5.0
    assert [rates.take("address", "a") for _ in range(2)] == [True, False]


def test_the_language_is_the_browsers_then_the_cookies_then_the_accounts(world: World) -> None:
    browser = world.browser()
    chinese = {"Accept-Language": "fr-FR, zh-CN;q=0.9, en;q=0.8"}
    assert '<html lang="zh-CN">' in browser.get("/sign-in", headers=chinese).text
    assert '<html lang="en">' in browser.get("/sign-in", headers={"Accept-Language": "zh;q=0, de"}).text
    sent = browser.post("/language/zh", {"to": "/sign-in"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in")
    assert '<html lang="zh-CN">' in browser.get("/sign-in", headers={"Accept-Language": "en"}).text
    browser.sign_in("clinician.village")
    assert '<html lang="en">' in browser.get("/settings").text, "the account reads English"
    browser.post("/language/zh", {"to": "/settings"})
    assert '<html lang="zh-CN">' in browser.get("/settings").text
    assert '<html lang="zh-CN">' in world.client("clinician").get("/settings").text
