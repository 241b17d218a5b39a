"""Sessions of people who are signed in. Only the hash of a session's token is kept: who reads the database cannot sign in with it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from myosteon.registry.accounts import Account, account_of
from myosteon.registry.audit import record
from myosteon.registry.database import Write
from myosteon.registry.schema import account, web_session

TOKEN_BYTES = 32
# Being seen is written at most this often: a page that is only read should not write.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one account, from one browser; times in UTC."""

    token_hash: str
    account_id: str
    csrf_token: str
    made_at: datetime
    last_seen_at: datetime
    expires_at: datetime


def start_session(write: Write, account_id: str, lasts: timedelta) -> tuple[str, Session]:
    """A new session; gives the token, which is told to the browser and kept nowhere, and the session."""
    at, token = write.now, secrets.token_urlsafe(TOKEN_BYTES)
    session = Session(hash_token(token), account_id, secrets.token_urlsafe(TOKEN_BYTES), at, at, at + lasts)
    write.connection.execute(
        web_session.insert().values(
            token_hash=session.token_hash,
            account_id=account_id,
            csrf_token=session.csrf_token,
            made_at=at,
            last_seen_at=at,
            expires_at=session.expires_at,
        )
    )
    record(write, "signed_in", "account", account_id)
    return token, session


def find_session(
    connection: Connection, token: str, at: datetime, idle: timedelta
) -> tuple[Session, Account] | None:
    """The session of a token and its account; None where it is over, was ended, or the account is disabled."""
    row = connection.execute(
        select(
            account,
            web_session.c.token_hash,
            web_session.c.csrf_token,
            web_session.c.made_at.label("session_made_at"),
            web_session.c.last_seen_at,
            web_session.c.expires_at,
        )
        .join(account, account.c.id == web_session.c.account_id)
        .where(web_session.c.token_hash == hash_token(token))
    ).first()
    if row is None or row.disabled_at is not None or at >= row.expires_at or at - row.last_seen_at >= idle:
        return None
    session = Session(
        row.token_hash, row.id, row.csrf_token, row.session_made_at, row.last_seen_at, row.expires_at
    )
    return session, account_of(row)


def is_to_be_seen(session: Session, at: datetime) -> bool:
    """Whether it is time to write that the session was used; also where the clock went back."""
    return abs(at - session.last_seen_at) >= SEEN_EVERY


def see_session(write: Write, session: Session) -> None:
    """Writes that the session was used."""
    write.connection.execute(
        update(web_session)
        .where(web_session.c.token_hash == session.token_hash)
        .values(last_seen_at=write.now)
    )


def end_session(write: Write, token: str) -> None:
    """Ends one session; nothing happens where it is gone already."""
    ended = web_session.c.token_hash == hash_token(token)
    found = write.connection.execute(select(web_session.c.account_id).where(ended)).scalar()
    if found is not None:
        write.connection.execute(delete(web_session).where(ended))
        record(write, "signed_out", "account", found)


def end_sessions_of(write: Write, account_id: str) -> None:
    """Ends every session of an account."""
    write.connection.execute(delete(web_session).where(web_session.c.account_id == account_id))


def end_expired_sessions(write: Write) -> None:
    """Removes sessions that are over."""
    write.connection.execute(delete(web_session).where(web_session.c.expires_at <= write.now))


def hash_token(token: str) -> str:
    """What is kept of a token. Tokens are long and random, so a fast hash does."""
    return hashlib.sha256(token.encode()).hexdigest()
