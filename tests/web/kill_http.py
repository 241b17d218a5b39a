"""Kills the served clinic again and again while visits are saved over HTTP, and then looks for every save that was acknowledged.

    python tests/web/kill_http.py --kills 20                           # SQLite in a temporary folder
    python tests/web/kill_http.py --kills 20 --database postgresql://... # an empty database

A save is acknowledged when the browser has the 303 that leads on. SIGKILL comes at a random moment; the clinic is started again
and goes on. Afterwards every acknowledged save must be there as it was typed, every finished visit must have the verdicts that were
given with it, and `verify` must be clean.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import httpx
from sqlalchemy import select

from myosteon.app.web.cookies import SESSION
from myosteon.app.web.web_settings import Limits
from myosteon.registry.accounts import make_account
from myosteon.registry.database import PROGRAM, Actor, Database, open_database
from myosteon.registry.errors import NotThere
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import OrganisationFields, add_organisation
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.results import ASSESSMENT, result_of_visit
from myosteon.registry.schema import visit
from myosteon.registry.sessions import start_session
from myosteon.registry.verify import verify
from myosteon.registry.visits import read_visit, visit_entries

PEOPLE = 12
WRITERS = 3
DAY = date(2026, 11, 20)
VISITS = count()
SECONDS_TO_START = 180.0
LONGEST_LIFE = 2.0
# As typed, with the number of the entry that it became: 1 begun, 2 the size, 3 the walk, 4 finished.
Told = tuple[str, int, str]


@dataclass
class Figures:
    """What came out."""

    kills: int
    acknowledged: int = 0
    lost: list[Told] = field(default_factory=list)
    finished: int = 0
    without_verdict: int = 0
    faults: tuple[str, ...] = ()
    unexpected: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def are_clean(self) -> bool:
        return not (self.lost or self.without_verdict or self.faults or self.unexpected)

    def __str__(self) -> str:
        return (
            f"kills over HTTP {self.kills}; saves acknowledged {self.acknowledged}, of them lost {len(self.lost)}; visits "
            f"finished {self.finished}, of them without their verdict {self.without_verdict}; answers that were no page "
            f"of the clinic {len(self.unexpected)}; faults found by verify {len(self.faults)}; {self.seconds:.0f} s"
        )


@dataclass(frozen=True)
class Clinic:
    """A registry with a clinician who is signed in."""

    where: str
    token: str
    csrf: str
    people: tuple[str, ...]


def prepare(where: str) -> Clinic:
    """An empty registry with a clinic, its people, and somebody signed in."""
    database = open_database(where)
    migrate(database)
    with database.write(PROGRAM) as write:
        clinic = add_organisation(write, OrganisationFields("Willow village", 1))
        account = make_account(
            write,
            organisation_id=clinic,
            login="writer",
            shown_name="Writer",
            role="clinician",
            password_hash="-",
            must_change_password=False,
        )
        people = [
            add_person(write, clinic, PersonFields(f"Made Up {n}", "female", birth_year=1948))
            for n in range(PEOPLE)
        ]
    with database.write(Actor(account.id, clinic)) as write:
        token, session = start_session(write, account.id, Limits().session)
    database.close()
    return Clinic(where, token, session.csrf_token, tuple(people))


def kill_again_and_again(where: str, kills: int, seed: int = 20261120) -> Figures:
    """Serves the clinic `kills` times and kills it each time while visits are saved; looks at what is there in the end."""
    began, figures, chance = time.monotonic(), Figures(kills), random.Random(seed)
    clinic = prepare(where)
    told: list[Told] = []
    for life in range(kills):
        _one_life(clinic, life, chance, told, figures.unexpected)
    figures.acknowledged = len(told)
    database = open_database(where)
    figures.lost = lost_of(database, told)
    with database.read() as connection:
        ids = connection.execute(select(visit.c.id).where(visit.c.state == "finished")).scalars().all()
        kept = [result_of_visit(connection, one, ASSESSMENT) for one in ids]
    figures.finished, figures.without_verdict = len(ids), kept.count(None)
    figures.faults = verify(database).faults
    database.close()
    figures.seconds = time.monotonic() - began
    return figures


def _one_life(
    clinic: Clinic, life: int, chance: random.Random, told: list[Told], unexpected: list[str]
) -> None:
    with served(clinic.where) as (server, address):
        heard: list[Told] = []
        writers = [
            threading.Thread(target=_write, args=(clinic, address, f"{life} {n}", heard, unexpected))
            for n in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        until = time.monotonic() + SECONDS_TO_START
        # Every other life lasts at least until a visit was finished: the first one of a life waits for its judge.
        awaited = 4 if life % 2 else 1
        while (
            not any(number == awaited for _, number, _ in heard)
            and not unexpected
            and time.monotonic() < until
        ):
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, LONGEST_LIFE))
        server.send_signal(signal.SIGKILL)
        for writer in writers:
            writer.join()
        told += heard


@contextmanager
def served(where: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`myosteon serve` in a process of its own; it is killed when the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "myosteon", "serve", "--database", where, "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            until = time.monotonic() + SECONDS_TO_START
            while not _answers(f"http://127.0.0.1:{port}"):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the clinic did not start")
                time.sleep(0.1)
            yield server, f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def _another_day() -> str:
    # A second visit of a day would be the first one gone on with.
    return (DAY - timedelta(days=next(VISITS))).isoformat()


def _write(clinic: Clinic, address: str, seed: str, told: list[Told], unexpected: list[str]) -> None:
    """Saves one visit after another until nobody answers."""
    chance = random.Random(seed)
    browser = httpx.Client(
        base_url=address, cookies={SESSION: clinic.token}, headers={"Origin": address}, timeout=60
    )

    def send(path: str, form: dict[str, str]) -> str:
        answer = browser.post(path, data={"csrf": clinic.csrf, **form})
        if answer.status_code != 303:
            unexpected.append(f"{answer.status_code}")
            raise httpx.RequestError("not acknowledged")
        return answer.headers["location"]

    try:
        while True:
            on = send(f"/people/{chance.choice(clinic.people)}/visits/new", {"day": _another_day()})
            path = "/".join(on.split("/")[:3])
            found = re.fullmatch(r"/visits/(\w+)", path)
            assert found, on
            told.append((found[1], 1, ""))
            weight, speed = f"{chance.uniform(40, 80):.1f}", f"{chance.uniform(0.3, 1.5):.2f}"
            send(f"{path}/steps/size", {"seen": "1", "weight_kg": weight, "weight_kg.unit": "kg"})
            told.append((found[1], 2, weight))
            send(f"{path}/steps/walking", {"seen": "2", "gait_speed_m_s": speed})
            told.append((found[1], 3, speed))
            send(f"{path}/check", {"seen": "3"})
            told.append((found[1], 4, "finished"))
    except httpx.HTTPError:
        return
    finally:
        browser.close()


def lost_of(database: Database, told: list[Told]) -> list[Told]:
    """Saves that were acknowledged and are not there as they were typed."""
    lost = []
    with database.read() as connection:
        for visit_id, number, typed in told:
            try:
                entries = visit_entries(connection, visit_id)
            except NotThere:
                entries = ()
            if len(entries) < number:
                lost.append((visit_id, number, typed))
            elif number == 4:
                if read_visit(connection, visit_id).state != "finished":
                    lost.append((visit_id, number, typed))
            elif number > 1:
                values = {kept.value for kept in entries[number - 1].measures.values()}
                if float(typed) not in values:
                    lost.append((visit_id, number, typed))
    return lost


def main() -> int:
    """Kills, looks, prints the figures; exit status 1 where anything is amiss."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20261120)
    parser.add_argument("--database", help="the address of an empty PostgreSQL")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = asked.database or str(Path(folder) / "kill.sqlite")
        figures = kill_again_and_again(where, asked.kills, asked.seed)
    print(figures)
    for line in (*figures.faults, *figures.unexpected):
        print(line)
    return 0 if figures.are_clean else 1


if __name__ == "__main__":
    sys.exit(main())
