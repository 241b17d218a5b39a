"""Every error as a page in the reader's language: what happened, what was not saved, what to do. Scripts get the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from myosteon.app.web.call import Call
from myosteon.app.web.guard import anonymous_call, know_caller
from myosteon.app.web.refusals import PasswordChangeNeeded, Refused, SignInNeeded
from myosteon.errors import InputError, MyosteonError
from myosteon.registry.errors import (
    Conflict,
    DatabaseBusy,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseTrouble,
    NotThere,
    RegistryError,
)

SIGN_IN = "/sign-in"
CHANGE_PASSWORD = "/settings/password"
JSON = "application/json"
# A field that holds a secret is never written back into a page.
SECRET = "password"
RETRY_SECONDS = {"429": "60", "503": "10"}
BY_STATUS = {400: "error.bad", 404: "error.not_found", 405: "error.method", 413: "error.too_large"}
TROUBLES: tuple[tuple[type[DatabaseTrouble], str], ...] = (
    (DatabaseFull, "error.database_full"),
    (DatabaseReadOnly, "error.database_read_only"),
    (DatabaseBusy, "error.database_busy"),
    (DatabaseTrouble, "error.database_gone"),
)


def add_failures(app: FastAPI) -> None:
    """Hands every kind of error its page."""
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(MyosteonError, _on_refusal)


async def on_fault(request: Request, fault: Exception) -> Response:
    """The page of a fault of the program; nothing of the fault's text is shown."""
    return failure(request, 500, "error.fault")


async def _on_http(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 400)
    # No page was reached, so nobody has looked yet who asks; without an answer the page has a plain head.
    with suppress(DatabaseTrouble):
        await run_in_threadpool(know_caller, request)
    answer = failure(request, status, BY_STATUS.get(status, "error.bad"))
    for name, value in (getattr(error, "headers", None) or {}).items():
        answer.headers[name] = value
    return answer


async def _on_validation(request: Request, error: Exception) -> Response:
    # Only an address can be of the wrong type: no page declares another input.
    return failure(request, 404, "error.not_found")


async def _on_refusal(request: Request, error: Exception) -> Response:
    if isinstance(error, SignInNeeded) and request.method == "GET" and not _wants_json(request):
        return RedirectResponse(f"{SIGN_IN}?to={quote(request.url.path, safe='/')}", 303)
    if isinstance(error, PasswordChangeNeeded) and not _wants_json(request):
        return RedirectResponse(CHANGE_PASSWORD, 303)
    if isinstance(error, Refused):
        return failure(request, error.status, error.key, error.reason, parts=error.parts)
    if isinstance(error, NotThere):
        return failure(request, 404, "error.not_found")
    if isinstance(error, Conflict):
        return failure(request, 409, "error.conflict")
    if isinstance(error, DatabaseTrouble):
        key = next(key for kind, key in TROUBLES if isinstance(error, kind))
        return failure(request, 503, key)
    if isinstance(error, InputError | RegistryError):
        call = _call_of(request)
        return failure(request, 422, "error.unusable", said=call.said(error))
    # An evidence file or a rule that is wrong: a fault of the program, told as one.
    raise error


def failure(
    request: Request,
    status: int,
    key: str,
    reason: str = "",
    said: str = "",
    parts: Mapping[str, object] | None = None,
) -> Response:
    """The page of an error.

    `key` is its section of the wording (`KEY.title`, `KEY.says`, `KEY.next`), `reason` the key of a sentence that says it
    more closely, `said` such a sentence itself. What was typed into a form stands in the page, to be sent again.
    """
    call = _call_of(request)
    says = said or (call.say(reason, **(parts or {})) if reason else call.say(f"{key}.says"))
    title, after = call.say(f"{key}.title"), call.say(f"{key}.next")
    if _wants_json(request):
        answer = call.answer({"error": {"title": title, "says": says, "next": after}}, status)
    else:
        answer = call.page(
            "errors/error.html",
            status=status,
            title=title,
            says=says,
            after=after,
            number=status,
            again=_again(call),
            # Where the session could not be looked up, the form's own token goes along and is checked when it comes back.
            again_csrf=call.csrf or call.form.get("csrf", ""),
            action=request.url.path,
        )
    if str(status) in RETRY_SECONDS:
        answer.headers["Retry-After"] = RETRY_SECONDS[str(status)]
    return answer


def _again(call: Call) -> list[tuple[str, str]]:
    """What was typed, to be sent again from the page of the error; no secret and no token."""
    return [
        (name, value)
        for name, value in call.form_data.multi_items()
        if isinstance(value, str) and name != "csrf" and SECRET not in name
    ]


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith(JSON)


def _call_of(request: Request) -> Call:
    call = getattr(request.state, "call", None)
    return call if isinstance(call, Call) else anonymous_call(request)
