"""`myosteon recommendations` and `guidelines questions` through their public door."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from command_line.door import Said, myosteon
from guidance.made_up_corpus import write_corpus

# The three people of the issue: a woman of 78 with vertebral fractures and eGFR 32; a man of 82 after hip fracture of whom little is
# known; a man of 72 on long glucocorticoids.
PEOPLE = """person_id,sex,age_years,postmenopausal,height_cm,weight_kg,t_score_lumbar_spine,t_score_total_hip,fracture_hip,\
fracture_vertebral,vertebral_fracture_count,months_since_last_fracture,creatinine_clearance_ml_min,egfr_ml_min_1_73m2,calcium_mmol_l,\
vitamin_d_25oh_ng_ml,mna_sf_score,glucocorticoid_mg_day,glucocorticoid_months,drug,planned_drug
0417,female,78,yes,152,48,-3.2,-2.7,no,yes,2,8,29,32,2.30,24,10,0,0,none,teriparatide
0418,male,82,,,,,,yes,,,,,,,,,,,,
0419,male,72,,170,70,-1.5,-1.2,no,no,0,,80,78,2.4,30,14,10,12,none,alendronate
"""
DAY = ("--as-of", "2026-11-20")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("recommendations")
    (made / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return made


def ask(folder: Path, *arguments: str, language: str = "en") -> Said:
    said = myosteon("recommendations", "people.csv", *DAY, *arguments, folder=folder, language=language)
    assert said.status == 0, said.err
    return said


def questions(folder: Path, person: str, *arguments: str) -> dict[str, Any]:
    said = ask(folder, "--person", person, "--format", "json", *arguments)
    (line,) = said.out.splitlines()
    table = json.loads(line)
    assert table["person_id"] == person
    return {question["question"]: question for question in table["questions"]}


def test_json_has_the_fields_of_the_contract(folder: Path) -> None:
    answered = questions(folder, "0417", "--absent-means-no", "--not-applied")
    assert len(answered) == 208
    assert sum(len(question["recommendations"]) for question in answered.values()) == 388
    for question in answered.values():
        assert question.keys() >= {
            "question",
            "label",
            "verdict",
            "verdict_all_records",
            "deciding_facts",
            "needs",
        }
        for one in question["recommendations"]:
            assert one.keys() >= {
                "id",
                "action",
                "direction",
                "strength",
                "state",
                "because",
                "needs",
                "mark",
            }
            assert one["source"].keys() >= {"id", "citation"}
            assert bool(one["needs"]) == (one["state"] == "cannot_be_judged")


def test_a_woman_of_78_with_low_kidney_function(folder: Path) -> None:
    answered = questions(folder, "0417", "--absent-means-no")
    first = answered["bone_drug_first_very_high"]
    assert first["verdict"] == "resolved_by_facts"
    assert first["deciding_facts"] == ["creatinine_clearance_ml_min"]
    assert [answer["action"] for answer in first["answers"]] == ["start_anabolic_first"]
    assert [(flip["statement"]["sign"], flip["statement"]["value"]) for flip in first["flips"]] == [("<", 30)]
    assert {one["exclusion_by"] for one in first["removed"]} == {"gate"}
    assert answered["protein_target"]["verdict"] == "disputed"


def test_a_man_of_82_of_whom_little_is_known(folder: Path) -> None:
    answered = questions(folder, "0418")
    assert answered["post_fracture_drug"]["verdict"] in ("agreed", "conditional", "undetermined")
    very_high = answered["bone_drug_first_very_high"]
    assert very_high["verdict"] == "undetermined"
    assert "t_score_total_hip" in very_high["needs"]
    assert "creatinine_clearance_ml_min" in very_high["needs"]


def test_a_man_of_72_on_long_glucocorticoids(folder: Path) -> None:
    answered = questions(folder, "0419", "--absent-means-no")
    assert answered["giop_prescribing_omission"]["verdict"] == "conditional"
    assert answered["calcium_d_before_antiresorptive"]["verdict"] == "agreed"


@pytest.mark.parametrize("person", ["0417", "0418", "0419"])
def test_texts_in_both_languages_name_source_mark_and_what_is_missing(folder: Path, person: str) -> None:
    english = ask(folder, "--person", person).out
    chinese = ask(folder, "--person", person, language="zh").out
    assert "Cannot be said yet" in english
    assert "Ask or measure first" in english
    assert "资料不足，还不能定" in chinese
    assert "先问什么、先测什么" in chinese
    for line in (line for text in (english, chinese) for line in text.splitlines()):
        assert "_" not in line, line
        assert "None" not in line.split(), line
    assert "阴性" not in chinese


def test_the_text_says_that_the_label_and_not_the_guideline_removed_a_drug(folder: Path) -> None:
    said = ask(folder, "--person", "0417", "--absent-means-no", "--question", "bone_drug_first_very_high").out
    text = " ".join(said.split())
    said_so = text.split("Out by a drug's label or plain safety, not by the guideline itself: ")[1]
    assert "Osteoporosis Canada 2023" in said_so.split("(")[0]
    assert "creatinine clearance 29 mL/min (< 30)" in text
    assert "with creatinine clearance ≥ 30 it would be disputed" in text
    asked = ("--person", "0417", "--absent-means-no", "--question", "bone_drug_first_very_high")
    chinese = "".join(ask(folder, *asked, language="zh").out.split())
    assert "因药品说明书或安全要求排除（并非指南本身）" in chinese
    assert "肌酐清除率≥30" in chinese


def test_the_region_orders_and_breaks_nothing(folder: Path) -> None:
    asked = ("--person", "0417", "--absent-means-no", "--question", "vitamin_d_dose")
    at_home, abroad = ask(folder, *asked).out, ask(folder, *asked, "--region", "US").out
    assert "[disputed]" in at_home
    assert "[disputed]" in abroad
    whole = ("--person", "0417", "--absent-means-no", "--question", "bone_drug_first_high_risk")
    chinese, american = ask(folder, *whole).out, ask(folder, *whole, "--region", "US").out
    assert sorted(chinese.split()) == sorted(american.split())


def test_what_was_not_applied_is_listed_with_why(folder: Path) -> None:
    said = ask(folder, "--person", "0417", "--absent-means-no", "--not-applied").out
    text = " ".join(said.split())
    assert "Recommendations that were not applied" in text
    assert "[excluded] creatinine clearance 29 mL/min (< 35)" in text
    assert "[replaced by a newer edition]" in text


def test_html_is_one_file_of_its_own(folder: Path) -> None:
    for language, word in (("en", "disputed"), ("zh", "有争议")):
        page = ask(folder, "--person", "0417", "--format", "html", "--absent-means-no", language=language).out
        assert page.count("<!doctype html>") == 1
        assert word in page
        for fetched in ("http://", "https://", "<script", "<link", "@import"):
            assert fetched not in page


def test_a_cohort_is_counted(folder: Path) -> None:
    table = json.loads(ask(folder, "--summary", "--format", "json").out)
    assert table["people"] == 3
    for row in table["recommendations"]:
        assert sum(row[state] for state in ("applies", "excluded", "does_not_apply", "cannot_be_judged")) == 3
    rows = list(csv.DictReader(io.StringIO(ask(folder, "--summary", "--format", "csv").out)))
    assert len(rows) == 388
    between = ("--question", "treatment_threshold", "--between", "china2022_op", "es2019")
    said = " ".join(ask(folder, "--summary", *between).out.split())
    assert "China osteoporosis guideline 2022 says do; Endocrine Society 2019 does not ask for it" in said


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--format", "html"), "the file holds 3 people"),
        (("--person", "9"), "nobody in the file fits"),
        (("--person", "0417", "--question", "which"), "no question is called which"),
        (("--person", "0417", "--format", "pdf"), "choose one of text, json, html"),
        (("--summary", "--between", "es2019", "acp2023"), "--between compares two sources on one question"),
        (("--summary", "--question", "lifestyle", "--between", "x", "es2019"), "no source is called x"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_remedy(
    folder: Path, arguments: tuple[str, ...], why: str
) -> None:
    said = myosteon("recommendations", "people.csv", *DAY, *arguments, folder=folder)
    assert said.status == 2
    assert why in said.err


def test_a_hospital_has_a_corpus_of_its_own(folder: Path, tmp_path: Path) -> None:
    write_corpus(
        tmp_path,
        [
            {"id": "one.give", "statement_en": "Give our drug.", "applies_when": "age_years >= 80"},
            {"id": "two.not", "source_id": "two", "direction": "against", "applies_when": 'sex == "male"'},
        ],
    )
    said = ask(folder, "--person", "0418", "--corpus", str(tmp_path)).out
    assert "Give our drug." in said
    assert "Which drug? [disputed]" in said
    assert "208" not in said
    listed = myosteon("guidelines", "questions", "--corpus", tmp_path, "--format", "json", folder=folder)
    assert [question["question"] for question in json.loads(listed.out)["questions"]] == ["drug"]
    (tmp_path / "records.csv").write_text("id\n", encoding="utf-8")
    refused = myosteon(
        "recommendations", "people.csv", "--person", "0418", "--corpus", tmp_path, folder=folder
    )
    assert refused.status == 2
    assert "records.csv: the column question" in refused.err


def test_the_questions_are_listed_with_how_far_they_were_read(folder: Path) -> None:
    table = json.loads(myosteon("guidelines", "questions", "--format", "json", folder=folder).out)
    assert len(table["questions"]) == 208
    assert len(table["sources"]) == 101
    said = myosteon("guidelines", "questions", folder=folder, language="zh").out
    assert "极高风险首选" in "".join(said.split())
