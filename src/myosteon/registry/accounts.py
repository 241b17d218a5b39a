"""Accounts of the people who use the clinic: made, found, changed, each change with its line in the audit trail.

Whether a password is right is judged by whoever asks for it; here only its hash is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import IntegrityError

from myosteon.errors import InputError
from myosteon.registry.audit import record
from myosteon.registry.columns import new_id
from myosteon.registry.database import Write
from myosteon.registry.errors import NotThere
from myosteon.registry.schema import account

Role = Literal["administrator", "clinician", "health_worker", "researcher"]
ROLES: tuple[Role, ...] = get_args(Role)


class LoginTaken(InputError):
    """Another account has this name."""


@dataclass(frozen=True, slots=True)
class Account:
    """One who may sign in. `locked_until` and `disabled_at` are times in UTC, None where they never were."""

    id: str
    organisation_id: str
    login: str
    shown_name: str
    role: Role
    language: str | None
    must_change_password: bool
    failed_sign_ins: int
    locked_until: datetime | None
    disabled_at: datetime | None
    made_at: datetime
    openid_subject: str | None


def account_of(row: Any) -> Account:
    """The account of a row of the table; the hash of the password stays behind."""
    return Account(
        row.id,
        row.organisation_id,
        row.login,
        row.shown_name,
        row.role,
        row.language,
        bool(row.must_change_password),
        row.failed_sign_ins,
        row.locked_until,
        row.disabled_at,
        row.made_at,
        row.openid_subject,
    )


def make_account(
    write: Write,
    *,
    organisation_id: str,
    login: str,
    shown_name: str,
    role: Role,
    password_hash: str | None,
    language: str | None = None,
    must_change_password: bool = True,
) -> Account:
    """A new account; its first password has to be changed unless said otherwise. Without a hash it signs in elsewhere only.

    Raises:
        LoginTaken: another account, of whatever organisation, has the name.
    """
    account_id = new_id()
    row = {
        "id": account_id,
        "organisation_id": organisation_id,
        "login": login.strip().lower(),
        "shown_name": shown_name.strip(),
        "role": role,
        "password_hash": password_hash,
        "must_change_password": must_change_password and password_hash is not None,
        "language": language,
        "failed_sign_ins": 0,
        "made_at": write.now,
    }
    try:
        with write.connection.begin_nested():
            write.connection.execute(account.insert().values(row))
    except IntegrityError as error:
        raise LoginTaken("another account has this name") from error
    record(write, "added", "account", account_id, detail={"role": role})
    return read_account(write.connection, account_id)


def read_account(connection: Connection, account_id: str) -> Account:
    """The account of an id.

    Raises:
        NotThere: there is none.
    """
    row = connection.execute(select(account).where(account.c.id == account_id)).first()
    if row is None:
        raise NotThere("account", account_id)
    return account_of(row)


def account_by_login(connection: Connection, login: str) -> tuple[Account, str | None] | None:
    """The account of a name with the hash of its password; None where there is none. Capitals do not count."""
    row = connection.execute(select(account).where(account.c.login == login.strip().lower())).first()
    return None if row is None else (account_of(row), row.password_hash)


def account_by_subject(connection: Connection, subject: str) -> Account | None:
    """The account bound to a subject of the OpenID provider."""
    row = connection.execute(select(account).where(account.c.openid_subject == subject)).first()
    return None if row is None else account_of(row)


def accounts_of(connection: Connection, organisation_id: str) -> tuple[Account, ...]:
    """Every account of an organisation, the disabled ones last, by name."""
    rows = connection.execute(
        select(account)
        .where(account.c.organisation_id == organisation_id)
        .order_by(account.c.disabled_at.is_not(None), func.lower(account.c.shown_name), account.c.id)
    )
    return tuple(account_of(row) for row in rows)


def has_accounts(connection: Connection) -> bool:
    """Whether anybody has an account yet."""
    return connection.execute(select(account.c.id).limit(1)).first() is not None


def kept_password(connection: Connection, account_id: str) -> str | None:
    """The hash of the password of an account; None where it signs in elsewhere."""
    found: str | None = connection.execute(
        select(account.c.password_hash).where(account.c.id == account_id)
    ).scalar_one()
    return found


def set_password(write: Write, account_id: str, password_hash: str, *, must_change: bool) -> None:
    """A new password; wrong sign-ins are forgotten."""
    _change(
        write,
        account_id,
        "password_reset" if must_change else "password_changed",
        password_hash=password_hash,
        must_change_password=must_change,
        failed_sign_ins=0,
        locked_until=None,
    )


def rehash_password(write: Write, account_id: str, password_hash: str) -> None:
    """The same password, hashed at today's cost."""
    _change(write, account_id, "password_rehashed", password_hash=password_hash)


def count_failed_sign_in(write: Write, account_id: str) -> int:
    """One wrong password more; gives the new count since the last right one."""
    count = account.c.failed_sign_ins + 1
    _change(write, account_id, "sign_in_refused", failed_sign_ins=count)
    asked = select(account.c.failed_sign_ins).where(account.c.id == account_id)
    return int(write.connection.execute(asked).scalar_one())


def lock_account(write: Write, account_id: str, until: datetime) -> None:
    """Takes no password for the account until a time; the count of wrong ones begins anew."""
    _change(write, account_id, "locked", failed_sign_ins=0, locked_until=until)


def forget_failed_sign_ins(write: Write, account_id: str) -> None:
    """The right password was given."""
    _change(write, account_id, None, failed_sign_ins=0, locked_until=None)


def set_language(write: Write, account_id: str, language: str) -> None:
    """The language that the account reads."""
    _change(write, account_id, None, language=language)


def set_role(write: Write, account_id: str, role: Role, shown_name: str) -> None:
    """Another role and shown name."""
    _change(write, account_id, "changed", {"role": role}, role=role, shown_name=shown_name.strip())


def disable_account(write: Write, account_id: str) -> None:
    """Closes an account: it signs in no more. It is never removed, for its lines of the audit stay."""
    _change(write, account_id, "disabled", disabled_at=write.now)


def enable_account(write: Write, account_id: str) -> None:
    """Opens an account again."""
    _change(write, account_id, "enabled", disabled_at=None)


def bind_subject(write: Write, account_id: str, subject: str) -> None:
    """Binds the account to a subject of the OpenID provider."""
    _change(write, account_id, "bound", openid_subject=subject, must_change_password=False)


def _change(
    write: Write,
    account_id: str,
    action: str | None,
    detail: dict[str, Any] | None = None,
    /,
    **values: object,
) -> None:
    write.connection.execute(update(account).where(account.c.id == account_id).values(**values))
    if action is not None:
        record(write, action, "account", account_id, detail=detail)
