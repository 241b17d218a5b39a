"""The pages on guidelines against what `myosteon guidelines` writes: the same numbers, each with its place."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from html import unescape
from typing import Any

import pytest

from myosteon.guidelines import installed_guidelines
from web.world import World

PAIRS = [("awgs2019", "ewgsop2019"), ("bone_who", "osteoporosis_china2022"), ("fnih2014", "jsh2021")]


@cache
def command_line(*asked: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "myosteon", "guidelines", *asked, "--format", "json"]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return told


def text_of(world: World, path: str, language: str = "en") -> str:
    browser = world.with_session("health_worker")
    browser.post(f"/language/{language}", {"to": "/guidelines"})
    answer = browser.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)


def row_of(text: str, name: str, group: str) -> str:
    """The row of a name under a heading."""
    part = text.split(f">{group}</th>")[1]
    return part.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_definitions_stand_side_by_side_number_by_number_each_with_its_place(
    first: str, second: str, language: str, shared_world: World
) -> None:
    told = command_line("compare", first, second, "--lang", language)
    text = text_of(shared_world, f"/guidelines/compare?first={first}&second={second}", language)
    assert told["main_difference"]["sentence"] in text
    places = dict(re.findall(r'id="place-(\d+)" popover><p><b>[^<]+</b></p><p>([^<]+)</p>', text))
    compared = 0
    for group in told["groups"]:
        for row in group["rows"]:
            shown = row_of(text, row["name"], group["title"])
            opened = [places[number] for number in re.findall(r'popovertarget="place-(\d+)"', shown)]
            for side in (row["first"], row["second"]):
                assert side["text"] in shown
                if side["source"]:
                    assert f"mark-{side['source']['status']}" in shown
                    assert opened.pop(0).endswith(side["source"]["where"])
                    compared += 1
            assert not opened
    assert compared > 4


@pytest.mark.parametrize("id", ["awgs2019", "stratum_china2022"])
def test_a_definition_shows_every_number_with_where_it_stands(id: str, shared_world: World) -> None:
    told = command_line("show", id, "--lang", "en")
    text = text_of(shared_world, f"/guidelines/{id}")
    for number in told["numbers"]:
        assert number["says"] in text
        assert number["source"]["where"] in text
    for stage in told["stages"]:
        assert stage["says"] in text
    assert told["paper"]["citation"] in text


def test_every_installed_definition_is_listed_and_leads_to_its_page(shared_world: World) -> None:
    text = text_of(shared_world, "/guidelines")
    browser = shared_world.with_session("researcher")
    linked = set(re.findall(r'<th scope="row"><a href="/guidelines/([a-z0-9_]+)">', text))
    assert linked == set(installed_guidelines())
    for id in linked:
        assert browser.get(f"/guidelines/{id}").status_code == 200


def test_one_made_up_person_is_judged_under_both(shared_world: World) -> None:
    told = command_line("compare", "awgs2019", "ewgsop2019", "--lang", "en")["made_up_person"]
    text = text_of(shared_world, "/guidelines/compare?first=awgs2019&second=ewgsop2019")
    ladders = re.findall(r'<ol class="ladder" aria-label="([^"]+)">', text)
    assert ladders == [told["proved"]["awgs2019"], told["proved"]["ewgsop2019"]]


@pytest.mark.parametrize("path", ["/guidelines/nothing", "/guidelines/compare?first=awgs2019&second=nothing"])
def test_a_definition_that_nobody_installed_is_not_there(path: str, shared_world: World) -> None:
    assert shared_world.with_session("clinician").get(path).status_code == 404


def test_any_two_definitions_can_be_compared(shared_world: World) -> None:
    browser = shared_world.with_session("clinician")
    ids = list(installed_guidelines())
    for second in ids:
        assert browser.get(f"/guidelines/compare?first={ids[0]}&second={second}").status_code == 200
