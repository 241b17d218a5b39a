"""A clinic to ask over HTTP: two organisations, every role in each, and one of every thing that belongs to a person."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI

from myosteon.app.web.cookies import SECURE_SESSION
from myosteon.app.web.make_web import make_web
from myosteon.app.web.passwords import Passwords
from myosteon.app.web.web_settings import WebSettings
from myosteon.registry.accounts import ROLES, Role, make_account
from myosteon.registry.clock import SetClock
from myosteon.registry.database import PROGRAM, Actor, Database, open_database
from myosteon.registry.fractures import FractureFields, add_fracture
from myosteon.registry.measured import Measured
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import OrganisationFields, add_organisation
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.referrals import write_referral
from myosteon.registry.results import PLAN, keep_result, results_of
from myosteon.registry.sessions import start_session
from myosteon.registry.treatments import TreatmentFields, add_treatment
from myosteon.registry.visits import start_visit

with warnings.catch_warnings():
    # Starlette wants a client that is not out yet everywhere.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BASE = "https://clinic.example"
PASSWORD = "four words that fit"
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
# What no log and no address may hold.
NAMES = {"village": "Chen Guiying", "hospital": "Sun Delin"}
NUMBERS = {"village": "HP-4711", "hospital": "KH-0815"}
# As cheap as argon2 goes: these tests sign in hundreds of times.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Browser:
    """A browser that remembers its cookies, names the page that a form comes from, and fills in the token of the form."""

    http: TestClient
    known_token: str = ""

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def token(self) -> str:
        """The token of the forms of this browser: on the password page, else on that of the sign-in."""
        if self.known_token:
            return self.known_token
        for path in ("/settings/password", "/sign-in"):
            answer = self.http.get(path)
            found = TOKEN.search(answer.text)
            if answer.status_code == 200 and found:
                return found.group(1)
        raise AssertionError("no page shows a form")

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> httpx.Response:
        headers = {"Origin": BASE, **more.pop("headers", {})}
        return self.http.post(path, data={"csrf": self.token(), **(data or {})}, headers=headers, **more)

    def set_session(self, token: str) -> None:
        """Puts a session's cookie in, as the server would."""
        self.http.cookies.set(SECURE_SESSION, token, domain="clinic.example", path="/")

    def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        return self.post("/sign-in", {"login": login, "password": password})


@dataclass
class World:
    """The clinic, its clock, and the identifiers of one of each thing in the village and in the hospital."""

    database: Database
    clock: SetClock
    settings: WebSettings
    app: FastAPI
    things: dict[str, dict[str, str]] = field(default_factory=dict)
    open_browsers: list[TestClient] = field(default_factory=list)

    def browser(self) -> Browser:
        """A browser that nobody is signed in with."""
        http = TestClient(self.app, base_url=BASE, follow_redirects=False)
        self.open_browsers.append(http)
        return Browser(http)

    def client(self, role: Role, organisation: str = "village") -> Browser:
        """A browser in which somebody with the role is signed in."""
        browser = self.browser()
        answer = browser.sign_in(f"{role}.{organisation}")
        assert answer.status_code == 303, answer.text
        return browser

    def with_session(self, role: Role, organisation: str = "village") -> Browser:
        """The same without the page of the sign-in: quick, where hundreds are wanted."""
        things = self.things[organisation]
        with self.database.write(Actor(things[role], things["organisation"])) as write:
            token, session = start_session(write, things[role], self.settings.limits.session)
        browser = self.browser()
        browser.set_session(token)
        browser.known_token = session.csrf_token
        return browser

    def forward(self, **step: float) -> None:
        """Moves the clock."""
        self.clock.move(timedelta(**step))

    def path(self, pattern: str, organisation: str = "village") -> str:
        """An address with the identifiers of one organisation; a name that is not known here has to be added in `_fill`."""
        if "{plan}" in pattern and "plan" not in self.things[organisation]:
            self._make_plan(organisation)
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: self.things[organisation][name.group(1)], pattern)

    def _make_plan(self, organisation: str) -> None:
        """A plan is kept when it is shown."""
        things = self.things[organisation]
        shown = self.with_session("clinician", organisation).get(f"/people/{things['person']}/plan")
        assert shown.status_code == 200, shown.text
        with self.database.read() as connection:
            things["plan"] = results_of(connection, things["person"], PLAN, limit=1)[0].id


# Migrating and filling takes longer than most tests: it is done once, and copied.
FILLED: dict[str, tuple[bytes, dict[str, dict[str, str]]]] = {}


def make_world(folder: Path, **settings: Any) -> World:
    """The clinic in a database of its own."""
    clock, passwords, file = SetClock(NOON), Passwords(CHEAP), folder / "clinic.sqlite"
    if not FILLED:
        FILLED["clinic"] = _filled(file, clock, passwords)
    content, things = FILLED["clinic"]
    file.write_bytes(content)
    database = open_database(file, clock)
    web = WebSettings(
        database,
        time_zone=ZoneInfo("Asia/Shanghai"),
        passwords=passwords,
        backups=folder / "backups",
        **settings,
    )
    own = {organisation: dict(ids) for organisation, ids in things.items()}
    return World(database, clock, web, make_web(web), own)


def _filled(file: Path, clock: SetClock, passwords: Passwords) -> tuple[bytes, dict[str, dict[str, str]]]:
    database = open_database(file, clock)
    migrate(database)
    kept = passwords.hash(PASSWORD)
    things = {name: _fill(database, name, tier, kept) for name, tier in (("village", 1), ("hospital", 2))}
    database.close()
    return file.read_bytes(), things


def _fill(database: Database, organisation: str, tier: int, kept: str) -> dict[str, str]:
    things: dict[str, str] = {}
    with database.write(PROGRAM) as write:
        things["organisation"] = add_organisation(write, OrganisationFields(organisation.title(), tier))
        for role in ROLES:
            account = make_account(
                write,
                organisation_id=things["organisation"],
                login=f"{role}.{organisation}",
                shown_name=f"{role} of the {organisation}",
                role=role,
                password_hash=kept,
                language="en",
                must_change_password=False,
            )
            things[role] = account.id
        # Somebody whom nobody signs in as: to be closed, renamed and given passwords.
        things["account"] = make_account(
            write,
            organisation_id=things["organisation"],
            login=f"colleague.{organisation}",
            shown_name=f"colleague of the {organisation}",
            role="health_worker",
            password_hash=kept,
        ).id
    with database.write(Actor(things["clinician"], things["organisation"])) as write:
        person = PersonFields(
            name=NAMES[organisation],
            sex="female",
            birth_date=date(1948, 2, 29),
            identifier=NUMBERS[organisation],
        )
        things["person"] = add_person(write, things["organisation"], person)
        start_visit(
            write,
            things["person"],
            things["organisation"],
            date(2026, 6, 1),
            {"gait_speed_m_s": Measured(1.1, "1.1", "m/s")},
            state="finished",
        )
        walked = {"gait_speed_m_s": Measured(0.9, "0.9", "m/s")}
        things["visit"] = start_visit(
            write, things["person"], things["organisation"], date(2026, 11, 20), walked
        )
        things["course"] = things["treatment"] = add_treatment(
            write, things["person"], TreatmentFields("denosumab", start_date=date(2025, 3, 20))
        )
        things["fracture"] = add_fracture(write, things["person"], FractureFields("hip", year=2024))
        things["referral"] = write_referral(
            write, things["person"], things["organisation"], question="Is it so?", to_name="Elsewhere"
        )
        things["result"] = keep_result(
            write,
            things["person"],
            "assessment",
            {},
            as_of=date(2026, 11, 20),
            language="en",
            rules_version="1",
            evidence_version="1",
            visit_id=things["visit"],
            visit_number=1,
        )
    things |= {"language": "zh", "step": "about", "questionnaire": "sarc_f", "guideline": "awgs2019"}
    return things
