"""`myosteon due`: late denosumab first, dates by hand, people without a visit, and what could not be read."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from command_line.door import Said, myosteon

FIELDS = ["person_id", "what", "subject", "due_date", "days_late", "urgency", "reason"]
CLEAR = (
    "dialysis,jaw_osteonecrosis,atypical_femoral_fracture,hypersensitivity_denosumab,"
    "thigh_or_groin_pain,invasive_dental_work_planned,organ_transplant,"
    "bone_metastasis,skeletal_radiotherapy,paget_disease"
)
# What the safety review must have seen before any bone drug, beside what the label of denosumab asks for.
SEEN = "creatinine_clearance_ml_min,vitamin_d_25oh_ng_ml,medications"
PEOPLE = f"""person_id,visit_date,sex,age_years,calcium_mmol_l,egfr_ml_min_1_73m2,{SEEN},{CLEAR}
late,2026-01-01,female,71,2.3,70,70,30,none,no,no,no,no,no,no,no,no,no,no
soon,2026-01-01,female,72,2.3,70,70,30,none,no,no,no,no,no,no,no,no,no,no
later,2026-01-01,female,73,2.3,70,70,30,none,no,no,no,no,no,no,no,no,no,no
unknown,2026-01-01,female,74,,,,,,,,,,,,,,,
barred,2026-01-01,female,75,1.9,70,70,30,none,no,no,no,no,no,no,no,no,no,no
review,2026-01-01,female,76,2.3,70,70,30,none,no,no,no,no,no,no,no,no,no,no
stopped,2026-01-01,female,77,2.3,70,70,30,none,no,no,no,no,no,no,no,no,no,no
none,2026-01-01,female,78,2.3,70,70,30,none,no,no,no,no,no,no,no,no,no,no
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
    # The most urgent row of each stands first.
    by_person = {row["person_id"]: row for row in reversed(found)}
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
    listed = rows_of(due(folder).out)
    what = {row["person_id"]: row["what"] for row in reversed(listed)}
    barred = {row["what"] for row in listed if row["person_id"] == "barred"}
    assert what["late"] == "denosumab_dose_late"
    assert what["unknown"] == "denosumab_late_check_first"
    assert "denosumab_dose_barred" in barred
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
    # What she took is not known any more: nothing is made up about her, and nothing is silent.
    (row,) = (row for row in rows_of(said.out) if row["person_id"] == "late")
    assert (row["what"], row["urgency"], row["due_date"]) == ("treatments_unreadable", "urgent", "")


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


@pytest.mark.parametrize(
    ("rows", "said", "remedy"),
    [
        ("late,aspirin,2024-01-01,,", "person late, row 1: drug = aspirin: the drug is not known", "such as denosumab"),
        ("late,denosumab,2024-01-01,2023-01-01,", "row 1: stop_date = 2023-01-01: the course begins on 2024-01-01", "Check"),
        ("late,denosumab,2024-01-01,,2029-03-20", "row 1: last_dose_date = 2029-03-20: this last dose lies after", "really given"),
        ("late,denosumab,2031-01-01,,", "row 1: start_date = 2031-01-01: the course begins after 2026-11-20", "--as-of"),
        (
            "late,denosumab,2024-01-01,,2026-03-20\nlate,denosumab,2025-01-01,,2026-03-20",
            "person late, row 2: start_date = 2025-01-01: this course of denosumab begins while that of row 1 goes on",
            "one row for one course",
        ),
        (
            "late,denosumab,2024-01-01,,2026-03-20\nlate,calcitonin,2026-10-01,,",
            "person late, row 2: drug = calcitonin: denosumab and calcitonin are both in use on 2026-11-20",
            "stop_date",
        ),
    ],
)  # fmt: skip
def test_what_does_not_count_is_named_with_its_remedy_and_the_rest_goes_on(
    folder: Path, rows: str, said: str, remedy: str
) -> None:
    header = "person_id,drug,start_date,stop_date,last_dose_date\n"
    other = "\nsoon,denosumab,2024-01-01,,2026-06-01\n"
    (folder / "treatments.csv").write_text(header + rows + other, encoding="utf-8")
    found = due(folder)
    assert found.status == 3
    (line,) = (line for line in found.err.splitlines() if said in line)
    assert remedy in line
    assert "soon" in {row["person_id"] for row in rows_of(found.out)}
    chinese = due(folder, "--lang", "zh")
    assert chinese.status == 3
    assert "人员 late，第" in chinese.err


def test_denosumab_in_use_is_listed_whatever_else_runs_beside_it(folder: Path) -> None:
    rows = "person_id,drug,start_date,last_dose_date\nlate,denosumab,2024-01-01,2026-03-20\nlate,calcitonin,2026-10-01,\n"
    (folder / "treatments.csv").write_text(rows, encoding="utf-8")
    (row,) = rows_of(due(folder).out)
    assert (row["person_id"], row["due_date"], row["days_late"]) == ("late", "2026-09-20", "61")


def test_who_has_treatments_and_no_visit_is_named_and_listed(folder: Path) -> None:
    said = due(folder)
    assert "without a visit by 2026-11-20: 1 (unseen)" in said.err
    assert "unseen" in {row["person_id"] for row in rows_of(said.out)}


def test_a_chinese_file_of_a_chinese_program_is_read(folder: Path) -> None:
    text = "编号,药物,开始日期,末次注射日期\nlate,地舒单抗,2024/1/1,2026年3月20日\n"
    (folder / "treatments.csv").write_bytes(text.encode("gb18030"))
    said = due(folder, "--lang", "zh")
    assert said.status == 0, said.err
    (row,) = rows_of(said.out)
    assert (row["person_id"], row["due_date"]) == ("late", "2026-09-20")
    assert "。 " not in row["reason"]


def test_a_file_of_people_given_as_treatments_says_what_it_lacks_and_has(folder: Path) -> None:
    said = myosteon("due", "people.csv", "--treatments", "people.csv", folder=folder)
    assert (said.status, said.out) == (2, "")
    assert "people.csv lacks drug, start_date" in said.err
    assert "It has: person_id, visit_date, sex" in said.err


def test_an_empty_list_says_why(folder: Path) -> None:
    nothing = myosteon("due", "people.csv", "--as-of", "2026-11-20", folder=folder)
    assert nothing.status == 0
    assert "Nothing is known of bone drugs" in nothing.err
    (folder / "treatments.csv").write_text("person_id,drug,start_date\n", encoding="utf-8")
    empty = due(folder)
    assert "treatments.csv holds no course" in empty.err
    assert "8 people as of 2026-11-20: 0 on the list (0 urgent); of 8 the bone drug is unknown." in empty.err


def test_before_every_course_nothing_is_due_and_each_is_named(folder: Path) -> None:
    said = myosteon(
        "due", "people.csv", "--treatments", "treatments.csv", "--as-of", "2020-01-01", folder=folder
    )
    assert (said.status, rows_of(said.out)) == (3, [])
    assert said.err.count("it does not count yet") == len(TREATMENTS.splitlines()) - 1


def test_a_plan_of_one_speaks_of_the_treatments_of_that_one(folder: Path) -> None:
    with (folder / "treatments.csv").open("a", encoding="utf-8") as file:
        file.write("late,denosumab,60 mg,2024-01-01,next week,,\n")
    call = ("plan", "people.csv", "--treatments", "treatments.csv", "--as-of", "2026-11-20", "--person")
    hers, another = (myosteon(*call, person, folder=folder) for person in ("late", "soon"))
    assert (hers.status, another.status) == (3, 0)
    assert "stop_date = next week" in hers.err
    assert another.err == ""
    everybody = myosteon(*call[:-1], "--format", "json", folder=folder)
    assert everybody.status == 3
    assert "without a visit by 2026-11-20: 1 (unseen)" in everybody.err


def test_the_history_of_each_drug_is_written_where_it_is_asked_for(folder: Path) -> None:
    rows = "stopped,alendronate,70 mg,2019-01-01,2022-01-01,,\n"
    with (folder / "treatments.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    assert due(folder, "--history", "history.csv").status == 0
    told = [
        row
        for row in rows_of((folder / "history.csv").read_text(encoding="utf-8"))
        if row["person_id"] == "stopped"
    ]
    assert [(row["drug"], row["in_use"], row["first_start"], row["last_stop"]) for row in told] == [
        ("alendronate", "false", "2019-01-01", "2022-01-01"),
        ("denosumab", "false", "2022-01-01", "2026-01-15"),
    ]
    # 1,096 and 1,475 days of 365.25 to a year; 15 July 2025 is 493 days of 30.4375 to a month ago.
    assert [round(float(row["years"]), 4) for row in told] == [3.0007, 4.0383]
    assert round(float(told[1]["months_since_last_dose"]), 4) == 16.1971


def test_on_the_demonstration_late_denosumab_stands_first(tmp_path: Path) -> None:
    assert myosteon("demo", "--folder", "d", "--people", "2000", folder=tmp_path).status == 0
    call = (
        "due",
        "d/visits.csv",
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
    assert late[0] == found[0]
    assert int(found[0]["days_late"]) > 90
    # The demonstration writes the same list by itself.
    assert (tmp_path / "d" / "due.csv").read_text(encoding="utf-8") == (tmp_path / "due.csv").read_text(
        encoding="utf-8"
    )


def test_the_demonstration_has_visits_over_time_and_bone_that_answers(tmp_path: Path) -> None:
    assert myosteon("demo", "--folder", "d", "--people", "2000", folder=tmp_path).status == 0
    visits = list(csv.DictReader((tmp_path / "d" / "visits.csv").open(encoding="utf-8")))
    people = list(csv.DictReader((tmp_path / "d" / "people.csv").open(encoding="utf-8")))
    last = {row["person_id"]: row for row in visits}
    assert len(visits) > len(people) + 300
    # The last visit is the row of people.csv as it stands, slips and all.
    assert last == {row["person_id"]: row for row in people}
    keys = [(row["person_id"], row["visit_date"]) for row in visits]
    assert len(set(keys)) == len(keys)
    courses = list(csv.DictReader((tmp_path / "d" / "treatments.csv").open(encoding="utf-8")))
    assert any(row["stop_date"] and row["drug"] == "denosumab" for row in courses)
    assert any(not row["start_date"] for row in courses)


def test_who_ended_denosumab_on_a_drug_that_does_not_hold_its_gain_is_urgent_today(tmp_path: Path) -> None:
    """Denosumab, then teriparatide, then calcitonin, then nothing: denosumab is neither the last drug nor the one before."""
    (tmp_path / "people.csv").write_text(
        "person_id,visit_date,sex,age_years\na,2026-01-01,female,74\n", encoding="utf-8"
    )
    (tmp_path / "treatments.csv").write_text(
        "person_id,drug,dose,start_date,stop_date,last_dose_date,doses\n"
        "a,denosumab,60 mg,2021-01-01,2025-01-01,2024-07-01,\n"
        "a,teriparatide,20 ug,2025-02-01,2025-08-01,,\n"
        "a,calcitonin,,2025-09-01,2025-12-01,,\n",
        encoding="utf-8",
    )
    (row,) = rows_of(due(tmp_path).out)
    assert (row["what"], row["due_date"], row["urgency"]) == (
        "denosumab_followed_by_too_little",
        "2026-11-20",
        "urgent",
    )
