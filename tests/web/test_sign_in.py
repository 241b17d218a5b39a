"""Signing in: what locks, what ends a session, what is said and what is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from myosteon.app.web.cookies import SECURE_SESSION
from myosteon.app.web.passwords import Passwords, one_time_password, weakness_of
from web.world import CHEAP, PASSWORD, World, make_world

NEW = "another four words"


def words(html: str) -> str:
    """The page without tokens and names that differ between two browsers."""
    return re.sub(r'(value|content)="[^"]*"', "", html)


def test_the_right_password_opens_the_page_that_was_asked_for(world: World) -> None:
    browser = world.browser()
    sent = browser.get("/settings/users")
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?to=/settings/users")
    answer = browser.post(
        "/sign-in", {"login": " Administrator.Village ", "password": PASSWORD, "to": "/settings/users"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings/users")
    assert browser.get("/settings/users").status_code == 200


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/a?b=c"]
)
def test_signing_in_leads_to_no_foreign_page(world: World, to: str) -> None:
    answer = world.browser().post("/sign-in", {"login": "clinician.village", "password": PASSWORD, "to": to})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_an_unknown_name_and_a_wrong_password_sound_alike_and_lock_alike(world: World) -> None:
    known, unknown = world.browser(), world.browser()
    for attempt in range(1, 8):
        one = known.sign_in("clinician.village", "wrong")
        other = unknown.sign_in("nobody.village", "wrong")
        assert one.status_code == other.status_code == 422
        assert words(one.text) == words(other.text)
        assert ("Locked for 10 minutes" in one.text) == (attempt >= 5)


def test_an_unknown_name_costs_a_hash_as_a_known_one_does() -> None:
    class Counting(PasswordHasher):
        verified = 0

        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            Counting.verified += 1
            return super().verify(hash, password)  # type: ignore[return-value]

    passwords = Passwords(Counting(time_cost=1, memory_cost=8, parallelism=1))
    kept = passwords.hash(PASSWORD)
    assert passwords.fits(kept, PASSWORD)
    assert not passwords.fits(kept, "wrong")
    assert not passwords.fits(None, PASSWORD)
    assert Counting.verified == 3


def test_five_wrong_passwords_lock_for_ten_minutes_even_the_right_one(world: World) -> None:
    browser = world.browser()
    for _ in range(5):
        browser.sign_in("clinician.village", "wrong")
    locked = browser.sign_in("clinician.village")
    assert "Locked for 10 minutes" in locked.text
    world.forward(minutes=9, seconds=59)
    assert browser.sign_in("clinician.village").status_code == 422
    world.forward(seconds=1)
    assert browser.sign_in("clinician.village").status_code == 303


def test_a_lock_holds_in_a_server_that_was_started_anew(world: World, tmp_path: Path) -> None:
    browser = world.browser()
    for _ in range(5):
        browser.sign_in("clinician.village", "wrong")
    from myosteon.app.web.make_web import make_web

    world.app = make_web(world.settings)
    assert world.browser().sign_in("clinician.village").status_code == 422


def test_a_lock_does_not_outlast_a_clock_that_went_back(world: World) -> None:
    browser = world.browser()
    for _ in range(5):
        browser.sign_in("clinician.village", "wrong")
    world.forward(days=-2)
    assert browser.sign_in("clinician.village").status_code == 303


def test_four_wrong_ones_and_a_right_one_begin_the_count_anew(world: World) -> None:
    browser = world.browser()
    for _ in range(2):
        for _ in range(4):
            assert browser.sign_in("clinician.village", "wrong").status_code == 422
        assert browser.sign_in("clinician.village").status_code == 303
        browser = world.browser()


def test_signing_in_gives_a_new_session_and_ends_the_one_that_was_there(world: World) -> None:
    browser = world.client("clinician")
    first = browser.http.cookies[SECURE_SESSION]
    planted = world.browser()
    planted.set_session("planted-by-somebody")
    planted.sign_in("clinician.village")
    assert "planted-by-somebody" not in planted.http.cookies.values()
    again = browser.http.post(
        "/sign-in",
        data={"csrf": browser.token(), "login": "administrator.village", "password": PASSWORD},
        headers={"Origin": "https://clinic.example"},
    )
    assert again.status_code == 303
    assert browser.http.cookies[SECURE_SESSION] != first
    old = world.browser()
    old.set_session(first)
    assert old.get("/settings").status_code == 303


def test_the_session_cookie_is_kept_from_scripts_other_sites_and_plain_http(world: World) -> None:
    answer = world.browser().sign_in("clinician.village")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(SECURE_SESSION))
    assert SECURE_SESSION.startswith("__Host-")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_the_database_does_not_hold_what_signs_in(world: World) -> None:
    browser = world.client("clinician")
    token = browser.http.cookies[SECURE_SESSION]
    world.database.close()
    for file in Path(str(world.database.file)).parent.glob("clinic.sqlite*"):
        content = file.read_bytes()
        assert token.encode() not in content
        assert PASSWORD.encode() not in content


def test_a_session_ends_after_half_an_hour_unused(world: World) -> None:
    browser = world.client("clinician")
    for _ in range(3):
        world.forward(minutes=29)
        assert browser.get("/settings").status_code == 200
    world.forward(minutes=30)
    assert browser.get("/settings").status_code == 303


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(world: World) -> None:
    browser = world.client("clinician")
    for _ in range(12 * 3 - 1):
        world.forward(minutes=20)
        assert browser.get("/settings").status_code == 200
    world.forward(minutes=20)
    assert browser.get("/settings").status_code == 303


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    browser = world.client("clinician")
    token = browser.http.cookies[SECURE_SESSION]
    assert browser.post("/sign-out").status_code == 303
    thief = world.browser()
    thief.set_session(token)
    assert thief.get("/settings").status_code == 303


def test_another_password_signs_every_other_device_out_and_this_one_stays(world: World) -> None:
    here, there = world.client("clinician"), world.client("clinician")
    changed = here.post(
        "/settings/password", {"old_password": PASSWORD, "new_password": NEW, "again_password": NEW}
    )
    assert changed.status_code == 303
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 303
    assert world.browser().sign_in("clinician.village").status_code == 422
    assert world.browser().sign_in("clinician.village", NEW).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", NEW, NEW, "not your password now"),
        (PASSWORD, "short", "short", "at least 12"),
        (PASSWORD, "x" * 201, "x" * 201, "at most 200"),
        (PASSWORD, "aaaabbbbaaaa", "aaaabbbbaaaa", "too few different"),
        (PASSWORD, "my clinician.village", "my clinician.village", "holds your name"),
        (PASSWORD, PASSWORD, PASSWORD, "the old one"),
        (PASSWORD, NEW, NEW + "x", "not alike"),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_the_reason(
    world: World, old: str, new: str, again: str, said: str
) -> None:
    browser = world.client("clinician")
    form = {"old_password": old, "new_password": new, "again_password": again}
    answer = browser.post("/settings/password", form)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{new}"' not in answer.text
    assert world.browser().sign_in("clinician.village").status_code == 303


def test_a_one_time_password_opens_nothing_but_its_change(world: World) -> None:
    administrator = world.client("administrator")
    path = world.path("/settings/users/{account}/password")
    password = found(administrator.post(path).text)
    browser = world.browser()
    assert browser.sign_in("colleague.village", password).status_code == 303
    for page in ("/", "/settings", world.path("/people/{person}")):
        answer = browser.get(page)
        assert (answer.status_code, answer.headers["location"]) == (303, "/settings/password")
    form = {"old_password": password, "new_password": NEW, "again_password": NEW}
    assert browser.post("/settings/password", form).status_code == 303
    assert browser.get("/settings").status_code == 200


def test_a_closed_account_is_signed_out_at_once_and_sounds_like_a_wrong_password(world: World) -> None:
    administrator, browser = world.client("administrator"), world.browser()
    password = found(administrator.post(world.path("/settings/users/{account}/password")).text)
    browser.sign_in("colleague.village", password)
    closed = administrator.post(world.path("/settings/users/{account}/close"), {"typed": "colleague.village"})
    assert closed.status_code == 303
    assert browser.get("/settings/password").status_code == 303
    answer = world.browser().sign_in("colleague.village", password)
    assert answer.status_code == 422
    assert "Name or password is wrong" in answer.text


def test_sign_ins_are_counted_by_address(tmp_path: Path) -> None:
    from myosteon.app.web.web_settings import Limits

    world = make_world(tmp_path, limits=Limits(sign_ins=3))
    browser = world.browser()
    codes = [browser.sign_in(f"nobody{number}", "wrong").status_code for number in range(5)]
    assert codes == [422, 422, 422, 429, 429]
    assert browser.sign_in("x", "y").headers["retry-after"] == "60"


def test_one_time_passwords_differ_and_are_strong_enough_to_be_chosen() -> None:
    made = {one_time_password() for _ in range(500)}
    assert len(made) == 500
    assert all(weakness_of(password, "admin") is None for password in made)


def test_a_password_hashed_at_a_lower_cost_is_hashed_anew_at_sign_in(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    dearer = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    object.__setattr__(world.settings, "passwords", dearer)
    assert world.browser().sign_in("clinician.village").status_code == 303
    with world.database.read() as connection:
        from myosteon.registry.accounts import kept_password

        kept = kept_password(connection, world.things["village"]["clinician"])
    assert kept is not None
    assert not dearer.is_outdated(kept)
    assert CHEAP.check_needs_rehash(kept)


def found(html: str) -> str:
    """The password for one sign-in that a page shows."""
    match = re.search(r'class="secret">([^<]+)<', html)
    assert match, html
    return match.group(1)
