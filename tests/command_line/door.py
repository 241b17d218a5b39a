"""The command line through its public door: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "golden" / "command_line"
UPDATE = "MYOSTEON_UPDATE_GOLDEN"


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


def myosteon(*arguments: object, folder: Path, language: str = "en") -> Said:
    """Runs a command in `folder`."""
    environment = {**os.environ, "MYOSTEON_LANG": language, "PYTHONUTF8": "1", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "myosteon", *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def assert_golden(name: str, text: str) -> None:
    """Compares with the kept text; `MYOSTEON_UPDATE_GOLDEN=1` keeps the new one."""
    kept = GOLDEN / name
    if os.environ.get(UPDATE):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")
