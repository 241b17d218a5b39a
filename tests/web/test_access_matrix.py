"""Every route, for every role, with things of the own and of another organisation. It grows by itself with the routes."""

from __future__ import annotations

from collections import Counter

import pytest
from fastapi.routing import APIRoute

from myosteon.app.web.access import PERMISSIONS, PUBLIC
from myosteon.app.web.guard import PERMISSION
from myosteon.app.web.page_list import routes
from myosteon.registry.accounts import ROLES, Role
from myosteon.registry.audit import lines
from web.world import NAMES, NUMBERS, Browser, World

ROUTES = list(routes())
# Parts of an address that name a thing of an organisation; the others are words.
OWNED = {
    "person",
    "visit",
    "course",
    "treatment",
    "fracture",
    "referral",
    "result",
    "plan",
    "account",
    "message",
}
# What a form has to hold to get beyond its first look.
FILLED = {
    "/visits/{visit}/steps/{step}": {"seen": "1"},
    "/visits/{visit}/questions/{questionnaire}": {"seen": "1"},
    "/visits/{visit}/live": {"step": "about"},
}


def name_of(route: APIRoute) -> str:
    return f"{next(iter(route.methods))} {route.path}"


def permission_of(route: APIRoute) -> str:
    return str((route.openapi_extra or {}).get(PERMISSION))


def ask(browser: Browser, route: APIRoute, path: str) -> tuple[int, str]:
    answer = browser.get(path) if "GET" in route.methods else browser.post(path, FILLED.get(route.path))
    return answer.status_code, answer.text + answer.headers.get("location", "")


def owned(route: APIRoute) -> bool:
    return bool(OWNED & set(route.param_convertors))


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_every_route_declares_its_permission_and_takes_its_input_from_the_call_alone(route: APIRoute) -> None:
    assert permission_of(route) in PERMISSIONS
    assert route.body_field is None, "a form is read after the size limit, by call.form"
    assert route.methods in ({"GET"}, {"POST"})


def test_only_signing_in_health_and_language_are_public() -> None:
    public = {name_of(route) for route in ROUTES if permission_of(route) == PUBLIC}
    assert public == {
        "GET /sign-in",
        "POST /sign-in",
        "GET /openid",
        "GET /openid/back",
        "GET /health",
        "POST /language/{language}",
    }


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_nobody_gets_past_the_sign_in(route: APIRoute, shared_world: World) -> None:
    status, text = ask(shared_world.browser(), route, shared_world.path(route.path))
    if permission_of(route) == PUBLIC:
        assert status < 500
    elif "GET" in route.methods:
        assert status == 303
        assert "/sign-in" in text
    else:
        assert status == 401
    assert not any(name in text for name in (*NAMES.values(), *NUMBERS.values()))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_a_role_may_do_what_the_table_says_and_only_with_things_of_its_own(
    route: APIRoute, role: Role, shared_world: World
) -> None:
    allowed = role in PERMISSIONS[permission_of(route)]
    status, text = ask(shared_world.with_session(role), route, shared_world.path(route.path))
    if not allowed:
        assert status == 403
    elif route.path.startswith("/openid"):
        assert status == 404, "no provider is configured here"
    else:
        assert status < 500
        assert status not in (401, 403, 404, 405), text[:2000]
    count("own", allowed)
    if not owned(route):
        return
    path, browser = shared_world.path(route.path, "hospital"), shared_world.with_session(role)
    before = newest_line(shared_world)
    status, text = ask(browser, route, path)
    assert status == (404 if allowed else 403)
    assert NAMES["hospital"] not in text
    assert NUMBERS["hospital"] not in text
    assert newest_line(shared_world) == before, "something of another organisation was opened or changed"
    count("other", False)


def newest_line(world: World) -> int:
    with world.database.read() as connection:
        return lines(connection, limit=1)[0].number


ASKED: Counter[tuple[str, bool]] = Counter()


def count(whose: str, allowed: bool) -> None:
    ASKED[whose, allowed] += 1


def test_the_matrix_tells_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """Runs last in this file; run alone it has nothing to tell."""
    if not ASKED:
        pytest.skip("only told behind the matrix")
    with capsys.disabled():
        print(
            f"\naccess matrix: {len(ROUTES)} routes x {len(ROLES)} roles; own organisation: {ASKED['own', True]} let in, "
            f"{ASKED['own', False]} refused; another organisation: {ASKED['other', False]} refused, 0 let in"
        )
    assert ASKED["own", False] > 0
    assert ASKED["other", False] > 0
