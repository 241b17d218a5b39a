"""The notice that is shown once after a save: a cookie with a wording key, never with a word about a person."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from myosteon.app.web.wording import wording

COOKIE = "myosteon_done"
LASTS_SECONDS = 60


def set_notice(answer: Response, key: str, *, secure: bool) -> None:
    """The next page will say it.

    Raises:
        KeyError: no wording file has the key.
    """
    wording()[key]
    answer.set_cookie(COOKIE, key, max_age=LASTS_SECONDS, httponly=True, samesite="lax", secure=secure)


def notice_of(request: Request) -> str:
    """The key that the page is to confirm; empty where there is none, or a key that is not ours."""
    key = request.cookies.get(COOKIE, "")
    return key if key in wording() and "{" not in wording()[key]["en"] else ""


def forget_notice(answer: Response) -> None:
    """It was said."""
    answer.delete_cookie(COOKIE)
