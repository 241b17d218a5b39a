"""The safety review of a plan: its order, each step made to fail once, and that no drug is offered unreviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.drug_people import ANY_DRUG, Person
from care.test_drug_plans import AS_OF, offered, people_of, planner, plans
from myosteon.errors import EvidenceError
from myosteon.evidence.care_load import care_of_region, load_care, read_care
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.evidence.review_load import load_review, read_review
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.plan_json import plan_table
from myosteon.outputs.plan_maker import PlanMaker
from myosteon.outputs.plan_review import StepReviewer
from myosteon.outputs.plan_text import plan_text
from myosteon.outputs.plan_types import Plan, ReviewedStep
from myosteon.outputs.plan_view import view_plan

# Section 10 of the facts, in its order.
ORDER = (
    *("pregnancy_and_age", "kidney", "calcium", "cause", "bone_history", "heart_and_clots", "route"),
    *("drug_history", "interactions", "falls", "liver", "load_and_food", "adherence", "dates"),
)
TABLETS = {"alendronate", "risedronate", "ibandronate"}
BUILDERS = {"teriparatide", "abaloparatide", "romosozumab"}
BONE_DRUGS = {
    *(
        *TABLETS,
        "ibandronate_intravenous",
        "zoledronate",
        "denosumab",
        *BUILDERS,
        "raloxifene",
        "hormone_therapy",
    ),
    *("calcitonin", "strontium", "alfacalcidol_or_calcitriol", "eldecalcitol", "menatetrenone"),
}
GUARDS: Mapping[str, set[str]] = {
    **dict.fromkeys(
        ("pregnancy_and_age", "kidney", "calcium", "bone_history", "drug_history", "interactions"), BONE_DRUGS
    ),
    "cause": BUILDERS,
    "heart_and_clots": {"romosozumab", "raloxifene", "hormone_therapy", "strontium"},
    "route": TABLETS,
    **{key: set() for key in ("falls", "liver", "load_and_food", "adherence")},
    "dates": {"denosumab"},
}
# What each step must have seen; one is left out at a time, and with it what stands in for it.
MISSING: Mapping[str, Person] = {
    "pregnancy_and_age": {"sex": None},
    "kidney": {"creatinine_clearance_ml_min": None},
    "calcium": {"vitamin_d_25oh_ng_ml": None},
    "cause": {"tsh_miu_l": None},
    "bone_history": {"bone_metastasis": None},
    "heart_and_clots": {"stroke_12m": None},
    "route": {"unable_to_sit_upright_30min": None},
    "drug_history": {"drug": None},
    "interactions": {"medications": None},
    "falls": {"falls_12m": None},
    "liver": {"medications": None},
    "load_and_food": {"unstable_heart_disease": None},
    "adherence": {"cognitive_impairment": None, "dementia": None},
    "dates": {"drug": "denosumab", "days_since_last_dose": None, "months_since_last_dose": None},
}
# A woman at very high risk to whom every drug could be given, and of whom every step has seen what it must.
SEEN: Person = {
    **ANY_DRUG,
    "t_score_lumbar_spine": -3.4,
    "t_score_femoral_neck": -3.2,
    "t_score_total_hip": -3.1,
    "fracture_hip": True,
    "fracture_vertebral": True,
    "months_since_last_fracture": 6.0,
    "months_since_vertebral_fracture": 6.0,
    "spine_degenerative_change": False,
    "falls_12m": 1,
    "orthostatic_hypotension": False,
    "unstable_heart_disease": False,
    "liver_tests_abnormal": False,
    "cognitive_impairment": False,
    "dementia": False,
    "lives_alone": False,
    "height_cm": 160.0,
    "tallest_height_cm": 161.0,
    "vertebral_imaging_done": True,
}
# One at high risk, to whom tablets are offered.
HIGH: Person = {
    **SEEN,
    **dict.fromkeys(("t_score_lumbar_spine", "t_score_femoral_neck", "t_score_total_hip"), -2.6),
    **dict.fromkeys(
        ("fracture_hip", "fracture_vertebral", "fracture_proximal_humerus", "fracture_pelvis"), False
    ),
    **dict.fromkeys(("fracture_distal_forearm", "fracture_other"), False),
    **dict.fromkeys(("months_since_last_fracture", "months_since_vertebral_fracture"), None),
    "falls_12m": 0,
    "frax_major_percent": 12.0,
    "frax_hip_percent": 2.0,
    "glucocorticoid_mg_day": 0.0,
    "glucocorticoid_months": 0.0,
}
# One of whom denosumab is due: the only drug that the last step guards.
ON_DENOSUMAB: Person = {**SEEN, "drug": "denosumab", "drug_years": 1.0, "days_since_last_dose": 180.0}
PEOPLE = (SEEN, HIGH, ON_DENOSUMAB)


def plan_of(**changed: object) -> Plan:
    return plans([{**SEEN, **changed}], 3)[0]


def step_of(plan: Plan, id: str) -> ReviewedStep:
    (found,) = [step for step in plan.review if step.step == id]
    return found


def text_of(plan: Plan) -> str:
    return " ".join(plan_text(view_plan(plan, planner(3, plan.language).assessor.graph)).split())


def test_the_steps_stand_in_their_order_and_guard_what_the_facts_say() -> None:
    review = load_review()
    assert review.ids == ORDER
    assert {step.id: set(step.guards) for step in review.steps} == GUARDS
    assert [step.step for step in plan_of().review] == list(ORDER)


def test_every_gate_belongs_to_a_step_and_every_drug_with_gates_is_known_to_the_review() -> None:
    gates = [gate for one in care_of_region("") for gate in one.gates]
    assert {gate.step for gate in gates} <= set(ORDER)
    assert {gate.drug for gate in gates} == BONE_DRUGS | {"calcium_and_vitamin_d"}
    assert set(load_review().classes_of) == {gate.drug for gate in gates}


def test_where_all_was_seen_every_step_ran_and_the_drugs_are_offered() -> None:
    plan = plan_of()
    assert [step.step for step in plan.review if not step.ran] == []
    assert {gate.state for gate in plan.gates} == {"allowed"}
    assert {"zoledronate", "denosumab", "teriparatide", "romosozumab"} <= offered(plan)
    assert {"alendronate", "risedronate"} <= offered(plans([HIGH], 3)[0])
    due = plans([ON_DENOSUMAB], 3)[0]
    assert [step.step for step in due.review if not step.ran] == []
    assert "denosumab" in offered(due)


@pytest.mark.parametrize("id", ORDER)
def test_a_step_that_has_not_seen_what_it_must_says_so_and_its_drugs_wait(id: str) -> None:
    plan = plan_of(**MISSING[id])
    step = step_of(plan, id)
    assert not step.ran
    assert step.state == "not_judged"
    assert step.needs
    assert offered(plan) & GUARDS[id] == set()
    states = {gate.drug: gate.state for gate in plan.gates}
    assert {drug for drug in GUARDS[id] if states[drug] == "allowed"} == set()
    assert f"{ORDER.index(id) + 1} {step.title}: [Not run] Not seen: " in text_of(plan)


@pytest.mark.parametrize("id", ORDER)
@pytest.mark.parametrize("where", ["write", "look"])
def test_a_step_that_breaks_down_is_told_and_its_drugs_wait(
    id: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = getattr(StepReviewer, where)

    def broken(reviewer: StepReviewer, *given: object) -> object:
        if reviewer.step.id == id:
            raise ZeroDivisionError("made to fail")
        return whole(reviewer, *given)

    whole_offers = [offered(plan) for plan in plans(list(PEOPLE), 3)]
    monkeypatch.setattr(StepReviewer, where, broken)
    # A maker of its own: another remembers what it wrote before.
    known = planner(3)
    maker = PlanMaker(known.assessor.graph, care_of_region(""), clinic_of_tier(3), AS_OF, "en")
    held_back: set[str] = set()
    for place, person in enumerate(PEOPLE):
        frame = known.judge(_frame(person))
        plan = next(maker.plans(frame))
        step = step_of(plan, id)
        assert (step.state, step.ran) == ("failed", False)
        assert offered(plan) & GUARDS[id] == set()
        states = {gate.drug: gate for gate in plan.gates}
        assert {drug for drug in GUARDS[id] if states[drug].state == "allowed"} == set()
        assert {states[drug].failed for drug in GUARDS[id]} <= {(step.title,)}
        assert "This step broke down" in text_of(plan)
        assert "made to fail" not in text_of(plan)
        # The rest of the plan stands, and what was wanted is named with the reason.
        assert [one.step for one in plan.review if one.state == "failed"] == [id]
        wanted = whole_offers[place] & GUARDS[id]
        held = {line.subject: line for line in plan.lines if line.status == "check_first"}
        assert all(step.title in held[drug].reason and held[drug].sources for drug in wanted)
        held_back |= {drug for drug in held if drug in GUARDS[id]}
    # Hormones, strontium and the like are offered to none of the three.
    assert held_back or not GUARDS[id]


def _frame(person: Person) -> object:
    import polars as pl

    from myosteon.frame import canonical_dtype
    from myosteon.vocabulary.measures import load_measures

    measures = load_measures()
    row = {"person_id": "1", **person}
    return pl.DataFrame([row], schema={name: canonical_dtype(measures[name]) for name in row})


def test_a_column_that_is_not_there_is_a_step_that_failed() -> None:
    known = planner(3)
    row = dict(known.judge(_frame(SEEN)).to_dicts()[0])
    row["review_kidney"] = None
    plan = known.maker.plan(row)
    assert step_of(plan, "kidney").state == "failed"
    assert offered(plan) & BONE_DRUGS == set()


@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    share=st.sampled_from([0.0, 0.02, 0.1, 0.5]),
    tier=st.sampled_from([1, 3]),
)
def test_no_drug_is_offered_while_a_step_that_guards_it_did_not_run(
    seed: int, share: float, tier: int
) -> None:
    seen = set()
    for plan in plans(people_of(seed, share), tier):
        assert [step.step for step in plan.review] == list(ORDER)
        for step in plan.review:
            seen.add(step.ran)
            assert step.ran is not bool(step.needs)
            if not step.ran:
                assert offered(plan) & GUARDS[step.step] == set()
        stopped = {drug for step in plan.review for found in step.findings for drug in found.blocks}
        assert offered(plan) & stopped == set()
        avoided = {gate.drug for gate in plan.gates if gate.because}
        assert {drug for step in plan.review for drug in step.stops} == avoided
    assert True in seen


def test_a_finding_that_bars_drugs_is_named_at_them() -> None:
    plan = plan_of(electrophoresis_abnormal=True)
    (found,) = [one for one in step_of(plan, "cause").findings if one.severity == "stop"]
    assert set(found.blocks) == BUILDERS
    assert offered(plan) & BUILDERS == set()
    assert "denosumab" in offered(plan)
    held = {line.subject: line for line in plan.lines if line.status == "avoid" and line.subject in BUILDERS}
    assert held
    assert all("exclude myeloma" in line.reason for line in held.values())


def test_a_plan_that_gives_denosumab_without_an_exit_is_not_written() -> None:
    """The last step reads the plan itself: without the sentences on how denosumab ends it is held back."""
    known = planner(3)
    bare = tuple(
        replace(
            one,
            lines=tuple(
                replace(line, stop_rule=None) if line.drug == "denosumab" else line
                for line in one.lines
                if line.subject != "denosumab_exit"
            ),
        )
        for one in care_of_region("")
    )
    maker = PlanMaker(known.assessor.graph, bare, clinic_of_tier(3), AS_OF, "en")
    plan = next(maker.plans(known.judge(_frame(SEEN))))
    assert "denosumab" not in offered(plan)
    assert "zoledronate" in offered(plan)
    (found,) = step_of(plan, "dates").findings
    assert found.blocks == ("denosumab",)
    assert {gate.drug: gate.state for gate in plan.gates}["denosumab"] == "check_first"
    assert "denosumab" in {one.drug for one in plan.suppressed}


def test_json_tells_each_step_with_what_it_saw() -> None:
    table = plan_table(plan_of(medications="ibuprofen; levothyroxine"))
    kidney = next(step for step in table["review"] if step["step"] == "kidney")
    assert {"name": "egfr_ml_min_1_73m2", "value": 80.0} in kidney["saw"]
    assert kidney["ran"] is True
    assert kidney["broke_down"] is False
    assert [step["step"] for step in table["review"]] == list(ORDER)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_step_that_found_nothing_takes_one_entry_in_both_languages(language: str) -> None:
    plan = plans([SEEN], 3, "zh" if language == "zh" else "en")[0]
    items = view_plan(plan, planner(3, plan.language).assessor.graph).review
    assert len(items) == len(ORDER)
    assert [item.name.split()[0] for item in items] == [str(number + 1) for number in range(len(ORDER))]
    assert {item.tag for item in items} == {"已审" if language == "zh" else "Ran"}
    assert all("{" not in item.text and "\n" not in item.text for item in items)


def test_the_page_for_the_person_gives_no_drug_that_the_review_holds_back() -> None:
    plan = plan_of(medications=None)
    assert offered(plan) == set()
    handout = make_handout(plan, "")
    assert "mg" not in " ".join(str(part) for part in handout.drugs)


# ---- loading


GATE = """
[care]
id = "wrong"
title = {{en = "Wrong", zh = "错"}}
paper = "csobmr2022"
where = "made up"
status = "unchecked"

[[gate]]
drug = "zoledronate"
id = "kidney"
{step}
when = "dialysis"
kind = "contraindicated"
note = {{en = "Dialysis", zh = "透析"}}
"""


@pytest.mark.parametrize("step", ["", 'step = "kidneys"'])
def test_a_gate_without_a_step_of_the_review_is_refused(step: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(GATE.format(step=step), encoding="utf-8")
    with pytest.raises(
        EvidenceError, match="gate zoledronate kidney: step is one of pregnancy_and_age, kidney"
    ):
        read_care(file)
    assert load_care()


REVIEW = """
[default]
paper = "myosteon_review"
where = "made up"
status = "unchecked"
[[drug]]
id = "zoledronate"
[[step]]
id = "kidney"
title = {en = "Kidney", zh = "肾功能"}
question = {en = "Which?", zh = "哪些？"}
must_have_seen = ["dialysis"]
guards = ["zoledronate"]
[[finding]]
id = "light"
step = "kidney"
when = "weight_kg < 40"
severity = "stop"
blocks = ["zoledronate"]
text = {en = "Light", zh = "体重轻"}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('guards = ["zoledronate"]', 'guards = ["zoledronat"]', "'zoledronat' is no drug or group of drugs"),
        ('step = "kidney"\n', 'step = "heart"\n', "the step heart, which there is not"),
        ('severity = "stop"', 'severity = "warn"', "bars drugs, and is no stop"),
        ('severity = "stop"', 'severity = "halt"', "severity is one of stop, warn, order"),
        (', zh = "体重轻"', "", "needs English and Chinese"),
        ('id = "light"', 'id = "kidney"', "a step and a finding are both called kidney"),
        (
            'must_have_seen = ["dialysis"]',
            "must_have_seen = [{when = 'ckd'}]",
            "must see nothing in one place",
        ),
        ('question = {en = "Which?", zh = "哪些？"}', "ask = 1", "has the key ask, which means nothing"),
        ('paper = "myosteon_review"\n', "", "has no source"),
    ],
)
def test_a_review_that_cannot_be_used_is_refused_with_the_place(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "review.toml"
    file.write_text(REVIEW, encoding="utf-8")
    assert read_review(file).guarding("zoledronate") == ("kidney",)
    assert old in REVIEW
    file.write_text(REVIEW.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EvidenceError, match=said):
        read_review(file)
