"""Chinese medicine in a plan: by the recorded pattern, beside a drug, never a dose; what is taken is judged in every clinic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from care.caring import WELL
from engines import canonical_people
from myosteon.app.clinic_file import read_clinic
from myosteon.app.plan_run import Planner
from myosteon.errors import InputError
from myosteon.evidence.care_load import care_of_region
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.evidence.guidance_load import load_chinese_medicine
from myosteon.outputs.plan_types import Plan, PlanLine
from myosteon.outputs.plan_view import view_plan
from myosteon.rules.guideline import Settings

AS_OF = date(2026, 11, 20)
# Osteoporosis by the T-score, no bone drug, nothing that speaks against a product; of the liver everything is known.
OSTEOPOROTIC: Mapping[str, object] = {
    **WELL,
    "t_score_lumbar_spine": -2.8,
    "drug": "none",
    "liver_tests_abnormal": False,
    "medications": "amlodipine",
    "warfarin": False,
}
STOP, CHECK, TOGETHER = "xianling_gubao_stop", "xianling_gubao_check", "xianling_gubao_with_liver_toxic"
TESTS, INSTEAD = "bone_patent_medicine_liver_tests", "chinese_medicine_not_instead"
A_DOSE = re.compile(r"\d\s*(mg|g|ml|粒|片|丸|次|克|毫克|毫升)", re.IGNORECASE)


@cache
def planner(offered: bool, language: Any = "en") -> Planner:
    return Planner(clinic_of_tier(2, chinese_medicine=offered), AS_OF, language, Settings())


def plan_of(person: Mapping[str, object], *, offered: bool = True, language: Any = "en") -> Plan:
    frame: pl.DataFrame = canonical_people([{**person, "person_id": "0001"}])
    (plan,) = planner(offered, language).plans(frame)
    return plan


def chinese(plan: Plan) -> dict[str, PlanLine]:
    return {line.id: line for line in plan.lines if line.subject == "chinese_medicine"}


def test_each_pattern_names_its_principle_and_formula_and_no_dose() -> None:
    """facts/recommendations.md 11.1: the principle and formula of each row."""
    rows = {
        "kidney_yang_deficiency": ("补肾壮阳", "右归丸"),
        "kidney_yin_deficiency": ("滋补肝肾", "左归丸"),
        "liver_kidney_yin_deficiency": ("滋补肝肾", "六味地黄丸"),
        "spleen_kidney_yang_deficiency": ("补益脾肾", "补中益气汤合金匮肾气丸"),
        "kidney_deficiency_blood_stasis": ("补肾活血", "补肾活血方"),
        "qi_stagnation_blood_stasis": ("理气活血", "身痛逐瘀汤"),
    }
    for pattern, (principle, formula) in rows.items():
        line = chinese(plan_of({**OSTEOPOROTIC, "tcm_pattern": pattern}, language="zh"))[f"tcm_{pattern}"]
        assert principle in line.action
        assert formula in line.action
        assert (line.status, line.category, line.dose) == ("offer", "education", "")
        assert "不得以其替代" in line.reason, "never instead of a drug that is indicated"
        assert [one.state for one in line.recommendations] == ["applies"]


def test_weak_spleen_is_a_pattern_of_muscle_not_of_bone() -> None:
    person = {**OSTEOPOROTIC, "tcm_pattern": "spleen_stomach_deficiency"}
    assert "tcm_spleen_stomach_deficiency" not in chinese(plan_of(person))
    weak = {**person, "grip_kg": 14.0, "alm_kg": 10.0}
    assert "参苓白术散" in chinese(plan_of(weak, language="zh"))["tcm_spleen_stomach_deficiency"].action


def test_no_line_names_a_dose() -> None:
    lines = [line for one in care_of_region("") for line in one.lines if line.subject == "chinese_medicine"]
    assert len(lines) >= 7 + 6 + 8
    for line in lines:
        assert line.dose is None
        assert not A_DOSE.search(line.action.zh + line.action.en), line.id


def test_who_was_not_seen_by_a_physician_of_chinese_medicine_is_asked_nothing() -> None:
    unknown, none = plan_of(OSTEOPOROTIC), plan_of({**OSTEOPOROTIC, "tcm_pattern": "none"})
    for plan in (unknown, none):
        assert chinese(plan) == {}
        assert not [one for one in plan.not_judged if one.subject == "chinese_medicine"]


def test_a_product_is_named_only_where_the_liver_is_known_to_be_well() -> None:
    person = {**OSTEOPOROTIC, "tcm_pattern": "kidney_deficiency_blood_stasis"}
    products = "tcm_kidney_deficiency_blood_stasis_products"
    assert "Xianling Gubao" in chinese(plan_of(person))[products].action
    for fact in ("liver_tests_abnormal", "chronic_liver_disease", "cirrhosis"):
        assert products not in chinese(plan_of({**person, fact: True})), fact
        unknown = plan_of({**person, fact: None})
        assert products not in chinese(unknown), fact
        (waits,) = [one for one in unknown.not_judged if products in one.lines]
        assert fact in waits.needs


def test_nothing_that_moves_blood_is_named_with_an_anticoagulant() -> None:
    for pattern in ("kidney_deficiency_blood_stasis", "qi_stagnation_blood_stasis"):
        person = {**OSTEOPOROTIC, "tcm_pattern": pattern, "warfarin": True, "inr_monitored": False}
        assert chinese(plan_of(person)) == {}
        watched = chinese(plan_of({**person, "inr_monitored": True}))
        assert f"tcm_{pattern}" in watched


@pytest.mark.parametrize("offered", [True, False])
def test_what_is_taken_is_judged_whatever_the_clinic_offers(offered: bool) -> None:
    taking = {**OSTEOPOROTIC, "medications": "仙灵骨葆"}
    well = chinese(plan_of(taking, offered=offered))
    assert {TESTS, INSTEAD} <= well.keys()
    assert not {STOP, CHECK, TOGETHER} & well.keys()
    for fact in ("liver_tests_abnormal", "chronic_liver_disease", "cirrhosis"):
        ill = chinese(plan_of({**taking, fact: True}, offered=offered))
        assert (ill[STOP].status, ill[STOP].urgency) == ("stop", "urgent"), fact
        assert [(one.id, one.status) for one in ill[STOP].recommendations] == [
            ("nmpa2017_xlgb.liver_ci", "checked")
        ]
        assert TESTS not in ill
        unknown = chinese(plan_of({**taking, fact: None}, offered=offered))
        assert unknown[CHECK].status == "check_first", fact
        assert STOP not in unknown, fact
    both = chinese(plan_of({**taking, "medications": "仙灵骨葆;甲氨蝶呤"}, offered=offered))
    assert both[TOGETHER].status == "avoid"


def test_a_clinic_that_turns_it_off_offers_none_and_says_so_nowhere() -> None:
    person = {**OSTEOPOROTIC, "tcm_pattern": "kidney_yang_deficiency", "medications": "骨疏康"}
    on, off = chinese(plan_of(person)), chinese(plan_of(person, offered=False))
    assert {
        "tcm_kidney_yang_deficiency",
        "tcm_kidney_yang_deficiency_products",
        "chinese_medicine_beside",
    } <= on.keys()
    assert off.keys() == {TESTS, INSTEAD}
    waiting = [id for one in plan_of(person, offered=False).not_judged for id in one.lines]
    assert not [id for id in waiting if id.startswith("tcm_")]


def test_it_takes_the_place_of_no_drug() -> None:
    """Every drug line is the same with and without Chinese medicine."""
    person = {**OSTEOPOROTIC, "t_score_lumbar_spine": -3.6, "tcm_pattern": "kidney_yang_deficiency"}
    on, off = plan_of(person), plan_of(person, offered=False)
    assert [line for line in on.lines if line.subject != "chinese_medicine"] == list(off.lines)
    assert on.gates == off.gates


def test_it_has_a_heading_of_its_own_after_everything_else() -> None:
    plan = plan_of({**OSTEOPOROTIC, "tcm_pattern": "kidney_yang_deficiency"}, language="zh")
    view = view_plan(plan, planner(True, "zh").assessor.graph)
    assert view.sections[-1].id == "chinese_medicine"
    assert "不替代" in view.sections[-1].title


def test_the_file_of_a_clinic_can_turn_it_off(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text("tier = 2\n", encoding="utf-8")
    assert read_clinic(file).chinese_medicine
    file.write_text("tier = 2\nchinese_medicine = false\n", encoding="utf-8")
    assert not read_clinic(file).chinese_medicine
    file.write_text('tier = 2\nchinese_medicine = "no"\n', encoding="utf-8")
    with pytest.raises(InputError, match="true or false"):
        read_clinic(file)


def test_every_pattern_has_a_line_and_a_recommendation() -> None:
    ids = {line.id for one in care_of_region("") for line in one.lines}
    for pattern in load_chinese_medicine().patterns:
        assert f"tcm_{pattern.pattern}" in ids
        assert pattern.recommendations
        assert (f"tcm_{pattern.pattern}_products" in ids) is bool(pattern.products)
