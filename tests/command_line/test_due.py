"""`myosteon due`: late denosumab first, dates by hand, people without a visit, and what could not be read."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from command_line.door import Said, myosteon

FIELDS = ["person_id", "what", "subject", "due_date", "days_late", "urgency", "reason"]
CLEAR = "dialysis,jaw_osteonecrosis,atypical_femoral_fracture,hypersensitivity_denosumab"
PEOPLE = f"""person_id,visit_date,sex,age_years,calcium_mmol_l,egfr_ml_min_1_73m2,{CLEAR}
late,2026-01-01,female,71,2.3,70,no,no,no,no
soon,2026-01-01,female,72,2.3,70,no,no,no,no
later,2026-01-01,female,73,2.3,70,no,no,no,no
unknown,2026-01-01,female,74,,,,,,
barred,2026-01-01,female,75,2.3,20,no,no,no,no
review,2026-01-01,female,76,2.3,70,no,no,no,no
stopped,2026-01-01,female,77,2.3,70,no,no,no,no
none,2026-01-01,female,78,2.3,70,no,no,no,no
"""
TREATMENTS = """person_id,drug,dose,start_date,stop_date,last_dose_date,doses
review,alendronate,70 mg,2021-11-01,,,
soon,denosumab,60 mg,2024-01-01,,2026-06-01,5
later,denosumab,60 mg,2024-01-01,,2026-10-01,6
late,denosumab,60 mg,2024-01-01,,2026-03-20,5
unknown,denosumab,60 mg,2024-01-01,,2026-02-20,5
barred,denosumab,60 mg,2024-01-01,,2026-06-10,5
stopped,denosumab,60 mg,2022-01-01,2026-01-15,2025-07-15,8
unseen,denosumab,60 mg,2024-01-01,,2025-01-31,3
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "treatments.csv").write_text(TREATMENTS, encoding="utf-8")
    return tmp_path


def due(folder: Path, *further: str, language: str = "en") -> Said:
    call = ("due", "people.csv", "--treatments", "treatments.csv", "--as-of", "2026-11-20", *further)
    return myosteon(*call, folder=folder, language=language)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_the_list_is_that_of_the_contract_and_the_latest_stand_first(folder: Path) -> None:
    said = due(folder)
    assert said.status == 0, said.err
    assert said.out.splitlines()[0].split(",") == FIELDS
    found = rows_of(said.out)
    # By hand: six months after the last dose, and the days from then to 20 November 2026.
    expected = [
        ("unseen", "2025-07-31", "477", "urgent"),
        ("stopped", "2026-01-15", "309", "urgent"),
        ("unknown", "2026-08-20", "92", "urgent"),
        ("late", "2026-09-20", "61", "urgent"),
        ("barred", "2026-12-10", "0", "urgent"),
        ("soon", "2026-12-01", "0", "routine"),
        ("review", "2026-11-01", "19", "soon"),
    ]
    by_person = {row["person_id"]: row for row in found}
    for person, date, late, urgency in expected:
        row = by_person[person]
        assert (row["due_date"][:7], row["urgency"]) == (date[:7], urgency), row
        if person != "review":
            # A review is counted in average years, a dose by the calendar.
            assert (row["due_date"], row["days_late"]) == (date, late)
    assert set(by_person) == {person for person, *_ in expected}
    urgent = [row["person_id"] for row in found if row["urgency"] == "urgent"]
    assert list(dict.fromkeys(urgent)) == ["unseen", "stopped", "unknown", "late", "barred"]
    assert found[0]["what"].startswith("denosumab")
    places = {"urgent": 0, "soon": 1, "routine": 2}
    assert [places[row["urgency"]] for row in found] == sorted(places[row["urgency"]] for row in found)


def test_a_dose_behind_a_gate_is_told_as_what_has_to_be_settled(folder: Path) -> None:
    what = {row["person_id"]: row["what"] for row in rows_of(due(folder).out)}
    assert what["late"] == "denosumab_dose_late"
    assert what["unknown"] == "denosumab_late_check_first"
    assert what["barred"] == "denosumab_dose_barred"
    assert what["stopped"] == "denosumab_stopped_check_first"


def test_within_looks_further_ahead(folder: Path) -> None:
    near, far = rows_of(due(folder, "--within", "30").out), rows_of(due(folder, "--within", "150").out)
    assert "later" not in {row["person_id"] for row in near}
    assert {row["due_date"] for row in far if row["person_id"] == "later"} == {"2027-04-01"}


def test_it_writes_a_file_and_speaks_chinese(folder: Path) -> None:
    said = due(folder, "-o", "due.csv", "--lang", "zh")
    assert (said.status, said.out) == (0, "")
    first = rows_of((folder / "due.csv").read_text(encoding="utf-8"))[0]
    assert "查清未知项" in first["reason"]


def test_a_course_that_cannot_be_read_is_named_and_the_run_says_so(folder: Path) -> None:
    with (folder / "treatments.csv").open("a", encoding="utf-8") as file:
        file.write("late,denosumab,60 mg,2024-01-01,next week,,\n")
    said = due(folder)
    assert said.status == 3
    assert "person late, row 9: stop_date = next week" in said.err
    # What she took is not known any more, so that nothing is made up about her.
    assert "late" not in {row["person_id"] for row in rows_of(said.out)}


def test_without_treatments_the_visits_count(tmp_path: Path) -> None:
    people = "person_id,visit_date,sex,age_years,drug,months_since_last_dose\n"
    people += "a,2026-05-20,female,70,denosumab,2\nb,2026-05-20,female,70,alendronate,0\n"
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    said = myosteon("due", "people.csv", "--as-of", "2026-11-20", folder=tmp_path)
    (row,) = rows_of(said.out)
    # The dose was 184 days and two average months ago: 244.875 - 182.625 = 62.25 days late.
    assert (row["person_id"], row["what"], row["days_late"]) == ("a", "denosumab_late_check_first", "63")


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    said = myosteon("due", "people.csv", "--treatments", "nowhere.csv", folder=folder)
    assert said.status == 2
    assert "nowhere.csv" in said.err


def test_on_the_demonstration_late_denosumab_stands_first(tmp_path: Path) -> None:
    assert myosteon("demo", "--folder", "d", "--people", "2000", folder=tmp_path).status == 0
    call = (
        "due",
        "d/people.csv",
        "--treatments",
        "d/treatments.csv",
        "--as-of",
        "2026-11-20",
        "-o",
        "due.csv",
    )
    said = myosteon(*call, folder=tmp_path)
    assert said.status in (0, 3), said.err
    found = rows_of((tmp_path / "due.csv").read_text(encoding="utf-8"))
    assert len(found) > 20
    late = [row for row in found if row["what"].startswith("denosumab") and row["urgency"] == "urgent"]
    assert found[: len(late)] == late
    assert len(late) >= 3
    days = [int(row["days_late"]) for row in late if row["days_late"]]
    assert days == sorted(days, reverse=True)
