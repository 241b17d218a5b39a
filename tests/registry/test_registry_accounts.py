"""Accounts and sessions, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from myosteon.registry.accounts import (
    LoginTaken,
    account_by_login,
    account_by_subject,
    accounts_of,
    bind_subject,
    count_failed_sign_in,
    disable_account,
    lock_account,
    make_account,
    read_account,
    set_password,
)
from myosteon.registry.audit import lines
from myosteon.registry.clock import SetClock
from myosteon.registry.database import PROGRAM, Actor, Database
from myosteon.registry.errors import NotThere
from myosteon.registry.sessions import (
    end_expired_sessions,
    end_sessions_of,
    find_session,
    see_session,
    start_session,
)

DAY, IDLE = timedelta(hours=12), timedelta(minutes=30)


@pytest.fixture
def account_id(database: Database, village: Actor) -> str:
    assert village.organisation_id is not None
    with database.write(village) as write:
        made = make_account(
            write,
            organisation_id=village.organisation_id,
            login=" Li.Na ",
            shown_name="Li Na",
            role="clinician",
            password_hash="kept",
        )
    return made.id


def test_a_name_is_taken_whatever_its_capitals(database: Database, village: Actor, account_id: str) -> None:
    assert village.organisation_id is not None
    with database.write(village) as write:
        with pytest.raises(LoginTaken):
            make_account(
                write,
                organisation_id=village.organisation_id,
                login="LI.NA",
                shown_name="Another",
                role="researcher",
                password_hash=None,
            )
        assert len(accounts_of(write.connection, village.organisation_id)) == 1
    with database.read() as connection:
        found = account_by_login(connection, "LI.na")
        assert found is not None
        assert (found[0].login, found[1], found[0].must_change_password) == ("li.na", "kept", True)
        with pytest.raises(NotThere):
            read_account(connection, "nobody")


def test_wrong_passwords_are_counted_and_a_new_password_forgets_them(
    database: Database, clock: SetClock, account_id: str
) -> None:
    with database.write(PROGRAM) as write:
        assert [count_failed_sign_in(write, account_id) for _ in range(3)] == [1, 2, 3]
        lock_account(write, account_id, clock.now() + IDLE)
    with database.read() as connection:
        assert read_account(connection, account_id).locked_until == clock.now() + IDLE
    with database.write(PROGRAM) as write:
        set_password(write, account_id, "new", must_change=False)
        found = read_account(write.connection, account_id)
    assert (found.locked_until, found.failed_sign_ins, found.must_change_password) == (None, 0, False)


def test_every_change_of_an_account_stands_in_the_trail(database: Database, account_id: str) -> None:
    with database.write(PROGRAM) as write:
        count_failed_sign_in(write, account_id)
        bind_subject(write, account_id, "provider|1")
        disable_account(write, account_id)
        assert account_by_subject(write.connection, "provider|1") is not None
    with database.read() as connection:
        actions = [line.action for line in lines(connection) if line.thing_id == account_id]
    assert actions == ["disabled", "bound", "sign_in_refused", "added"]


def test_a_session_lives_as_long_as_it_is_used_and_no_longer_than_its_time(
    database: Database, clock: SetClock, account_id: str
) -> None:
    with database.write(PROGRAM) as write:
        token, session = start_session(write, account_id, DAY)
    assert token not in (session.token_hash, session.csrf_token)

    def found() -> bool:
        with database.read() as connection:
            return find_session(connection, token, clock.now(), IDLE) is not None

    clock.move(IDLE - timedelta(seconds=1))
    assert found()
    with database.write(PROGRAM) as write:
        see_session(write, session)
    clock.move(IDLE - timedelta(seconds=1))
    assert found()
    clock.move(timedelta(seconds=1))
    assert not found()
    clock.move(DAY)
    with database.write(PROGRAM) as write:
        end_expired_sessions(write)
    clock.move(-DAY)
    assert not found(), "it is gone, whatever the clock says later"


def test_a_disabled_account_has_no_session_and_ending_ends_all(
    database: Database, clock: SetClock, account_id: str
) -> None:
    with database.write(PROGRAM) as write:
        tokens = [start_session(write, account_id, DAY)[0] for _ in range(3)]
        disable_account(write, account_id)
        assert find_session(write.connection, tokens[0], clock.now(), IDLE) is None
        end_sessions_of(write, account_id)
    with database.read() as connection:
        assert all(find_session(connection, token, clock.now(), IDLE) is None for token in tokens)
