"""The plans of the worked people against what the facts ask for."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from care.worked_people import WorkedPerson, worked_people, write_people, write_treatments
from command_line.door import myosteon
from myosteon.vocabulary.measures import load_measures

PEOPLE = worked_people()
# "6 months" is no number of days.
DAYS_OFF = 3
TEXTS = ("action", "dose", "reason", "stop_rule")

Line = Mapping[str, Any]
Plan = Mapping[str, Any]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Plan]:
    """The plan of each, made by the command as a clinic would."""
    folder = tmp_path_factory.mktemp("worked")
    made: dict[str, Plan] = {}
    for tier, day in sorted({(person.tier, person.as_of) for person in PEOPLE}):
        here = [person for person in PEOPLE if (person.tier, person.as_of) == (tier, day)]
        write_people(folder / "people.csv", here)
        write_treatments(folder / "treatments.csv", here)
        said = myosteon(
            *("plan", "people.csv", "--treatments", "treatments.csv", "--tier", tier),
            *("--as-of", day, "--format", "json"),
            folder=folder,
        )
        assert said.status == 0, said.err
        made |= {plan["person_id"]: plan for plan in map(json.loads, said.out.splitlines())}
    return made


@lru_cache(maxsize=1)
def _drugs() -> frozenset[str]:
    words = load_measures()["drug"].words
    return frozenset(words) - {"none"}


def _said(line: Line) -> str:
    return " ".join(line[text] or "" for text in TEXTS)


def _fits(line: Line, entry: Mapping[str, Any]) -> bool:
    return all(
        line[key] == entry[key] for key in ("id", "subject", "status", "category", "urgency") if key in entry
    ) and all(text in _said(line) for text in entry.get("says", ()))


def _ids(lines: Iterable[Line]) -> set[str]:
    return {line["id"] for line in lines}


each_person = pytest.mark.parametrize("person", PEOPLE, ids=[person.name for person in PEOPLE])


@each_person
def test_every_drug_that_is_offered_is_named_with_its_dose(
    person: WorkedPerson, plans: Mapping[str, Plan]
) -> None:
    lines = plans[person.id]["lines"]
    given = [line for line in lines if line["status"] in ("do", "offer") and line["dose"]]
    # What is given as a drug of bone, by its subject or by where it stands.
    offered = [
        line for line in given if line["subject"] in _drugs() or line["category"] in ("drug", "drug_clock")
    ]
    expected = {entry["drug"]: entry for entry in person.expected("offer")}
    assert {line["subject"] for line in offered} == set(expected)
    # A drug that is done or offered passed its gates, with a dose or without (contract of plan --format json).
    named = {line["subject"] for line in lines if line["status"] in ("do", "offer")} & _drugs()
    assert named <= set(expected)
    for line in offered:
        entry = expected[line["subject"]]
        assert [dose for dose in entry["dose"] if dose not in line["dose"]] == []
        assert line["urgency"] == entry.get("urgency", line["urgency"])
        if "due" in entry:
            assert line["due"] == entry["due"].isoformat()


@each_person
def test_gates_stand_for_the_reasons_of_the_labels(person: WorkedPerson, plans: Mapping[str, Plan]) -> None:
    plan = plans[person.id]
    gates = {gate["drug"]: gate for gate in plan["gates"]}
    for entry in person.expected("gate"):
        gate = gates[entry["drug"]]
        if not entry.get("optional"):
            assert gate["state"] == entry["state"], (entry["drug"], gate)
        assert set(entry.get("because", ())) <= {one["id"] for one in gate["because"]}
        for need in entry.get("needs", ()):
            assert set(need.split("|")) & set(gate["needs"]), (entry["drug"], need, gate["needs"])


@each_person
def test_the_grams_of_protein_are_those_of_the_table(person: WorkedPerson, plans: Mapping[str, Plan]) -> None:
    expected = person.case["protein"]
    targets = [
        line
        for line in plans[person.id]["lines"]
        if line["subject"] == "protein"
        and line["status"] in ("do", "offer")
        and line["id"].startswith("protein_")
        if line["id"] not in ("protein_gap", "protein_with_training_contested")
    ]
    if expected.get("none"):
        assert not targets
        return
    (target,) = targets
    low, high = expected["low"], expected["high"]
    assert str(low) in target["action"]
    assert str(high) in target["action"]


@each_person
def test_what_must_stand_stands_and_what_must_not_does_not(
    person: WorkedPerson, plans: Mapping[str, Plan]
) -> None:
    lines = plans[person.id]["lines"]
    missing = [entry for entry in person.expected("must") if not any(_fits(line, entry) for line in lines)]
    wrong = [entry for entry in person.expected("must_not") if any(_fits(line, entry) for line in lines)]
    assert not missing
    assert not wrong


@each_person
def test_every_referral_is_named_with_its_urgency(person: WorkedPerson, plans: Mapping[str, Plan]) -> None:
    referred = {
        line["id"]: line["urgency"] for line in plans[person.id]["lines"] if line["status"] == "refer"
    }
    expected = {entry["id"]: entry["urgency"] for entry in person.expected("refer")}
    optional = {entry["id"] for entry in person.expected("refer") if entry.get("optional")}
    assert {id: referred.get(id) for id in expected.keys() - optional} == {
        id: expected[id] for id in expected.keys() - optional
    }
    assert referred.keys() <= expected.keys()


@each_person
def test_every_date_is_named(person: WorkedPerson, plans: Mapping[str, Plan]) -> None:
    due = {line["id"]: date.fromisoformat(line["due"]) for line in plans[person.id]["lines"] if line["due"]}
    expected = {entry["id"]: entry for entry in person.expected("date")}
    assert due.keys() <= expected.keys()
    for id, entry in expected.items():
        if entry.get("optional"):
            continue
        assert id in due
        assert abs((due[id] - entry["due"]).days) <= DAYS_OFF, (id, due[id])


@each_person
def test_what_is_unknown_is_waited_for(person: WorkedPerson, plans: Mapping[str, Plan]) -> None:
    plan = plans[person.id]
    waited = {need for one in plan["not_judged"] for need in one["needs"]}
    waited |= {need for line in plan["lines"] for need in line["needs"]}
    for entry in person.expected("unknown"):
        if not entry.get("optional"):
            assert set(entry["need"].split("|")) & waited, entry["need"]


def test_every_expectation_says_on_what_it_rests() -> None:
    kinds = ("offer", "gate", "must", "must_not", "refer", "date", "unknown")
    bare = [
        (person.name, kind, entry)
        for person in PEOPLE
        for kind in kinds
        for entry in person.expected(kind)
        if not entry.get("facts")
    ]
    assert not bare
    assert all(person.case["protein"]["facts"] for person in PEOPLE)


def test_nobody_is_known_by_a_measure_that_does_not_exist() -> None:
    known = set(load_measures())
    no = tomllib.loads((Path(__file__).parent / "worked" / "answered_no.toml").read_text(encoding="utf-8"))
    assert set(no["answers"]) <= known
    assert {name for person in PEOPLE for name in person.measures()} <= known
