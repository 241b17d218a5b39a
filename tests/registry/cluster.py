"""A PostgreSQL of our own in a temporary folder: made, started, and stopped again; nothing of the machine's is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

UNPRIVILEGED = "postgres"


@dataclass
class Cluster:
    """A running server that only listens on a socket in its folder."""

    folder: Path
    programs: Path
    fsync: bool
    made: int = field(default=0)

    def address(self, name: str = "postgres") -> str:
        return f"postgresql://{UNPRIVILEGED}@/{name}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """The address of a database that is empty, or a copy of another."""
        self.made += 1
        name = f"registry_{self.made}"
        self.psql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}")
        return self.address(name)

    def psql(self, statement: str, name: str = "postgres") -> str:
        command = [
            self.programs / "psql",
            "-h",
            self.folder,
            "-U",
            UNPRIVILEGED,
            "-d",
            name,
            "-qAtc",
            statement,
        ]
        return subprocess.run(
            [str(word) for word in command], check=True, capture_output=True, text=True
        ).stdout.strip()

    def control(self, *words: str) -> None:
        """Runs pg_ctl as whoever owns the cluster."""
        _run(self.programs / "pg_ctl", "-D", self.folder / "data", "-w", "-t", "240", *words)

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} -c fsync={'on' if self.fsync else 'off'} -c max_connections=60"
        self.control("-l", str(self.folder / "log"), "-o", options, "start")


def programs() -> Path | None:
    """Where the newest PostgreSQL of the machine has its programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if found:
        return found[-1].parent
    anywhere = shutil.which("initdb")
    return Path(anywhere).parent if anywhere else None


@contextmanager
def running_cluster(*, fsync: bool) -> Iterator[Cluster]:
    """A cluster that runs for as long as the block; the test is skipped aloud where PostgreSQL is not installed.

    Without `fsync` it is quicker, and not for tests that pull the plug.
    """
    at = programs()
    if at is None:
        message = "SKIPPED: PostgreSQL is not installed (no initdb)"
        if os.environ.get("MYOSTEON_REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    cluster = Cluster(folder, at, fsync)
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
    try:
        _run(
            at / "initdb",
            "-D",
            folder / "data",
            "-U",
            UNPRIVILEGED,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        )
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*words: object) -> None:
    # initdb refuses to be run by root.
    as_owner = ["runuser", "-u", UNPRIVILEGED, "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_owner, *(str(word) for word in words)], capture_output=True, text=True, cwd="/", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
