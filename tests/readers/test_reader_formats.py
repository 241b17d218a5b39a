"""One table in every format that can be read: the same canonical frame comes out."""

from __future__ import annotations

import builtins
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas  # type: ignore[import-untyped]
import polars as pl
import pyreadstat
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from myosteon.errors import ColumnError, FileUnreadable, MissingPart
from myosteon.readers.reading import Reading, in_language
from myosteon.readers.table import read_table

from .old_workbook import write_old_workbook

Read = Callable[..., Reading]
DAY = datetime.date(2026, 11, 20)
HEADER: list[Any] = ["person_id", "visit_date", "sex", "age_years", "grip_kg", "fracture_hip", "clinic"]
PEOPLE: list[list[Any]] = [
    ["a", DAY, "female", 70, 27.1, True, "x"],
    ["b", None, "male", 71.5, None, False, "y"],
]
EXPECTED = [("a", DAY, "female", 70.0, 27.1, True, "x"), ("b", None, "male", 71.5, None, False, "y")]


def write_workbook(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = xlsxwriter.Workbook(path)
    as_date = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(
                        row, column, datetime.datetime.combine(cell, datetime.time()), as_date
                    )
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return path


def people_frame() -> pl.DataFrame:
    return pl.DataFrame([dict(zip(HEADER, row, strict=True)) for row in PEOPLE], strict=False)


def people_pandas() -> pandas.DataFrame:
    frame = pandas.DataFrame(PEOPLE, columns=HEADER)
    return frame.assign(sex=[2.0, 1.0], fracture_hip=[1.0, 0.0])


LABELS: dict[str, dict[int | float, str]] = {
    "sex": {1: "Male", 2: "Female"},
    "fracture_hip": {1: "Yes", 0: "No"},
}


def write_csv(path: Path) -> None:
    people_frame().write_csv(path)


def write_tsv(path: Path) -> None:
    people_frame().write_csv(path, separator="\t")


def write_json_lines(path: Path) -> None:
    people_frame().write_ndjson(path)


def write_parquet(path: Path) -> None:
    people_frame().write_parquet(path)


def write_parquet_as_pandas_does(path: Path) -> None:
    pandas.DataFrame(PEOPLE, columns=HEADER).astype({"sex": "category"}).to_parquet(path)


def write_xlsx(path: Path) -> None:
    write_workbook(path, ("people", [HEADER, *PEOPLE]))


def write_xls(path: Path) -> None:
    cells: list[list[Any]] = [
        ["a", "2026-11-20", "female", 70.0, 27.1, 1.0, "x"],
        ["b", None, "male", 71.5, None, 0.0, "y"],
    ]
    write_old_workbook(path, [HEADER, *cells])


def write_spss(path: Path) -> None:
    pyreadstat.write_sav(people_pandas(), path, variable_value_labels=LABELS)


def write_stata(path: Path) -> None:
    pyreadstat.write_dta(people_pandas(), path, variable_value_labels=LABELS)


def write_xport(path: Path) -> None:
    frame = people_pandas().assign(sex=["female", "male"])
    pyreadstat.write_xport(frame.rename(columns=str.upper), path, file_format_version=8)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("people.csv", write_csv),
        ("people.tsv", write_tsv),
        ("people.jsonl", write_json_lines),
        ("people.ndjson", write_json_lines),
        ("people.parquet", write_parquet),
        ("pandas.parquet", write_parquet_as_pandas_does),
        ("people.xlsx", write_xlsx),
        ("people.xls", write_xls),
        ("people.sav", write_spss),
        ("people.zsav", write_spss),
        ("people.dta", write_stata),
        ("people.xpt", write_xport),
    ],
)
def test_the_same_people_in_every_format(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    write(tmp_path / name)
    reading = read_table(tmp_path / name)
    frame = reading.frame.collect()
    assert frame.rows() == EXPECTED
    assert frame.schema["sex"] == pl.Enum(["female", "male"])
    assert reading.refusals == ()
    assert [name.lower() for name in reading.carried] == ["clinic"]
    assert reading.rows == 2


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("people.parquet", write_parquet),
        ("people.xlsx", write_xlsx),
        ("people.xls", write_xls),
        ("people.sav", write_spss),
        ("people.dta", write_stata),
        ("people.xpt", write_xport),
    ],
)
def test_a_file_that_was_cut_short(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    path = tmp_path / name
    write(path)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(FileUnreadable, match="damaged or cut short") as caught:
        read_table(path)
    assert name in str(caught.value)
    assert "可能损坏" in in_language(caught.value, "zh")


def test_a_damaged_page_inside_a_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    write_parquet(path)
    content = bytearray(path.read_bytes())
    content[4:120] = b"\xff" * 116
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match="damaged"):
        read_table(path)


def test_sheets_are_chosen_by_name_or_number(tmp_path: Path) -> None:
    second: list[list[Any]] = [HEADER, ["c", None, "male", 80, None, None, "z"]]
    path = write_workbook(
        tmp_path / "two.xlsx", ("first", [HEADER, *PEOPLE]), ("second", second), ("empty", [])
    )
    reading = read_table(path)
    assert reading.rows == 2
    (notice,) = [notice for notice in reading.notices if notice.kind == "sheets_not_read"]
    assert "second, empty" in notice.text_en
    for sheet in ("second", 2, "2"):
        assert read_table(path, sheet=sheet).frame.collect()["person_id"].to_list() == ["c"]
    for sheet in ("third", 4, 0):
        with pytest.raises(FileUnreadable, match="first, second, empty"):
            read_table(path, sheet=sheet)
    with pytest.raises(ColumnError, match="empty"):
        read_table(path, sheet="empty")


def test_a_sheet_that_is_called_by_a_number(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "years.xlsx", ("2023", [HEADER, PEOPLE[0]]), ("2024", [HEADER, PEOPLE[1]])
    )
    for sheet in ("2024", 2024, 2):
        assert read_table(path, sheet=sheet).frame.collect()["person_id"].to_list() == ["b"]


def test_a_workbook_with_mixed_columns_blank_rows_and_dates_as_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["person_id", "sex", "age_years", "visit_date", "grip_kg", None],
        [1001, "女", 70, DAY, "28 kg", None],
        [None] * 6,
        ["A2", "m", "71.5", "2026-11-21", 27.1, None],
    ]
    reading = read_table(write_workbook(tmp_path / "mixed.xlsx", ("people", rows)))
    expected = [
        ("1001", DAY, "female", 70.0, None),
        ("A2", DAY + datetime.timedelta(days=1), "male", 71.5, 27.1),
    ]
    assert reading.frame.collect().rows() == expected
    assert [(refusal.kind, refusal.row, refusal.value) for refusal in reading.refusals] == [
        ("unit_in_cell", 1, "28 kg")
    ]
    assert reading.carried == ()


def test_a_name_that_stands_twice_in_a_workbook(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "twice.xlsx", ("people", [["sex", "age_years", "sex"], ["f", 70, "m"]]))
    with pytest.raises(ColumnError, match="column sex 2 times"):
        read_table(path)


def test_json_lines_with_gaps_mixed_types_and_nan(read_text: Read) -> None:
    lines = [
        '{"person_id": "a", "sex": "f", "age_years": 70, "grip_kg": NaN, "extra": {"x": [1]}}',
        "",
        '{"person_id": 2, "age_years": "71.5", "sex": "男", "fracture_hip": true, "medications": ["calcium", "a, \\"b\\""]}',
        '{"person_id": "c", "sex": null, "age_years": 12.50, "grip_kg": "28 kg", "fracture_hip": 0, "medications": "x;y"}',
    ]
    reading = read_text("\n".join(lines), "people.jsonl")
    columns = ("person_id", "sex", "age_years", "grip_kg", "fracture_hip", "medications", "extra")
    assert reading.frame.collect().select(columns).rows() == [
        ("a", "female", 70.0, None, None, None, '{"x": [1]}'),
        ("2", "male", 71.5, None, True, 'calcium;a, "b"', None),
        ("c", None, 12.5, None, False, "x;y", None),
    ]
    assert [(refusal.person_id, refusal.value) for refusal in reading.refusals] == [("c", "28 kg")]
    without_nan = read_text("\n".join(lines).replace("NaN", "null"), "people.jsonl")
    assert without_nan.frame.collect().equals(reading.frame.collect())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_json_lines_in_other_encodings(read_text: Read, encoding: str) -> None:
    line = '{"person_id": "张三", "sex": "女", "age_years": 70}\n'
    assert read_text(line, "people.jsonl", encoding).frame.collect().rows() == [("张三", "female", 70.0)]


@pytest.mark.parametrize(
    "second", ['{"sex": "m", "age_years": }', "[1, 2]", '{"sex": "m"', '{"sex": "m"} {"sex": "f"}', "12"]
)
def test_a_line_that_is_not_one_object(read_text: Read, second: str) -> None:
    with pytest.raises(FileUnreadable, match=r"Line 2 of .*one object on one line") as caught:
        read_text('{"sex": "f", "age_years": 70}\n' + second + "\n", "people.jsonl")
    assert "第2行" in in_language(caught.value, "zh")


def test_labels_go_before_codes_and_unknown_labels_are_refused(tmp_path: Path) -> None:
    frame = pandas.DataFrame(
        {"sex": [1.0, 2.0, 3.0], "age_years": [70.0, 71.0, 72.0], "fracture_hip": [1.0, 2.0, 9.0]}
    )
    frame.insert(0, "person_id", ["a", "b", "c"])
    labels: dict[str, dict[int | float, str]] = {
        "sex": {1: "female", 2: "male", 3: "not known"},
        "fracture_hip": {1: "No", 2: "Yes"},
    }
    pyreadstat.write_sav(frame, tmp_path / "people.sav", variable_value_labels=labels)
    reading = read_table(tmp_path / "people.sav")
    people = reading.frame.collect()
    assert people["sex"].to_list() == ["female", "male", None]
    assert people["fracture_hip"].to_list() == [False, True, None]
    assert [(refusal.column, refusal.value) for refusal in reading.refusals] == [
        ("sex", "3 (not known)"),
        ("fracture_hip", "9"),
    ]
    (notice,) = [notice for notice in reading.notices if notice.kind == "labels_used"]
    assert notice.columns == ("sex", "fracture_hip")
    told = read_table(tmp_path / "people.sav", sex_codes={"1": "male", "2": "female"})
    assert told.frame.collect()["sex"].to_list() == ["male", "female", None]


def test_missing_codes_of_spss_are_unknown(tmp_path: Path) -> None:
    frame = pandas.DataFrame(
        {"person_id": ["a", "b"], "sex": ["f", "m"], "age_years": [70.0, 71.0], "grip_kg": [27.0, 99.0]}
    )
    pyreadstat.write_sav(frame, tmp_path / "people.sav", missing_ranges={"grip_kg": [99]})
    reading = read_table(tmp_path / "people.sav")
    assert reading.frame.collect()["grip_kg"].to_list() == [27.0, None]
    assert reading.refusals == ()


def test_numbers_of_four_bytes_in_stata(tmp_path: Path) -> None:
    frame = pandas.DataFrame(
        {"sex": ["f"], "age_years": pandas.Series([70], dtype="int8"), "gait_speed_m_s": [0.8]}
    )
    frame.astype({"gait_speed_m_s": "float32"}).to_stata(tmp_path / "people.dta", write_index=False)
    assert read_table(tmp_path / "people.dta").frame.collect()["gait_speed_m_s"].to_list() == [0.8]


def test_old_transport_files_with_short_names(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"SEQN": [1.0, 2.0], "RIAGENDR": [1.0, 2.0], "RIDAGEYR": [70.0, 71.0]})
    pyreadstat.write_xport(frame, tmp_path / "DEMO.XPT", file_format_version=5)
    rename = {"SEQN": "person_id", "RIAGENDR": "sex", "RIDAGEYR": "age_years"}
    reading = read_table(tmp_path / "DEMO.XPT", rename=rename, sex_codes={"1": "male", "2": "female"})
    assert reading.frame.collect().rows() == [("1", "male", 70.0), ("2", "female", 71.0)]


def test_names_of_sas_have_no_case_and_those_of_csv_do(tmp_path: Path, read_text: Read) -> None:
    write_xport(tmp_path / "people.xpt")
    assert any(notice.kind == "renamed" for notice in read_table(tmp_path / "people.xpt").notices)
    with pytest.raises(ColumnError, match="SEX → sex"):
        read_text("SEX,AGE_YEARS\nf,70\n")


@pytest.mark.parametrize(
    ("library", "name", "write", "command"),
    [
        ("pyreadstat", "people.sav", write_spss, "myosteon[statistics-files]"),
        ("fastexcel", "people.xlsx", write_xlsx, "pip install"),
    ],
)
def test_a_part_that_is_not_installed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    library: str,
    name: str,
    write: Callable[[Path], None],
    command: str,
) -> None:
    write(tmp_path / name)
    true_import = builtins.__import__

    def import_all_but_one(wanted: str, *rest: Any, **more: Any) -> Any:
        if wanted == library:
            raise ImportError(wanted)
        return true_import(wanted, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", import_all_but_one)
    with pytest.raises(MissingPart) as caught:
        read_table(tmp_path / name)
    assert command in str(caught.value)
    assert "安装命令" in in_language(caught.value, "zh")


def test_chinese_text_of_old_stata_and_sas_is_gbk(tmp_path: Path) -> None:
    def hide(word: str) -> str:
        return word.encode("gbk").decode("latin-1")  # the writer of old files knows Latin-1 alone

    frame = pandas.DataFrame({"person_id": [hide("张三")], "sex": [hide("女")], "age_years": [70.0]})
    frame.to_stata(tmp_path / "old.dta", write_index=False, version=114)
    pyreadstat.write_xport(
        pandas.DataFrame({"person_id": ["甲乙"], "sex": ["f"], "age_years": [70.0]}), tmp_path / "a.xpt"
    )
    content = (tmp_path / "a.xpt").read_bytes().replace("甲乙".encode(), "甲乙".encode("gbk") + b"  ")
    (tmp_path / "old.xpt").write_bytes(content)
    for name, person in (("old.dta", "张三"), ("old.xpt", "甲乙")):
        reading = read_table(tmp_path / name)
        assert reading.frame.collect().rows() == [(person, "female", 70.0)]
        assert [notice.kind for notice in reading.notices] == ["encoding_gb18030"]


def test_western_text_of_old_stata_and_sas(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"person_id": ["Gómez"], "sex": ["f"], "age_years": [70.0]})
    frame.to_stata(tmp_path / "old.dta", write_index=False, version=114)
    reading = read_table(tmp_path / "old.dta")
    assert reading.frame.collect()["person_id"].to_list() == ["Gómez"]
    assert reading.notices == ()
    pyreadstat.write_xport(frame, tmp_path / "a.xpt")
    content = (tmp_path / "a.xpt").read_bytes().replace("Gómez".encode(), "Gómez".encode("latin-1") + b" ")
    (tmp_path / "old.xpt").write_bytes(content)
    with pytest.raises(FileUnreadable, match="neither UTF-8 nor GBK"):
        read_table(tmp_path / "old.xpt")
