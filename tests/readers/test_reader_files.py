"""Files that cannot be read, or only after something was found out about them. Each error names file and remedy."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from myosteon.errors import ColumnError, FileUnreadable, InputError
from myosteon.readers import text
from myosteon.readers.content import KIND_BY_ENDING, recognise_kind
from myosteon.readers.reading import Reading, in_language
from myosteon.readers.table import read_table

Read = Callable[..., Reading]
GOOD = "person_id,sex,age_years\na,f,70\n"


def expect_unreadable(
    read: Callable[[], object], *parts: str, error: type[InputError] = FileUnreadable
) -> None:
    with pytest.raises(error) as caught:
        read()
    english, chinese = in_language(caught.value, "en"), in_language(caught.value, "zh")
    assert str(caught.value) == english
    assert english != chinese
    for part in parts:
        assert part in english
    assert english.rstrip().endswith((".", ")", "csv", "}", "?", "]"))
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


@pytest.mark.parametrize(
    ("name", "content", "found", "remedy"),
    [
        ("people.csv", b"%PDF-1.7 x", "a PDF document", "Export the table itself"),
        ("people.csv", b"PK\x03\x04 not really", "a zip archive", "Unpack it"),
        ("people.csv", b"\x1f\x8b\x08 ", "a compressed file", "Unpack it"),
        ("people.csv", b"\x89PNG\r\n", "a picture", "Give the table itself"),
        ("people.csv", b"SQLite format 3\x00", "an SQLite database", "Export the table as CSV"),
        ("people.csv", b"\x01\x02\x00\x03", "a binary file", "Export the table"),
        ("people.csv", b'{"sex": "f"}\n', "JSON lines", ".jsonl"),
        ("people.csv", b"PAR1....PAR1", "a Parquet file", ".parquet"),
        ("people.csv", b"$FL2@(#) SPSS", "an SPSS file", ".sav"),
        ("people.csv", b"HEADER RECORD*******LIBRARY", "a SAS transport file", ".xpt"),
        ("people.csv", b"<stata_dta><header>", "a Stata file", ".dta"),
        ("people.csv", b"\x73\x02\x01\x00 ", "a Stata file", ".dta"),
        ("people.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook of the old kind", ".xls"),
        ("people.xls", b"<html><table>", "a web page", "save it as .xlsx"),
        ("people.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook of the old kind", "password"),
        ("people.xlsx", GOOD.encode(), "a text table", ".csv"),
        ("people.parquet", GOOD.encode(), "a text table", ".csv"),
        ("people.jsonl", GOOD.encode(), "a text table", ".csv"),
        ("people.jsonl", b'[{"sex": "f"}]', "a JSON array", "one object a line"),
        ("people.dta", GOOD.encode(), "a text table", ".csv"),
        ("people.sav", b"PAR1....", "a Parquet file", ".parquet"),
    ],
)
def test_a_file_of_another_kind_than_its_name_says(
    read_text: Read, name: str, content: bytes, found: str, remedy: str
) -> None:
    expect_unreadable(lambda: read_text(content, name), name, found, remedy)


@pytest.mark.parametrize("name", ["people.json", "people.pdf", "people", "people.csv.gz"])
def test_an_ending_that_is_not_known(read_text: Read, name: str) -> None:
    expect_unreadable(lambda: read_text(GOOD, name), name, ".csv", ".parquet")


def test_every_ending_leads_to_a_kind_with_a_name() -> None:
    assert {"delimited", "json_lines", "xlsx", "xls", "parquet", "xport", "sas7bdat", "stata", "spss"} == set(
        KIND_BY_ENDING.values()
    )


@pytest.mark.parametrize("name", ["people.csv", "PEOPLE.CSV", "people.txt", "people.tsv"])
def test_text_tables_by_any_of_their_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    assert recognise_kind(tmp_path / name) == "delimited"


def test_a_missing_file(tmp_path: Path) -> None:
    expect_unreadable(lambda: read_table(tmp_path / "people.csv"), "There is no file", "Check the name")
    (tmp_path / "peoples.csv").write_text(GOOD)
    expect_unreadable(lambda: read_table(tmp_path / "people.csv"), "Did you mean", "peoples.csv")


def test_a_folder(tmp_path: Path) -> None:
    expect_unreadable(lambda: read_table(tmp_path), "is a folder", "inside it")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    path.write_text(GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):  # a superuser may read everything: then the refusal is played

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    expect_unreadable(lambda: read_table(path), "may not be read", "Ask for permission")
    monkeypatch.undo()
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)


@pytest.mark.parametrize("content", ["", "\n\n", "   \n"])
def test_an_empty_file(read_text: Read, content: str) -> None:
    expect_unreadable(lambda: read_text(content), "is empty", "Export")


@pytest.mark.parametrize(
    "content", ["person_id,sex,age_years\n", "person_id,sex,age_years", "person_id,sex,age_years\n,,\n\n"]
)
def test_a_file_without_people(read_text: Read, content: str) -> None:
    expect_unreadable(lambda: read_text(content), "no people in it", "Add at least one row")


def test_a_file_without_a_header(read_text: Read) -> None:
    expect_unreadable(
        lambda: read_text("1,70,28.5\n2,71,27\n"),
        "first row",
        "1, 70, 28.5",
        "person_id,sex,age_years",
        error=ColumnError,
    )


def test_a_decimal_comma_in_a_comma_separated_file(read_text: Read) -> None:
    table = "person_id,sex,age_years,grip_kg\na,f,70,27\nb,f,70,27,5\n"
    expect_unreadable(lambda: read_text(table), "Row 2", "5 fields", "header has 4", "decimal comma")


@pytest.mark.parametrize(
    "table",
    ['person_id,sex,age_years\n"a,f,70\nb,m,71\n', 'person_id,sex,age_years\na,f,70\nb,"m"x",71\nc,f,72\n'],
)
def test_a_quotation_mark_that_is_not_closed(read_text: Read, table: str) -> None:
    expect_unreadable(lambda: read_text(table), "quotation mark", "Close it")


def test_no_row_is_swallowed_unnoticed_by_a_stray_quotation_mark(read_text: Read) -> None:
    reading = read_text('person_id,sex,age_years,note\na,f,70,"x\nb,m,80,"\nc,m,80,y\n')
    assert reading.rows == 2
    (notice,) = [notice for notice in reading.notices if notice.kind == "lines_joined"]
    assert notice.count == 1
    assert "stray quotation mark" in notice.text_en


def test_quoted_cells_with_commas_quotes_and_line_breaks(read_text: Read) -> None:
    reading = read_text('person_id,sex,age_years,note\r\n"a, b",f,70,"says ""no""\r\ntwice"\r\n')
    assert reading.frame.collect().rows() == [("a, b", "female", 70.0, 'says "no"\r\ntwice')]


@pytest.mark.parametrize(
    ("separator", "name", "told"),
    [
        (",", "people.csv", False),
        ("\t", "people.csv", True),
        (";", "people.csv", True),
        ("\t", "people.tsv", False),
        (",", "people.tsv", True),
    ],
)
def test_separators_are_found_out(read_text: Read, separator: str, name: str, told: bool) -> None:
    reading = read_text(GOOD.replace(",", separator), name)
    assert reading.frame.collect().rows() == [("a", "female", 70.0)]
    assert any(notice.kind == "separator" for notice in reading.notices) is told


def test_a_separator_inside_a_name_does_not_mislead(read_text: Read) -> None:
    reading = read_text('person_id,sex,age_years,"a;b;c;d;e;f"\na,f,70,x\n')
    assert reading.carried == ("a;b;c;d;e;f",)


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("gbk", "encoding_gb18030"),
        ("gb18030", "encoding_gb18030"),
        ("utf-16", "encoding_utf16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(read_text: Read, encoding: str, kind: str | None, end: str) -> None:
    table = "person_id,sex,age_years,clinic\n张三,女,70,村卫生室\n李四,男,71,\n".replace("\n", end)
    reading = read_text(table, encoding=encoding)
    assert reading.frame.collect().rows() == [
        ("张三", "female", 70.0, "村卫生室"),
        ("李四", "male", 71.0, None),
    ]
    told = [notice.kind for notice in reading.notices if notice.kind.startswith("encoding")]
    assert told == ([kind] if kind else [])
    assert not any(notice.kind == "lines_joined" for notice in reading.notices)


def test_a_character_across_two_chunks_is_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "CHUNK_BYTES", 5)
    path = tmp_path / "people.csv"
    path.write_text("张三李四,王五\n赵六", encoding="utf-8")
    assert text.count_lines_if_utf8(path) == 2
    path.write_bytes("张三".encode()[:-1])
    assert text.count_lines_if_utf8(path) is None


@pytest.mark.parametrize("person", ["Gómez", "Müller", "Bjørn Ærø", "Zoë"])
def test_western_text_is_not_taken_for_chinese(read_text: Read, person: str) -> None:
    table = f"person_id,sex,age_years\n{person},f,70\n"
    expect_unreadable(lambda: read_text(table, encoding="latin-1"), "neither UTF-8 nor GBK", "CSV UTF-8")


def test_bytes_of_no_encoding(read_text: Read) -> None:
    content = b"person_id,sex,age_years\n\xff\xfe\xfd\xfc\x80,f,70\n"
    expect_unreadable(lambda: read_text(content), "neither UTF-8 nor GBK", "byte")


def test_a_zero_byte_far_into_the_file(read_text: Read) -> None:
    content = GOOD.encode() + b"b,f,70\n" * 2000 + b"c\x00,f,70\n"
    expect_unreadable(lambda: read_text(content), "is not text", f"byte {len(content) - 6}")


def test_a_large_file_of_another_encoding_is_to_be_recoded_first(
    read_text: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MOST_BYTES_RECODED", 10)
    table = "person_id,sex,age_years\n张三,女,70\n"
    expect_unreadable(lambda: read_text(table, encoding="gbk"), "too large", "iconv -f GB18030 -t UTF-8")


def test_empty_rows_are_left_out_and_rows_keep_their_number(read_text: Read) -> None:
    reading = read_text("person_id,sex,age_years,note\na,f,70,\n\n,,,\nb,m,710,x\n\n")
    assert reading.frame.collect()["person_id"].to_list() == ["a", "b"]
    assert reading.rows == 2
    assert [(notice.kind, notice.count) for notice in reading.notices if notice.kind == "empty_rows"] == [
        ("empty_rows", 3)
    ]
    assert [refusal.row for refusal in reading.refusals] == [4]


def test_columns_without_a_name_are_called_by_their_place(read_text: Read) -> None:
    reading = read_text("person_id,sex,age_years,,\na,f,70,x,\n")
    assert reading.carried == ("column_4", "column_5")
    assert any(notice.kind == "unnamed_columns" for notice in reading.notices)


def test_blank_lines_before_the_header(read_text: Read) -> None:
    assert read_text("\n\n" + GOOD).frame.collect().rows() == [("a", "female", 70.0)]


def test_very_long_cells(read_text: Read) -> None:
    note = "长" * 300_000
    reading = read_text(f"person_id,sex,age_years,{'n' * 200_000}\na,f,70,{note}\n")
    assert reading.frame.collect().row(0)[-1] == note


def test_a_sheet_of_a_file_without_sheets(read_text: Read) -> None:
    expect_unreadable(lambda: read_text(GOOD, sheet="people"), "no sheets", "Leave it out", error=InputError)


def test_strict_refuses_the_whole_file_and_lists_why(read_text: Read) -> None:
    table = "person_id,sex,age_years,grip_kg\na,f,70,315\nb,f,701,20\n"
    with pytest.raises(InputError) as caught:
        read_text(table, strict=True)
    english, chinese = in_language(caught.value, "en"), in_language(caught.value, "zh")
    assert english.splitlines()[0].startswith("2 values were refused")
    assert "person a, row 1: grip_kg = 315" in english
    assert "person b, row 2: age_years = 701" in english
    assert "人员 b，第2行：age_years = 701" in chinese
    assert read_text(GOOD, strict=True).refusals == ()


def test_a_long_list_of_refusals_is_cut_in_the_error(read_text: Read) -> None:
    table = "person_id,sex,age_years\n" + "".join(f"p{number},f,500\n" for number in range(250))
    with pytest.raises(InputError, match="250 values were refused") as caught:
        read_text(table, strict=True)
    assert str(caught.value).splitlines()[-1] == "and 50 more"
    assert in_language(caught.value, "zh").splitlines()[-1] == "另有50个"


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    (tmp_path / "people.csv").write_text(GOOD)
    monkeypatch.setattr(Path, "open", fail)
    expect_unreadable(
        lambda: read_table(tmp_path / "people.csv"), "cannot be opened (Input/output error)", "try again"
    )
