"""`myosteon serve`: what it refuses, and what the first start makes."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from myosteon.app.serving import Serving, run_clinic
from myosteon.app.web.first_start import make_first_administrator
from myosteon.app.web.passwords import Passwords
from myosteon.errors import InputError
from myosteon.registry.accounts import account_by_login
from myosteon.registry.database import open_database
from myosteon.registry.migrations.migrate import migrate
from web.world import CHEAP

ASKED = {
    "host": "127.0.0.1",
    "port": 1,
    "database": None,
    "time_zone": "Asia/Shanghai",
    "public_url": "",
    "behind_proxy": "",
    "certificate": None,
    "key": None,
    "plain_http": False,
    "backups": None,
    "made_up_people": False,
    "language": "en",
}
SECONDS = 30


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "clinic.example"])
def test_a_network_is_not_served_in_the_open_unless_asked_for_outright(host: str) -> None:
    with pytest.raises(InputError, match="everybody on the network"):
        run_clinic(Serving(**{**ASKED, "host": host}))  # type: ignore[arg-type]


def test_a_time_zone_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="time zone"):
        run_clinic(Serving(**{**ASKED, "time_zone": "Heping"}))  # type: ignore[arg-type]


def test_the_first_start_makes_one_administrator_and_the_second_none(tmp_path: Path) -> None:
    database = open_database(tmp_path / "clinic.sqlite")
    migrate(database)
    passwords = Passwords(CHEAP)
    password = make_first_administrator(database, passwords, "zh")
    assert password is not None
    assert make_first_administrator(database, passwords, "zh") is None
    with database.read() as connection:
        found = account_by_login(connection, "admin")
    assert found is not None
    account, kept = found
    assert (account.role, account.must_change_password) == ("administrator", True)
    assert passwords.fits(kept, password)
    database.close()


def test_the_command_serves_prints_the_password_once_and_logs_no_address(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "myosteon", "serve", "--port", str(port), "--lang", "en"]
    log = tmp_path / "log"
    with log.open("w") as said:
        server = subprocess.Popen(
            [*command, "--database", str(tmp_path / "new" / "clinic.sqlite")], stderr=said, stdout=said
        )
    try:
        answer = wait_for(f"http://127.0.0.1:{port}/sign-in?to=/people/0123456789abcdef")
        assert answer.status_code == 200
        assert "server" not in answer.headers
    finally:
        server.terminate()
        assert server.wait(SECONDS) in (0, -15)
    text = log.read_text(encoding="utf-8")
    assert len(re.findall(r"has to be changed: \S+", text)) == 1
    assert "GET /sign-in 200" in text
    assert "0123456789abcdef" not in text


def wait_for(address: str) -> httpx.Response:
    last: Exception | None = None
    for _ in range(SECONDS * 5):
        try:
            return httpx.get(address)
        except httpx.TransportError as error:
            last = error
            time.sleep(0.2)
    raise AssertionError("the server did not answer") from last
