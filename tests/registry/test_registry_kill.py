"""Killed at random moments under writing load: every acknowledged save is there, none is half there. `kill.py` tells more."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from myosteon.registry.database import open_database
from myosteon.registry.measured import Measured
from myosteon.registry.visits import start_visit
from registry.cluster import Cluster
from registry.kill import DAY, Figures, kill_again_and_again, lost_of, prepare

KILLS = 20
CRASHES = 3


def look(figures: Figures, kills: int) -> None:
    print(figures)
    assert figures.lost == []
    assert figures.half == 0
    assert figures.faults == ()
    # A writer that saves nothing proves nothing.
    assert figures.saves >= figures.acknowledged >= kills


def test_a_process_that_is_killed_loses_nothing_that_it_acknowledged_in_sqlite(tmp_path: Path) -> None:
    look(kill_again_and_again(tmp_path / "kill.sqlite", KILLS), KILLS)


def test_a_process_that_is_killed_loses_nothing_that_it_acknowledged_in_postgresql(cluster: Cluster) -> None:
    look(kill_again_and_again(cluster.new_database(), KILLS), KILLS)


def test_a_server_that_crashes_loses_nothing_that_it_acknowledged(crashing_cluster: Cluster) -> None:
    def crash(child: int) -> None:
        crashing_cluster.control("-m", "immediate", "stop")
        os.kill(child, signal.SIGKILL)
        crashing_cluster.start()

    look(kill_again_and_again(crashing_cluster.new_database(), CRASHES, crash=crash), CRASHES)


def test_a_save_that_is_lost_or_half_there_would_be_noticed(tmp_path: Path) -> None:
    """The harness itself, on a registry from which a save was taken away."""
    file = tmp_path / "kill.sqlite"
    actor, people = prepare(file)
    database = open_database(file)
    with database.write(actor) as write:
        grip = {"grip_kg": Measured(17.0, "17.0", "kg"), "weight_kg": Measured(37.0)}
        visit = start_visit(write, people[0], str(actor.organisation_id), DAY, grip)
    told = [
        f'["{visit}", 1, 17.0]',
        f'["{visit}", 2, 17.0]',
        f'["{visit}", 1, 17.5]',
        f'["{people[0]}", 1, 17.0]',
    ]
    assert lost_of(database, told) == told[1:]
    database.close()
