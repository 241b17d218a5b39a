"""Signing in elsewhere: against a provider of our own that tells the truth, and one that does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from myosteon.app.web.web_settings import OpenIdSettings
from myosteon.registry.accounts import account_by_login, disable_account, make_account
from myosteon.registry.database import PROGRAM
from web.provider import CLIENT, SECRET, Provider
from web.world import NOON, Browser, World, make_world


@pytest.fixture
def provider() -> Iterator[Provider]:
    started = Provider(int(NOON.timestamp()))
    yield started
    started.close()


@pytest.fixture
def clinic(tmp_path: Path, provider: Provider) -> World:
    """A clinic with an account li.na that waits for the provider."""
    world = make_world(tmp_path, openid=OpenIdSettings(provider.issuer, CLIENT, SECRET, "the county"))
    with world.database.write(PROGRAM) as write:
        make_account(
            write,
            organisation_id=world.things["village"]["organisation"],
            login="li.na",
            shown_name="Li Na",
            role="clinician",
            password_hash=None,
        )
    return world


def go(clinic: World, provider: Provider, **changed: str) -> tuple[Browser, httpx.Response]:
    """Out to the provider and back, with whatever somebody changed on the way."""
    browser = clinic.browser()
    out = browser.get("/openid")
    assert out.status_code == 303, out.text
    back = provider.authorize(out.headers["location"]) | changed
    return browser, browser.get(f"/openid/back?{urlencode(back)}")


def test_who_has_an_account_here_is_signed_in_and_bound(clinic: World, provider: Provider) -> None:
    browser, answer = go(clinic, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get(clinic.path("/people/{person}")).status_code == 200
    with clinic.database.read() as connection:
        found = account_by_login(connection, "li.na")
    assert found is not None
    assert found[0].openid_subject == f"{provider.issuer}|subject-1"
    provider.name = "renamed"
    assert go(clinic, provider)[1].status_code == 303, "the subject counts from now on"


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"exp": int(NOON.timestamp()) - 3600},
        {"nonce": "another"},
        {"sub": None},
        {"described_issuer": "https://evil.example"},
    ],
    ids=lambda lies: next(iter(lies)),
)
def test_a_token_that_is_not_for_us_signs_nobody_in(
    clinic: World, provider: Provider, lies: dict[str, Any]
) -> None:
    browser = clinic.browser()
    out = browser.get("/openid")
    back = provider.authorize(out.headers["location"])
    provider.lies = lies
    answer = browser.get(f"/openid/back?{urlencode(back)}")
    assert answer.status_code == 422
    assert "did not sign you in" in answer.text
    assert browser.get("/settings").status_code == 303


def test_a_token_signed_by_another_key_signs_nobody_in(clinic: World, provider: Provider) -> None:
    provider.foreign_key = True
    assert go(clinic, provider)[1].status_code == 422


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"code": "made up"}, {"code": ""}])
def test_an_answer_to_another_attempt_is_not_taken(
    clinic: World, provider: Provider, changed: dict[str, str]
) -> None:
    assert go(clinic, provider, **changed)[1].status_code == 422


def test_an_answer_counts_once_and_in_its_own_browser(clinic: World, provider: Provider) -> None:
    browser, other = clinic.browser(), clinic.browser()
    back = provider.authorize(browser.get("/openid").headers["location"])
    path = f"/openid/back?{urlencode(back)}"
    assert other.get(path).status_code == 422
    assert browser.get(path).status_code == 303
    assert browser.get(path).status_code == 422


def test_nobody_without_an_account_gets_one(clinic: World, provider: Provider) -> None:
    provider.subject, provider.name = "subject-2", "stranger"
    assert go(clinic, provider)[1].status_code == 422


@pytest.mark.parametrize("name", ["clinician.village", "administrator.village"])
def test_an_account_with_a_password_is_not_taken_over_by_its_name(
    clinic: World, provider: Provider, name: str
) -> None:
    provider.subject, provider.name = "subject-3", name
    assert go(clinic, provider)[1].status_code == 422


def test_a_closed_account_stays_closed(clinic: World, provider: Provider) -> None:
    go(clinic, provider)
    with clinic.database.write(PROGRAM) as write:
        found = account_by_login(write.connection, "li.na")
        assert found is not None
        disable_account(write, found[0].id)
    assert go(clinic, provider)[1].status_code == 422


def test_no_password_fits_an_account_that_signs_in_elsewhere(clinic: World) -> None:
    for password in ("", "None", "!"):
        assert clinic.browser().sign_in("li.na", password).status_code == 422


def test_a_provider_that_does_not_answer_is_said_in_words(clinic: World, provider: Provider) -> None:
    provider.close()
    answer = clinic.browser().get("/openid")
    assert answer.status_code == 422
    assert "did not sign you in" in answer.text


def test_without_a_provider_the_page_is_not_there(world: World) -> None:
    assert world.browser().get("/openid").status_code == 404
    assert "Sign in with" not in world.browser().get("/sign-in").text


def test_an_administrator_makes_an_account_for_it(clinic: World, provider: Provider) -> None:
    form = {"shown_name": "Wu", "login": "wu", "role": "researcher", "elsewhere": "yes"}
    made = clinic.client("administrator").post("/settings/users/new", form)
    assert "secret" not in made.text
    provider.subject, provider.name = "subject-4", "wu"
    assert go(clinic, provider)[1].status_code == 303
