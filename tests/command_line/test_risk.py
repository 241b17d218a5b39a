"""`myosteon risk` and `assess --risk --strata`: what a clinician reads, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from command_line.door import assert_golden, myosteon
from myosteon.rules.risk.library import risk_algorithms

PEOPLE = """person_id,sex,age_years,height_cm,weight_kg,chair_stand_5x_s,gait_speed_m_s,t_score_total_hip,t_score_femoral_neck,falls_12m,medications,fracture_hip,fracture_vertebral,fracture_proximal_humerus,fracture_distal_forearm,vertebral_fracture_count,genant_max_grade,smoking_category,alcohol_units_day,ethnicity_detail,parent_hip_fracture,parent_osteoporosis
P1,female,78,152,52,16,0.72,-2.6,-2.7,1,omeprazole;sertraline,no,no,no,yes,0,0,never,0,chinese,no,no
P2,male,69,170,70,10,1.1,-0.2,-0.5,0,none,no,no,no,no,,,never,1,chinese,no,no
P3,female,82,150,45,,0.7,-1.9,-1.8,2,,,,,,,,,,,,
P4,female,29,160,95,,1.3,,,0,none,no,no,no,no,,,never,0,white,no,no
"""
# Everything that QFracture-2012 asks for and a health record leaves out where it is no, apart from habits and drugs.
COMPLETE = ("--absent-means-no",)
FLAGS = [
    "b_antidepressant",
    "b_anycancer",
    "b_asthmacopd",
    "b_carehome",
    "b_corticosteroids",
    "b_cvd",
    "b_dementia",
    "b_endocrine",
    "b_epilepsy2",
    "b_falls",
    "b_fracture4",
    "b_hrt_oest",
    "b_liver",
    "b_malabsorption",
    "b_parkinsons",
    "b_ra_sle",
    "b_renal",
    "b_type1",
    "b_type2",
    "fh_osteoporosis",
]
CODES = ("ethrisk", "smoke_cat", "alcohol_cat6")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


@pytest.fixture
def person(tmp_path: Path) -> Path:
    file = tmp_path / "person.csv"
    file.write_text("".join(PEOPLE.splitlines(keepends=True)[:2]), encoding="utf-8")
    return file


def raw_file(folder: Path, *rows: dict[str, object]) -> Path:
    file = folder / "raw.csv"
    usual: dict[str, object] = {
        **dict.fromkeys(FLAGS, 0),
        **dict.fromkeys(CODES, 0),
        "ethrisk": 1,
        "surv": 10,
    }
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, ["case_id", "sex", "age", "bmi", *CODES, *FLAGS, "surv"])
        writer.writeheader()
        writer.writerows({"case_id": place, **usual, **row} for place, row in enumerate(rows, start=1))
    return file


# ---- the list


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_is_the_kept_one(tmp_path: Path, language: str) -> None:
    said = myosteon("risk", "list", folder=tmp_path, language=language)
    assert said.status == 0, said.err
    assert_golden(f"risk_list_{language}.txt", said.out)


def test_the_list_as_csv_and_json_holds_the_same(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(myosteon("risk", "list", "--format", "csv", folder=tmp_path).out)))
    lines = myosteon("risk", "list", "--format", "json", folder=tmp_path).out.splitlines()
    assert [json.loads(line) for line in lines] == rows
    by_id = {row["id"]: row for row in rows}
    assert {id for id, row in by_id.items() if row["state"] != "cannot_run"} == set(risk_algorithms())
    assert by_id["garvan"]["reason"]
    assert by_id["qfracture2012"]["population"].startswith("People aged 30 to 100")
    assert all(row["predicts"] and row["within"] and row["population"] for row in rows)


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    said = myosteon("risk", "list", "--format", "xml", folder=tmp_path)
    assert said.status == 2
    assert "text, json, csv" in said.err


# ---- one algorithm


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("id", ["framo", "qfracture2012"])
def test_one_algorithm_for_a_cohort_is_told_as_kept(
    people: Path, tmp_path: Path, id: str, language: str
) -> None:
    said = myosteon("risk", id, people, folder=tmp_path, language=language)
    assert said.status == 0, said.err
    assert_golden(f"risk_{id}_{language}.txt", said.out)


def test_the_file_holds_its_columns_and_who(people: Path, tmp_path: Path) -> None:
    said = myosteon("risk", "framo", people, "-o", "out.csv", folder=tmp_path)
    assert said.status == 0, said.err
    frame = pl.read_csv(tmp_path / "out.csv")
    assert frame.columns == ["person_id", *risk_algorithms()["framo"].columns]
    # P1 has a broken wrist and weighs 52 kg: two points, in the high band whatever her chair stands (16 s: done).
    assert frame["framo_hip_fracture_percent"].to_list() == [5.4, None, 5.4, None]
    assert frame["framo_outside"].to_list() == [None, "sex;age_years", None, "age_years"]


def test_standard_output_holds_results_only_and_the_notice_stands_beside(
    people: Path, tmp_path: Path
) -> None:
    said = myosteon("risk", "qfracture2012", people, "-o", "-", folder=tmp_path)
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [row["person_id"] for row in rows] == ["P1", "P2", "P3", "P4"]
    assert "ClinRisk" in said.err


def test_a_complete_person_has_both_risks(person: Path, tmp_path: Path) -> None:
    text = person.read_text(encoding="utf-8").splitlines()
    person.write_text(f"{text[0]},glucocorticoid_mg_day,drug\n{text[1]},0,none\n", encoding="utf-8")
    for language in ("en", "zh"):
        said = myosteon("risk", "qfracture2012", person, *COMPLETE, folder=tmp_path, language=language)
        assert said.status == 0, said.err
        assert_golden(f"risk_person_{language}.txt", said.out)
    myosteon("risk", "qfracture2012", person, *COMPLETE, "-o", "ten.csv", folder=tmp_path)
    # A Chinese woman of 78 with a fall, an antidepressant and a broken wrist; the same over raw columns.
    raw = {"sex": "female", "age": 78, "bmi": 52 / 1.52**2, "ethrisk": 8}
    file = raw_file(tmp_path, {**raw, "b_antidepressant": 1, "b_falls": 1, "b_fracture4": 1})
    myosteon("risk", "qfracture2012", file, "--raw", "-o", "raw_out.csv", folder=tmp_path)
    ten, given = (pl.read_csv(tmp_path / name).row(0, named=True) for name in ("ten.csv", "raw_out.csv"))
    for column in ("qfracture_any_percent", "qfracture_hip_percent"):
        assert ten[column] == pytest.approx(given[column], abs=1e-7)


def test_another_horizon_of_qfracture(person: Path, tmp_path: Path) -> None:
    for years in (5, 15):
        said = myosteon(
            "risk", "qfracture2012", person, "--years", years, "-o", f"{years}.csv", folder=tmp_path
        )
        assert said.status == 0, said.err
        assert f"{years} years" in said.out
    five, fifteen = (pl.read_csv(tmp_path / f"{years}.csv") for years in (5, 15))
    low = five["qfracture_any_5_years_percent_at_least"].item()
    assert 0 < low < fifteen["qfracture_any_15_years_percent_at_least"].item()
    assert myosteon("risk", "qfracture2012", person, "--years", 19, folder=tmp_path).status == 2


def test_clamping_is_asked_for_and_said(people: Path, tmp_path: Path) -> None:
    myosteon("risk", "qfracture2012", people, "-o", "a.csv", folder=tmp_path)
    said = myosteon("risk", "qfracture2012", people, "-o", "b.csv", "--clamp-risk-inputs", folder=tmp_path)
    refused, clamped = (pl.read_csv(tmp_path / name).row(3, named=True) for name in ("a.csv", "b.csv"))
    assert refused["qfracture2012_outside"] == "age_years"
    assert refused["qfracture_any_percent_at_least"] is None
    assert clamped["qfracture2012_clamped"] == "age_years"
    assert clamped["qfracture_any_percent_at_least"] > 0
    assert "limit of the range" in said.out


# ---- what is refused


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("garvan", "people.csv"), ("Garvan", "cannot be run", "coefficients")),
        (("frax", "people.csv"), ("cannot be run", "frax_major_percent")),
        (("caroc2010",), ("cannot be run", "from memory")),
        (("nonsense", "people.csv"), ("nonsense", "qfracture2012", "risk list")),
        (("framo",), ("myosteon risk framo FILE",)),
        (("framo", "people.csv", "--years", "5"), ("--years", "qfracture2012 only")),
        (("framo", "people.csv", "--raw"), ("--raw", "qfracture2012 only")),
        (("qfracture2012", "people.csv", "--raw"), ("ethrisk", "missing")),
        (("qfracture2012", "people.csv", "--raw", "--clamp-risk-inputs"), ("--clamp-risk-inputs", "--raw")),
        (("qfracture2012", "nobody.csv", "--raw"), ("nobody.csv", "not there")),
        (("qfracture2012", "people.sav", "--raw"), (".csv", "people.sav")),
        (("framo", "people.csv", "-o", "out.doc"), (".csv", "out.doc")),
    ],
)
def test_what_cannot_be_done_says_why(
    people: Path, tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    said = myosteon("risk", *arguments, folder=tmp_path)
    assert said.status == 2
    assert said.out == ""
    for word in words:
        assert word in said.err


def test_a_refusal_speaks_chinese(people: Path, tmp_path: Path) -> None:
    said = myosteon("risk", "garvan", people, folder=tmp_path, language="zh")
    assert "Garvan计算器（garvan）不可运行：系数和基线风险均未取得。" in said.err


def test_a_refused_value_ends_with_status_3(people: Path, tmp_path: Path) -> None:
    people.write_text(PEOPLE.replace("P1,female,78,152", "P1,female,78,15.2"), encoding="utf-8")
    said = myosteon("risk", "framo", people, folder=tmp_path)
    assert said.status == 3
    for word in ("P1", "height_cm", "15.2"):
        assert word in said.err


# ---- raw columns


def test_raw_rows_are_answered_as_published_and_others_named(tmp_path: Path) -> None:
    file = raw_file(
        tmp_path,
        {"sex": "female", "age": 65, "bmi": 24.977043158861342},
        {"sex": "male", "age": 29, "bmi": 40.01},
        {"sex": "male", "age": "old", "bmi": 24, "b_type1": 1, "b_type2": 1},
        {"sex": "", "age": 70, "bmi": 24},
    )
    said = myosteon("risk", "qfracture2012", file, "--raw", "-o", "out.csv", folder=tmp_path)
    assert said.status == 3
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert float(rows[0]["qfracture_any_percent"]) == pytest.approx(4.551260935, abs=1e-8)
    assert float(rows[0]["qfracture_hip_percent"]) == pytest.approx(1.187593535, abs=1e-8)
    assert [row["qfracture_hip_percent"] for row in rows[1:]] == ["", "", ""]
    assert [row["refused"] for row in rows] == ["", "age;bmi", "age;b_type1;b_type2", "sex"]
    lines = said.err.splitlines()
    assert (
        "case_id 2, age = 29: needs a whole number from 30 to 100; correct it, or leave the row out" in lines
    )
    assert "case_id 2, bmi = 40.01: needs a number from 20 to 40; correct it, or leave the row out" in lines
    assert any(line.startswith("case_id 3, b_type1 = 1: a person has one type") for line in lines)
    assert "case_id 4, sex = empty: needs female or male; correct it, or leave the row out" in lines
    assert "Of 4 rows: answered 1, refused 3." in said.out
    assert "ClinRisk" in said.out


def test_raw_rows_for_another_horizon(tmp_path: Path) -> None:
    file = raw_file(tmp_path, {"sex": "female", "age": 65, "bmi": 25})
    for years in (1, 18):
        said = myosteon(
            "risk", "qfracture2012", file, "--raw", "--years", years, "-o", f"{years}.csv", folder=tmp_path
        )
        assert said.status == 0, said.err
    one, eighteen = (
        pl.read_csv(tmp_path / f"{years}.csv")["qfracture_any_percent"].item() for years in (1, 18)
    )
    assert 0 < one < eighteen


# ---- assess


@pytest.mark.parametrize("language", ["en", "zh"])
def test_assess_tells_risks_and_strata_of_a_cohort(people: Path, tmp_path: Path, language: str) -> None:
    said = myosteon("assess", people, "--risk", "--strata", folder=tmp_path, language=language)
    assert said.status == 0, said.err
    assert_golden(f"assess_risk_{language}.txt", said.out)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_assess_tells_the_risks_of_a_person(person: Path, tmp_path: Path, language: str) -> None:
    said = myosteon("assess", person, "--risk", "--strata", folder=tmp_path, language=language)
    assert said.status == 0, said.err
    assert_golden(f"assess_risk_one_{language}.txt", said.out)


def test_assess_adds_the_columns_of_every_algorithm(people: Path, tmp_path: Path) -> None:
    plain = myosteon("assess", people, "-o", "a.csv", folder=tmp_path)
    said = myosteon("assess", people, "-o", "b.csv", "--risk", folder=tmp_path)
    assert plain.status == said.status == 0, said.err
    without, columns = (set(pl.read_csv(tmp_path / name).columns) for name in ("a.csv", "b.csv"))
    expected = {name for algorithm in risk_algorithms().values() for name in algorithm.columns}
    assert expected <= columns
    assert not expected & without
    assert {"antidepressant", "bone_harming_drug", "fall_risk_drug_classes_count"} <= columns
    assert "creatinine_clearance_cockcroft_gault_ml_min" in columns


def test_results_on_standard_output_have_the_notice_beside_them(people: Path, tmp_path: Path) -> None:
    said = myosteon("assess", people, "--risk", "-o", "-", folder=tmp_path)
    assert "qfracture_any_percent" in said.out.splitlines()[0]
    assert "ClinRisk" in said.err
    assert "ClinRisk" not in myosteon("assess", people, "-o", "-", folder=tmp_path).err


def test_strata_stand_beside_a_named_definition(people: Path, tmp_path: Path) -> None:
    said = myosteon("assess", people, "-d", "awgs2019", "--strata", "-o", "out.csv", folder=tmp_path)
    assert said.status == 0, said.err
    columns = pl.read_csv(tmp_path / "out.csv").columns
    assert {"sarcopenia_awgs2019", "stratum_china2022", "stratum_acr2022_needs"} <= set(columns)
    assert "sarcopenia_ewgsop2019" not in columns
