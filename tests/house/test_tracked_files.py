"""What is committed names no folder of one machine and no package index, and holds no shared data."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "docs", "benchmarks", "changelog.d", "decisions", "requirements")
SHARED_DATA = (".xpt", ".xz", ".rda", ".parquet", ".sas7bdat")
LARGEST = 2_000_000
# Written in parts, so that this file does not match itself.
ROOTS = "|".join(("tmp", "work", "home", "root", "Users", "mnt", "opt"))
MACHINE = re.compile(rf"(?<![\w.\-:/)}}\]])/(?:{ROOTS})/\w")
INDEX = re.compile(r"(?:index-url|find-links|trusted-host)[ =]+\S*(?:://|\.)" + r"\S+")
MIRROR = re.compile(r"https?://[^\s\"')]*/(?:simp" + r"le|packages)/")


def committed() -> list[Path]:
    """Files that are tracked or about to be; in an unpacked archive without git, every file of the source folders."""
    if not shutil.which("git") or not (PROJECT / ".git").exists():
        found = [
            file
            for folder in FOLDERS
            for file in (PROJECT / folder).rglob("*")
            if "__pycache__" not in file.parts
        ]
        return [file for file in found if file.is_file()]
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return [PROJECT / name for name in listed if name and (PROJECT / name).is_file()]


def text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("pattern", [MACHINE, INDEX, MIRROR], ids=["folder", "index", "mirror"])
def test_no_file_names_a_folder_of_one_machine_or_a_package_index(pattern: re.Pattern[str]) -> None:
    found = [
        f"{file.relative_to(PROJECT)}: {match.group()}"
        for file in committed()
        for match in pattern.finditer(text_of(file))
    ]
    assert found == []


def test_the_patterns_catch_what_they_are_for() -> None:
    assert MACHINE.search("see /" + "home/anna/data.csv")
    assert not MACHINE.search("https://example.org/work/page")
    assert INDEX.search("--index-url " + "https://packages.example.org")
    assert not INDEX.search("--no-emit-index-url")
    assert MIRROR.search("https://packages.example.org/" + "simple/numpy")


def test_no_shared_data_and_nothing_large_is_committed() -> None:
    for file in committed():
        assert file.suffix.lower() not in SHARED_DATA, file
        assert file.stat().st_size <= LARGEST, file


def test_every_text_ends_its_last_line_and_has_no_windows_line_ends() -> None:
    for file in committed():
        if file.suffix in (".py", ".toml", ".md", ".css", ".html", ".txt"):
            content = file.read_bytes()
            assert not content or content.endswith(b"\n"), file
            assert b"\r\n" not in content, file
