"""Whatever is sent to whichever page by whichever role: no fault, no record of another clinic. `fuzz.py` tells more."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from myosteon.app.web.page_list import routes
from myosteon.app.web.web_settings import Limits
from myosteon.registry.accounts import ROLES, Role
from myosteon.registry.audit import lines
from myosteon.registry.people import person_entries
from myosteon.registry.verify import verify
from myosteon.registry.visits import visit_entries
from web.fuzz import Trial, foreign, interface, plant, try_all
from web.world import World, make_world

EXAMPLES = int(os.environ.get("MYOSTEON_FUZZ_EXAMPLES", "4"))
NO_LIMIT = replace(Limits(), requests=10**9, sign_ins=10**9)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, limits=NO_LIMIT)
    plant(made)
    yield made
    for browser in made.open_browsers:
        browser.close()
    made.database.close()


def entries(world: World) -> tuple[int, int]:
    """How many entries the other clinic's person and visit have."""
    things = world.things["hospital"]
    with world.database.read() as connection:
        return len(person_entries(connection, things["person"])), len(
            visit_entries(connection, things["visit"])
        )


@pytest.mark.parametrize("role", [None, *ROLES])
def test_no_fault_and_nothing_of_another_clinic_whatever_is_sent(
    role: Role | None, world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    before, things = entries(world), world.things["hospital"]
    with caplog.at_level(logging.ERROR):
        trial = try_all(world, role, EXAMPLES)
    with capsys.disabled():
        print(
            f"\nfuzz, {role or 'nobody'}: {trial.asked} requests, statuses {dict(sorted(trial.statuses.items()))}"
        )
    assert trial.faults == [], "\n".join(line.getMessage() for line in caplog.records)
    assert trial.leaks == []
    assert entries(world) == before
    with world.database.read() as connection:
        opened = lines(connection, person_id=things["person"], limit=200)
    village = world.things["village"]["organisation"]
    assert [line for line in opened if line.organisation_id == village] == []
    assert verify(world.database).is_whole
    assert_asked_enough(trial)


def assert_asked_enough(trial: Trial) -> None:
    """Requests that are all refused at the door would prove nothing."""
    assert trial.asked >= 50 * EXAMPLES
    if trial.role is not None:
        assert trial.statuses[200] > EXAMPLES


def test_a_page_that_showed_another_clinics_record_would_be_noticed(world: World) -> None:
    """The words are there to be found: the other clinic's own pages hold them."""
    hospital, things = world.with_session("clinician", "hospital"), world.things["hospital"]
    shown = hospital.get(world.path("/people/{person}", "hospital")).text
    things |= {name: things[f"marked_{name}"] for name in ("person", "referral", "fracture", "course")}
    for route in routes():
        if "GET" in route.methods and set(route.param_convertors) & {
            "person",
            "referral",
            "fracture",
            "course",
        }:
            shown += hospital.get(world.path(route.path, "hospital")).text
    missing = [word for word in foreign(world)[:-1] if word not in shown]
    assert missing == []


def test_the_forms_that_are_sent_hold_the_fields_of_their_pages(world: World) -> None:
    told = interface(world, world.with_session("clinician"))
    content = told["paths"]["/visits/{visit}/steps/{step}"]["post"]["requestBody"]["content"]
    fields = content["application/x-www-form-urlencoded"]["schema"]["properties"]
    assert {"seen", "go", "reason"} < set(fields)
    assert len(fields) > 6
