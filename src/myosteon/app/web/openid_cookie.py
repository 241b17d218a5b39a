"""What a browser keeps between leaving for the provider and coming back, so that nobody else's answer is taken for its own."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from myosteon.app.web.web_settings import WebSettings

COOKIE = "myosteon_openid"
PATH = "/openid"
LASTS_SECONDS = 600
BYTES = 32
PARTS = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in: `state` comes back in the address, `nonce` in the token, `verifier` redeems the code."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Attempt:
        """An attempt that nobody can guess."""
        return cls(*(secrets.token_urlsafe(BYTES) for _ in range(PARTS)))

    def fits(self, state: str) -> bool:
        """Whether an answer belongs to this attempt."""
        return hmac.compare_digest(self.state.encode(), state.encode())


def remember_attempt(answer: Response, attempt: Attempt, settings: WebSettings) -> None:
    """Keeps the attempt with the browser, out of reach of scripts and other sites' forms."""
    answer.set_cookie(
        COOKIE,
        f"{attempt.state}.{attempt.nonce}.{attempt.verifier}",
        max_age=LASTS_SECONDS,
        path=PATH,
        httponly=True,
        # Strict would not be sent on the way back from the provider.
        samesite="lax",
        secure=settings.secure_cookies,
    )


def attempt_of(request: Request) -> Attempt | None:
    """The attempt of this browser; None where there is none."""
    parts = request.cookies.get(COOKIE, "").split(".")
    return Attempt(*parts) if len(parts) == PARTS and all(parts) else None


def forget_attempt(answer: Response, settings: WebSettings) -> None:
    """The attempt is over, well or not: a code and a state count once."""
    answer.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="lax", secure=settings.secure_cookies)
