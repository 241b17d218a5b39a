"""Kills a process that saves visits, again and again, and then looks for every save that was acknowledged.

    python tests/registry/kill.py --kills 200                        # SQLite in a temporary folder
    python tests/registry/kill.py --kills 200 --database postgresql://...   # an empty database

A child process with several writing threads saves visits, each with its answer in one transaction, and tells a pipe only when
the transaction has ended. SIGKILL comes at a random moment. Afterwards every save that was told must be there as it was told,
nothing may be half there, and `verify` must be clean.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from myosteon.registry.database import PROGRAM, Actor, Database, open_database
from myosteon.registry.errors import DatabaseTrouble, NotThere
from myosteon.registry.measured import Measured
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import OrganisationFields, add_organisation
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.results import ASSESSMENT, keep_result
from myosteon.registry.schema import result, visit_entry
from myosteon.registry.verify import verify
from myosteon.registry.visits import save_visit, start_visit, visit_entries

PEOPLE = 20
THREADS = 3
DAY = date(2026, 11, 20)


@dataclass
class Figures:
    """What came out."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: int = 0
    faults: tuple[str, ...] = ()
    saves: int = 0
    seconds: float = 0.0

    @property
    def are_clean(self) -> bool:
        return not self.lost and not self.half and not self.faults

    def __str__(self) -> str:
        return (
            f"kills {self.kills}; saves acknowledged {self.acknowledged}, of them lost {len(self.lost)}; saves in the "
            f"registry {self.saves}, of them half there {self.half}; faults found by verify {len(self.faults)}; "
            f"{self.seconds:.0f} s"
        )


def prepare(where: str | Path) -> tuple[Actor, list[str]]:
    """An empty registry with a clinic and its people."""
    database = open_database(where)
    migrate(database)
    with database.write(PROGRAM) as write:
        actor = Actor(None, add_organisation(write, OrganisationFields("Willow village", 1)))
        people = [
            add_person(
                write, str(actor.organisation_id), PersonFields(f"Made Up {n}", "female", birth_year=1948)
            )
            for n in range(PEOPLE)
        ]
    database.close()
    return actor, people


def kill_again_and_again(
    where: str | Path,
    kills: int,
    seed: int = 20261120,
    crash: Callable[[int], None] = lambda child: os.kill(child, signal.SIGKILL),
) -> Figures:
    """Runs the writer `kills` times and kills it each time at a random moment; looks at what is there after each."""
    began, figures, chance = time.monotonic(), Figures(kills), random.Random(seed)
    actor, people = prepare(where)
    told: list[str] = []
    for _ in range(kills):
        told += _one_life(where, actor, people, chance, crash)
    figures.acknowledged = len(told)
    database = open_database(where)
    figures.lost = lost_of(database, told)
    with database.read() as connection:
        figures.saves = connection.execute(select(func.count()).select_from(visit_entry)).scalar_one()
        entries = {
            tuple(row) for row in connection.execute(select(visit_entry.c.visit_id, visit_entry.c.number))
        }
        answers = {tuple(row) for row in connection.execute(select(result.c.visit_id, result.c.visit_number))}
    figures.half = len(entries ^ answers)
    figures.faults = verify(database).faults
    database.close()
    figures.seconds = time.monotonic() - began
    return figures


def _one_life(
    where: str | Path, actor: Actor, people: list[str], chance: random.Random, crash: Callable[[int], None]
) -> list[str]:
    reading, writing = os.pipe()
    seed = chance.random()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _write_for_ever(where, actor, people, writing, seed)
        finally:
            os._exit(1)
    os.close(writing)
    heard: list[bytes] = []
    begun = threading.Event()

    def listen() -> None:
        while part := os.read(reading, 65536):
            heard.append(part)
            begun.set()
        begun.set()

    ear = threading.Thread(target=listen)
    ear.start()
    begun.wait(30)
    time.sleep(chance.uniform(0.0, 0.15))
    crash(child)
    os.waitpid(child, 0)
    ear.join()
    os.close(reading)
    return b"".join(heard).decode().splitlines()


def _write_for_ever(where: str | Path, actor: Actor, people: list[str], out: int, seed: float) -> None:
    database = open_database(where)
    writers = [
        threading.Thread(target=_write, args=(database, actor, people, out, f"{seed} {n}"))
        for n in range(THREADS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def _write(database: Database, actor: Actor, people: list[str], out: int, seed: str) -> None:
    chance = random.Random(seed)
    try:
        while True:
            person = chance.choice(people)
            visit, number = None, 0
            for step in range(3):
                value = round(chance.uniform(5, 60), 1)
                with database.write(actor) as write:
                    measures = {
                        "grip_kg": Measured(value, str(value), "kg"),
                        "weight_kg": Measured(value + 20),
                    }
                    if visit is None:
                        visit = start_visit(write, person, str(actor.organisation_id), DAY, measures)
                        number = 1
                    else:
                        state = "finished" if step == 2 else None
                        number = save_visit(write, visit, number, measures, state=state)  # type: ignore[arg-type]
                    keep_result(
                        write,
                        person,
                        ASSESSMENT,
                        {"grip_kg": value},
                        as_of=DAY,
                        language="en",
                        rules_version="1",
                        evidence_version="1",
                        visit_id=visit,
                        visit_number=number,
                    )
                # Shorter than what a pipe takes at once: whole lines only.
                os.write(out, (json.dumps([visit, number, value]) + "\n").encode())
    except DatabaseTrouble:
        # The server was killed, not we: there is nothing more to tell.
        return


def lost_of(database: Database, told: list[str]) -> list[str]:
    lost = []
    with database.read() as connection:
        for line in told:
            visit, number, value = json.loads(line)
            try:
                entries = visit_entries(connection, visit)
            except NotThere:
                entries = ()
            kept = entries[number - 1].measures if len(entries) >= number else {}
            if kept.get("grip_kg") != Measured(value, str(value), "kg") or "weight_kg" not in kept:
                lost.append(line)
    return lost


def main() -> int:
    """Kills, looks, prints the figures; exit status 1 where anything is amiss."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261120)
    parser.add_argument(
        "--database", help="the address of an empty PostgreSQL; SQLite in a temporary folder without"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = kill_again_and_again(
            asked.database or Path(folder) / "kill.sqlite", asked.kills, asked.seed
        )
    print(figures)
    for fault in figures.faults:
        print(fault)
    return 0 if figures.are_clean else 1


if __name__ == "__main__":
    sys.exit(main())
