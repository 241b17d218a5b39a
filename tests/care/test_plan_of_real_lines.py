"""The care files as a plan shows them: everything has a name in both languages, and no plan says what a gate forbids."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import polars as pl
import pytest

from myosteon.app.plan_run import Planner
from myosteon.assess import make_assessor
from myosteon.evidence.care_load import load_care
from myosteon.evidence.care_types import Line
from myosteon.evidence.clinic import clinic_of_tier, load_tiers
from myosteon.evidence.types import Language
from myosteon.frame import canonical_dtype
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.handout_words import load_items
from myosteon.outputs.plan_json import plan_table
from myosteon.outputs.plan_line_maker import columns_in
from myosteon.outputs.plan_types import Plan
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures

SCHEMA = json.loads((Path(__file__).parent / "plan_schema.json").read_text(encoding="utf-8"))
LINES = [line for one in load_care() for line in one.lines]
GATES = [gate for one in load_care() for gate in one.gates]
DRUGS = sorted({gate.drug for gate in GATES})
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names that are written alike in both languages.
ALIKE = {"HMB"}
AS_OF = date(2026, 11, 20)


@pytest.mark.parametrize("subject", sorted({line.subject for line in LINES} | set(DRUGS)))
def test_every_subject_has_a_name_in_both_languages(subject: str) -> None:
    english, chinese = PlanVoice("en").subject(subject), PlanVoice("zh").subject(subject)
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese) or chinese in ALIKE


def test_every_capability_is_known() -> None:
    assert {line.capability for line in LINES if line.capability} <= set(load_tiers().capabilities)


def test_a_line_speaks_only_of_columns_that_there_are() -> None:
    graph = make_assessor(care=True).graph
    unknown = {
        (line.id, name)
        for line in LINES
        for name in columns_in(line)
        if name not in {*graph.rules, *graph.measures}
    }
    assert not unknown


def test_what_a_line_contradicts_is_there() -> None:
    known = {line.id for line in LINES}
    assert {id for line in LINES for id in line.conflicts_with} <= known


def test_what_is_told_to_the_person_comes_from_lines_that_there_are() -> None:
    for item in load_items():
        assert set(item.lines) <= {line.id for line in LINES}, item.text.en
        wanted = set(item.subjects)
        assert not wanted or wanted & ({line.subject for line in LINES} | set(DRUGS)), item.text.en
        assert any(_may_bring(item_line, item) for item_line in LINES), item.text.en


def _may_bring(line: Line, item: object) -> bool:
    from myosteon.outputs.handout_words import Item

    assert isinstance(item, Item)
    by_id = line.id in item.lines if item.lines else not item.subjects or line.subject in item.subjects
    return by_id and (not item.categories or line.category in item.categories)


PEOPLE: list[dict[str, object]] = [
    {},
    {"sex": "female", "age_years": 62.0},
    {
        "sex": "female",
        "age_years": 84.0,
        "drug": "denosumab",
        "days_since_last_dose": 245.0,
        "weight_kg": 45.0,
    },
    {"sex": "female", "age_years": 84.0, "drug": "denosumab", "egfr_ml_min_1_73m2": 25.0, "cirrhosis": True},
    {"sex": "male", "age_years": 75.0, "fracture_hip": True, "t_score_femoral_neck": -3.1, "drug": "none"},
    {
        "sex": "female",
        "age_years": 70.0,
        "fracture_vertebral": True,
        "calcium_mmol_l": 2.0,
        "drug": "zoledronate",
    },
    {"sex": "female", "age_years": 30.0, "pregnant": True},
    *(
        {"sex": "female", "age_years": 71.0, "fracture_hip": True, "drug": drug}
        for drug in load_measures()["drug"].words
    ),
]


@cache
def plans(language: Language, tier: int, absent_means_no: bool) -> list[tuple[dict[str, object], Plan]]:
    """The plans of a few people, as they are or with every unknown history read as no."""
    measures = load_measures()
    people = []
    for place, person in enumerate(PEOPLE):
        told = {name: value for name, value in person.items() if name in measures}
        histories = {name: False for name, one in measures.items() if one.history} if absent_means_no else {}
        people.append({"person_id": str(place), **histories, **told})
    names = sorted({name for person in people for name in person})
    frame = pl.DataFrame(people, schema={name: canonical_dtype(measures[name]) for name in names})
    planner = Planner(clinic_of_tier(tier), AS_OF, language, Settings())
    return list(zip(people, planner.plans(frame), strict=True))


CASES = [("en", 3, False), ("en", 3, True), ("zh", 1, True)]


@pytest.mark.parametrize("case", CASES)
def test_every_plan_has_the_shape_of_the_contract_and_a_source_for_each_line(
    case: tuple[Language, int, bool],
) -> None:
    for _, plan in plans(*case):
        jsonschema.validate(plan_table(plan), SCHEMA)
        assert all(line.sources for line in plan.lines)
        assert len({line.id for line in plan.lines}) == len(plan.lines)


@pytest.mark.parametrize("case", CASES)
def test_no_drug_is_offered_while_a_gate_forbids_it_or_waits(case: tuple[Language, int, bool]) -> None:
    behind = {line.id: line.drug for line in LINES if line.drug}
    for _, plan in plans(*case):
        states = {gate.drug: gate.state for gate in plan.gates}
        for line in plan.lines:
            if line.id in behind:
                assert states[behind[line.id]] == "allowed", line.id
            if line.category == "drug" and line.status in ("do", "offer") and line.subject in states:
                assert states[line.subject] == "allowed", line.id


@pytest.mark.parametrize("case", CASES)
def test_whoever_has_denosumab_has_a_line_about_its_end(case: tuple[Language, int, bool]) -> None:
    for person, plan in plans(*case):
        if person.get("drug") == "denosumab":
            subjects = {line.subject for line in plan.lines if line.category == "drug_clock"}
            assert subjects & {"denosumab", "denosumab_exit", "denosumab_dose"}


@pytest.mark.parametrize("case", CASES)
def test_every_contradiction_is_shown_on_both_sides(case: tuple[Language, int, bool]) -> None:
    for _, plan in plans(*case):
        named = {line.id: set(line.conflicts_with) for line in plan.lines}
        for id, others in named.items():
            assert all(id in named[other] for other in others)
        assert {id for id, others in named.items() if others} == {
            id for group in plan.disputes for id in group
        }


@pytest.mark.parametrize("case", CASES)
def test_what_is_not_judged_names_what_it_needs(case: tuple[Language, int, bool]) -> None:
    for person, plan in plans(*case):
        for one in plan.not_judged:
            assert one.needs, one.subject
            recorded = [name for name in one.needs if person.get(name) is not None]
            assert not recorded, one.subject


def test_texts_of_a_language_are_in_that_language() -> None:
    for _, plan in plans("en", 3, True):
        for line in plan.lines:
            assert not CHINESE.search(line.action + line.dose + line.reason + line.stop_rule), line.id
        assert not CHINESE.search("".join(make_handout(plan).eat))
    for _, plan in plans("zh", 1, True):
        for line in plan.lines:
            assert CHINESE.search(line.action), line.id
            assert "阴性" not in line.action + line.reason


def test_nothing_is_left_unfilled() -> None:
    for case in CASES:
        for _, plan in plans(*case):
            for line in plan.lines:
                assert "{" not in line.action + line.dose + line.reason + line.stop_rule, line.id
