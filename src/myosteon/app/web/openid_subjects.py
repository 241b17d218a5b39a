"""Which account here belongs to whom the provider names. Nobody gets an account by signing in elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from myosteon.app.web.refusals import OpenIdRefused
from myosteon.app.web.web_settings import WebSettings
from myosteon.registry.accounts import Account, account_by_login, account_by_subject, bind_subject
from myosteon.registry.database import Actor


def account_of_claims(settings: WebSettings, claims: Mapping[str, Any]) -> Account:
    """The account bound to the subject; else the one that waits for it: of that name, without a password, not bound yet.

    Raises:
        OpenIdRefused: there is none, or it is closed.
    """
    assert settings.openid is not None
    subject = f"{settings.openid.issuer}|{claims['sub']}"
    with settings.database.read() as connection:
        account = account_by_subject(connection, subject)
        waiting = account_by_login(connection, str(claims.get(settings.openid.claim) or ""))
    if account is None and waiting is not None:
        found, password_hash = waiting
        if password_hash is None and found.openid_subject is None and found.disabled_at is None:
            with settings.database.write(Actor(found.id, found.organisation_id)) as write:
                bind_subject(write, found.id, subject)
            account = found
    if account is None or account.disabled_at is not None:
        raise OpenIdRefused("no account here belongs to this person")
    return account
