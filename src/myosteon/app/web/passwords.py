"""Passwords: how they are kept (argon2), which are taken, and the one that is given for a first sign-in."""

from __future__ import annotations

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
# Longer ones would only cost the server time.
LONGEST = 200
FEWEST_CHARACTERS = 5
# Each check takes 64 MiB for a moment; more at once would let a crowd of wrong sign-ins take the whole machine.
AT_ONCE = 2
# No letter or digit that is taken for another when it is read aloud or copied from a terminal.
ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Passwords:
    """Hashes and checks passwords; `hasher` is the cost, lowered only in tests."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with self._turn:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one kept; where none is kept (None) it takes as long as a wrong password."""
        with self._turn:
            try:
                self._hasher.verify(kept or self._nobody, password[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed at another cost than is used today."""
        return self._hasher.check_needs_rehash(kept)


def weakness_of(password: str, login: str, old: str = "") -> str | None:
    """The wording key that says why a new password cannot be taken; None where it can."""
    if len(password) < SHORTEST:
        return "password.too_short"
    if len(password) > LONGEST:
        return "password.too_long"
    if len(set(password)) < FEWEST_CHARACTERS or login.lower() in password.lower():
        return "password.too_easy"
    if old and password == old:
        return "password.not_new"
    return None


def one_time_password() -> str:
    """A password to be changed at the first sign-in: four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(ONE_TIME_LETTERS) for _ in range(4)) for _ in range(4))
