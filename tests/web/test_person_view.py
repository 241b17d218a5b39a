"""What the person page says is what `assess`, `explain`, `plan` and `due` say, read here by their own ways."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

from myosteon.app.clinic_file import clinic_for
from myosteon.app.due_list import list_due
from myosteon.app.plan_run import Planner
from myosteon.assess import Assessor, assess_frame, make_assessor
from myosteon.history import as_of
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_json import explanation_table
from myosteon.outputs.explain_next import what_to_measure_next
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.types import Language
from web.person_examples import DAY, DEFINITION, PEOPLE, history_of, judge_in, made_up, treatments, view_of

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@cache
def assessor() -> Assessor:
    return make_assessor(None, Settings())


@cache
def results(person: str) -> Mapping[str, Any]:
    """The columns of one person by the frame's engine of `assess`, not by the page's own way."""
    history = history_of(person)
    rows = as_of(history.visits, history.treatments, DAY)
    return assess_frame(assessor(), rows.lazy(), "criteria").collect().row(0, named=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", PEOPLE)
def test_the_verdicts_are_those_of_explain(person: str, language: Language) -> None:
    view = view_of(history_of(person), language)
    for shown, verdict in ((view.bone, "bone_who"), (view.muscle, f"sarcopenia_{DEFINITION}")):
        said = explanation_table(explain(results(person), assessor(), verdict, language))
        assert explanation_table(shown.explanation) == said
        assert [(rung.stage, rung.state) for rung in shown.rungs] == [
            (stage["stage"], stage["state"]) for stage in said["stages"]
        ]


@pytest.mark.parametrize("person", PEOPLE)
def test_every_row_of_the_matrix_is_the_answer_of_its_definition(person: str) -> None:
    row, shown = results(person), view_of(history_of(person)).definitions
    known = {None: "unknown", True: "yes", False: "no"}
    assert shown.rows[0].id == DEFINITION
    assert {one.id for one in shown.rows} == {
        guideline.id for guideline in assessor().guidelines if guideline.kind == "sarcopenia"
    }
    for one in shown.rows:
        said = explanation_table(explain(row, assessor(), f"sarcopenia_{one.id}"))
        assert [state for _, state in one.rungs] == [stage["state"] for stage in said["stages"]]
        settled = None if said["upto"] is None else said["value"] == said["upto"]
        assert one.settled == settled
        assert one.said.endswith({True: ", settled", False: " not excluded", None: "no verdict"}[settled])
        assert one.both == known[row[f"osteosarcopenia_{one.id}"]]
        for sign, thing in ((one.strength, "strength"), (one.mass, "mass"), (one.performance, "performance")):
            column = f"{thing}_low_{one.id}"
            assert sign is None or sign == known[row[column]]


def test_a_definition_that_does_not_ask_for_muscle_mass_shows_no_sign_of_it() -> None:
    rows = {row.id: row for row in view_of(history_of("P09")).definitions.rows}
    assert rows["sdoc2020"].mass is None
    assert rows["iwgs2011"].strength is None
    assert rows["awgs2025"].performance is None
    assert rows["awgs2019"].mass is not None


@pytest.mark.parametrize("person", PEOPLE)
def test_what_to_measure_next_is_that_of_explain_and_three_at_most(person: str) -> None:
    view = view_of(history_of(person))
    assert view.next == what_to_measure_next(results(person), assessor())
    assert len(view.next.steps) <= 3


@pytest.mark.parametrize("person", PEOPLE)
def test_the_plan_behind_the_alarm_is_the_plan(person: str) -> None:
    history = history_of(person)
    rows = as_of(history.visits, history.treatments, DAY)
    plan = next(Planner(clinic_for(1, None), DAY, "en", Settings()).plans(rows))
    judged = judge_in("en").judge(history)
    assert judged is not None
    assert judged.plan.lines == plan.lines
    assert judged.plan.gates == plan.gates
    urgent = [line.action for line in plan.lines if line.urgency == "urgent" and line.status != "avoid"]
    alarm = view_of(history).alarm
    assert (alarm is None) or {item.action for item in alarm.items} <= {line.action for line in plan.lines}
    assert not urgent or alarm is not None


def test_the_clock_is_late_by_the_days_of_the_due_list() -> None:
    history = history_of("P02")
    listed = list_due(
        as_of(history.visits, history.treatments, DAY), treatments(), clinic_for(1, None), DAY, 60, "en"
    )
    late = listed.filter(listed["subject"].str.starts_with("denosumab") & listed["due_date"].is_not_null())
    clock = view_of(history).clock
    assert clock is not None
    assert clock.due == late["due_date"][0] == date(2026, 8, 10)
    assert clock.days_late == late["days_late"][0] == 102


def test_doses_whose_days_are_not_recorded_are_no_diamonds() -> None:
    clock = view_of(history_of("P02")).clock
    assert clock is not None
    (line,) = clock.lines
    assert [(dose.day, dose.number) for dose in line.doses] == [
        (date(2022, 8, 10), 1),
        (date(2026, 2, 10), 8),
    ]
    assert "the days of 6 are not recorded" in line.said


def test_unknown_risks_are_said_to_be_unknown_and_never_nought() -> None:
    view = view_of(made_up([{"visit_date": DAY, "grip_kg": 17.0}]))
    rows = {row.column: row for row in view.risks}
    assert rows["falls_12m"].unknown
    assert rows["falls_12m"].text == "not measured"
    assert rows["frail_status"].unknown
    assert rows["frail_status"].text == "unknown"
    assert rows["egfr_ml_min_1_73m2"].unknown
    assert view.ruler is None
    assert view.clock is None


def test_t_scores_of_an_earlier_visit_are_shown_with_their_day_and_said_not_to_count() -> None:
    earlier = {"visit_date": date(2025, 3, 1), "t_score_femoral_neck": -2.9, "postmenopausal": True}
    view = view_of(made_up([earlier, {"visit_date": DAY, "grip_kg": 17.0}]))
    assert view.ruler is not None
    assert (view.ruler.day, view.ruler.of_verdict) == (date(2025, 3, 1), False)
    assert view.bone.explanation.value is None


def test_the_bands_are_not_drawn_for_somebody_they_were_not_made_for() -> None:
    young = {"visit_date": DAY, "sex": "female", "age_years": 30.0, "t_score_femoral_neck": -2.6}
    known = view_of(made_up([{**young, "postmenopausal": False}]))
    assert known.ruler is not None
    assert not known.ruler.bands
    assert known.bone.settled is None


def test_nobody_who_was_not_seen_by_the_day_gets_a_verdict() -> None:
    later = made_up([{"visit_date": date(2027, 1, 1), "grip_kg": 17.0}])
    assert judge_in("en").judge(later) is None
