"""A plan says which questions facts of the person settled, what is left of each, and which facts these were."""

from __future__ import annotations

import json
from typing import Any

import pytest

from care.living_people import random_people
from care.test_recommendations_in_plan import KIDNEY, people, plan_of, planner, runner
from guidance.recommendation_people import random_people as people_for_records
from myosteon.outputs.plan_json import PlanWriter, plan_table
from myosteon.outputs.plan_pdf import plan_pdf
from myosteon.outputs.plan_text import plan_text
from myosteon.outputs.plan_types import Plan
from myosteon.outputs.plan_view import view_plan

# The treatment of a woman at very high risk whose kidneys leave no bisphosphonate; facts/recommendations.md 8, example 1.
LOW_CLEARANCE: dict[str, object] = {
    **KIDNEY,
    "sex": "female",
    "age_years": 78.0,
    "fracture_vertebral": True,
    "vertebral_fracture_count": 2,
    "months_since_last_fracture": 8.0,
    "t_score_total_hip": -3.2,
    "egfr_ml_min_1_73m2": 32.0,
    "creatinine_clearance_ml_min": 29.0,
    **dict.fromkeys(
        (
            "myocardial_infarction_12m",
            "stroke_12m",
            "skeletal_radiotherapy",
            "paget_disease",
            "bone_metastasis",
        ),
        False,
    ),
}
QUESTION = "bone_drug_first_very_high"


@pytest.mark.parametrize(
    "crowd", [random_people(60, seed=41), people_for_records(60, seed=42)], ids=["living", "records"]
)
def test_settled_questions_are_those_of_the_verdicts(crowd: list[dict[str, Any]]) -> None:
    frame = people(crowd)
    every = list(planner().plans(frame))
    found = 0
    for plan, facts in zip(every, runner().judge(frame).iter_rows(named=True), strict=True):
        verdicts = {
            answer.question.id: answer.verified
            for answer in runner().answers(facts)
            if answer.verified.kind == "resolved_by_facts"
        }
        assert plan.settled is not None
        assert {one.id for one in plan.settled} == verdicts.keys()
        for one in plan.settled:
            verdict = verdicts[one.id]
            assert one.deciding_facts == verdict.deciding_facts
            assert {told.id for told in one.removed} == {removed.record.id for removed in verdict.removed}
            assert {(a.action, a.direction) for a in one.answers} == {
                (a.action, a.direction) for a in verdict.answers if a.direction != "neutral"
            }
            assert one.because
        found += len(plan.settled)
    assert found > 20


def test_a_person_alone_has_the_settled_questions_that_she_has_in_a_crowd() -> None:
    crowd = people(random_people(12, seed=43))
    together = [plan.settled for plan in planner().plans(crowd)]
    alone = [next(planner().plans(crowd.slice(place, 1))).settled for place in range(crowd.height)]
    assert alone == together


def said(plan: Plan) -> str:
    return " ".join(plan_text(view_plan(plan, planner(plan.language).assessor.graph)).split())


def test_the_fact_that_settled_it_stands_with_its_value_and_what_it_took_out() -> None:
    text = said(plan_of(LOW_CLEARANCE)).split("Settled by this person's facts")[1]
    assert "stands: begin with a bone builder" in text
    assert "creatinine clearance 29 mL/min (< 30)" in text
    assert "Osteoporosis Canada 2023" in text.split("out: ")[1]
    (chinese,) = [one for one in plan_of(LOW_CLEARANCE, "zh").settled or () if one.id == QUESTION]
    assert "肌酐清除率" in chinese.because
    assert chinese.answers[0].label == "以促骨形成药起始"
    assert "此人情况已定之处" in said(plan_of(LOW_CLEARANCE, "zh"))
    # With better kidneys it is a dispute, and stands with both sides.
    other = plan_of({**LOW_CLEARANCE, "creatinine_clearance_ml_min": 60.0, "egfr_ml_min_1_73m2": 65.0})
    assert QUESTION not in {one.id for one in other.settled or ()}
    assert QUESTION in {one.id for one in other.disputed or ()}


def test_the_sides_of_a_dispute_have_names_for_people() -> None:
    text = said(plan_of(KIDNEY))
    assert "B. Do: 1.2 to 1.5 g of protein for each kg a day." in text
    assert "推荐：蛋白质" in said(plan_of(KIDNEY, "zh"))


def test_json_has_them_beside_the_disputed_ones() -> None:
    plan = plan_of(LOW_CLEARANCE)
    table = json.loads(PlanWriter().write(plan))
    assert table["settled"] == json.loads(json.dumps(plan_table(plan)["settled"]))
    (one,) = [one for one in table["settled"] if one["question"] == QUESTION]
    assert one["answers"][0]["action"] == "start_anabolic_first"
    assert "creatinine_clearance_ml_min" in one["deciding_facts"]


def test_a_pdf_prints_them() -> None:
    plan = plan_of(LOW_CLEARANCE)
    assert plan_pdf(view_plan(plan, planner().assessor.graph)).startswith(b"%PDF")
