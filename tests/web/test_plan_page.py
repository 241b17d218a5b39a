"""The plan page against the command line, kept plans, and the papers that are printed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from html import unescape
from typing import Any

import polars as pl
import pytest

from myosteon.app.web.plan.page import short_name
from myosteon.history import read_treatments
from myosteon.registry.database import Actor
from myosteon.registry.measured import Measured
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.results import PLAN, results_of
from myosteon.registry.treatments import TreatmentFields, add_treatment
from myosteon.registry.visits import start_visit
from web.person_examples import FOLDER, everybody
from web.world import World

# A hip fracture of which little is known, a late dose with a failing liver, a healthy woman, two vertebrae with eGFR 32.
PEOPLE = ("P01", "P02", "P08", "P09")
NAME = "Wang Xiulan"
ORDER = ("stop", "do", "offer", "refer", "avoid", "check_first")
NOT_OF_A_VISIT = ("person_id", "visit_date", "sex")
LINE = re.compile(r'<li class="line[^"]*" id="line-([^"]+)"><div><span class="tag tag-(\w+)">')


@cache
def plans_of_command_line(language: str) -> dict[str, dict[str, Any]]:
    """What `myosteon plan --format json` writes of the examples, at a clinic of tier 1 on the day of the made-up clinic."""
    files = [str(FOLDER / "people.csv"), "--treatments", str(FOLDER / "treatments.csv")]
    asked = ["--tier", "1", "--as-of", "2026-11-20", "--lang", language, "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "myosteon", "plan", *files, *asked], capture_output=True, check=True
    )
    plans = [json.loads(line) for line in done.stdout.splitlines()]
    return {plan["person_id"]: plan for plan in plans}


def plan_of_command_line(person: str, language: str) -> dict[str, Any]:
    return plans_of_command_line(language)[person]


def register(world: World, person: str) -> str:
    """The same example in the village's registry."""
    things = world.things["village"]
    (row,) = everybody().filter(pl.col("person_id") == person).to_dicts()
    courses = read_treatments(FOLDER / "treatments.csv").courses.filter(pl.col("person_id") == person)
    measures = {
        name: Measured(value.isoformat() if isinstance(value, date) else value)
        for name, value in row.items()
        if value is not None and name not in NOT_OF_A_VISIT
    }
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        fields = PersonFields(name=NAME, sex=row["sex"], identifier=f"HP-{person}")
        id = add_person(write, things["organisation"], fields)
        start_visit(write, id, things["organisation"], row["visit_date"], measures, state="finished")
        for one in courses.to_dicts():
            add_treatment(
                write,
                id,
                TreatmentFields(
                    one["drug"],
                    one["dose"],
                    one["start_date"],
                    one["stop_date"],
                    last_dose_date=one["last_dose_date"],
                    doses=one["doses"],
                    reason_stopped=one["reason_stopped"],
                ),
            )
    return id


@pytest.fixture(scope="module")
def examples(shared_world: World) -> dict[str, str]:
    """Examples that the tests of this module only look at, by their names."""
    return {person: register(shared_world, person) for person in PEOPLE}


def page_of(world: World, id: str) -> str:
    return world.with_session("clinician").get(f"/people/{id}/plan").text


def kept_of(world: World, person: str) -> list[Any]:
    with world.database.read() as connection:
        return list(results_of(connection, person, PLAN))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("person", PEOPLE)
def test_the_plan_that_is_kept_is_that_of_the_command_line(
    person: str, language: str, shared_world: World, examples: dict[str, str]
) -> None:
    id, browser = examples[person], shared_world.with_session("clinician")
    browser.post(f"/language/{language}", {"to": "/guidelines"})
    assert browser.get(f"/people/{id}/plan").status_code == 200
    (kept,) = [one for one in kept_of(shared_world, id) if one.language == language]
    expected = plan_of_command_line(person, language)
    assert kept.content["plan"] | {"person_id": person} == expected


@pytest.mark.parametrize("person", PEOPLE)
def test_the_page_shows_every_line_of_the_command_line_with_its_reason(
    person: str, shared_world: World, examples: dict[str, str]
) -> None:
    shared_world.with_session("clinician").post("/language/en", {"to": "/guidelines"})
    text = unescape(page_of(shared_world, examples[person]))
    lines = plan_of_command_line(person, "en")["lines"]
    assert lines
    for line in lines:
        waits = line["id"] == f"check_first_{line['subject']}"
        for told in ("action", "dose", "reason", "stop_rule"):
            # Drugs that only wait for what is unknown are told in one line.
            assert waits or not line[told] or line[told] in text, (line["id"], told)
        for source in line["sources"]:
            assert source["citation"].rstrip(".") in text


def test_within_a_subject_what_to_do_stands_before_what_to_avoid_and_what_to_check(
    shared_world: World, examples: dict[str, str]
) -> None:
    id = examples["P08"]
    text = page_of(shared_world, id)
    by_id = {line["id"]: line for line in plan_of_command_line("P08", "en")["lines"]}
    seen = 0
    for section in text.split('<section class="section" aria-labelledby="group-')[1:]:
        ids = [found.group(1) for found in LINE.finditer(section.split("</section>")[0])]
        calm = [by_id[id]["status"] if id in by_id else "avoid" for id in ids if not urgent(by_id.get(id))]
        assert calm == sorted(calm, key=ORDER.index)
        seen += len(calm)
    assert seen > 10


def urgent(line: dict[str, Any] | None) -> bool:
    return line is not None and (line["urgency"] == "urgent" or line["status"] == "stop")


def test_drugs_that_a_gate_forbids_stand_among_the_bone_drugs(
    shared_world: World, examples: dict[str, str]
) -> None:
    id = examples["P08"]
    page = unescape(page_of(shared_world, id))
    drugs = page.split('id="group-drug"')[1].split("</section>")[0]
    forbidden = [gate for gate in plan_of_command_line("P08", "en")["gates"] if gate["state"] == "avoid"]
    assert forbidden
    for gate in forbidden:
        assert gate["drug"].replace("_", " ").split()[0] in drugs.lower()


def test_the_page_tells_how_many_steps_of_the_safety_review_ran(
    shared_world: World, examples: dict[str, str]
) -> None:
    id = examples["P09"]
    steps = plan_of_command_line("P09", "en")["review"]
    ran = sum(step["ran"] for step in steps)
    assert len(steps) == 14
    assert ran < 14
    assert f"{ran} of 14 steps" in page_of(shared_world, id)


def test_every_source_that_a_line_names_opens(shared_world: World, examples: dict[str, str]) -> None:
    id = examples["P02"]
    text = page_of(shared_world, id)
    named = set(re.findall(r'popovertarget="([^"]+)"', text))
    assert named
    assert named <= set(re.findall(r'<div class="popover" id="([^"]+)" popover>', text))
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_a_plan_is_kept_once_for_as_long_as_it_says_the_same(world: World) -> None:
    id = register(world, "P04")
    browser = world.with_session("clinician")
    for _ in range(3):
        browser.get(f"/people/{id}/plan")
    assert len(kept_of(world, id)) == 1
    world.forward(days=1)
    world.with_session("clinician").get(f"/people/{id}/plan")
    assert len(kept_of(world, id)) == 2


def test_an_earlier_plan_is_shown_word_for_word_after_the_person_has_changed(world: World) -> None:
    id = register(world, "P04")
    browser = world.with_session("clinician")
    first = browser.get(f"/people/{id}/plan").text
    (kept,) = kept_of(world, id)
    things = world.things["village"]
    world.forward(days=1)
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        measures = {"egfr_ml_min_1_73m2": Measured(20.0), "creatinine_umol_l": Measured(260.0)}
        start_visit(write, id, things["organisation"], date(2026, 11, 21), measures, state="finished")
    browser = world.with_session("clinician")
    again = browser.get(f"/plans/{kept.id}").text
    assert "as it was given" in again
    assert lines_in(again) == lines_in(first)
    assert lines_in(browser.get(f"/people/{id}/plan").text) != lines_in(first)


def lines_in(text: str) -> list[str]:
    """Every line, and every list at the side, as it stands in the page."""
    found = re.findall(
        r'<li class="line.*?</li>|<ul class="next">.*?</ul>|<dl class="dl dates">.*?</dl>', text, re.DOTALL
    )
    assert len(found) > 10
    return found


def test_a_kept_plan_among_the_answers_of_a_person_leads_to_its_page(world: World) -> None:
    id = register(world, "P04")
    browser = world.with_session("clinician")
    browser.get(f"/people/{id}/plan")
    (kept,) = kept_of(world, id)
    assert browser.get(f"/results/{kept.id}").headers["location"] == f"/plans/{kept.id}"
    assert world.with_session("clinician", "hospital").get(f"/results/{kept.id}").status_code == 404


@pytest.mark.parametrize("what", ["note", "handout"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_papers_are_pdf_in_both_languages_under_a_name_that_names_nobody(
    what: str, language: str, world: World
) -> None:
    pytest.importorskip("typst")
    id = register(world, "P04")
    answer = world.with_session("clinician").get(f"/people/{id}/plan/{what}.pdf?in={language}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert (
        answer.headers["content-disposition"]
        == f'inline; filename="myosteon-{what}-2026-11-20-{language}.pdf"'
    )
    assert answer.content.startswith(b"%PDF")
    assert re.search(rb"/Lang ?\(" + language.encode(), answer.content)


def test_the_note_of_a_kept_plan_prints(world: World) -> None:
    pytest.importorskip("typst")
    id = register(world, "P04")
    browser = world.with_session("clinician")
    browser.get(f"/people/{id}/plan")
    (kept,) = kept_of(world, id)
    answer = browser.get(f"/plans/{kept.id}/note.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_a_paper_in_no_language_of_ours_is_not_there(world: World) -> None:
    id = world.things["village"]["person"]
    assert world.with_session("clinician").get(f"/people/{id}/plan/note.pdf?in=fr").status_code == 404


def test_somebody_without_a_finished_visit_has_no_plan_and_the_page_says_what_comes_next(
    world: World,
) -> None:
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        id = add_person(write, things["organisation"], PersonFields(name="New"))
    browser = world.with_session("clinician")
    answer = browser.get(f"/people/{id}/plan")
    assert answer.status_code == 200
    assert "no finished visit" in answer.text
    assert browser.get(f"/people/{id}/plan/note.pdf").status_code == 404
    assert kept_of(world, id) == []


def test_the_address_title_and_head_of_a_plan_name_nobody_but_in_the_page(world: World) -> None:
    id = register(world, "P04")
    answer = world.with_session("clinician").get(f"/people/{id}/plan")
    title = answer.text.split("<title>")[1].split("</title>")[0]
    assert NAME not in title
    assert NAME in answer.text
    assert " style=" not in answer.text
    assert "<script>" not in answer.text


def test_a_source_has_a_short_name_with_its_year() -> None:
    long = "Cummings SR and others. Vertebral fractures after discontinuation. J Bone Miner Res 2018;33(2):190-198"
    assert short_name(long) == "Cummings SR and others 2018"
    assert short_name("Label of 2011") == "Label of 2011"
