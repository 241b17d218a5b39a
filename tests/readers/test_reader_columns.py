"""Which column gives which measure, and what happens to the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from myosteon.errors import ColumnError, InputError
from myosteon.readers.reading import Reading, in_language
from myosteon.readers.table import history_measures, parse_sex_codes, read_rename_map
from myosteon.vocabulary.measures import load_measures

Read = Callable[..., Reading]


def expect_column_error(read: Callable[[], object], *parts: str) -> None:
    with pytest.raises(ColumnError) as caught:
        read()
    for language in ("en", "zh"):
        message = in_language(caught.value, language)
        for part in parts:
            assert part in message
    assert in_language(caught.value, "en") != in_language(caught.value, "zh")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("grip_kg,grip_n", ("grip_kg", "grip_n")),
        ("height_m,height_in", ("height_m", "height_in")),
    ],
)
def test_two_columns_for_one_measure(read_text: Read, header: str, columns: tuple[str, str]) -> None:
    expect_column_error(lambda: read_text(f"sex,age_years,{header}\nf,70,1.6,2\n"), *columns)


def test_two_columns_renamed_to_one(read_text: Read) -> None:
    table = "sex,age_years,left,right\nf,70,20,21\n"
    rename = {"left": "grip_kg", "right": "grip_kg"}
    expect_column_error(lambda: read_text(table, rename=rename), "grip_kg", "left", "right")


def test_a_name_that_stands_there_twice(read_text: Read) -> None:
    expect_column_error(lambda: read_text("sex,age_years,note,note\nf,70,a,b\n"), "note", "2")


def test_missing_columns_are_named_with_what_was_found_and_what_was_perhaps_meant(read_text: Read) -> None:
    expect_column_error(
        lambda: read_text("id,Age,性别,grip_kg\na,70,女,20\n"),
        "sex",
        "age_years",
        "Age",
        "性别 → sex",
        "--rename",
    )


def test_missing_age_alone(read_text: Read) -> None:
    expect_column_error(lambda: read_text("person_id,sex,age\na,f,70\n"), "age → age_years", "--rename")


def test_a_misspelt_name_is_suggested_by_its_letters(read_text: Read) -> None:
    expect_column_error(
        lambda: read_text("person_id,sexx,age_yrs\na,f,70\n"), "sexx → sex", "age_yrs → age_years"
    )


def test_carried_columns_stay_as_they_are(read_text: Read) -> None:
    reading = read_text('person_id,sex,age_years,code,*,empty\na,f,70, 007 ,x,NA\nb,m,71,"8,5",y,\n')
    assert reading.carried == ("code", "*", "empty")
    frame = reading.frame.collect()
    assert [row[3:] for row in frame.rows()] == [(" 007 ", "x", "NA"), ("8,5", "y", None)]
    (notice,) = [notice for notice in reading.notices if notice.kind == "unused"]
    assert notice.columns == ("code", "*", "empty")
    assert "Not used: code" in notice.text_en
    assert "不使用" in notice.text_zh


def test_thousands_of_carried_columns(read_text: Read) -> None:
    names = [f"gene_{number}" for number in range(3000)]
    reading = read_text(f"person_id,sex,age_years,{','.join(names)}\na,f,70,{','.join('1' * 3000)}\n")
    assert len(reading.carried) == 3000
    (notice,) = [notice for notice in reading.notices if notice.kind == "unused"]
    assert "and 2960 more" in notice.text_en
    assert reading.frame.select("age_years", "gene_2999").collect().rows() == [(70.0, "1")]


def test_a_carried_column_that_was_perhaps_meant(read_text: Read) -> None:
    reading = read_text("person_id,sex,age_years,Grip,握力\na,f,70,20,21\n")
    (notice,) = [notice for notice in reading.notices if notice.kind == "perhaps_meant"]
    assert "Grip → grip_kg" in notice.text_en
    assert "握力 → grip_kg" in notice.text_zh
    assert "grip_kg" not in reading.measures


def test_columns_in_any_order_come_out_in_the_order_of_the_vocabulary(read_text: Read) -> None:
    reading = read_text("clinic,grip_kg,age_years,sex,person_id\nx,20,70,f,a\n")
    assert reading.frame.collect().columns == ["person_id", "sex", "age_years", "grip_kg", "clinic"]
    assert reading.measures == ("person_id", "sex", "age_years", "grip_kg")


def test_blanks_around_names_do_not_count(read_text: Read) -> None:
    assert read_text("person_id , sex,age_years\na,f,70\n").measures == ("person_id", "sex", "age_years")


def test_only_person_gets_a_number(read_text: Read) -> None:
    assert read_text("sex,age_years\nf,70\n").frame.collect()["person_id"].to_list() == ["1"]
    assert read_text("person_id,sex,age_years\n,f,70\n").frame.collect()["person_id"].to_list() == ["1"]


def test_several_people_need_a_person_id(read_text: Read) -> None:
    expect_column_error(lambda: read_text("sex,age_years\nf,70\nm,71\n"), "person_id", "2", "--rename")


def test_rows_without_a_person_id_are_listed_and_kept(read_text: Read) -> None:
    reading = read_text("person_id,sex,age_years\na,f,70\n,m,71\nNA,m,72\n")
    assert reading.frame.collect()["age_years"].to_list() == [70.0, 71.0, 72.0]
    assert [(refusal.kind, refusal.row) for refusal in reading.refusals] == [
        ("no_person_id", 2),
        ("no_person_id", 3),
    ]


def test_two_rows_of_one_visit_are_listed_and_kept(read_text: Read) -> None:
    lines = ["a,2026-01-01,70", "a,2026-01-02,71", "a,2026-01-01,72", "b,,73", "b,,74", "a,2026-01-01,75"]
    reading = read_text("\n".join(["person_id,visit_date,age_years,sex", *(f"{line},f" for line in lines)]))
    assert reading.rows == 6
    assert reading.frame.collect().height == 6
    listed = [
        (refusal.kind, refusal.row, refusal.person_id, refusal.visit_date) for refusal in reading.refusals
    ]
    assert listed == [
        ("duplicate_visit", 3, "a", "2026-01-01"),
        ("duplicate_visit", 5, "b", None),
        ("duplicate_visit", 6, "a", "2026-01-01"),
    ]
    assert "person a, visit 2026-01-01, row 3" in reading.refusals[0].describe("en")
    assert "人员 a，就诊 2026-01-01，第3行" in reading.refusals[0].describe("zh")


def test_rename(read_text: Read) -> None:
    table = "编号,性别,年龄,身高（米）\na,女,70,1.6\n"
    rename = {
        "编号": "person_id",
        "性别": "sex",
        "年龄": "age_years",
        "身高（米）": "height_m",
        "体重": "weight_kg",
    }
    reading = read_text(table, rename=rename)
    assert reading.frame.collect().rows() == [("a", "female", 70.0, 160.0)]
    kinds = {notice.kind: notice for notice in reading.notices}
    assert "性别 → sex" in kinds["renamed"].text_en
    assert kinds["rename_not_found"].columns == ("体重",)


def test_a_refusal_names_the_column_as_the_file_does(read_text: Read) -> None:
    reading = read_text("sex,age_years,握力\nf,70,315\n", rename={"握力": "grip_kg"})
    (refusal,) = reading.refusals
    assert refusal.column == "握力"
    assert "grip_kg must lie within 0 to 110 kg" in refusal.reason_en


def test_rename_to_a_name_that_is_not_known(read_text: Read) -> None:
    rename = {"握力": "grip_kgs"}
    expect_column_error(
        lambda: read_text("sex,age_years,握力\nf,70,20\n", rename=rename), "grip_kgs", "grip_kg"
    )


def test_rename_map_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rename.csv"
    path.write_bytes("from,to\n性别,sex\n 年龄 ,age_years\n\n".encode("gbk"))
    assert read_rename_map(path) == {"性别": "sex", "年龄": "age_years"}


@pytest.mark.parametrize(
    "content", ["性别,sex\n", "from,to\n性别\n", "from,to\n性别,\n", "from,to\na,sex\na,age_years\n"]
)
def test_a_bad_rename_map(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rename.csv"
    path.write_text(content, encoding="utf-8")
    expect_column_error(lambda: read_rename_map(path), "rename.csv")


def test_a_rename_map_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "rename.jsonl").write_text('{"from": "a", "to": "sex"}')
    with pytest.raises(InputError, match="not a rename map"):
        read_rename_map(tmp_path / "rename.jsonl")


@pytest.mark.parametrize("given", ["1=male,2=female", "1=m, 2=F", "1=男，2=女"])
def test_sex_codes(given: str) -> None:
    assert parse_sex_codes(given) == {"1": "male", "2": "female"}


@pytest.mark.parametrize("given", ["", "1", "1=man", "=male", "1=male,1=female", "f=male", "male=female"])
def test_bad_sex_codes(given: str) -> None:
    with pytest.raises(InputError, match="--sex-codes 1=male,2=female") as caught:
        parse_sex_codes(given)
    assert "--sex-codes 1=male,2=female" in in_language(caught.value, "zh")


def test_absent_means_no_for_history_alone(read_text: Read) -> None:
    table = "person_id,sex,age_years,ckd,copd,postmenopausal,walk_unable,grip_kg\na,f,70,,yes,,,\nb,f,71,maybe,no,,,\n"
    unfilled = read_text(table).frame.collect()
    assert unfilled["ckd"].to_list() == [None, None]
    assert "fracture_hip" not in unfilled.columns
    reading = read_text(table, absent_means_no=True)
    frame = reading.frame.collect()
    assert frame["ckd"].to_list() == [False, None]  # a word that cannot be read is not an absent one
    assert frame["copd"].to_list() == [True, False]
    assert frame["fracture_hip"].to_list() == [False, False]
    for measured in ("postmenopausal", "walk_unable", "grip_kg"):
        assert frame[measured].to_list() == [None, None]
    (notice,) = [notice for notice in reading.notices if notice.kind == "absent_means_no"]
    assert set(notice.columns) == history_measures()
    assert "--absent-means-no" in notice.text_zh
    assert set(reading.measures) >= history_measures()


def test_what_history_is() -> None:
    history, measures = history_measures(), load_measures()
    assert {"fracture_hip", "ckd", "warfarin", "checkpoint_inhibitor", "rheumatoid_arthritis"} <= history
    never = {
        "postmenopausal",
        "pregnant",
        "walk_unable",
        "chair_stand_unable",
        "walk_400m_completed",
        "milk_daily",
    }
    assert not history & never
    assert all(measures[name].type == "bool" for name in history)
