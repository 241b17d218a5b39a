"""The example plans in docs/examples are what the program says today, and the commands of their page run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from care.worked_people import worked_people
from command_line.door import myosteon

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLES = PROJECT / "docs" / "examples"
PAGE = EXAMPLES / "README.md"
COMMANDS = re.findall(r"^    myosteon (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
PAGE_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
MOST_PAGES = 3
LARGEST = 6_000_000


def test_the_texts_are_current() -> None:
    paths = os.pathsep.join([str(PROJECT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_page_names_every_file_and_every_file_is_there() -> None:
    named = set(re.findall(r"\]\((p[^)]+)\)", PAGE.read_text(encoding="utf-8")))
    there = {file.name for file in EXAMPLES.iterdir() if file.suffix in (".txt", ".pdf")}
    assert named == there
    texts = {f"{person.name}.{language}.txt" for person in worked_people() for language in ("en", "zh")}
    assert texts <= there
    assert sum(file.stat().st_size for file in EXAMPLES.iterdir() if file.is_file()) < LARGEST


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.pdf")), ids=lambda file: file.name)
def test_a_note_has_three_sheets_at_most_and_a_page_is_one(file: Path) -> None:
    content = file.read_bytes()
    pages = max(int(count) for count in PAGE_COUNT.findall(content))
    assert content.startswith(b"%PDF")
    assert 1 <= pages <= (1 if ".handout." in file.name else MOST_PAGES)


def test_twelve_plans_are_there_as_pdf_in_both_languages() -> None:
    for language in ("en", "zh"):
        notes = [file for file in EXAMPLES.glob(f"*.{language}.pdf") if ".handout." not in file.name]
        assert len(notes) == 12
    assert len(COMMANDS) == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs_in_the_folder(command: str, tmp_path: Path) -> None:
    for file in ("people.csv", "treatments.csv"):
        shutil.copy(EXAMPLES / file, tmp_path / file)
    said = myosteon(*shlex.split(command), folder=tmp_path)
    assert said.status == 0, said.err
    assert "P02" in said.out


def test_the_late_dose_stands_first_in_the_due_list(tmp_path: Path) -> None:
    for file in ("people.csv", "treatments.csv"):
        shutil.copy(EXAMPLES / file, tmp_path / file)
    (due,) = (command for command in COMMANDS if command.startswith("due "))
    out = tmp_path / "due.csv"
    said = myosteon(*shlex.split(due), "-o", out, folder=tmp_path)
    assert said.status == 0, said.err
    first = out.read_text(encoding="utf-8").splitlines()[1]
    assert first.startswith("P02")
    assert "denosumab" in first
