"""Signing in with a password: an unknown name and a wrong password take as long, sound alike and lock alike."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import datetime
from threading import Lock

from myosteon.app.web.refusals import Refused
from myosteon.app.web.web_settings import Limits, WebSettings
from myosteon.registry.accounts import (
    Account,
    account_by_login,
    count_failed_sign_in,
    forget_failed_sign_ins,
    lock_account,
    read_account,
    rehash_password,
)
from myosteon.registry.audit import record
from myosteon.registry.database import PROGRAM, Actor
from myosteon.registry.sessions import end_expired_sessions, end_session, start_session

MOST_STRANGERS = 10_000
LONGEST_LOGIN = 200


class SignInRefused(Refused):
    """The name or the password is wrong, or the account is locked; `key` says which of the two."""

    status = 422


class Strangers:
    """Wrong passwords for names that have no account: counted and locked as accounts are, so that none can be told from it."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[int, datetime | None]] = OrderedDict()
        self._lock = Lock()

    def is_locked(self, login: str, now: datetime, limits: Limits) -> bool:
        """Whether the name is locked."""
        with self._lock:
            return is_locked(self._known.get(_hidden(login), (0, None))[1], now, limits)

    def count(self, login: str, now: datetime, limits: Limits) -> bool:
        """One wrong password more; true where the name is locked by it."""
        with self._lock:
            count, _ = self._known.pop(_hidden(login), (0, None))
            locks = count + 1 >= limits.wrong_passwords
            self._known[_hidden(login)] = (0, now + limits.locked_for) if locks else (count + 1, None)
            if len(self._known) > MOST_STRANGERS:
                self._known.popitem(last=False)
        return locks


def is_locked(until: datetime | None, now: datetime, limits: Limits) -> bool:
    """Whether a lock holds. One that lies further ahead than a lock can last is left from before the clock went back."""
    return until is not None and now < until <= now + limits.locked_for


def sign_in(settings: WebSettings, strangers: Strangers, login: str, password: str, old_token: str) -> str:
    """Gives the token of a new session; the session that the browser had before is ended.

    Raises:
        SignInRefused: wrong, or locked.
    """
    limits, now, login = settings.limits, settings.clock.now(), login.strip().lower()[:LONGEST_LOGIN]
    with settings.database.read() as connection:
        found = account_by_login(connection, login)
    account, kept = found if found else (None, None)
    locked = (
        is_locked(account.locked_until, now, limits) if account else strangers.is_locked(login, now, limits)
    )
    if locked:
        raise SignInRefused("sign_in.locked")
    fits = settings.passwords.fits(kept, password)
    if account is None:
        # Written down as for a known name: it takes as long, and whoever keeps the trail sees that names are tried.
        with settings.database.write(PROGRAM) as write:
            record(write, "sign_in_refused", "account", None)
        raise _refusal(strangers.count(login, now, limits))
    if not fits or account.disabled_at is not None:
        raise _refusal(_count(settings, account))
    token = start_signed_in(settings, account, old_token)
    if kept is not None and settings.passwords.is_outdated(kept):
        with settings.database.write(_actor(account)) as write:
            rehash_password(write, account.id, settings.passwords.hash(password))
    return token


def start_signed_in(settings: WebSettings, account: Account, old_token: str) -> str:
    """A new session for an account that has shown who it is; gives its token.

    Raises:
        SignInRefused: it was locked in the meantime, by guesses that ran beside.
    """
    with settings.database.write(_actor(account)) as write:
        current = read_account(write.connection, account.id)
        if is_locked(current.locked_until, write.now, settings.limits):
            raise SignInRefused("sign_in.locked")
        if current.failed_sign_ins or current.locked_until:
            forget_failed_sign_ins(write, account.id)
        end_expired_sessions(write)
        if old_token:
            end_session(write, old_token)
        token, _ = start_session(write, account.id, settings.limits.session)
    return token


def _count(settings: WebSettings, account: Account) -> bool:
    with settings.database.write(PROGRAM) as write:
        locks = count_failed_sign_in(write, account.id) >= settings.limits.wrong_passwords
        if locks:
            lock_account(write, account.id, write.now + settings.limits.locked_for)
    return locks


def _refusal(locks: bool) -> SignInRefused:
    return SignInRefused("sign_in.locked" if locks else "sign_in.wrong")


def _actor(account: Account) -> Actor:
    return Actor(account.id, account.organisation_id)


def _hidden(login: str) -> str:
    """Somebody may type a password where the name belongs: what was typed is not kept."""
    return hashlib.sha256(login.encode()).hexdigest()
