"""The made-up clinics: what `myosteon serve --clinic-demo` fills, prints, and refuses."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import func, select

from myosteon.app.made_up.crowd import make_crowd
from myosteon.app.made_up.fill import fill_with_made_up_people, is_made_up
from myosteon.app.made_up.told import told
from myosteon.app.serving import Serving, run_clinic
from myosteon.app.web.first_start import make_first_administrator
from myosteon.app.web.passwords import Passwords, weakness_of
from myosteon.errors import InputError
from myosteon.registry.accounts import ROLES, account_by_login
from myosteon.registry.database import Database, open_database
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import organisations
from myosteon.registry.people import count_people
from myosteon.registry.schema import audit, visit
from myosteon.registry.standing import count_standing
from myosteon.registry.verify import verify
from web.test_serve import ASKED
from web.world import CHEAP

ZONE = ZoneInfo("Asia/Shanghai")
SECONDS = 60


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    file = tmp_path_factory.mktemp("made_up") / "clinic.sqlite"
    database = open_database(file)
    migrate(database)
    assert fill_with_made_up_people(str(file), ZONE)
    yield database
    database.close()


def test_three_tiers_every_role_and_people_with_something_to_do(filled: Database) -> None:
    with filled.read() as connection:
        clinics = organisations(connection)
        assert sorted(one.fields.tier for one in clinics) == [1, 2, 3]
        found = [account_by_login(connection, one["login"]) for one in told().accounts]
        assert {one[0].role for one in found if one} == set(ROLES)
        for one in clinics:
            assert count_people(connection, one.id) >= 10
            assert sum(count_standing(connection, one.id).values()) > 0


def test_the_registry_is_whole_and_time_went_forward_in_it(filled: Database) -> None:
    report = verify(filled)
    assert report.is_whole
    assert not report.clock_went_back
    with filled.read() as connection:
        times = connection.execute(select(func.min(audit.c.at), func.max(audit.c.at))).one()
        last = connection.execute(select(func.max(visit.c.day))).scalar_one()
    assert (times[1] - times[0]).days > 1000
    assert times[1] <= datetime.now(UTC)
    assert (datetime.now(ZONE).date() - date.fromisoformat(str(last))).days in (0, 1)


def test_the_password_would_be_taken_and_opens_every_account(filled: Database) -> None:
    passwords = Passwords()
    with filled.read() as connection:
        for one in told().accounts:
            assert weakness_of(told().password, one["login"]) is None
            found = account_by_login(connection, one["login"])
            assert found is not None
            assert not found[0].must_change_password
        assert passwords.fits(found[1], told().password)


def test_a_second_start_fills_nothing_and_a_clinic_of_its_own_is_refused(
    filled: Database, tmp_path: Path
) -> None:
    assert filled.file is not None
    assert not fill_with_made_up_people(str(filled.file), ZONE)
    own = open_database(tmp_path / "own.sqlite")
    migrate(own)
    make_first_administrator(own, Passwords(CHEAP), "en")
    assert not is_made_up(own)
    with pytest.raises(InputError, match="clinic of its own"):
        fill_with_made_up_people(str(own.file), ZONE)
    own.close()


def test_passwords_that_everybody_knows_are_not_served_to_a_network() -> None:
    asked = {**ASKED, "host": "0.0.0.0", "plain_http": True, "made_up_people": True}
    with pytest.raises(InputError, match="this machine only"):
        run_clinic(Serving(**asked))  # type: ignore[arg-type]


def test_the_crowd_is_the_same_each_time_and_as_old_as_its_visits_say() -> None:
    crowd = make_crowd(date(2026, 11, 18))
    assert crowd.visits.equals(make_crowd(date(2026, 11, 18)).visits)
    assert crowd.visits["visit_date"].max() == date(2026, 11, 18)
    assert crowd.visits["clinic"].null_count() == 0
    last = crowd.visits.sort("visit_date").group_by("person_id").last()
    for row in last.drop_nulls("age_years").iter_rows(named=True):
        born, day = row["birth_date"], row["visit_date"]
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        assert years == int(row["age_years"])


def test_make_clinic_prints_who_may_sign_in_and_every_page_says_that_people_are_made_up(
    tmp_path: Path,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "myosteon",
        "serve",
        "--clinic-demo",
        "--port",
        str(port),
        "--lang",
        "en",
    ]
    log = tmp_path / "log"
    with log.open("w") as said:
        server = subprocess.Popen([*command, "--database", str(tmp_path / "clinic.sqlite")], stderr=said)
    try:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                page = httpx.get(f"http://127.0.0.1:{port}/sign-in", headers={"Accept-Language": "en"})
                break
            except httpx.TransportError:
                time.sleep(0.2)
        assert "All people here are made up" in page.text
    finally:
        server.terminate()
        server.wait(SECONDS)
    text = log.read_text(encoding="utf-8")
    assert told().password in text
    assert re.findall(r"^  (\S+)", text, re.MULTILINE) == [one["login"] for one in told().accounts]
    assert "one-time" not in text
