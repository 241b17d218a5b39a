"""A plan: which lines stand, in which order, what refers, what is not judged; that every line has a source."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from care.made_up_care import AS_OF, maker, plan_of, plans
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.outputs.plan_json import PlanWriter, plan_table
from myosteon.outputs.plan_order import cannot_wait
from myosteon.outputs.plan_types import Plan

SCHEMA = json.loads((Path(__file__).parent / "plan_schema.json").read_text(encoding="utf-8"))
OLD = {
    "sex": "female",
    "age_years": 84.0,
    "height_cm": 151.0,
    "weight_kg": 52.0,
    "fracture_hip": True,
    "drug": "denosumab",
    "egfr_ml_min_1_73m2": 25.0,
    "creatinine_clearance_ml_min": 23.0,
    "calcium_mmol_l": 2.31,
}
OPEN = {"fracture_hip": True, "creatinine_clearance_ml_min": 35.0, "calcium_mmol_l": 2.1, "drug": "none"}
KNOWN = {**OPEN, "weight_kg": 60.0, "egfr_ml_min_1_73m2": 30.0, "gait_speed_m_s": 0.8, "age_years": 64.0}


def line(plan: Plan, id: str) -> dict[str, object]:
    (found,) = [one for one in plan_table(plan)["lines"] if one["id"] == id]
    return dict(found)


def ids(plan: Plan) -> list[str]:
    return [one.id for one in plan.lines]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("person", [{}, OLD, OPEN, KNOWN, {"drug": "zoledronate"}])
def test_a_plan_has_the_shape_of_the_contract(language: str, person: dict[str, object]) -> None:
    plan = plan_of(language, **person)
    jsonschema.validate(plan_table(plan, suppressed=True), SCHEMA)


def test_a_plan_written_in_parts_is_the_plan() -> None:
    for person in (OLD, OPEN, KNOWN):
        plan = plan_of(**person)
        for suppressed in (False, True):
            writer = PlanWriter(suppressed=suppressed)
            assert json.loads(writer.write(plan)) == plan_table(plan, suppressed=suppressed)
            assert json.loads(writer.write(plan)) == plan_table(plan, suppressed=suppressed)


def test_what_cannot_wait_stands_first_then_clock_drugs_tests_food() -> None:
    plan = plan_of(**OLD)
    assert ids(plan) == [
        "denosumab_dose_late",
        "avoid_zoledronate",
        "measure_bone",
        "protein_more",
        "protein_less",
    ]
    assert [cannot_wait(one) for one in plan.lines] == [True, False, False, False, False]


def test_dates_are_counted_from_the_day_of_the_plan() -> None:
    plan = plan_of(**OLD)
    assert plan.as_of == AS_OF
    assert line(plan, "denosumab_dose_late")["due"] == "2026-09-20"
    assert line(plan, "measure_bone")["due"] == "2026-12-04"


def test_a_drug_at_the_limit_of_its_gates_is_offered_and_below_it_avoided() -> None:
    assert line(plan_of(**OPEN), "give_zoledronate")["status"] == "offer"
    avoided = plan_of(**{**OPEN, "creatinine_clearance_ml_min": 34.9})
    assert "give_zoledronate" not in ids(avoided)
    said = line(avoided, "avoid_zoledronate")
    assert (said["subject"], said["status"], said["category"]) == ("zoledronate", "avoid", "drug")
    assert "Creatinine clearance below 35" in str(said["reason"])
    assert [one.id for one in avoided.suppressed] == ["give_zoledronate"]


def test_an_unknown_gate_never_lets_a_drug_through_and_names_what_is_unknown() -> None:
    plan = plan_of(fracture_hip=True, creatinine_clearance_ml_min=60.0)
    assert "give_zoledronate" not in ids(plan)
    said = line(plan, "check_first_zoledronate")
    assert said["status"] == "check_first"
    assert said["needs"] == ["calcium_mmol_l"]
    # Only the gate that waits is cited.
    assert [source["status"] for source in said["sources"]] == ["unchecked"]


def test_an_unchecked_prohibition_prohibits_and_says_so() -> None:
    plan = plan_of(**{**OPEN, "calcium_mmol_l": 2.0})
    said = line(plan, "avoid_zoledronate")
    assert "unchecked" in str(said["reason"])
    assert [source["status"] for source in said["sources"]] == ["unchecked"]


def test_a_warning_does_not_block_and_is_told() -> None:
    plan = plan_of(**{**OPEN, "age_years": 80.0})
    assert "give_zoledronate" in ids(plan)
    (gate,) = [one for one in plan.gates if one.drug == "zoledronate"]
    assert (gate.state, [one.id for one in gate.warnings]) == ("allowed", ["old"])


def test_a_drug_in_use_that_a_gate_forbids_is_told_though_nobody_wants_it() -> None:
    plan = plan_of(drug="zoledronate", fracture_hip=False, creatinine_clearance_ml_min=20.0)
    said = line(plan, "avoid_zoledronate")
    assert (said["category"], said["urgency"]) == ("drug_clock", "soon")
    assert "what takes its place" in str(said["reason"])


def test_a_drug_that_nobody_wants_is_only_in_the_table_of_gates() -> None:
    plan = plan_of(**KNOWN)
    assert not [one for one in plan.lines if one.subject == "raloxifene"]
    assert {one.drug: one.state for one in plan.gates}["raloxifene"] == "check_first"


def test_what_the_clinic_cannot_do_becomes_a_referral_with_reason_and_urgency() -> None:
    here, up = (plan_of("en", clinic_of_tier(tier), **OLD) for tier in (2, 1))
    assert line(here, "measure_bone")["status"] == "do"
    said = line(up, "measure_bone")
    assert (said["status"], said["urgency"]) == ("refer", "soon")
    assert "DXA" in str(said["reason"])
    assert "county hospital" in str(said["reason"])
    bought = clinic_of_tier(1, can=["dxa"])
    assert line(plan_of("en", bought, **OLD), "measure_bone")["status"] == "do"
    broken = clinic_of_tier(3, cannot=["dxa"])
    assert line(plan_of("en", broken, **OLD), "measure_bone")["status"] == "refer"


def test_an_offer_that_the_clinic_cannot_give_is_referred() -> None:
    plan = plan_of("en", clinic_of_tier(1), **OPEN)
    assert line(plan, "give_zoledronate")["status"] == "refer"


def test_contradictions_name_each_other_and_stand_together() -> None:
    plan = plan_of(**OLD)
    assert line(plan, "protein_more")["conflicts_with"] == ["protein_less"]
    assert line(plan, "protein_less")["conflicts_with"] == ["protein_more"]
    assert [set(group) for group in plan.disputes] == [{"protein_more", "protein_less"}]


def test_a_line_alone_contradicts_nothing() -> None:
    plan = plan_of(**{**OLD, "egfr_ml_min_1_73m2": 90.0})
    assert line(plan, "protein_more")["conflicts_with"] == []
    assert plan.disputes == ()


def test_what_is_unknown_is_not_judged_and_names_the_measure() -> None:
    plan = plan_of(**OLD)
    (waiting,) = plan.not_judged
    assert (waiting.subject, waiting.needs, waiting.lines) == (
        "strength_training",
        ("gait_speed_m_s",),
        ("walk",),
    )
    assert "gait speed" in waiting.why


def test_an_unknown_wish_for_a_drug_is_not_judged_and_never_offered() -> None:
    plan = plan_of(creatinine_clearance_ml_min=60.0, calcium_mmol_l=2.3)
    assert "give_zoledronate" not in ids(plan)
    (waiting,) = [one for one in plan.not_judged if one.subject == "zoledronate"]
    assert waiting.needs == ("fracture_hip",)


def test_a_person_of_whom_everything_is_known_has_nothing_left_to_judge() -> None:
    assert plan_of(**KNOWN).not_judged == ()


def test_a_plan_is_never_empty_and_every_line_has_a_source() -> None:
    nothing = plan_of(**{**KNOWN, "fracture_hip": False})
    assert ids(nothing) == ["see_again"]
    for plan in (nothing, plan_of(), plan_of(**OLD), plan_of(**OPEN)):
        assert plan.lines
        assert all(one.sources for one in plan.lines)


def test_numbers_stand_in_the_texts_of_their_own_person() -> None:
    light, lighter = plans([{"weight_kg": 52.0}, {"weight_kg": 48.5}])
    assert line(light, "protein_more")["action"] == "Eat more protein; weight 52 kg"
    assert line(lighter, "protein_more")["action"] == "Eat more protein; weight 48 kg"


def test_a_person_in_a_crowd_has_the_plan_that_she_has_alone() -> None:
    people = [{"person_id": str(place), **person} for place, person in enumerate([OLD, OPEN, KNOWN, {}])]
    crowd = [plan_table(plan) for plan in plans(people * 2)]
    alone = [plan_table(plans([person])[0]) for person in people]
    assert crowd == alone * 2


def test_the_same_day_and_data_give_the_same_plan() -> None:
    assert plan_table(plan_of(**OLD)) == plan_table(plan_of(**OLD))


def test_only_columns_that_are_there_are_asked_for() -> None:
    made = maker()
    assert not set(made.columns()) & set(made.measures())


def test_a_large_crowd_has_the_plans_of_a_small_one() -> None:
    """From some hundreds of people on, what is unknown is asked of whole columns."""
    people = [{"person_id": str(place), **person} for place, person in enumerate([OLD, OPEN, KNOWN, {}])]
    alone = [plan_table(plans([person])[0]) for person in people]
    assert [plan_table(plan) for plan in plans(people * 60)] == alone * 60
