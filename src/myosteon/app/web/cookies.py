"""The cookies: the session, the token of forms before sign-in, the language. None says anything about a person."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from myosteon.app.web.web_settings import WebSettings

SESSION = "myosteon"
# With this prefix a browser takes the cookie from this very host over HTTPS only.
SECURE_SESSION = "__Host-myosteon"
FORM = "myosteon_form"
LANGUAGE = "myosteon_language"
A_YEAR = timedelta(days=365)
LONGEST = 200


def session_token_of(request: Request, settings: WebSettings) -> str:
    """The token of the session; empty where there is none."""
    return _cookie(request, _session_name(settings))


def set_session_cookie(answer: Response, token: str, settings: WebSettings) -> None:
    """Tells the browser its session; it is forgotten with the browser, and on the server after its time."""
    answer.set_cookie(
        _session_name(settings),
        token,
        max_age=int(settings.limits.session.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def forget_session_cookie(answer: Response, settings: WebSettings) -> None:
    """Makes the browser forget its session."""
    answer.delete_cookie(
        _session_name(settings), path="/", httponly=True, samesite="lax", secure=settings.secure_cookies
    )


def form_token_of(request: Request) -> str:
    """The token that the forms of a browser carry before anybody is signed in; empty where there is none."""
    return _cookie(request, FORM)


def set_form_token(answer: Response, token: str, settings: WebSettings) -> None:
    """Gives the browser a token for its forms before sign-in."""
    answer.set_cookie(FORM, token, httponly=True, samesite="strict", secure=settings.secure_cookies)


def set_language_cookie(answer: Response, language: str, settings: WebSettings) -> None:
    """Remembers the language for whoever signs in at this browser next."""
    answer.set_cookie(
        LANGUAGE,
        language,
        max_age=int(A_YEAR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def _cookie(request: Request, name: str) -> str:
    value = request.cookies.get(name, "")
    return value if len(value) <= LONGEST and value.isascii() else ""


def _session_name(settings: WebSettings) -> str:
    return SECURE_SESSION if settings.secure_cookies else SESSION
