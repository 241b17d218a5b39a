"""What every request passes before its page: origin, rate, size, session, role and the token of the form, in this order."""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request

from myosteon.app.web.access import PUBLIC, SELF, may
from myosteon.app.web.call import Call, SignedIn
from myosteon.app.web.cookies import form_token_of, session_token_of
from myosteon.app.web.language import language_for
from myosteon.app.web.refusals import (
    NotAllowed,
    NotFound,
    PasswordChangeNeeded,
    Refused,
    SignInNeeded,
    TooMany,
)
from myosteon.app.web.web_settings import WebSettings
from myosteon.registry.database import PROGRAM
from myosteon.registry.errors import DatabaseTrouble
from myosteon.registry.organisations import read_organisation
from myosteon.registry.sessions import find_session, is_to_be_seen, see_session

PERMISSION = "x-permission"
SIZE = "x-largest"
LARGEST = 1_048_576
MOST_FIELDS = 2000
MOST_FILES = 4
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER = "x-csrf-token"
FIELD = "csrf"
JSON = "application/json"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# What stands in an address: identifiers and our own words. Anything else is not there, and never reaches the database.
PATH_PART = re.compile(r"[A-Za-z0-9_.\-]{1,120}")


async def open_call(request: Request) -> Call:
    """Lets a request through to its page, or says why not.

    Raises:
        NotAllowed: it comes from a page that is not ours, its token is missing or wrong, or the role may not.
        TooMany: the address or the account asks too often.
        TooLarge: it has more bytes than the page takes.
        SignInNeeded: nobody is signed in.
        PasswordChangeNeeded: the password was given for one sign-in only.
        NotFound: the address holds something that no identifier holds.
    """
    extra: Mapping[str, Any] = request.scope["route"].openapi_extra
    unsafe = request.method not in SAFE
    if unsafe:
        _check_origin(request, request.app.state.settings)
    _count(request, "address", request.client.host if request.client else "")
    if not all(PATH_PART.fullmatch(str(part)) for part in request.path_params.values()):
        raise NotFound()
    request.state.largest = extra.get(SIZE, LARGEST)
    call = anonymous_call(request)
    try:
        call = await run_in_threadpool(know_caller, request)
        _check_role(call.signed_in, extra[PERMISSION])
    except (SignInNeeded, DatabaseTrouble):
        # Whoever typed for ten minutes finds it in the page that says why it was not saved.
        if unsafe and _kind(request) == FORMS[0]:
            await _with_body(call)
        raise
    if call.signed_in:
        _count(request, "account", call.signed_in.account.id)
    if not unsafe:
        return call
    call = await _with_body(call)
    _check_token(call)
    return call


def know_caller(request: Request) -> Call:
    """Who asks, in which language; an error from here on gets its page with the head of whoever is signed in.

    Raises:
        DatabaseTrouble: the session cannot be looked up.
    """
    settings: WebSettings = request.app.state.settings
    signed_in = _find_signed_in(request, settings)
    language = language_for(request, signed_in.account if signed_in else None)
    token = signed_in.session.csrf_token if signed_in else form_token_of(request) or secrets.token_urlsafe(32)
    call = Call(request, settings, language, signed_in, settings.clock.now(), token)
    request.state.call = call
    return call


def anonymous_call(request: Request) -> Call:
    """A call of which nothing is known but the browser's language: the database need not answer."""
    settings: WebSettings = request.app.state.settings
    return Call(request, settings, language_for(request, None), None, settings.clock.now())


async def _with_body(call: Call) -> Call:
    """The call with what was sent, so that the page of an error can hold what was typed."""
    form, body = await _read_body(call.request)
    found = replace(call, form_data=form, json=body)
    call.request.state.call = found
    return found


def _find_signed_in(request: Request, settings: WebSettings) -> SignedIn | None:
    token = session_token_of(request, settings)
    if not token:
        return None
    now = settings.clock.now()
    with settings.database.read() as connection:
        found = find_session(connection, token, now, settings.limits.idle)
        if found is None:
            return None
        session, account = found
        organisation = read_organisation(connection, account.organisation_id)
    if is_to_be_seen(session, now):
        # A database that can only be read still answers: then the session just ends earlier.
        with suppress(DatabaseTrouble), settings.database.write(PROGRAM) as write:
            see_session(write, session)
    return SignedIn(account, organisation, session)


def _check_role(signed_in: SignedIn | None, permission: str) -> None:
    if permission == PUBLIC:
        return
    if signed_in is None:
        raise SignInNeeded()
    if signed_in.account.must_change_password and permission != SELF:
        raise PasswordChangeNeeded()
    if not may(signed_in.account, permission):
        raise NotAllowed()


def _check_origin(request: Request, settings: WebSettings) -> None:
    """Every browser names the page that a form was sent from; one that does not, or names another, is refused."""
    ours = settings.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    if _origin(request.headers.get("origin", "")) != _origin(ours):
        raise NotAllowed("error.foreign_origin")


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme.lower(), parts.netloc.lower()


def _count(request: Request, kind: str, who: str) -> None:
    if not request.app.state.rates.take(kind, who):
        raise TooMany()


def _check_token(call: Call) -> None:
    expected = call.csrf if call.signed_in else form_token_of(call.request)
    given = call.request.headers.get(HEADER) or call.form_data.get(FIELD)
    if not expected or not isinstance(given, str):
        raise NotAllowed("error.token")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise NotAllowed("error.token")


async def _read_body(request: Request) -> tuple[FormData, Mapping[str, Any]]:
    kind = _kind(request)
    if kind == JSON:
        return FormData(), _json(await request.body())
    if kind in FORMS:
        form = await request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=request.state.largest
        )
        for name, value in form.multi_items():
            _check_text(name)
            if isinstance(value, str):
                _check_text(value)
        return form, {}
    if await request.body():
        raise Refused()
    return FormData(), {}


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body, parse_constant=_refuse_constant)
        _check_text(json.dumps(found, ensure_ascii=False))
    except (ValueError, RecursionError) as error:
        raise Refused() from error
    if not isinstance(found, dict):
        raise Refused()
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError("NaN and infinity are no values")


def _check_text(text: str) -> None:
    """No database keeps a NUL, and half a character is none."""
    if "\x00" in text or "\\u0000" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Refused()
