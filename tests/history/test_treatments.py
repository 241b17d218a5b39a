"""Treatments as files give them: names, codes and dates that are understood, and what is refused, by person, row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from myosteon.errors import ColumnError, FileUnreadable
from myosteon.history import Treatments, read_treatments

HEADER = "person_id,drug,dose,start_date,stop_date,last_dose_date,doses,reason_stopped\n"


def read(folder: Path, rows: str, header: str = HEADER) -> Treatments:
    file = folder / "treatments.csv"
    file.write_text(header + rows, encoding="utf-8")
    return read_treatments(file)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("denosumab", "denosumab"),
        ("Denosumab ", "denosumab"),
        ("地舒单抗", "denosumab"),
        ("M05BX04", "denosumab"),
        ("m05bx04", "denosumab"),
        ("阿仑膦酸钠", "alendronate"),
        ("alendronic acid", "alendronate"),
        ("M05BB03", "alendronate"),
        ("M05BA08", "zoledronate"),
        ("H05AA02", "teriparatide"),
        ("M05BX06", "romosozumab"),
        ("G03CA03", "hormone_therapy"),
        ("G03XC01", "raloxifene"),
    ],
)
def test_drugs_are_known_by_word_name_and_code(tmp_path: Path, given: str, word: str) -> None:
    treatments = read(tmp_path, f"a,{given},,2024-01-15,,,,\n")
    assert treatments.courses["drug"].to_list() == [word]
    assert treatments.refusals == ()


def test_a_whole_course_is_read(tmp_path: Path) -> None:
    course = read(tmp_path, "a,denosumab,60 mg,2022-01-15,2024-02-01,2023-07-20,4,moved away\n").courses.row(
        0, named=True
    )
    assert course == {
        "row": 1,
        "person_id": "a",
        "drug": "denosumab",
        "start_date": date(2022, 1, 15),
        "stop_date": date(2024, 2, 1),
        "last_dose_date": date(2023, 7, 20),
        "doses": 4,
        "dose": "60 mg",
        "reason_stopped": "moved away",
    }


def test_what_is_missing_is_unknown_and_no_error(tmp_path: Path) -> None:
    treatments = read(tmp_path, "a,denosumab,NA,2022-01-15,.,null,,\n")
    assert treatments.courses.row(0)[3:] == (date(2022, 1, 15), None, None, None, None, None)
    assert treatments.refusals == ()


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ("a,aspirin,,2022-01-15,,,,\n", "drug", "drug"),
        ("a,none,,2022-01-15,,,,\n", "drug", "drug"),
        (",denosumab,,2022-01-15,,,,\n", "person_id", "no_person"),
        ("a,denosumab,,2022-01-15,soon,,,\n", "stop_date", "date"),
        ("a,denosumab,,2022-01-15,2021-01-01,,,\n", "stop_date", "stop_before_start"),
        ("a,denosumab,120 mg,2022-01-15,,,,\n", "dose", "cancer_dose"),
        ("a,zoledronate,4 mg,2022-01-15,,,,\n", "dose", "cancer_dose"),
    ],
)
def test_a_course_that_makes_no_sense_is_left_out_and_named(
    tmp_path: Path, row: str, column: str, kind: str
) -> None:
    treatments = read(tmp_path, "b,alendronate,,2020-01-01,,,,\n" + row)
    assert treatments.courses["person_id"].to_list() == ["b"]
    (refusal,) = treatments.refusals
    assert (refusal.row, refusal.column, refusal.kind) == (2, column, kind)
    for language in ("en", "zh"):
        assert column in refusal.describe(language)
    assert refusal.remedy_en.endswith(".")
    assert refusal.remedy_zh.endswith("。")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a,denosumab,,15.01.2022,,,,\n", "start_date"),
        ("a,denosumab,,2022-02-30,,,,\n", "start_date"),
        ("a,denosumab,,2022-01-15,,2022-13-01,,\n", "last_dose_date"),
        ("a,denosumab,,2022-01-15,,2021-12-01,,\n", "last_dose_date"),
        ("a,denosumab,,2022-01-15,2023-01-01,2023-02-01,,\n", "last_dose_date"),
        ("a,denosumab,,2022-01-15,,,4.5,\n", "doses"),
        ("a,denosumab,,2022-01-15,,,-1,\n", "doses"),
        ("a,denosumab,,2022-01-15,,,many,\n", "doses"),
    ],
)
def test_a_value_that_cannot_be_read_is_unknown_and_named(tmp_path: Path, row: str, column: str) -> None:
    treatments = read(tmp_path, row)
    assert treatments.courses[column].to_list() == [None]
    (refusal,) = treatments.refusals
    assert (refusal.person_id, refusal.row, refusal.column) == ("a", 1, column)


def test_people_of_whom_a_course_was_left_out_are_known(tmp_path: Path) -> None:
    rows = "a,aspirin,,2022-01-15,,,,\nb,denosumab,120 mg,2022-01-15,,,,\nc,denosumab,,2022-01-15,,,,\n"
    # A course for cancer is not lacking: it is none of osteoporosis.
    assert read(tmp_path, rows).incomplete == {"a"}


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match="lacks start_date"):
        read(tmp_path, "a,denosumab\n", "person_id,drug\n")
    with pytest.raises(FileUnreadable):
        read_treatments(tmp_path / "nowhere.csv")


def test_only_three_columns_are_enough(tmp_path: Path) -> None:
    treatments = read(tmp_path, "denosumab,a,2024-01-01\n", "drug,person_id,start_date\n")
    assert treatments.courses.height == 1


def test_dates_with_the_year_first_are_read_in_every_form(tmp_path: Path) -> None:
    forms = (
        "2026-01-05",
        "2026/1/5",
        "2026.01.05",
        "20260105",
        "2026年1月5日",
        "2026-01-05 00:00:00",
        "2026/1/5 0:00",
    )
    treatments = read(
        tmp_path, "".join(f"p{place},denosumab,,{form},,,,\n" for place, form in enumerate(forms))
    )
    assert treatments.refusals == ()
    assert set(treatments.courses["start_date"]) == {date(2026, 1, 5)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_columns_and_names_are_understood(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "用药.csv"
    header = "编号,药品名称,剂量,开始日期,停药日期,末次用药日期,用药次数,停药原因\n"
    row = "甲,唑来膦酸,5 mg,2022/1/5,2025年2月1日,2024-01-09,3,患者要求\n"
    file.write_text(header + row, encoding=encoding)
    treatments = read_treatments(file)
    assert treatments.refusals == ()
    assert treatments.courses.rows() == [
        (1, "甲", "zoledronate", date(2022, 1, 5), date(2025, 2, 1), date(2024, 1, 9), 3, "5 mg", "患者要求")
    ]


def test_a_file_of_something_else_says_what_it_has(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("person_id,sex,age_years\na,female,70\n", encoding="utf-8")
    with pytest.raises(ColumnError) as caught:
        read_treatments(file)
    assert "lacks drug, start_date" in str(caught.value)
    assert "It has: person_id, sex, age_years" in str(caught.value)


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match="both mean last_dose_date"):
        read(
            tmp_path,
            "a,denosumab,2024-01-01,2026-01-01,2026-01-01\n",
            "person_id,drug,start_date,last dose,末次注射日期\n",
        )


def test_a_course_that_stands_twice_counts_once_and_is_named(tmp_path: Path) -> None:
    row = "a,denosumab,60 mg,2022-01-15,2024-01-15,2023-07-20,4,\n"
    treatments = read(tmp_path, row + "b,denosumab,,2022-01-15,,,,\n" + row)
    assert treatments.courses["row"].to_list() == [1, 2]
    (refusal,) = treatments.refusals
    assert (refusal.person_id, refusal.row, refusal.kind) == ("a", 3, "repeated")
    assert "row 1" in refusal.reason_en
    assert "第1行" in refusal.reason_zh
    assert treatments.incomplete == frozenset()


def test_courses_of_one_drug_that_overlap_are_named_with_the_row_of_the_other(tmp_path: Path) -> None:
    rows = (
        "a,alendronate,,2020-01-01,2024-01-01,,,\n"
        "a,alendronate,,2021-01-01,2022-01-01,,,\n"
        "a,alendronate,,2023-01-01,,,,\n"
        # One that begins on the day on which the other stops does not overlap, nor does another drug.
        "b,alendronate,,2020-01-01,2021-01-01,,,\nb,alendronate,,2021-01-01,,,,\nb,denosumab,,2021-06-01,,,,\n"
    )
    treatments = read(tmp_path, rows)
    assert treatments.courses.height == 6
    assert [(one.person_id, one.row, one.column, one.value) for one in treatments.refusals] == [
        ("a", 2, "start_date", "2021-01-01"),
        ("a", 3, "start_date", "2023-01-01"),
    ]
    for refusal in treatments.refusals:
        assert "alendronate" in refusal.describe("en")
        assert "row 1 goes on" in refusal.describe("en")
        assert "阿仑膦酸钠" in refusal.describe("zh")
