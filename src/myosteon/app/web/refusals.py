"""What a page refuses, as errors that become pages: the status, and the wording key that says why and what to do.

MyosteonError
└── Refused               a request that gets a page that says why
    ├── SignInNeeded      303 to the sign-in page, or 401 where a script asked
    ├── PasswordChangeNeeded  303 to the page where it is changed
    ├── NotAllowed   403  the role, a missing token, a foreign origin
    ├── OpenIdRefused     the other service did not sign in; told on the sign-in page
    ├── NotFound     404  nothing there, or not for this organisation: the two are not told apart
    ├── TooLarge     413  more bytes than the page takes
    ├── Unusable     422  a form that cannot be used as it is
    └── TooMany      429  too many requests from one address or account
"""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.errors import MyosteonError


@dataclass(frozen=True, slots=True)
class Problem:
    """A field that cannot be used: the id of its input, and what stands in the summary and beside the field."""

    field: str
    text: str


class Refused(MyosteonError):
    """A request that cannot be done; `key` is the section of the wording that says why."""

    status = 400
    key = "error.bad"

    def __init__(self, key: str = "", **parts: object) -> None:
        """The wording key of the reason, where the usual one of this refusal does not do."""
        super().__init__(key or self.key)
        self.reason = key
        self.parts = parts


class SignInNeeded(Refused):
    """Nobody is signed in, or the session is over."""

    status = 401
    key = "error.sign_in"


class NotAllowed(Refused):
    """The account may not do it, or the request did not come from our own page."""

    status = 403
    key = "error.not_allowed"


class NotFound(Refused):
    """Nothing is there, or it belongs to others: nobody learns which."""

    status = 404
    key = "error.not_found"


class TooLarge(Refused):
    """More bytes than the page takes."""

    status = 413
    key = "error.too_large"


class Unusable(Refused):
    """A form that cannot be used as it is; nothing was changed."""

    status = 422
    key = "error.unusable"


class TooMany(Refused):
    """Too many requests in a short time."""

    status = 429
    key = "error.too_many"


class PasswordChangeNeeded(Refused):
    """The password was given for one sign-in; the next step is to choose another."""

    status = 403
    key = "error.password_change"


class OpenIdRefused(Refused):
    """The provider did not say who it is, or what it said cannot be trusted; the sign-in page says so in words."""

    key = "sign_in.openid_failed"
