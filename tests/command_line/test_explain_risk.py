"""`myosteon explain` of risks and strata through the door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_line.door import myosteon

PEOPLE = """person_id,sex,age_years,height_cm,weight_kg,smoking_category,alcohol_units_day,falls_12m,ethnicity_detail,glucocorticoid_mg_day,antidepressant,systemic_lupus,parent_osteoporosis,drug,lives_in_care_home,t_score_total_hip
P1,female,78,152,52,light,0,1,chinese,0,no,no,no,none,no,-2.7
P2,male,69,170,50,,,,,,,,,,,
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


def test_a_risk_is_explained_by_its_column(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        *("explain", people, "--person", "P1", "--verdict", "qfracture_hip_percent", "--absent-means-no"),
        folder=tmp_path,
    )
    assert said.status == 0, said.err
    assert said.out.startswith("Risk of hip fracture, QFracture-2012: ")
    for title in ("About this figure", "Licence notice", "How it comes about", "What if", "Sources"):
        assert f"\n{title}\n" in said.out
    assert "Not smoking" in said.out
    assert "Not recorded and read as no:" in said.out


def test_an_algorithm_is_explained_by_every_answer(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        *("explain", people, "--person", "P1", "--risk", "qfracture2012", "--format", "json"), folder=tmp_path
    )
    assert said.status == 0, said.err
    tables = [json.loads(line) for line in said.out.splitlines()]
    assert [table["verdict"] for table in tables] == ["qfracture_any_percent", "qfracture_hip_percent"]
    assert {table["risk"]["algorithm"] for table in tables} == {"qfracture2012"}
    assert all(table["what_if"] for table in tables)


def test_a_stratum_is_explained_with_its_ladder_and_what_changes_it(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        *("explain", people, "--person", "P1", "--verdict", "stratum_china2022", "--lang", "zh"),
        folder=tmp_path,
    )
    assert said.status == 0, said.err
    assert said.out.startswith("中国2022分层：")
    assert "未知各项，分别按最好与最坏计算" in said.out


def test_who_is_refused_is_told_why_in_chinese_too(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        *("explain", people, "--person", "P2", "--risk", "qfracture2012", "--lang", "zh"), folder=tmp_path
    )
    assert "体质指数（BMI）：17.30 kg/m²；适用范围为20～40 kg/m²" in said.out
    assert "不适用于此人，不给数字" in said.out
    assert "数字如何得出" not in said.out


def test_a_clamped_input_gives_a_figure_that_says_so(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        *("explain", people, "--person", "P2", "--verdict", "qfracture_hip_percent", "--clamp-risk-inputs"),
        folder=tmp_path,
    )
    assert "Taken at the limit of the range: body mass index." in said.out


def test_a_page_is_written(people: Path, tmp_path: Path) -> None:
    file = tmp_path / "risk.html"
    said = myosteon(
        *("explain", people, "--person", "P1", "--risk", "framo", "--format", "html", "-o", file),
        folder=tmp_path,
    )
    assert said.status == 0, said.err
    assert '<figure class="fall">' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--risk", "garvan"), "Neither coefficients nor baseline risk were obtained"),
        (("--risk", "nonsense"), "no risk algorithm is called nonsense"),
        (("--risk", "lee", "--verdict", "lee_score"), "leave one of them out"),
        (("--risk", "lee", "--why-differ"), "leave one of them out"),
        (("--verdict", "nonsense"), "there is no column nonsense"),
    ],
)
def test_what_cannot_be_explained_is_said(
    people: Path, tmp_path: Path, options: tuple[str, ...], fault: str
) -> None:
    said = myosteon("explain", people, "--person", "P1", *options, folder=tmp_path)
    assert said.status == 2
    assert fault in said.err


def test_a_column_on_the_way_to_a_risk_is_explained_as_any_other(people: Path, tmp_path: Path) -> None:
    said = myosteon(
        *("explain", people, "--person", "P1", "--verdict", "framo_points_weight", "--format", "json"),
        folder=tmp_path,
    )
    assert json.loads(said.out)["value"] == 1


def test_explaining_diagnoses_loads_no_risk(people: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from myosteon.app.explanation import Question, answer_question; "
        "from myosteon.app.reading_options import ReadingOptions; "
        f"answer_question(Question(Path({str(people)!r}), 'P1', None, 'bone_who', None, False, 'text', None, "
        "ReadingOptions(None, None, False, False, None), (False, '', False), 'en')); "
        "print(any('risk' in name and name.startswith('myosteon.rules') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.splitlines()[-1] == "False", done.stderr
