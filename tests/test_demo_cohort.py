"""The made-up people of the demonstration: same seed same people, plausible, gaps as in life, slips as planted."""

from __future__ import annotations

import copy
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from myosteon.app.demo_cohort import make_demo_cohort, write_demo_cohort
from myosteon.app.demo_numbers import check_demo_numbers, load_demo_numbers
from myosteon.errors import EvidenceError
from myosteon.vocabulary.measures import load_measures

SLIPS = {
    "grip_kg": 315.0,
    "height_cm": 15.8,
    "t_score_lumbar_spine": -25.0,
    "weight_kg": 6.5,
    "gait_speed_m_s": 8.5,
    "calf_circumference_cm": 330.0,
}


@pytest.fixture(scope="module")
def cohort() -> pl.DataFrame:
    return make_demo_cohort()


@pytest.fixture(scope="module")
def many() -> pl.DataFrame:
    """Enough people for means to be sharp, the planted slips taken out."""
    frame = make_demo_cohort(40_000)
    return frame.with_columns(
        pl.when(pl.col(column) == value).then(None).otherwise(pl.col(column)).alias(column)
        for column, value in SLIPS.items()
    )


def mean_of(frame: pl.DataFrame, column: str, sex: str, low: float, high: float) -> float:
    chosen = frame.filter((pl.col("sex") == sex) & pl.col("age_years").is_between(low, high))
    value = chosen[column].mean()
    assert isinstance(value, float)
    return value


# --- the same seed gives the same bytes -------------------------------------------------------------------------


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    write_demo_cohort(first, people=300)
    write_demo_cohort(second, people=300)
    write_demo_cohort(other, people=300, seed=7)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes() != other.read_bytes()


def test_the_file_holds_what_the_frame_holds(tmp_path: Path, cohort: pl.DataFrame) -> None:
    path = tmp_path / "demo.csv"
    write_demo_cohort(path)
    read = pl.read_csv(path, schema_overrides=dict(cohort.schema), null_values="")
    assert read.equals(cohort)
    assert "315" in path.read_text(encoding="utf-8")  # impossible values are written as they are


@pytest.mark.parametrize("people", [0, 1, 3])
def test_few_people_are_enough(people: int) -> None:
    frame = make_demo_cohort(people)
    assert frame.height == people
    assert frame.columns == make_demo_cohort(20).columns


# --- who ----------------------------------------------------------------------------------------------------------


def test_two_thousand_people_two_thirds_women_50_to_95(cohort: pl.DataFrame) -> None:
    assert cohort.height == 2000
    assert cohort["person_id"].n_unique() == 2000
    assert 0.63 < (cohort["sex"] == "female").mean() < 0.70  # type: ignore[operator]
    assert cohort["age_years"].min() >= 50  # type: ignore[operator]
    assert cohort["age_years"].max() <= 95  # type: ignore[operator]
    assert cohort["visit_date"].max().isoformat() <= "2026-11-20"  # type: ignore[union-attr]


def test_columns_are_the_contracts_and_the_clinic(cohort: pl.DataFrame) -> None:
    known = load_measures()
    assert [name for name in cohort.columns if name not in known] == ["clinic"]
    for name in cohort.columns:
        if name == "clinic":
            continue
        measure, dtype = known[name], cohort.schema[name]
        expected = {"float": pl.Float64, "int": pl.Int64, "bool": pl.Boolean, "date": pl.Date}.get(
            measure.type, pl.String
        )
        assert dtype == expected, name
        if measure.words:
            assert set(cohort[name].drop_nulls()) <= set(measure.words), name


# --- distances from the facts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "sex", "ages", "printed", "within"),
    [
        # facts/precision.md 8.2: grip in China, 60-64 and 65-69 (fitness survey 2020), 70-80 (He 2023)
        ("grip_kg", "female", (60, 64), 22.8, 0.7),
        ("grip_kg", "male", (60, 64), 36.5, 1.0),
        ("grip_kg", "female", (65, 69), 21.6, 0.8),
        ("grip_kg", "male", (65, 69), 35.1, 1.4),
        ("grip_kg", "female", (70, 79), 17.5, 1.2),
        ("grip_kg", "male", (70, 79), 28.0, 1.8),
        # facts/precision.md 8: Asian part of NHANES
        ("height_cm", "female", (60, 69), 154.6, 0.6),
        ("height_cm", "male", (60, 69), 166.6, 0.6),
        ("height_cm", "female", (50, 59), 156.2, 0.6),
        ("bmd_femoral_neck_g_cm2", "female", (60, 69), 0.637, 0.012),
        ("bmd_femoral_neck_g_cm2", "male", (60, 69), 0.746, 0.012),
        ("bmd_total_hip_g_cm2", "female", (50, 59), 0.833, 0.015),
        ("bmd_total_hip_g_cm2", "male", (60, 69), 0.933, 0.015),
    ],
)
def test_means_lie_near_the_printed_ones(
    many: pl.DataFrame, column: str, sex: str, ages: tuple[int, int], printed: float, within: float
) -> None:
    assert abs(mean_of(many, column, sex, *ages) - printed) < within


def test_limb_muscle_by_dxa_lies_near_the_asian_part_of_nhanes(many: pl.DataFrame) -> None:
    dxa = many.filter(pl.col("mass_method") == "dxa").with_columns(
        index=pl.col("alm_kg") / (pl.col("height_cm") / 100) ** 2
    )
    assert abs(mean_of(dxa, "index", "female", 50, 59) - 6.12) < 0.15
    assert abs(mean_of(dxa, "index", "male", 50, 59) - 7.79) < 0.2


def test_osteoporosis_and_inability_have_the_printed_size(many: pl.DataFrame) -> None:
    old = many.filter(pl.col("age_years") >= 65).with_columns(
        lowest=pl.min_horizontal("t_score_lumbar_spine", "t_score_femoral_neck", "t_score_total_hip")
    )
    women = old.filter(pl.col("sex") == "female")["lowest"].drop_nulls()
    men = old.filter(pl.col("sex") == "male")["lowest"].drop_nulls()
    assert 0.40 < (women <= -2.5).mean() < 0.60  # type: ignore[operator]  # guideline text: 51.6 % from 65
    assert 0.05 < (men <= -2.5).mean() < 0.16  # type: ignore[operator]  # 10.7 %
    unable = many.filter(pl.col("age_years").is_between(60, 89))["chair_stand_unable"].mean()
    assert 0.026 < unable < 0.204  # type: ignore[operator]  # CHARLS: 2.6 to 20.4 %


@pytest.mark.parametrize(
    ("first", "second", "sign"),
    [
        ("age_years", "grip_kg", -1),
        ("age_years", "gait_speed_m_s", -1),
        ("age_years", "chair_stand_5x_s", 1),
        ("age_years", "bmd_total_hip_g_cm2", -1),
        ("age_years", "creatinine_umol_l", 1),
        ("height_cm", "grip_kg", 1),
        ("grip_kg", "gait_speed_m_s", 1),
        ("gait_speed_m_s", "chair_stand_5x_s", -1),
        ("gait_speed_m_s", "tug_s", -1),
        ("weight_kg", "calf_circumference_cm", 1),
        ("weight_kg", "bmd_total_hip_g_cm2", 1),
        ("alm_kg", "grip_kg", 1),
        ("alm_kg", "calf_circumference_cm", 1),
        ("bmd_femoral_neck_g_cm2", "bmd_total_hip_g_cm2", 1),
        ("bmd_femoral_neck_g_cm2", "bmd_lumbar_spine_g_cm2", 1),
        ("ctx_ng_ml", "p1np_ng_ml", 1),
        ("falls_12m", "gait_speed_m_s", -1),
        ("sarc_f_rise", "chair_stand_5x_s", 1),
        ("fracture_hip", "t_score_total_hip", -1),
        ("cystatin_c_mg_l", "creatinine_umol_l", 1),
    ],
)
def test_correlations_have_the_right_sign_within_a_sex(
    many: pl.DataFrame, first: str, second: str, sign: int
) -> None:
    for sex in ("female", "male"):
        pair = many.filter(pl.col("sex") == sex).select(pl.col(first, second).cast(pl.Float64)).drop_nulls()
        found = pair.select(pl.corr(first, second)).item()
        assert sign * found > 0.02, (sex, found)


def test_t_scores_follow_the_named_references(many: pl.DataFrame) -> None:
    for site, mean, sd in (
        ("femoral_neck", 0.858, 0.120),
        ("total_hip", 0.942, 0.122),
        ("lumbar_spine", 1.047, 0.110),
    ):
        pair = many.select(
            expected=(pl.col(f"bmd_{site}_g_cm2") - mean) / sd, given=pl.col(f"t_score_{site}")
        ).drop_nulls()
        assert pair.height > 5000
        assert pair.select((pl.col("expected") - pl.col("given")).abs().max()).item() <= 0.0500001


# --- gaps as in life ------------------------------------------------------------------------------------------------


def test_village_clinics_have_no_dxa_and_no_blood_markers(cohort: pl.DataFrame) -> None:
    village = cohort.filter(pl.col("clinic").str.starts_with("Village"))
    assert village.height > 500
    for column in ("t_score_total_hip", "bmd_lumbar_spine_g_cm2", "ctx_ng_ml", "vertebral_fracture_count"):
        assert village[column].null_count() == village.height
    assert (village["mass_method"].drop_nulls() == "bia").all()
    hospital = cohort.filter(pl.col("clinic") == "Teaching hospital")
    assert hospital["t_score_total_hip"].null_count() < hospital.height / 5


def test_who_could_not_has_no_time_and_others_have_gaps(cohort: pl.DataFrame) -> None:
    unable = cohort.filter(pl.col("chair_stand_unable"))
    assert unable.height > 50
    assert unable["chair_stand_5x_s"].drop_nulls().len() == 1  # the planted contradiction
    able = cohort.filter(~pl.col("chair_stand_unable"))
    assert 0 < able["chair_stand_5x_s"].null_count() < able.height / 10
    assert cohort.filter(pl.col("walk_unable"))["gait_speed_m_s"].drop_nulls().is_empty()


def test_men_have_no_menopause_and_untreated_people_no_years_of_treatment(cohort: pl.DataFrame) -> None:
    men = cohort.filter(pl.col("sex") == "male")
    assert men["postmenopausal"].null_count() == men.height
    assert men["age_at_menopause_years"].null_count() == men.height
    assert (
        cohort.filter(pl.col("drug") == "none")["drug_years"].null_count() == (cohort["drug"] == "none").sum()
    )
    assert cohort.filter(pl.col("drug") != "none").height > 50


# --- slips and contradictions -----------------------------------------------------------------------------------------


def test_exactly_six_values_are_impossible(cohort: pl.DataFrame) -> None:
    known, found = load_measures(), {}
    for name in cohort.columns:
        measure = known.get(name)
        if measure is None or measure.hard_min is None:
            continue
        outside = cohort.filter((pl.col(name) < measure.hard_min) | (pl.col(name) > measure.hard_max))[
            name
        ].to_list()
        if outside:
            found[name] = outside
    assert found == {name: [value] for name, value in SLIPS.items()}


def test_three_people_contradict_themselves(cohort: pl.DataFrame) -> None:
    timed = cohort.filter(pl.col("chair_stand_unable") & pl.col("chair_stand_5x_s").is_not_null())
    spine = cohort.filter(~pl.col("fracture_vertebral") & (pl.col("vertebral_fracture_count") > 0))
    items = pl.sum_horizontal(
        *(f"sarc_f_{part}" for part in ("strength", "assistance", "rise", "climb", "falls"))
    )
    total = cohort.filter(pl.col("sarc_f_score").is_not_null() & (pl.col("sarc_f_score") != items))
    assert (timed.height, spine.height, total.height) == (1, 1, 1)


def test_the_reader_refuses_the_six_and_keeps_the_rest(tmp_path: Path) -> None:
    read_table = pytest.importorskip("myosteon.readers.table").read_table
    path = tmp_path / "demo.csv"
    write_demo_cohort(path)
    reading = read_table(path)
    assert {refusal.column: float(refusal.value) for refusal in reading.refusals} == SLIPS
    assert reading.frame.collect().height == 2000
    assert reading.carried == ("clinic",)


# --- the data file ------------------------------------------------------------------------------------------------------


@pytest.fixture
def table() -> dict[str, Any]:
    text = (files("myosteon.app") / "demo_cohort.toml").read_text(encoding="utf-8")
    return copy.deepcopy(tomllib.loads(text))


def test_every_source_of_the_data_file_has_a_status(table: dict[str, Any]) -> None:
    for name, source in table["sources"].items():
        assert source["status"] in {"checked", "secondary", "unchecked", "made up"}, name
    assert table["sources"]["made_up"]["text"] == "made up for the demonstration"


@pytest.mark.parametrize("section", ["measure", "answer", "setting", "slip"])
def test_a_number_without_a_source_does_not_load(table: dict[str, Any], section: str) -> None:
    del table[section][0]["source"]
    with pytest.raises(EvidenceError, match="names no source"):
        check_demo_numbers(table)


def test_an_unknown_source_or_factor_does_not_load(table: dict[str, Any]) -> None:
    table["measure"][0]["source"] = ["nowhere"]
    with pytest.raises(EvidenceError, match="height_cm"):
        check_demo_numbers(table)
    table["measure"][0]["source"] = ["made_up"]
    table["measure"][0]["on"] = {"luck": 1.0}
    with pytest.raises(EvidenceError, match="luck"):
        check_demo_numbers(table)


def test_correlations_that_cannot_all_hold_do_not_load(table: dict[str, Any]) -> None:
    table["factors"]["female"][0] = [0.99]
    table["factors"]["female"][1] = [0.99, -0.99]
    with pytest.raises(EvidenceError, match="cannot all hold"):
        check_demo_numbers(table)


def test_shares_must_add_up_to_one(table: dict[str, Any]) -> None:
    table["setting"][0]["share"] += 0.1
    with pytest.raises(EvidenceError, match="add up to"):
        check_demo_numbers(table)


def test_correlations_come_out_as_written() -> None:
    numbers = load_demo_numbers()
    matrix = numbers.correlation["female"]
    assert np.allclose(matrix, matrix.T)
    assert matrix[numbers.factor_names.index("total_hip"), numbers.factor_names.index("femoral_neck")] == 0.87
