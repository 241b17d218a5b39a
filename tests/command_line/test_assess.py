"""`myosteon assess` from file to file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pytest

from command_line.door import assert_golden, myosteon

PEOPLE = """person_id,sex,age_years,grip_kg,chair_stand_5x_s,gait_speed_m_s,height_cm,weight_kg,alm_kg,mass_method,t_score_femoral_neck,fracture_hip,note
P1,female,78,17,16,0.72,152,52,,,-2.7,false,seen at home
P2,male,69,33,10,1.1,170,70,22,dxa,-0.5,no,
P3,女,71,15.5,,0.7,150,45,11.5,bia,-1.8,是,
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


def test_a_file_becomes_a_file_with_every_verdict(people: Path, tmp_path: Path) -> None:
    said = myosteon("assess", people, "-o", "out.csv", folder=tmp_path)
    assert said.status == 0, said.err
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert [row["person_id"] for row in rows] == ["P1", "P2", "P3"]
    assert rows[0]["sarcopenia_awgs2019"] == "possible"
    assert rows[0]["sarcopenia_awgs2019_upto"] == "severe"
    assert rows[0]["sarcopenia_awgs2019_needs"] == "alm_kg;mass_method"
    assert rows[0]["bone_who"] == "osteoporosis"
    assert rows[1]["sarcopenia_awgs2019"] == "none"
    assert rows[1]["sarcopenia_awgs2019_needs"] == ""
    assert rows[2]["sarcopenia_awgs2019"] == "severe"
    assert rows[2]["osteosarcopenia_awgs2019"] == "true"
    assert rows[0]["note"] == "seen at home"
    assert "note" in said.err


def test_the_summary_is_the_kept_one(people: Path, tmp_path: Path) -> None:
    for language in ("en", "zh"):
        said = myosteon("assess", people, folder=tmp_path, language=language)
        assert said.status == 0
        assert_golden(f"assess_three_people_{language}.txt", said.out)


def test_one_person_is_told_verdict_by_verdict(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("sex,age_years,grip_kg\nfemale,72,15\n", encoding="utf-8")
    for language in ("en", "zh"):
        assert_golden(
            f"assess_one_{language}.txt",
            myosteon("assess", "one.csv", folder=tmp_path, language=language).out,
        )


@pytest.mark.parametrize("extension", ["csv", "tsv", "jsonl", "parquet", "xlsx"])
def test_every_extension_holds_the_same_verdicts(people: Path, tmp_path: Path, extension: str) -> None:
    said = myosteon("assess", people, "-o", f"out.{extension}", "--columns", "contract", folder=tmp_path)
    assert said.status == 0, said.err
    file = tmp_path / f"out.{extension}"
    readers = {
        "csv": pl.read_csv,
        "tsv": lambda path: pl.read_csv(path, separator="\t"),
        "jsonl": pl.read_ndjson,
        "parquet": pl.read_parquet,
        "xlsx": pl.read_excel,
    }
    frame = readers[extension](file)
    assert frame["sarcopenia_awgs2019"].cast(pl.String).to_list() == ["possible", "none", "severe"]


def test_results_on_standard_output_are_nothing_but_results(people: Path, tmp_path: Path) -> None:
    said = myosteon("assess", people, "-o", "-", "--results-only", folder=tmp_path)
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [row["person_id"] for row in rows] == ["P1", "P2", "P3"]
    assert "grip_kg" not in rows[0]


def test_chosen_definitions_only(people: Path, tmp_path: Path) -> None:
    said = myosteon("assess", people, "-o", "out.csv", "-d", "awgs2019", "-d", "bone_who", folder=tmp_path)
    assert said.status == 0, said.err
    header = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert "sarcopenia_awgs2019" in header
    assert "bone_who" in header
    assert not [name for name in header if "ewgsop" in name]


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_other_engines_write_the_same_file(people: Path, tmp_path: Path, engine: str) -> None:
    for name in ("polars", engine):
        said = myosteon("assess", people, "-o", f"{name}.csv", "--engine", name, folder=tmp_path)
        assert said.status == 0, said.err
    assert (tmp_path / f"{engine}.csv").read_text() == (tmp_path / "polars.csv").read_text()


def test_every_criterion_on_request(people: Path, tmp_path: Path) -> None:
    myosteon("assess", people, "-o", "out.parquet", "--columns", "all", folder=tmp_path)
    frame = pl.read_parquet(tmp_path / "out.parquet")
    assert frame["grip_weak_awgs2019"].to_list() == [True, False, True]
    assert frame["mass_low_awgs2019"].to_list() == [None, False, True]


def test_a_report_is_one_file_without_a_network(people: Path, tmp_path: Path) -> None:
    said = myosteon("assess", people, "--report", "report.html", folder=tmp_path)
    assert said.status == 0, said.err
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "AWGS 2019" in page
    assert 'src="http' not in page


def test_an_estimated_mass_is_judged_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(
        "sex,age_years,grip_kg,height_cm,alm_kg,mass_method\nfemale,72,15,150,11,estimated\n",
        encoding="utf-8",
    )
    for options, expected in (((), "possible"), (("--accept-estimated-mass",), "confirmed")):
        said = myosteon("assess", "one.csv", "-o", "-", "--columns", "contract", *options, folder=tmp_path)
        row = next(csv.DictReader(io.StringIO(said.out)))
        assert row["sarcopenia_awgs2019"] == expected


def test_a_t_score_is_computed_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(
        "sex,age_years,bmd_femoral_neck_g_cm2,dxa_maker\nfemale,72,0.558,hologic\n", encoding="utf-8"
    )
    for options, expected in (((), ""), (("--t-scores-by", "nhanes3"), "osteoporosis")):
        said = myosteon("assess", "one.csv", "-o", "-", *options, folder=tmp_path)
        assert next(csv.DictReader(io.StringIO(said.out)))["bone_who"] == expected


def test_children_are_in_no_prevalence(tmp_path: Path) -> None:
    (tmp_path / "two.csv").write_text(
        "person_id,sex,age_years,grip_kg\na,female,9,10\nb,female,70,30\n", encoding="utf-8"
    )
    said = myosteon("assess", "two.csv", folder=tmp_path)
    assert "1 people under 18" in said.out
