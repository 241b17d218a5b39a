"""Each line of a plan names the recommendations that say the same; what guidelines dispute stands at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from care.caring import WELL
from care.living_people import random_people
from care.worked_people import worked_people, write_people, write_treatments
from command_line.door import Said, myosteon
from engines import canonical_people
from guidance.made_up_corpus import write_corpus
from myosteon.app.guidance_run import GuidanceRunner
from myosteon.app.plan_run import Planner
from myosteon.evidence.care_load import care_of_region
from myosteon.evidence.care_types import Line
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.evidence.corpus_disputes import load_disputes
from myosteon.outputs.plan_json import PlanWriter, plan_table
from myosteon.outputs.plan_types import Plan
from myosteon.outputs.plan_view import view_plan
from myosteon.rules.guideline import Settings

AS_OF = date(2026, 11, 20)
LINES: Mapping[str, Line] = {line.id: line for one in care_of_region("") for line in one.lines}
# Kidneys of stage 3 in a woman at risk of malnutrition: the protein of three guidelines differs.
KIDNEY: Mapping[str, object] = {
    **WELL,
    "egfr_ml_min_1_73m2": 45.0,
    "ckd": True,
    "mna_sf_score": 9,
    "t_score_lumbar_spine": -2.8,
    "vitamin_d_25oh_ng_ml": 15.0,
    "drug": "none",
}


@cache
def runner() -> GuidanceRunner:
    return GuidanceRunner(Settings())


@cache
def planner(language: Any = "en") -> Planner:
    return Planner(clinic_of_tier(3), AS_OF, language, Settings())


def people(of: list[dict[str, object]]) -> pl.DataFrame:
    return canonical_people([{**person, "person_id": f"{place:06d}"} for place, person in enumerate(of)])


def plan_of(person: Mapping[str, object], language: Any = "en") -> Plan:
    (plan,) = planner(language).plans(people([dict(person)]))
    return plan


# ---- the files


def test_every_recommendation_that_a_line_names_is_a_record() -> None:
    named = {id for line in LINES.values() for id in line.recommendations}
    assert named - runner().corpus.by_id.keys() == set()
    assert len(named) > 150
    assert sum(bool(line.recommendations) for line in LINES.values()) > 170


def test_a_line_without_one_cites_a_fact() -> None:
    for line in LINES.values():
        assert line.recommendations or any(source.paper.citation for source in line.sources), line.id


def test_a_line_names_no_record_of_the_other_opinion() -> None:
    """A line that orders or offers names a record against only where both were read and say the same."""
    read = {
        ("option_romosozumab_acr", "acr2022.romo_last"),  # only where others are not tolerated
        ("option_raloxifene", "acr2022.romo_last"),
        ("diabetes_medicines", "ada2024.tzd"),  # replace the glitazone: do not go on with it
        ("protein_kidney_moderate", "kdigo2024.protein_max"),  # not more than 1.3
    }
    found = {
        (line.id, id)
        for line in LINES.values()
        if line.status in ("do", "offer")
        for id in line.recommendations
        if runner().corpus.by_id[id].direction == "against"
    }
    assert found <= read, found - read


def test_whoever_quotes_names_whom() -> None:
    for line in LINES.values():
        assert line.recommendations or not line.quotes, line.id


# ---- states


def test_the_states_at_lines_are_those_of_the_recommendations() -> None:
    """The plain reading of each person (guidance) against the columns that a plan is made of."""
    made = people(random_people(25, seed=20261121))
    compared = 0
    facts = runner().judge(made).iter_rows(named=True)
    for plan, known in zip(planner().plans(made), facts, strict=True):
        states = {one.record.id: one.state for answer in runner().answers(known) for one in answer.states}
        for line in plan.lines:
            for told in line.recommendations:
                assert told.state == states[told.id], (plan.person_id, line.id, told.id)
                compared += 1
    assert compared > 500


def test_a_line_that_only_quotes_those_that_do_not_hold_is_kept_out_and_says_why() -> None:
    stood = 0
    made = people(random_people(30, seed=7))
    for plan in planner().plans(made):
        for one in plan.suppressed:
            if one.reason:
                assert LINES[one.id].quotes
                assert one.state in ("excluded", "does_not_apply")
        for line in plan.lines:
            if line.id in LINES and LINES[line.id].quotes:
                stood += 1
                states = {told.state for told in line.recommendations}
                assert states & {"applies", "cannot_be_judged"}, line.id
    assert stood > 0


def test_with_no_kidney_disease_of_its_own_a_position_is_gone() -> None:
    """KDIGO on more protein asks for 65 years or more: at 60 the line that quotes it is kept out, and listed."""
    weak = {**KIDNEY, "grip_kg": 14.0, "alm_kg": 10.0, "gait_speed_m_s": 0.6, "postmenopausal": True}
    old, younger = plan_of(weak), plan_of({**weak, "age_years": 60.0})
    id = "protein_position_kdigo_more"
    assert id in {line.id for line in old.lines}
    assert id not in {line.id for line in younger.lines}
    (out,) = [one for one in younger.suppressed if one.id == id]
    assert out.state == "does_not_apply"
    assert "KDIGO" in out.reason
    graph = planner().assessor.graph
    view = view_plan(younger, graph, suppressed=True)
    assert any("KDIGO" in item.text and "not about this person" in item.text for item in view.suppressed)


# ---- disputes


def test_disputed_questions_are_those_of_the_verdicts() -> None:
    """The quick way over columns against the verdict on every question, person by person."""
    made = people(random_people(25, seed=3))
    found = 0
    facts = runner().judge(made).iter_rows(named=True)
    for plan, known in zip(planner().plans(made), facts, strict=True):
        answers = runner().answers(known)
        verified = {a.question.id for a in answers if a.verified.kind == "disputed"}
        every = {a.question.id for a in answers if a.all_records.kind == "disputed"}
        assert plan.disputed is not None
        assert {one.id for one in plan.disputed if one.verified} == verified
        assert {one.id for one in plan.disputed if not one.verified} == every - verified
        found += len(plan.disputed)
    assert found > 20


def test_both_sides_stand_with_who_says_so_and_what_would_settle_it() -> None:
    (protein,) = [one for one in plan_of(KIDNEY).disputed or () if one.id == "protein_target"]
    sides = {side.action: {told.source for told in side.said_by} for side in protein.sides}
    assert sides["protein_0_8"] == {"kdigo2024"}
    assert sides["protein_1_2_to_1_5"] >= {"espen2014"}
    assert "eGFR" in protein.settled_by


def test_no_dose_on_which_guidelines_disagree_is_ordered() -> None:
    made = people([dict(KIDNEY), *random_people(30, seed=11)])
    offered = 0
    for plan in planner().plans(made):
        records = {
            told.id
            for one in plan.disputed or ()
            if one.verified and one.about == "care"
            for side in one.sides
            for told in side.said_by
        }
        for line in plan.lines:
            disputed = {told.id for told in line.recommendations if told.state == "applies"} & records
            assert not (disputed and line.status == "do" and line.dose), (line.id, disputed)
            offered += "guidelines disagree on this" in line.reason
    assert offered > 0


def test_every_question_that_can_be_disputed_says_what_would_settle_it() -> None:
    asked = {id for id in runner().corpus.questions if runner().guidance.logic_of_all(id).can_disagree}
    assert asked == load_disputes().keys()


# ---- the formats


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("named")
    write_people(made / "people.csv", worked_people())
    write_treatments(made / "treatments.csv", worked_people())
    return made


def ask(folder: Path, *arguments: str, language: str = "en") -> Said:
    said = myosteon(
        *("plan", "people.csv", "--treatments", "treatments.csv", "--as-of", "2026-11-20", "--tier", "2"),
        *arguments,
        folder=folder,
        language=language,
    )
    assert said.status == 0, said.err
    return said


def table(folder: Path, *arguments: str) -> dict[str, Any]:
    (line,) = ask(folder, "--format", "json", *arguments).out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_the_note_names_guidelines_and_disputes_in_both_languages(folder: Path) -> None:
    english = ask(folder, "--person", "P08").out
    assert "Guidelines behind the lines" in english
    assert " R1" in english
    assert "Where guidelines disagree" in english
    assert "What would settle it" in english
    chinese = ask(folder, "--person", "P08", language="zh").out
    assert "指南意见不一之处" in chinese
    assert "如何取舍" in chinese
    assert "各条所依指南" in chinese
    page = ask(folder, "--person", "P08", "--format", "html").out
    assert 'id="questions"' in page
    assert 'id="recommenders"' in page


def test_json_names_them(folder: Path) -> None:
    found = table(folder, "--person", "P08")
    lines = {line["id"]: line["recommendations"] for line in found["lines"]}
    assert {"id": "china2022_op.first_very_high", "state": "applies", "source": "china2022_op"} in lines[
        "option_denosumab"
    ]
    assert "not_applied" not in found
    protein = next(one for one in found["disputed"] if one["question"] == "protein_target")
    assert {side["direction"] for side in protein["sides"]} == {"for"}


def test_the_not_applied_list_is_on_request_and_complete(folder: Path) -> None:
    found = table(folder, "--person", "P08", "--not-applied")
    listed = {one["id"]: one for one in found["not_applied"]}
    applied = {
        told["id"]
        for line in found["lines"]
        for told in line["recommendations"]
        if told["state"] == "applies"
    }
    assert not applied & listed.keys()
    assert listed["acp2023.after_anabolic"]["state"] == "excluded"
    assert listed["acp2023.after_anabolic"]["because"]
    for one in listed.values():
        assert one["needs"] if one["state"] == "cannot_be_judged" else one["because"], one["id"]
    text = ask(folder, "--person", "P08", "--not-applied", language="zh").out
    assert "未采用的推荐" in text


def test_another_corpus_takes_the_place_of_ours(folder: Path, tmp_path: Path) -> None:
    """Records that it does not have are named nowhere, and no line of ours falls for want of them."""
    write_corpus(tmp_path, [{"id": "one.give", "applies_when": "age_years >= 50"}])
    own = table(folder, "--person", "P01")
    other = table(folder, "--person", "P01", "--corpus", str(tmp_path))
    assert all(line["recommendations"] == [] for line in other["lines"])
    assert {line["id"] for line in own["lines"]} == {line["id"] for line in other["lines"]}


def test_a_plan_as_a_table_is_what_is_written() -> None:
    plan = plan_of(KIDNEY)
    assert json.loads(PlanWriter(suppressed=True).write(plan)) == plan_table(plan, suppressed=True)


def test_a_person_alone_has_the_plan_that_she_has_in_a_crowd() -> None:
    made = people([dict(KIDNEY), *random_people(30, seed=5)])
    crowd: Iterator[Plan] = planner().plans(made)
    for place, plan in enumerate(crowd):
        if place % 10 == 0:
            (alone,) = planner().plans(made.slice(place, 1))
            assert alone == plan
