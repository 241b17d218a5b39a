"""What a cell means: missing, a value, or refused. One row of a table a case."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from myosteon.readers.reading import Reading
from myosteon.readers.table import parse_sex_codes, read_frame

Read = Callable[..., Reading]


def values(reading: Reading, measure: str) -> list[Any]:
    return reading.frame.collect()[measure].to_list()


@pytest.mark.parametrize("cell", ["", "NA", "na", "NaN", "nan", "null", "NULL", ".", "  ", " NA ", "　"])
@pytest.mark.parametrize(
    "column", ["grip_kg", "falls_12m", "fracture_hip", "mass_method", "visit_date", "medications"]
)
def test_words_for_unknown_are_unknown_in_every_type(read_column: Read, column: str, cell: str) -> None:
    reading = read_column(column, cell)
    assert values(reading, column) == [None]
    assert reading.refusals == ()


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("27.5", 27.5),
        ("27", 27.0),
        (" 27.5 ", 27.5),
        ("0", 0.0),
        ("110", 110.0),
        ("2.75e1", 27.5),
        (".5", 0.5),
        ("+3", 3.0),
    ],
)
def test_numbers(read_column: Read, cell: str, number: float) -> None:
    reading = read_column("grip_kg", cell)
    assert values(reading, "grip_kg") == [number]
    assert reading.refusals == ()


@pytest.mark.parametrize(
    ("column", "cell", "kind"),
    [
        ("grip_kg", "315", "impossible"),
        ("grip_kg", "-0.1", "impossible"),
        ("grip_kg", "110.1", "impossible"),
        ("grip_kg", "inf", "impossible"),
        ("grip_kg", "999", "impossible"),
        ("t_score_total_hip", "-25", "impossible"),
        ("sarc_f_falls", "1.5", "not_whole"),
        ("grip_kg", "abc", "not_a_number"),
        ("grip_kg", "true", "not_a_number"),
        ("grip_kg", "120/80", "not_a_number"),
        ("grip_kg", "N/A", "not_a_number"),
        ("grip_kg", "12,5", "decimal_comma"),
        ("grip_kg", "1,000.5", "decimal_comma"),
        ("grip_kg", "２８", "full_width_digits"),
        ("grip_kg", "２８．５", "full_width_digits"),
        ("t_score_total_hip", "−2.5", "other_minus"),
        ("grip_kg", "28 kg", "unit_in_cell"),
        ("grip_kg", "28kg", "unit_in_cell"),
        ("grip_kg", "28公斤", "unit_in_cell"),
        ("crp_mg_l", "<5", "limit"),
        ("crp_mg_l", "≤ 0.5", "limit"),
        ("fracture_hip", "maybe", "not_yes_or_no"),
        ("fracture_hip", "2", "not_yes_or_no"),
        ("fracture_hip", "y", "not_yes_or_no"),
        ("fracture_hip", "有", "not_yes_or_no"),
        ("fracture_hip", "unknown", "not_yes_or_no"),
        ("mass_method", "mri", "unknown_word"),
        ("mass_method", "dexa", "unknown_word_near"),
        ("mass_method", "1", "unknown_word"),
        ("visit_date", "20/11/2026", "not_a_date"),
        ("visit_date", "2026-02-30", "not_a_date"),
        ("visit_date", "2026-1-5", "not_a_date"),
        ("visit_date", "20261120", "not_a_date"),
        ("visit_date", "2026-11-20T08:30:00Z", "not_a_date"),
        ("visit_date", "２０２６-11-20", "not_a_date"),
    ],
)
def test_refused_cells_become_unknown_and_are_named(
    read_column: Read, column: str, cell: str, kind: str
) -> None:
    reading = read_column(column, cell, "")
    assert values(reading, column) == [None, None]
    (refusal,) = reading.refusals
    assert (refusal.person_id, refusal.row, refusal.column, refusal.value) == ("p1", 1, column, cell)
    assert refusal.kind == kind
    for language in ("en", "zh"):
        line = refusal.describe(language)
        for part in ("p1", column, cell):
            assert part in line
    assert refusal.remedy_en in refusal.describe("en")
    assert refusal.remedy_zh in refusal.describe("zh")


def test_the_range_stands_in_the_message(read_column: Read) -> None:
    (refusal,) = read_column("grip_kg", "315").refusals
    assert "0 to 110 kg" in refusal.describe("en")
    assert "0～110 kg" in refusal.describe("zh")


def test_a_refused_value_leaves_the_rest_of_its_row(read_text: Read) -> None:
    reading = read_text("person_id,sex,age_years,grip_kg,gait_speed_m_s\na,f,70,315,0.8\n")
    assert reading.frame.collect().rows() == [("a", "female", 70.0, None, 0.8)]
    assert reading.rows == 1


@pytest.mark.parametrize("cell", ["true", "TRUE", "True", "yes", "Yes", "1", "1.0", "是", " yes "])
def test_yes(read_column: Read, cell: str) -> None:
    assert values(read_column("fracture_hip", cell), "fracture_hip") == [True]


@pytest.mark.parametrize("cell", ["false", "FALSE", "no", "No", "0", "0.0", "否"])
def test_no(read_column: Read, cell: str) -> None:
    assert values(read_column("fracture_hip", cell), "fracture_hip") == [False]


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("female", "female"),
        ("Male", "male"),
        ("F", "female"),
        ("m", "male"),
        ("女", "female"),
        ("男", "male"),
        (" f ", "female"),
    ],
)
def test_words_for_sex(read_sex: Read, cell: str, sex: str) -> None:
    reading = read_sex(cell)
    assert values(reading, "sex") == [sex]
    assert reading.frame.collect_schema()["sex"] == pl.Enum(["female", "male"])


@pytest.mark.parametrize("cell", ["1", "2", "0", "1.0"])
def test_numbers_for_sex_are_refused_without_their_meaning(read_sex: Read, cell: str) -> None:
    reading = read_sex(cell)
    assert values(reading, "sex") == [None]
    (refusal,) = reading.refusals
    assert refusal.kind == "sex_code"
    assert "--sex-codes 1=male,2=female" in refusal.remedy_en
    assert "--sex-codes 1=male,2=female" in refusal.remedy_zh


def test_numbers_for_sex_with_their_meaning(read_sex: Read) -> None:
    reading = read_sex("1", "2", "1.0", "f", "3", "NA", sex_codes=parse_sex_codes("1=male,2=female"))
    assert values(reading, "sex") == ["male", "female", "male", "female", None, None]
    assert [(refusal.value, refusal.kind) for refusal in reading.refusals] == [("3", "sex_code")]


def test_category_words_in_any_case(read_column: Read) -> None:
    reading = read_column("mass_method", "dxa", "DXA", "Bia", " estimated ")
    assert values(reading, "mass_method") == ["dxa", "dxa", "bia", "estimated"]


def test_dates(read_column: Read) -> None:
    reading = read_column("visit_date", "2026-11-20", "2026-11-20 00:00:00", "2024-02-29T08:30", "NA")
    day = datetime.date(2026, 11, 20)
    assert values(reading, "visit_date") == [day, day, datetime.date(2024, 2, 29), None]
    assert reading.refusals == ()


def test_counts_are_whole_numbers(read_column: Read) -> None:
    reading = read_column("falls_12m", "2", "3.0", "NA")
    assert values(reading, "falls_12m") == [2, 3, None]
    assert reading.frame.collect_schema()["falls_12m"] == pl.Int16


def test_text_keeps_its_inside_and_loses_its_outer_blanks(read_column: Read) -> None:
    reading = read_column("medications", " calcium; 华法林 ", "NA")
    assert values(reading, "medications") == ["calcium; 华法林", None]


@pytest.mark.parametrize(
    ("column", "cell", "measure", "value"),
    [
        ("height_in", "65", "height_cm", 165.1),
        ("height_m", "1.1", "height_cm", 110.0),
        ("weight_lb", "150", "weight_kg", 68.0388555),
        ("grip_lb", "100", "grip_kg", 45.359237),
        ("grip_n", "274.5862", "grip_kg", 28.0),
        ("vitamin_d_25oh_nmol_l", "50", "vitamin_d_25oh_ng_ml", 20.032051282),
        ("creatinine_mg_dl", "1", "creatinine_umol_l", 88.4),
        ("ctx_pg_ml", "300", "ctx_ng_ml", 0.3),
        ("alm_g", "15500", "alm_kg", 15.5),
        ("bmd_total_hip_mg_cm2", "800", "bmd_total_hip_g_cm2", 0.8),
    ],
)
def test_another_unit_is_converted_once(
    read_column: Read, column: str, cell: str, measure: str, value: float
) -> None:
    reading = read_column(column, cell)
    assert values(reading, measure) == pytest.approx([value], abs=2e-9)
    (notice,) = [notice for notice in reading.notices if notice.kind == "unit_converted"]
    assert notice.columns == (column,)
    assert measure in notice.text_en
    assert column not in reading.frame.collect_schema()


def test_a_converted_value_on_a_cut_off_is_on_it(read_column: Read) -> None:
    assert values(read_column("grip_n", "274.5862"), "grip_kg") == [28.0]


def test_a_refused_value_is_named_in_the_unit_it_was_given_in(read_column: Read) -> None:
    (refusal,) = read_column("height_m", "162").refusals
    assert (refusal.column, refusal.value) == ("height_m", "162")
    assert "16200 cm" in refusal.reason_en
    assert "90 to 230 cm" in refusal.reason_en
    assert "16200 cm" in refusal.reason_zh


def test_unusual_values_are_kept_and_counted(read_column: Read) -> None:
    reading = read_column("grip_kg", "100", "100", "27", "315")
    assert values(reading, "grip_kg") == [100.0, 100.0, 27.0, None]
    (notice,) = [notice for notice in reading.notices if notice.kind == "unusual"]
    assert (notice.columns, notice.count) == (("grip_kg",), 2)
    assert "grip_kg" in notice.describe("en")
    assert "2个值少见" in notice.describe("zh")


def frame_of(**columns: Any) -> pl.DataFrame:
    size = len(next(iter(columns.values())))
    people = {
        "person_id": [f"p{number}" for number in range(1, size + 1)],
        "sex": ["female"] * size,
        "age_years": [70] * size,
    }
    return pl.DataFrame(people | columns)


def test_nan_of_a_frame_is_unknown() -> None:
    reading = read_frame(frame_of(grip_kg=[float("nan"), 27.5, None]))
    frame = reading.frame.collect()
    assert frame["grip_kg"].to_list() == [None, 27.5, None]
    assert frame["grip_kg"].is_nan().any() is False
    assert reading.refusals == ()


@pytest.mark.parametrize("digits", [0.8, 1.0, 27.5, 0.1, 2.3, 99.9])
def test_a_number_of_four_bytes_is_the_number_that_was_meant(digits: float) -> None:
    reading = read_frame(frame_of(balance_tandem_s=pl.Series([digits % 60], dtype=pl.Float32)))
    assert values(reading, "balance_tandem_s") == [pytest.approx(digits % 60, abs=1e-12)]
    assert values(
        read_frame(frame_of(gait_speed_m_s=pl.Series([0.8], dtype=pl.Float32))), "gait_speed_m_s"
    ) == [0.8]


@pytest.mark.parametrize(
    ("column", "cells", "read", "refused"),
    [
        ("fracture_hip", [1, 0, 7, None], [True, False, None, None], ["7"]),
        ("fracture_hip", [1.0, 0.0, 0.5, float("nan")], [True, False, None, None], ["0.5"]),
        ("falls_12m", [1.0, 2.5, float("nan"), 400.0], [1, None, None, None], ["2.5", "400"]),
        ("grip_kg", [True, None], [None, None], ["true"]),
        ("grip_kg", [[1.0], None], [None, None], ["[…]"]),
        ("grip_kg", [datetime.date(2026, 1, 1), None], [None, None], ["2026-01-01"]),
        ("visit_date", [20261120, None], [None, None], ["20261120"]),
        ("mass_method", [1, None], [None, None], ["1"]),
        ("medications", [["a", "b"], [], None], ["a;b", None, None], []),
    ],
)
def test_columns_of_other_types(column: str, cells: list[Any], read: list[Any], refused: list[str]) -> None:
    reading = read_frame(frame_of(**{column: cells}))
    assert values(reading, column) == read
    assert [refusal.value for refusal in reading.refusals] == refused


def test_decimals_and_times_of_a_frame() -> None:
    cells = {
        "grip_kg": pl.Series(["27.50", "315.00"]).cast(pl.Decimal(10, 2)),
        "visit_date": [datetime.datetime(2026, 11, 20, 8, 30)] * 2,
        "gait_speed_m_s": pl.Series(["0.8", "slow"], dtype=pl.Categorical),
    }
    reading = read_frame(frame_of(**cells))
    assert values(reading, "grip_kg") == [27.5, None]
    assert values(reading, "visit_date") == [datetime.date(2026, 11, 20)] * 2
    assert values(reading, "gait_speed_m_s") == [0.8, None]
    assert [refusal.value for refusal in reading.refusals] == ["315", "slow"]


def test_person_numbers_are_text_without_a_point() -> None:
    frame = frame_of(grip_kg=[1, 2]).with_columns(person_id=pl.Series([1001.0, 1002.0]))
    assert values(read_frame(frame), "person_id") == ["1001", "1002"]


def test_categories_of_other_makes_are_read() -> None:
    words = pl.Series(["bia", "dxa", None, "MRI"], dtype=pl.Categorical)
    reading = read_frame(frame_of(mass_method=words))
    assert values(reading, "mass_method") == ["bia", "dxa", None, None]
    assert [refusal.value for refusal in reading.refusals] == ["MRI"]
    subset = pl.Series(["bia", "dxa"], dtype=pl.Enum(["bia", "dxa"]))
    assert values(read_frame(frame_of(mass_method=subset)), "mass_method") == ["bia", "dxa"]


def test_a_column_without_a_value_is_unknown() -> None:
    reading = read_frame(frame_of(grip_kg=pl.Series([None, None]), fracture_hip=pl.Series([None, None])))
    assert values(reading, "grip_kg") == [None, None]
    assert reading.frame.collect_schema()["fracture_hip"] == pl.Boolean
