"""measures, check, demo, nhanes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from command_line.door import myosteon
from shared import shared_folder


def test_measures_as_csv_and_json(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(myosteon("measures", folder=tmp_path).out)))
    assert list(rows[0])[:5] == ["name", "type", "unit", "hard_min", "hard_max"]
    assert {row["name"] for row in rows} >= {"sex", "grip_kg", "alm_kg"}
    measures = json.loads(myosteon("measures", "--format", "json", folder=tmp_path).out)
    assert len(measures) == len(rows)


def test_check_says_what_would_be_refused_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("person_id,sex,age_years,grip_kg\nP1,female,72,315\n")
    said = myosteon("check", "p.csv", folder=tmp_path)
    assert said.status == 3
    assert "315" in said.out
    assert [file.name for file in tmp_path.iterdir()] == ["p.csv"]


def test_the_demonstration_leaves_people_results_and_a_report(tmp_path: Path) -> None:
    said = myosteon("demo", "--folder", "d", "--people", "300", folder=tmp_path)
    assert said.status == 0, said.err
    assert {"people.csv", "results.parquet", "report.html", "refused.csv"} <= {
        f.name for f in (tmp_path / "d").iterdir()
    }
    assert "AWGS 2019" in said.out


def test_nhanes_is_read_assessed_and_reported(tmp_path: Path) -> None:
    folder = shared_folder() / "data" / "nhanes"
    said = myosteon("nhanes", folder, "--cycle", "2013-2014", "-o", "n.parquet", folder=tmp_path)
    assert said.status == 0, said.err
    said = myosteon(
        "assess",
        "n.parquet",
        "-o",
        "out.parquet",
        "--report",
        "out.html",
        "--weight",
        "survey_weight",
        folder=tmp_path,
    )
    assert said.status == 0, said.err
    assert (tmp_path / "out.html").stat().st_size > 10_000


def test_a_folder_without_nhanes_says_so(tmp_path: Path) -> None:
    said = myosteon("nhanes", tmp_path, "-o", "n.parquet", folder=tmp_path)
    assert said.status == 2
    assert "NHANES" in said.err or "DEMO" in said.err


@pytest.mark.parametrize(
    "command", ["assess", "explain", "measures", "check", "demo", "nhanes", "guidelines"]
)
def test_every_command_has_help(tmp_path: Path, command: str) -> None:
    said = myosteon(command, "--help", folder=tmp_path)
    assert said.status == 0
    assert "Usage" in said.out
