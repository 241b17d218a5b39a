"""Bad input: a clear error naming person, column, value and remedy; the rest goes on; no traceback."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from command_line.door import myosteon

UNUSABLE = 2
REFUSED = 3


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> str:
    (folder / name).write_bytes(text.encode(encoding))
    return name


def test_an_impossible_value_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = write(tmp_path, "people.csv", "person_id,sex,age_years,grip_kg\nP1,female,72,315\nP2,male,70,20\n")
    said = myosteon("assess", file, "-o", "out.csv", "--refusals", "refused.csv", folder=tmp_path)
    assert said.status == REFUSED
    for word in ("P1", "grip_kg", "315", "0 to 110"):
        assert word in said.err
    rows = list(csv.DictReader((tmp_path / "out.csv").open()))
    assert [row["grip_kg"] for row in rows] == ["", "20.0"]
    refused = list(csv.DictReader((tmp_path / "refused.csv").open()))
    assert [(row["person_id"], row["column"], row["value"]) for row in refused] == [("P1", "grip_kg", "315")]


def test_strict_refuses_the_whole_file(tmp_path: Path) -> None:
    file = write(tmp_path, "people.csv", "person_id,sex,age_years,grip_kg\nP1,female,72,315\nP2,male,70,20\n")
    said = myosteon("assess", file, "-o", "out.csv", "--strict", folder=tmp_path)
    assert said.status == UNUSABLE
    assert "P1" in said.err
    assert not (tmp_path / "out.csv").exists()


UNUSABLE_FILES = {
    "no sex": ("age_years,grip_kg\n72,20\n", "sex"),
    "two columns for one measure": ("sex,age_years,height_cm,height_m\nfemale,70,150,1.5\n", "height_m"),
    "empty": ("", "empty"),
    "header only": ("sex,age_years\n", "people"),
    "no header": ("72,20,1\n73,21,2\n", "first row"),
    "no person_id for two people": ("sex,age_years\nfemale,70\nmale,71\n", "person_id"),
}


@pytest.mark.parametrize("kind", UNUSABLE_FILES)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, kind: str) -> None:
    text, word = UNUSABLE_FILES[kind]
    said = myosteon("assess", write(tmp_path, "people.csv", text), folder=tmp_path)
    assert said.status == UNUSABLE
    assert word in said.err


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    said = myosteon("assess", "people.csv", folder=tmp_path)
    assert said.status == UNUSABLE
    assert "people.csv" in said.err


def test_a_missing_file(tmp_path: Path) -> None:
    said = myosteon("assess", "nobody.csv", folder=tmp_path)
    assert said.status == UNUSABLE
    assert "nobody.csv" in said.err


def test_unknown_words_and_repeated_visits_are_named(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "people.csv",
        "person_id,sex,age_years,mass_method\nP1,femal,72,dxa\nP2,male,70,laser\nP2,male,70,dxa\n",
    )
    said = myosteon("assess", file, folder=tmp_path)
    assert said.status == REFUSED
    for word in ("femal", "laser", "P2"):
        assert word in said.err


def test_gbk_reads(tmp_path: Path) -> None:
    file = write(tmp_path, "people.csv", "person_id,sex,age_years,grip_kg,备注\n张三,女,72,15,在家\n", "gbk")
    said = myosteon("assess", file, "-o", "out.csv", folder=tmp_path)
    assert said.status == 0, said.err
    assert "张三" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_options_that_do_not_exist_are_named(tmp_path: Path) -> None:
    file = write(tmp_path, "people.csv", "sex,age_years\nfemale,70\n")
    for options, word in (
        (("-o", "out.docx"), ".parquet"),
        (("-o", "nowhere/out.csv"), "nowhere"),
        (("-d", "awgs2099"), "awgs2019"),
        (("--columns", "some"), "verdicts"),
        (("--engine", "excel"), "duckdb"),
        (("--t-scores-by", "mars"), "nhanes3"),
    ):
        said = myosteon("assess", file, *options, folder=tmp_path)
        assert said.status == UNUSABLE, options
        assert word in said.err, options


def test_no_value_of_a_person_is_in_the_words_of_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import myosteon.app.assessment as a\n"
        "def fail(*_): raise RuntimeError('grip 17 of P1')\n"
        "a.read_people = fail\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    file = write(tmp_path, "people.csv", "sex,age_years\nfemale,70\n")
    said = myosteon("assess", file, folder=tmp_path)
    assert said.status == 70
    assert "P1" not in said.err
    assert "RuntimeError" in said.err
