"""`myosteon load`, `backup`, `restore`, `verify` and `export`, as somebody at a terminal meets them."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from command_line.door import Said
from command_line.door import myosteon as run_command
from myosteon.registry.database import PROGRAM, open_database
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import OrganisationFields, add_organisation

PEOPLE = """person_id,visit_date,sex,age_years,grip_kg,name
K1,2026-01-05,female,71,15.5,Made Up One
K1,2026-07-05,female,71.5,14.5,Made Up One
K2,2026-02-01,male,80,300,Made Up Two
"""
COURSES = """person_id,drug,start_date,last_dose_date
K1,denosumab,2024-01-05,2026-01-05
K2,denosumab,2024-01-05,2026-01-05
K2,foomab,2024-01-05,
"""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry with one clinic, and files of people beside it."""
    file = tmp_path / "registry.sqlite"
    database = open_database(file)
    migrate(database)
    with database.write(PROGRAM) as write:
        add_organisation(write, OrganisationFields("Made-up clinic", 1))
    database.close()
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "courses.csv").write_text(COURSES, encoding="utf-8")
    return file


def myosteon(*arguments: object, language: str = "en") -> Said:
    return run_command(*arguments, folder=Path.cwd(), language=language)


def load(registry: Path, *more: str) -> tuple[int, str]:
    said = myosteon("load", registry.parent / "people.csv", "--database", registry, *more)
    return said.status, said.out + said.err


def test_a_file_is_loaded_and_what_was_refused_is_said(registry: Path) -> None:
    status, said = load(registry)
    assert status == 3
    assert "grip_kg = 300:" in said
    assert "Not used" not in said
    assert "2 new people (0 were there), 3 new visits" in said


def test_loading_twice_changes_nothing(registry: Path) -> None:
    load(registry)
    _, said = load(registry)
    assert "0 new people (2 were there), 0 new visits (3 left out" in said


def test_a_history_with_a_course_that_cannot_be_used_is_not_loaded_in_part(registry: Path) -> None:
    status, said = load(registry, "--treatments", str(registry.parent / "courses.csv"))
    assert status == 3
    assert "1 courses of bone drugs added" in said
    assert "Of 1 people no course was added" in said


def test_several_clinics_have_to_be_told_apart(registry: Path) -> None:
    database = open_database(registry)
    with database.write(PROGRAM) as write:
        add_organisation(write, OrganisationFields("Another", 2))
    database.close()
    status, said = load(registry)
    assert status == 2
    assert "Another, Made-up clinic" in said
    assert load(registry, "--clinic", "Another")[0] == 3


def test_a_backup_is_brought_back_whole(registry: Path, tmp_path: Path) -> None:
    load(registry)
    backup = myosteon("backup", tmp_path / "backups", "--database", registry)
    assert backup.status == 0
    (made,) = (tmp_path / "backups").iterdir()
    again = tmp_path / "again.sqlite"
    back = myosteon("restore", made, "--database", again)
    assert (back.status, "2 people, 3 visits" in back.out + back.err) == (0, True)
    assert myosteon("restore", made, "--database", again).status == 2
    assert myosteon("verify", "--database", again).status == 0


def test_somebody_who_changed_a_number_by_hand_is_found_out(registry: Path) -> None:
    load(registry)
    with sqlite3.connect(registry) as raw:
        changed = raw.execute(
            "UPDATE visit_entry SET measures = replace(measures, '15.5', '25.5') WHERE measures LIKE '%15.5%'"
        )
        assert changed.rowcount == 1
    said = myosteon("verify", "--database", registry, language="zh")
    assert said.status == 1
    assert "不完好" in said.out + said.err


def test_everything_is_exported_as_csv_and_taken_back(registry: Path, tmp_path: Path) -> None:
    load(registry)
    folder = tmp_path / "export"
    assert myosteon("export", folder, "--format", "csv", "--database", registry).status == 0
    with (folder / "person_entry.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["name"] for row in csv.DictReader(file)) == ["Made Up One", "Made Up Two"]
    back = myosteon("restore", folder, "--database", tmp_path / "back.sqlite")
    assert back.status == 0
    assert myosteon("export", folder, "--database", registry).status == 2


def test_a_database_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    said = myosteon("verify", "--database", tmp_path / "nowhere.sqlite")
    assert said.status == 2
    assert "Traceback" not in said.err
