"""The people who use the clinic's pages: made, given another role, closed, given a new password."""

from __future__ import annotations

from typing import cast

from starlette.responses import Response

from myosteon.app.web.account_names import login_problems, name_problems
from myosteon.app.web.call import Call
from myosteon.app.web.passwords import one_time_password
from myosteon.app.web.refusals import NotFound, Problem, Unusable
from myosteon.app.web.routing import Asked, Pages
from myosteon.registry.accounts import (
    ROLES,
    Account,
    LoginTaken,
    Role,
    accounts_of,
    disable_account,
    enable_account,
    make_account,
    read_account,
    set_password,
    set_role,
)
from myosteon.registry.sessions import end_sessions_of

pages = Pages()


@pages.get("/settings/users", permission="users.write")
def list_users(call: Asked) -> Response:
    """Everybody who has an account in this clinic."""
    with call.read() as connection:
        accounts = accounts_of(connection, call.organisation.id)
    return call.page("settings/users.html", accounts=accounts)


@pages.get("/settings/users/new", permission="users.write")
def ask_for_user(call: Asked) -> Response:
    """The form of a new account."""
    return _new_form(call)


@pages.post(
    "/settings/users/new", permission="users.write", fields=("login", "shown_name", "role", "elsewhere")
)
def add_user(call: Asked) -> Response:
    """Makes the account; its password for one sign-in is shown on this page only."""
    login, shown_name = call.form.get("login", "").strip().lower(), call.form.get("shown_name", "").strip()
    problems = [
        *login_problems(call, login),
        *name_problems(call, shown_name, "shown_name", "users.name_missing"),
    ]
    role = call.form.get("role", "")
    if role not in ROLES:
        problems.append(Problem("role", call.say("users.role_missing")))
    if problems:
        return _new_form(call, tuple(problems))
    elsewhere = call.settings.openid is not None and call.form.get("elsewhere") == "yes"
    password = None if elsewhere else one_time_password()
    hashed = None if password is None else call.settings.passwords.hash(password)
    try:
        with call.write() as write:
            account = make_account(
                write,
                organisation_id=call.organisation.id,
                login=login,
                shown_name=shown_name,
                role=cast(Role, role),
                password_hash=hashed,
            )
    except LoginTaken:
        return _new_form(call, (Problem("login", call.say("users.login_taken")),))
    return call.page("settings/user_made.html", account=account, password=password)


@pages.get("/settings/users/{account}", permission="users.write")
def show_user(call: Asked, account: str) -> Response:
    """One account, and what may be done with it."""
    return _user_form(call, _own(call, account))


@pages.post("/settings/users/{account}", permission="users.write", fields=("shown_name", "role"))
def change_user(call: Asked, account: str) -> Response:
    """Another name or role; the last administrator stays one."""
    found = _own(call, account)
    shown_name, role = call.form.get("shown_name", "").strip(), call.form.get("role", "")
    if role not in ROLES:
        raise Unusable()
    problems = name_problems(call, shown_name, "shown_name", "users.name_missing")
    if problems:
        return _user_form(call, found, tuple(problems))
    with call.write() as write:
        if role != "administrator" and _is_last_administrator(
            accounts_of(write.connection, call.organisation.id), found
        ):
            raise Unusable("users.last_administrator")
        set_role(write, found.id, role, shown_name)
        if role != found.role:
            end_sessions_of(write, found.id)
    return call.to("/settings/users", done="users.changed")


@pages.post("/settings/users/{account}/close", permission="users.write", fields=("typed",))
def close_user(call: Asked, account: str) -> Response:
    """Closes the account after its name was typed; its sessions end at once."""
    found = _own(call, account)
    if call.form.get("typed", "").strip().lower() != found.login:
        return _user_form(call, found, (Problem("typed", call.say("users.not_typed")),))
    with call.write() as write:
        if _is_last_administrator(accounts_of(write.connection, call.organisation.id), found):
            raise Unusable("users.last_administrator")
        disable_account(write, found.id)
        end_sessions_of(write, found.id)
    return call.to("/settings/users", done="users.closed")


@pages.post("/settings/users/{account}/open", permission="users.write")
def open_user(call: Asked, account: str) -> Response:
    """Opens a closed account again."""
    found = _own(call, account)
    with call.write() as write:
        enable_account(write, found.id)
    return call.to("/settings/users", done="users.opened")


@pages.post("/settings/users/{account}/password", permission="users.write")
def reset_password(call: Asked, account: str) -> Response:
    """A new password for one sign-in, shown on this page only; a lock is lifted, sessions end."""
    found, password = _own(call, account), one_time_password()
    hashed = call.settings.passwords.hash(password)
    with call.write() as write:
        set_password(write, found.id, hashed, must_change=True)
        end_sessions_of(write, found.id)
    return call.page("settings/user_made.html", account=found, password=password)


def _own(call: Call, account_id: str) -> Account:
    """An account of the own clinic; others are not there."""
    with call.read() as connection:
        found = read_account(connection, account_id)
    if found.organisation_id != call.organisation.id:
        raise NotFound()
    return found


def _is_last_administrator(accounts: tuple[Account, ...], account: Account) -> bool:
    able = [one.id for one in accounts if one.role == "administrator" and one.disabled_at is None]
    return able == [account.id]


def _roles(call: Call) -> list[tuple[str, str, str]]:
    return [(role, call.say(f"role.{role}"), call.say(f"users.may_{role}")) for role in ROLES]


def _new_form(call: Call, problems: tuple[Problem, ...] = ()) -> Response:
    return call.page(
        "settings/user_new.html",
        status=422 if problems else 200,
        problems=problems,
        roles=_roles(call),
        form=call.form,
        openid=call.settings.openid is not None,
    )


def _user_form(call: Call, account: Account, problems: tuple[Problem, ...] = ()) -> Response:
    return call.page(
        "settings/user.html",
        status=422 if problems else 200,
        account=account,
        problems=problems,
        roles=_roles(call),
        own=account.id == call.account.id,
    )
