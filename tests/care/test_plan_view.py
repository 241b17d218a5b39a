"""What a clinician reads first, where each line stands, and the units and lines of a text."""

from __future__ import annotations

import re
from datetime import date

import pytest

from care.made_up_care import graph
from care.test_plan_formats import BOTH, LANGUAGES, pages_of, plan_for
from care.test_plan_of_real_lines import plans
from myosteon.assess import make_assessor
from myosteon.evidence.care_load import load_care
from myosteon.evidence.types import Language
from myosteon.outputs.plan_pdf import plan_pdf
from myosteon.outputs.plan_text import plan_text
from myosteon.outputs.plan_view import SECTIONS, view_plan
from myosteon.outputs.plan_view_lists import in_short
from myosteon.outputs.plan_view_types import PlanView
from myosteon.outputs.plan_view_waiting import waits
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.text_width import CLOSING, OPENING, width, wrap
from myosteon.outputs.wording.load import speak
from myosteon.vocabulary.measures import load_measures

RAW_UNIT = re.compile(r"\{[^}]*\}|\b(umol|mL/min/\{|a\{)|/wk\b|/d\b")


def views(language: Language, tier: int, absent_means_no: bool) -> list[PlanView]:
    whole = make_assessor(care=True).graph
    return [view_plan(plan, whole) for _, plan in plans(language, tier, absent_means_no)]


@pytest.mark.parametrize("case", [("en", 3, True), ("zh", 1, False)])
def test_urgent_lines_stand_first_then_what_not_to_do_then_the_rest(case: tuple[Language, int, bool]) -> None:
    seen: set[str] = set()
    whole = make_assessor(care=True).graph
    for _, plan in plans(*case):
        view = view_plan(plan, whole)
        order = [section.id for section in view.all_sections()]
        assert order == sorted(order, key=("urgent", "avoid", *SECTIONS).index)
        if view.avoid:
            assert {line.status for line in view.avoid.lines} == {"avoid"}
        for section in view.sections:
            said = {line.status for line in section.lines}
            assert said == {"check_first"} if section.id == "check" else not said & {"avoid", "check_first"}
        disputed = {id for group in plan.disputes for id in group}
        shown = [line.id for section in view.all_sections() for line in section.lines]
        joined = {line.id for line in plan.lines if waits(line)}
        assert {line.id for line in plan.lines} - joined == {*shown, *disputed} - joined
        # Drugs that wait for what is unknown stand in one line that names them all.
        (told,) = (
            [line.action for section in view.sections for line in section.lines if line.id in joined]
            if joined
            else [""]
        )
        assert all(line.heading.casefold() in told.casefold() for line in plan.lines if waits(line))
        assert len(shown) == len(set(shown))
        seen |= set(order)
    assert {"urgent", "avoid", "check"} <= seen


@pytest.mark.parametrize("case", [("en", 3, True), ("zh", 1, False)])
def test_every_number_of_a_source_is_in_the_list_with_the_same_mark(case: tuple[Language, int, bool]) -> None:
    for view in views(*case):
        listed = {place.label: place.mark for paper in view.papers for place in paper.places}
        lines = [line for section in view.all_sections() for line in section.lines]
        lines += [side for dispute in view.all_disputes() for side in dispute.sides]
        assert all(line.sources for line in lines)
        cited = {cite.label: cite.mark for line in lines for cite in line.sources}
        cited |= {cite.label: cite.mark for item in (*view.review, *view.gates) for cite in item.sources}
        assert cited == listed
        assert [paper.number for paper in view.papers] == list(range(1, len(view.papers) + 1))
        assert len({paper.citation for paper in view.papers}) == len(view.papers)


def test_a_forbidden_drug_has_a_source_in_the_list_of_gates() -> None:
    avoided = [gate for view in views("en", 3, True) for gate in view.gates if gate.status == "avoid"]
    assert avoided
    assert all(gate.sources for gate in avoided)


def test_what_is_not_judged_and_may_be_urgent_stands_first() -> None:
    for _, plan in plans("en", 3, False):
        view = view_plan(plan, make_assessor(care=True).graph)
        urgent = [item.status == "urgent" for item in view.not_judged]
        assert urgent == sorted(urgent, reverse=True)
        said = " ".join(f"{item.name} {item.text}" for item in view.not_judged)
        assert all(one.heading in said for one in plan.not_judged)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("Bone density after 12 months; then every year", "Bone density after 12 months"),
        ("地舒单抗：由专科决定", "地舒单抗：由专科决定"),
        (
            "The dose of denosumab is 61 days late, and something stands against it: refer today.",
            "The dose of denosumab is 61 days late",
        ),
        ("6个月随访：跌倒、骨折、饮食、训练、余药、下次用药日期、血钙、步速、力量、体重", "6个月随访"),
    ],
)
def test_an_action_in_short_keeps_what_it_is_about(action: str, said: str) -> None:
    assert in_short(action) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_is_of_one_to_three_sheets(language: Language) -> None:
    whole = make_assessor(care=True).graph
    longest = max((plan for _, plan in plans(language, 1, False)), key=lambda plan: len(plan.lines))
    assert len(longest.lines) > 25
    assert len(pages_of(plan_pdf(view_plan(longest, whole, "0")))) <= 3


# ---- units


def test_years_of_a_drug_are_a_span_and_years_of_life_an_age() -> None:
    whole = make_assessor(care=True).graph
    chinese, english = PlanVoice("zh"), PlanVoice("en")
    spans = ("drug_years", "prior_drug_years", "oral_bisphosphonate_years", "denosumab_years")
    assert {chinese.value(name, 5.0, whole) for name in spans} == {"5年"}
    ages = ("age_years", "age_at_menopause_years")
    assert {chinese.value(name, 50.0, whole) for name in ages} == {"50岁"}
    assert english.value("drug_years", 5.0, whole) == english.value("age_years", 5.0, whole) == "5 years"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_unit_is_printed_as_it_is_coded(language: Language) -> None:
    whole, voice = make_assessor(care=True).graph, PlanVoice(language)
    because = {name for one in load_care() for line in one.lines for name in line.because}
    measures = {name for name, measure in load_measures().items() if measure.is_number}
    for name in sorted(because | measures):
        said = voice.value(name, 3.5, whole)
        assert not RAW_UNIT.search(said), name


def test_egfr_is_printed_as_a_laboratory_prints_it() -> None:
    whole = make_assessor(care=True).graph
    assert PlanVoice("zh").value("egfr_ml_min_1_73m2", 25.0, whole) == "25 mL/min/1.73 m²"
    assert PlanVoice("zh").value("resistance_training_sessions_week", 2.0, whole) == "2次"
    assert PlanVoice("en").value("sitting_hours_day", 6.5, whole) == "6.5 hours a day"
    assert [PlanVoice("en").value("glucocorticoid_months", months, whole) for months in (1.0, 2.0)] == [
        "1 month",
        "2 months",
    ]


def test_a_unit_of_a_span_has_words() -> None:
    for language in LANGUAGES:
        speech = speak(language)
        assert speech.unit_of("drug_years", "a") == "a{elapsed}"
        assert speech.unit_of("age_years", "a") == "a"
        assert speech.unit_of("frail_status", None) == ""


# ---- lines of a text


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(
    name: str, language: Language
) -> None:
    view = view_plan(plan_for(name, language), graph())
    for columns in (40, 60, 80):
        lines = plan_text(view, columns).splitlines()
        assert not [line for line in lines if line.strip()[:1] in tuple(CLOSING)]
        assert not [line for line in lines if line[-1:] in tuple(OPENING)]


def test_an_opening_bracket_goes_to_the_next_line() -> None:
    assert wrap("骨密度下降（髋部）", 12) == ["骨密度下降", "（髋部）"]
    assert wrap("每日1000～1200 mg", 10) == ["每日", "1000～1200", "mg"]


def test_regions_are_named() -> None:
    assert PlanVoice("zh").region("EU, HK") == "欧盟、中国香港"
    assert PlanVoice("en").region("EU, CN") == "EU, China"


def test_a_text_of_eighty_columns_fits_a_terminal() -> None:
    for language in LANGUAGES:
        for view in views(language, 1, False)[:4]:
            assert max(width(line) for line in plan_text(view).splitlines()) <= 80


def test_a_late_day_is_said_with_its_days() -> None:
    late = [
        (plan, view_plan(plan, make_assessor(care=True).graph))
        for _, plan in plans("en", 3, True)
        if any(line.due and line.due < plan.as_of for line in plan.lines)
    ]
    assert late
    for plan, view in late:
        line = next(line for line in plan.lines if line.due and line.due < plan.as_of)
        assert isinstance(line.due, date)
        days = (plan.as_of - line.due).days
        assert any(f"{days} days late" in item.text and item.status == "urgent" for item in view.dates)
