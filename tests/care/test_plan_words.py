"""What a person reads of a plan: numbers, days, tags, reasons told once, and a handout that fits who gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from myosteon.assess import make_assessor
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.plan_gate_maker import say_reason
from myosteon.outputs.plan_order import rank
from myosteon.outputs.plan_types import GateReason, LineSource, Plan, PlanLine
from myosteon.outputs.plan_view import view_plan
from myosteon.outputs.plan_voice import PlanVoice

DAY = date(2026, 11, 20)
SOURCE = LineSource("a", "A paper.", "a place", "checked")
WHY = "After the last dose vertebral fractures rise from 1.2 to 7.1 per 100 person-years."


def line(id: str, **change: object) -> PlanLine:
    plain = PlanLine(id, "drug_clock", "do", "denosumab_exit", "What follows", id, (SOURCE,))
    return replace(plain, **change)


def plan_of(*lines: PlanLine, region: str = "", disputes: tuple[tuple[str, ...], ...] = ()) -> Plan:
    clinic = replace(clinic_of_tier(1), region=region)
    in_order = tuple(sorted(lines, key=rank))
    return Plan("P", DAY, DAY, clinic, "en", "Woman", in_order, disputes, (), ())


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("drug_years", 5.0513, "5.1 years"),
        ("bmi", 21.3333, "21.3 kg/m²"),
        ("gait_speed_m_s", 0.45, "0.45 m/s"),
        ("t_score_total_hip", -2.55, "−2.55"),
        ("calcium_mmol_l", 2.85, "2.85 mmol/L"),
        ("creatinine_umol_l", 158.0, "158 µmol/L"),
        # Beside a limit a value is not rounded to it: below 30, below 18.5.
        ("egfr_ml_min_1_73m2", 29.96, "29.96 mL/min/1.73 m²"),
        ("bmi", 18.46, "18.46 kg/m²"),
    ],
)
def test_a_value_has_as_many_digits_as_a_person_would_say(column: str, value: float, said: str) -> None:
    assert PlanVoice("en").value(column, value, make_assessor(care=True).graph) == said


@pytest.mark.parametrize(
    ("subject", "due", "said", "late"),
    [
        ("denosumab_dose", date(2026, 8, 10), "10 August 2026, 102 days late", True),
        ("review", date(2026, 11, 1), "due since 1 November 2026", False),
        ("review", date(2017, 9, 5), "due since 5 September 2017", False),
        ("review", DAY, "today", False),
        ("denosumab_dose", date(2026, 12, 1), "1 December 2026", False),
    ],
)
def test_a_dose_is_late_and_a_review_is_due(subject: str, due: date, said: str, late: bool) -> None:
    graph = make_assessor(care=True).graph
    view = view_plan(plan_of(line("x", subject=subject, due=due)), graph)
    (shown,) = [one for section in view.all_sections() for one in section.lines]
    assert (shown.due, shown.late) == (said, late)
    # What stands first is a dose, never a review.
    assert (view.urgent is not None) is late


def test_what_falls_on_one_day_stands_together() -> None:
    lines = [line(id, due=DAY + timedelta(11)) for id in ("One", "Two")]
    view = view_plan(plan_of(*lines), make_assessor(care=True).graph)
    assert [(item.name, item.text) for item in view.dates] == [("One; Two", "1 December 2026")]


def test_a_long_reason_is_told_once_and_a_short_one_each_time() -> None:
    lines = [
        line("a", urgency="urgent", reason=f"This clinic has no bone specialist. {WHY}"),
        line("b", reason=WHY),
        line("c", reason="A vertebra is broken."),
        line("d", reason="A vertebra is broken."),
    ]
    view = view_plan(plan_of(*lines), make_assessor(care=True).graph)
    said = {one.id: one.reason for section in view.all_sections() for one in section.lines}
    assert said["a"].endswith(WHY)
    assert said["b"] == ""
    assert said["c"] == said["d"] == "A vertebra is broken."


def test_what_another_guideline_says_is_another_view_beside_what_the_plan_does() -> None:
    food = {"category": "nutrition", "subject": "protein"}
    ours = line("ours", **food, conflicts_with=("theirs",))
    theirs = line("theirs", **food, status="check_first", urgency="soon", conflicts_with=("ours",))
    view = view_plan(plan_of(ours, theirs, disputes=(("theirs", "ours"),)), make_assessor(care=True).graph)
    (section,) = view.sections
    assert section.id == "nutrition"
    (dispute,) = section.disputes
    assert [(side.id, side.tag) for side in dispute.sides] == [("ours", "Do"), ("theirs", "Another view")]


def test_the_region_whose_labels_count_is_named_where_it_is_set() -> None:
    graph = make_assessor(care=True).graph
    assert "labels of EU" in view_plan(plan_of(line("x"), region="EU"), graph).made_for
    assert "labels" not in view_plan(plan_of(line("x")), graph).made_for


def test_where_nothing_is_urgent_the_first_line_says_what_is_to_be_done_within_weeks() -> None:
    lines = [line("Later"), line("Soon", urgency="soon"), line("An offer", status="offer", urgency="soon")]
    view = view_plan(plan_of(*lines), make_assessor(care=True).graph)
    assert view.lead == "Nothing here is urgent. Within weeks: Soon."


@pytest.mark.parametrize(
    ("kind", "note", "said"),
    [
        ("not_recommended", "Clearance below 35: not recommended", "Clearance below 35: not recommended"),
        ("contraindicated", "Clearance below 35", "Clearance below 35 [contraindicated]"),
        ("specialist", "only with a specialist", "only with a specialist"),
    ],
)
def test_how_strong_a_gate_is_is_said_once(kind: str, note: str, said: str) -> None:
    reason = GateReason("x", kind, note, "", SOURCE)  # type: ignore[arg-type]
    assert say_reason(reason, PlanVoice("en")) == said


# ---- the handout


@pytest.mark.parametrize(
    ("id", "said"),
    [("walking_a", "a few steps"), ("walking_b", "rest, and walk again"), ("walking_cd", "Walk every day")],
)
def test_who_can_hardly_walk_is_not_sent_out_to_walk_every_day(id: str, said: str) -> None:
    page = make_handout(plan_of(line(id, category="exercise", subject="walking")))
    assert said in page.move_note
    assert ("Walk every day" in page.move_note) is (id == "walking_cd")


def test_a_drug_that_is_only_offered_brings_no_instructions() -> None:
    offer = line("x", category="drug", status="offer", subject="denosumab", dose="60 mg")
    referred = line("y", category="drug", status="refer", subject="zoledronate", dose="5 mg")
    page = make_handout(plan_of(offer, referred))
    assert page.drugs == ()
    assert "Cramps" not in page.call
    assert "thigh" not in page.call
    taken = make_handout(plan_of(offer, line("watch_denosumab", subject="monitoring")))
    assert "Cramps" in taken.call


def test_a_date_stands_once_and_today_is_no_appointment() -> None:
    lines = [line(id, due=DAY + timedelta(days)) for id, days in (("a", 11), ("b", 11), ("c", 0))]
    assert make_handout(plan_of(*lines)).following == "Next: medicine 1 December 2026."
