"""What labels and regulators forbid stands before what guidelines say, for a drug that is only thought of too."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from care.caring import WELL
from care.test_recommendations_in_plan import AS_OF
from engines import canonical_people
from myosteon.app.guidance_run import GuidanceRunner
from myosteon.app.plan_run import Planner
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.guidance.prohibitions import prohibitions
from myosteon.outputs.plan_types import Plan
from myosteon.rules.guideline import Settings

OSTEOPOROTIC = {**WELL, "sex": "female", "age_years": 78.0, "t_score_total_hip": -3.1, "drug": "none"}


@cache
def runner() -> GuidanceRunner:
    return GuidanceRunner(Settings())


def forbidden(person: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    (facts,) = runner().judge(canonical_people([{**person, "person_id": "1"}])).to_dicts()
    found = prohibitions(runner().corpus, runner().answers(facts))
    return {one.record.id: one.drugs for one in found if not one.needs}


def waiting(person: dict[str, Any]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    (facts,) = runner().judge(canonical_people([{**person, "person_id": "1"}])).to_dicts()
    found = prohibitions(runner().corpus, runner().answers(facts))
    return {one.record.id: (one.drugs, one.needs) for one in found if one.needs}


def plan_of(person: dict[str, Any]) -> Plan:
    planner = Planner(clinic_of_tier(3), AS_OF, "en", Settings())
    (plan,) = planner.plans(canonical_people([{**person, "person_id": "1"}]))
    return plan


# What each hard gate of the corpus forbids, and which drugs it names: read from the records by hand.
LOW_KIDNEY = {"creatinine_clearance_ml_min": 22.0}
GULLET = {"oesophageal_disorder": True}
INFARCTION = {"myocardial_infarction_12m": True}
GATES = [
    ("label_us.bp_renal", LOW_KIDNEY, ("zoledronate", "alendronate")),
    ("label_us.oral_bp_gi", GULLET, ("alendronate", "risedronate", "ibandronate")),
    ("label_us.romo_cv", INFARCTION, ()),
]


@pytest.mark.parametrize(("gate", "finding", "drugs"), GATES)
def test_a_label_forbids_a_drug_that_is_only_thought_of(
    gate: str, finding: dict[str, Any], drugs: tuple[str, ...]
) -> None:
    assert gate not in forbidden(OSTEOPOROTIC)
    assert set(forbidden({**OSTEOPOROTIC, **finding})[gate]) == set(drugs)


@pytest.mark.parametrize(("gate", "finding", "drugs"), GATES)
def test_a_label_that_cannot_be_judged_says_what_it_waits_for(
    gate: str, finding: dict[str, Any], drugs: tuple[str, ...]
) -> None:
    creatinine = {"creatinine_umol_l": None, "creatinine_mg_dl": None, "egfr_ml_min_1_73m2": None}
    unknown = {**OSTEOPOROTIC, **creatinine, **dict.fromkeys(finding)}
    assert gate not in forbidden(unknown)
    named, needs = waiting(unknown)[gate]
    assert set(named) == set(drugs)
    (asked,) = finding
    assert asked in {runner().corpus.meant.get(name, name) for name in needs}
    assert gate not in waiting({**OSTEOPOROTIC, **finding})


def test_where_the_drug_is_known_no_other_is_tried() -> None:
    planned = {**OSTEOPOROTIC, **LOW_KIDNEY, "planned_drug": "denosumab"}
    assert "label_us.bp_renal" not in forbidden(planned)
    assert forbidden({**planned, "planned_drug": "zoledronate"})["label_us.bp_renal"] == ()


@pytest.mark.parametrize(("gate", "finding", "drugs"), GATES)
def test_what_a_hard_gate_of_the_corpus_forbids_a_plan_forbids_too(
    gate: str, finding: dict[str, Any], drugs: tuple[str, ...]
) -> None:
    barred = {one.drug for one in plan_of({**OSTEOPOROTIC, **finding}).gates if one.state == "avoid"}
    before = {one.drug for one in plan_of(OSTEOPOROTIC).gates if one.state == "avoid"}
    named = drugs or ("romosozumab",)
    assert set(named) <= barred, gate
    assert not set(named) & before, gate


def test_the_gates_of_the_regulator_on_chinese_medicine_stop_it_in_a_plan() -> None:
    liver = {**OSTEOPOROTIC, "medications": "仙灵骨葆胶囊", "chronic_liver_disease": True}
    assert {"nmpa2017_xlgb.liver_ci"} <= forbidden(liver).keys()
    assert "xianling_gubao_stop" in {line.id for line in plan_of(liver).lines}
    toxic = {**OSTEOPOROTIC, "medications": "仙灵骨葆胶囊; isoniazid"}
    assert {"nmpa2017_xlgb.hepatotoxic"} <= forbidden(toxic).keys()
    assert "xianling_gubao_with_liver_toxic" in {line.id for line in plan_of(toxic).lines}


def test_no_hard_gate_is_left_without_a_test() -> None:
    tested = {gate for gate, _, _ in GATES} | {"nmpa2017_xlgb.liver_ci", "nmpa2017_xlgb.hepatotoxic"}
    assert {record.id for record in runner().corpus.hard_gates} == tested
