"""`myosteon plan` through its public door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line.door import myosteon

PEOPLE = """person_id,visit_date,sex,age_years,height_cm,weight_kg,gait_speed_m_s,fracture_hip,egfr_ml_min_1_73m2,calcium_mmol_l
0417,2025-11-20,female,83,152,53,0.9,no,40,2.35
0417,2026-11-20,female,84,151,52,0.72,yes,32,2.31
0418,2026-11-19,male,62,172,75,1.2,no,90,2.35
0419,2027-01-05,male,70,170,70,1.1,no,80,2.4
"""
TREATMENTS = """person_id,drug,dose,start_date,stop_date,last_dose_date,doses,reason_stopped
0417,denosumab,60 mg,2024-03-20,,2026-03-20,5,
"""
DAY = ("--as-of", "2026-11-20")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("plans")
    (made / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (made / "treatments.csv").write_text(TREATMENTS, encoding="utf-8")
    return made


def test_json_has_one_plan_a_line_of_the_last_visit_by_the_day(folder: Path) -> None:
    said = myosteon("plan", "people.csv", *DAY, "--format", "json", folder=folder)
    plans = [json.loads(line) for line in said.out.splitlines()]
    assert said.status == 0
    assert [(plan["person_id"], plan["visit_date"]) for plan in plans] == [
        ("0417", "2026-11-20"),
        ("0418", "2026-11-19"),
    ]
    assert {plan["as_of"] for plan in plans} == {"2026-11-20"}


def test_treatments_bring_the_late_dose_and_its_days(folder: Path) -> None:
    arguments = ("plan", "people.csv", *DAY, "--person", "0417", "--format", "json")
    with_courses = json.loads(myosteon(*arguments, "--treatments", "treatments.csv", folder=folder).out)
    without = json.loads(myosteon(*arguments, folder=folder).out)
    assert with_courses["lines"][0]["urgency"] == "urgent"
    assert with_courses["lines"][0]["subject"] == "denosumab"
    assert with_courses["lines"][0]["due"] == "2026-09-20"
    assert not [line for line in without["lines"] if line["urgency"] == "urgent"]


def test_the_same_day_and_data_give_the_same_plan(folder: Path) -> None:
    arguments = ("plan", "people.csv", *DAY, "--treatments", "treatments.csv", "--person", "0417")
    assert myosteon(*arguments, folder=folder).out == myosteon(*arguments, folder=folder).out


def test_a_clinic_says_what_it_can_do(folder: Path) -> None:
    (folder / "clinic.toml").write_text(
        'tier = 1\nname = "Heping"\ntelephone = "000-0000"\ncan = ["bia", "dxa"]\n', encoding="utf-8"
    )
    arguments = ("plan", "people.csv", *DAY, "--person", "0417", "--format", "json")
    statuses = []
    for options in ((), ("--tier", 3), ("--clinic", "clinic.toml")):
        plan = json.loads(myosteon(*arguments, *options, folder=folder).out)
        statuses.append({line["id"]: line["status"] for line in plan["lines"]}["test_dxa"])
    assert statuses == ["refer", "do", "do"]
    page = myosteon(
        "plan", "people.csv", *DAY, "--person", "0417", "--clinic", "clinic.toml", "--handout", folder=folder
    )
    assert "Heping 000-0000" in page.out


def test_page_and_pdf_are_written_and_text_is_plain(folder: Path) -> None:
    base = ("plan", "people.csv", *DAY, "--person", "0417", "--lang", "zh")
    assert myosteon(*base, "--format", "html", "-o", "plan.html", folder=folder).status == 0
    assert '<html lang="zh-CN">' in (folder / "plan.html").read_text(encoding="utf-8")
    for options in ((), ("--handout",)):
        assert myosteon(*base, "--format", "pdf", *options, "-o", "plan.pdf", folder=folder).status == 0
        assert (folder / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert "\x1b" not in myosteon(*base, folder=folder).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "word"), "is not known"),
        (("--format", "html"), "name one with --person"),
        (("--format", "json", "--handout"), "a page for the person"),
        (("--person", "9999"), "nobody in the file fits"),
        (("--tier", "4"), "tier is one of 1, 2, 3"),
        (("--tier", "2", "--clinic", "broken.toml"), "not both"),
        (("--clinic", "broken.toml"), "nobody knows the capability magic"),
        (("--clinic", "absent.toml"), "cannot be read"),
    ],
)
def test_a_call_that_cannot_be_used_says_why(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    (folder / "broken.toml").write_text('tier = 1\ncan = ["magic"]\n', encoding="utf-8")
    said = myosteon("plan", "people.csv", *DAY, *arguments, folder=folder)
    assert said.status == 2
    assert message in said.err
    assert said.out == ""


def test_a_refused_value_ends_with_status_3_and_the_plan_is_made(folder: Path) -> None:
    (folder / "odd.csv").write_text("person_id,sex,age_years,weight_kg\n1,female,70,9999\n", encoding="utf-8")
    said = myosteon("plan", "odd.csv", *DAY, "--format", "json", folder=folder)
    assert said.status == 3
    assert json.loads(said.out)["lines"]
