"""Asks every page with whatever schemathesis thinks of, as every role, and looks for faults and for what is another clinic's.

    MYOSTEON_FUZZ_EXAMPLES=200 python -m pytest tests/web/test_fuzz.py    # longer than the usual run

The interface comes from the routes. What a form may hold comes from its page: the fields that it shows, filled with values that
somebody would type, with identifiers of the own and of the other clinic, and with anything at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import schemathesis
from fastapi.openapi.utils import get_openapi
from hypothesis import HealthCheck, Phase, given, settings

from myosteon.app.web.page_list import routes
from myosteon.registry.accounts import Role
from myosteon.registry.database import Actor
from myosteon.registry.fractures import FractureFields, add_fracture
from myosteon.registry.messages import send_message
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.referrals import take_step, write_referral
from myosteon.registry.treatments import TreatmentFields, add_treatment
from web.world import NAMES, NUMBERS, Browser, World

NAME = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
CHOSEN = re.compile(r'\b(?:value|formaction)="([^"]{1,60})"')
FILE = re.compile(r'<input\b(?=[^>]*type="file")[^>]*?\bname="([^"]+)"')
# Words that stand in the other clinic's records and nowhere else.
MARKERS = ("Zebrowska", "Quaggawort", "Okapiwort", "Kuduwort", "Gnuwort", "Bongowort")
TYPED = (
    "",
    "0",
    "1",
    "-1",
    "17.5",
    "１７",
    "1e309",
    "NaN",
    "9" * 400,
    "2026-11-20",
    "2026-02-30",
    "2024-02-29",
    "0001-01-01",
    "9999-12-31",
    "2026-11",
    "yes",
    "no",
    "unknown",
    "true",
    "on",
    "en",
    "zh",
    "denosumab",
    "hip",
    "female",
    "sent",
    "answered",
    "陈桂英",
    "<script>alert(1)</script>",
    "{{ 7*7 }} {say} %s",
    "'; DROP TABLE person; --",
    "../../etc/passwd",
    "//elsewhere.example",
    "\u202e\u0300 \ufeff\U0001f9b4",
    "a" * 5_000,
    "a;b;;c",
    "line\r\nSet-Cookie: x=y",
)
IN_ADDRESSES = (
    "0" * 32,
    "x",
    "zz-9.",
    "%00",
    "a%2Fb",
    "sarc_f",
    "size",
    "strength",
    "awgs2025",
    "handout",
    "note",
)
FILES = (
    b"",
    b"\x00\xff\xfe" * 100,
    b"PK\x03\x04not a workbook",
    b"PAR1 not parquet PAR1",
    b"person_id,sex,age_years,grip_kg\n1,female,78,14\n2,male,-5,1e999\n",
    "姓名,性别,年龄\n陈,女,七十\n".encode("gb18030"),
    b'person_id,sex,age_years\n"=cmd|calc",female,"78\n',
    b"sex," * 5_000,
)


@dataclass
class Trial:
    """What came out of asking as one role."""

    role: Role | None
    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)


def plant(world: World) -> None:
    """Words of the other clinic in every kind of record that it can have."""
    hospital = world.things["hospital"]
    with world.database.write(Actor(hospital["clinician"], hospital["organisation"])) as write:
        person = add_person(
            write,
            hospital["organisation"],
            PersonFields(name=MARKERS[0], sex="male", birth_year=1940, note=MARKERS[1], address=MARKERS[1]),
        )
        fracture = add_fracture(write, person, FractureFields("distal_forearm", year=2020, note=MARKERS[2]))
        course = add_treatment(write, person, TreatmentFields("zoledronate", reason_stopped=MARKERS[3]))
        referral = write_referral(
            write,
            person,
            hospital["organisation"],
            question=MARKERS[4],
            to_organisation_id=hospital["organisation"],
        )
        take_step(write, referral, 1, "sent")
        send_message(write, referral, MARKERS[5])
    marked = {"person": person, "referral": referral, "fracture": fracture, "course": course}
    hospital |= {f"marked_{name}": id for name, id in marked.items()}


def foreign(world: World) -> tuple[str, ...]:
    """What no answer to the village may hold."""
    of_the_hospital = (NAMES["hospital"], NUMBERS["hospital"], *MARKERS)
    return (*of_the_hospital, world.things["hospital"]["person"], "colleague of the hospital")


def interface(world: World, browser: Browser) -> dict[str, Any]:
    """The OpenAPI of the routes, with identifiers to put into addresses and the fields that the pages show."""
    told: dict[str, Any] = get_openapi(title="Myosteon", version="1", routes=list(routes()))
    for path, methods in told["paths"].items():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _to_put_in(world, parameter["name"])
        if "post" in methods:
            _add_fields(methods["post"], _fields_of(world, browser, path), world)
    return told


def _to_put_in(world: World, name: str) -> dict[str, Any]:
    """The own thing half of the time: only behind it is there much to find."""
    own, other = (world.things[clinic].get(name) for clinic in ("village", "hospital"))
    marked = world.things["hospital"].get(f"marked_{name}")
    others = [known for known in dict.fromkeys((other, marked, *IN_ADDRESSES)) if known and known != own]
    chosen = {"type": "string", "enum": others}
    return {"anyOf": [{"type": "string", "enum": [own]}, chosen]} if own else chosen


def _fields_of(world: World, browser: Browser, path: str) -> dict[str, set[str]]:
    """The fields that the page of the same address shows, with what they offer."""
    try:
        shown = browser.get(world.path(path))
    except KeyError:
        return {}
    if shown.status_code != 200:
        return {}
    offered = {unescape(value) for value in CHOSEN.findall(shown.text)}
    return {unescape(name): offered for name in NAME.findall(shown.text)} | {
        name: {"file"} for name in FILE.findall(shown.text)
    }


def _add_fields(operation: dict[str, Any], fields: Mapping[str, set[str]], world: World) -> None:
    schema = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    known = [*TYPED, *(world.things["village"].values()), *(world.things["hospital"].values())]
    for name in (*schema["properties"], *fields):
        typed = sorted({*known, *fields.get(name, ())})
        schema["properties"][name] = {"anyOf": [{"enum": typed}, {"type": "string"}]}
    schema["properties"]["seen"] = {"enum": ["1", "2", "3", "0", "-1", "x", ""]}
    schema["additionalProperties"] = False


def try_all(world: World, role: Role | None, examples: int) -> Trial:
    """Asks every operation so many times as a role; None: as nobody who is signed in."""
    trial, words = Trial(role), foreign(world)
    sessions = _sessions(world, role)
    told = interface(world, next(sessions))
    schema = schemathesis.openapi.from_dict(told)
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            browser = next(sessions)
            answer = _send(browser, case)
            trial.asked += 1
            trial.statuses[answer.status_code] += 1
            where = f"{role or 'nobody'}: {case.method} {case.operation.path}"
            if answer.status_code >= 500:
                trial.faults.append(f"{where} {answer.status_code} {case.body!r:.2000}")
            sent = str(case.body) + str(case.path_parameters)
            said = answer.text + str(answer.headers)
            trial.leaks += [f"{where} {word}" for word in words if word in said and word not in sent]

        ask()
    return trial


def _sessions(world: World, role: Role | None) -> Iterator[Browser]:
    """The same browser, signed in anew where it was signed out."""
    browser = _browser(world, role)
    while True:
        yield browser
        if role is not None and browser.get("/settings/password").status_code != 200:
            browser = _browser(world, role)


def _browser(world: World, role: Role | None) -> Browser:
    return world.browser() if role is None else world.with_session(role)


def _send(browser: Browser, case: Any) -> Any:
    path = case.formatted_path
    if case.method == "GET":
        return browser.get(path)
    body = case.body if isinstance(case.body, dict) else {}
    data = {name: value for name, value in body.items() if name != "csrf" and isinstance(value, str)}
    # What no browser can send.
    data = {name: value.encode("utf-8", "replace").decode() for name, value in data.items()}
    if "file" in data:
        content = FILES[len(data["file"]) % len(FILES)]
        name = ("people.csv", "people.xlsx", "people.parquet", "people.exe")[len(data) % 4]
        del data["file"]
        return browser.post(path, data, files={"file": (name, content)})
    return browser.post(path, data)
