"""Runs one measurement in a process of its own, and watches what memory it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUN = Path(__file__).with_name("run.py")
PROC = Path("/proc")
KIB_IN_GIB = 1024**2
SECONDS_BETWEEN_LOOKS = 0.02


class MeasurementFailed(Exception):
    """A measurement's process ended with an error; its last lines are the message."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What a process reported, and the most memory it held: all resident, and without pages of mapped files."""

    report: dict[str, Any]
    peak_gib: float
    peak_anonymous_gib: float


def run_alone(case: str, **arguments: object) -> Alone:
    """The report of `run.py --case` in a new process.

    Raises:
        MeasurementFailed: the process did not end well.
    """
    given = [f"--{name.replace('_', '-')}={value}" for name, value in arguments.items()]
    return run_command([sys.executable, str(RUN), f"--case={case}", *given], reports=True)


def run_command(command: list[str], *, reports: bool = False) -> Alone:
    """The same for any command; where it `reports`, the last line of its standard output is JSON."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors, start_new_session=True)
        watch = _Watch(process.pid)
        watch.start()
        _, status = os.waitpid(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            last = "\n".join(errors.read().splitlines()[-5:])
            raise MeasurementFailed(f"{' '.join(command[1:])}:\n{last}")
        lines = out.read().splitlines()
    report = json.loads(lines[-1]) if reports else {}
    # Not what `wait4` tells: that counts the memory of the process that we are, from which this one was split off.
    return Alone(report, watch.most_resident / KIB_IN_GIB, watch.most_anonymous / KIB_IN_GIB)


class _Watch(threading.Thread):
    """Looks again and again at the memory of a process and its children (Spark judges in one), in KiB."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._ended = threading.Event()
        self.most_resident = 0
        self.most_anonymous = 0

    def run(self) -> None:
        looks = 0
        family = [self._session]
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            if looks % 25 == 0:
                family = _family(self._session)
            looks += 1
            held = [_memory(process) for process in family]
            highest = [most for _, _, most in held]
            self.most_resident = max(self.most_resident, sum(now for now, _, _ in held), *highest)
            self.most_anonymous = max(self.most_anonymous, sum(anonymous for _, anonymous, _ in held))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(session: int) -> list[int]:
    """The processes of a session."""
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                # The name of the program, in brackets, may hold spaces; the session is the fourth after it.
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(after_name[3]) == session:
                found.append(int(entry.name))
    return found


def _memory(process: int) -> tuple[int, int, int]:
    """Resident memory, that part of it that is no file, and the most it ever was, in KiB; nothing where the process has ended."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0, 0, 0
    held = {
        name: int(rest.split()[0])
        for name, _, rest in (line.partition(":") for line in lines)
        if name in _HELD
    }
    return held.get("VmRSS", 0), held.get("RssAnon", 0), held.get("VmHWM", 0)


_HELD = ("VmRSS", "RssAnon", "VmHWM")
