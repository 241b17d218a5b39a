"""`myosteon explain` and `myosteon guidelines` through the door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line.door import assert_golden, myosteon

PEOPLE = """person_id,visit_date,sex,age_years,grip_kg,chair_stand_5x_s,gait_speed_m_s,fracture_hip
P1,2026-01-05,female,78,17,16,0.72,
P1,2026-07-05,female,78,15,16,0.72,
P2,2026-01-05,male,69,33,10,1.1,false
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_verdict_of_one_person(people: Path, tmp_path: Path, language: str) -> None:
    said = myosteon(
        "explain",
        people,
        "--person",
        "P1",
        "--visit",
        "2026-01-05",
        "--verdict",
        "sarcopenia_awgs2019",
        "--lang",
        language,
        folder=tmp_path,
    )
    assert said.status == 0, said.err
    assert_golden(f"explain_{language}.txt", said.out)


def test_the_latest_visit_unless_another_is_named(people: Path, tmp_path: Path) -> None:
    said = myosteon("explain", people, "--person", "P1", "--verdict", "grip_weak_ewgsop2019", folder=tmp_path)
    assert "15.0 kg, below 16" in said.out


def test_json_has_the_fields_of_the_contract(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        "explain",
        people,
        "--person",
        "P2",
        "--verdict",
        "sarcopenia_awgs2019",
        "--format",
        "json",
        folder=tmp_path,
    )
    answer = json.loads(said.out)
    assert {"person_id", "verdict", "value", "upto", "language", "needs", "assumptions", "tree"} <= set(
        answer
    )
    assert answer["person_id"] == "P2"
    assert answer["value"] == "none"
    every = myosteon(
        "explain", people, "--person", "P2", "--format", "json", folder=tmp_path
    ).out.splitlines()
    assert [json.loads(line)["verdict"] for line in every][:2] == [
        "sarcopenia_ewgsop2010",
        "sarcopenia_ewgsop2019",
    ]


def test_why_definitions_differ(people: Path, tmp_path: Path) -> None:
    said = myosteon("explain", people, "--person", "P1", "--why-differ", folder=tmp_path)
    assert "chair" in said.out.lower()
    assert said.status == 0


def test_a_page(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        "explain", people, "--person", "P1", "--format", "html", "-o", "why.html", folder=tmp_path
    )
    assert said.status == 0, said.err
    assert "<details" in (tmp_path / "why.html").read_text(encoding="utf-8")


def test_what_was_read_as_no_is_said(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        "explain",
        people,
        "--person",
        "P1",
        "--verdict",
        "osteoporosis_china2022",
        "--absent-means-no",
        folder=tmp_path,
    )
    assert "read as no" in said.out


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ((), "P1, P2"),
        (("--person", "P9"), "P9"),
        (("--person", "P1", "--verdict", "nonsense"), "nonsense"),
        (("--person", "P1", "--format", "doc"), "html"),
        (("--person", "P1", "--visit", "1999-01-01"), "1999-01-01"),
    ],
)
def test_a_question_that_cannot_be_answered(
    people: Path, tmp_path: Path, options: tuple[str, ...], word: str
) -> None:
    said = myosteon("explain", people, *options, folder=tmp_path)
    assert said.status == 2
    assert word in said.err


def test_guidelines_list_show_and_compare(tmp_path: Path) -> None:
    listed = myosteon("guidelines", "list", folder=tmp_path).out
    assert "awgs2025" in listed
    assert "bone_who" in listed
    shown = myosteon("guidelines", "show", "awgs2019", folder=tmp_path).out
    assert "below 28 kg" in shown
    compared = myosteon("guidelines", "compare", "awgs2019", "ewgsop2019", folder=tmp_path).out
    assert "They part at the chair" in compared
    unknown = myosteon("guidelines", "show", "awgs1999", folder=tmp_path)
    assert unknown.status == 2
    assert "awgs2019" in unknown.err
