"""The made-up clinics of `myosteon serve --clinic-demo`, served to a real browser, and the address of every page of theirs."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn
from sqlalchemy import select

from myosteon.app.made_up.fill import fill_with_made_up_people
from myosteon.app.made_up.told import told
from myosteon.app.web.cookies import SESSION
from myosteon.app.web.make_web import make_web
from myosteon.app.web.web_settings import Limits, WebSettings
from myosteon.registry.accounts import account_by_login, set_language
from myosteon.registry.database import Actor, Database, open_database
from myosteon.registry.fractures import fractures_of
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.referrals import referrals_of
from myosteon.registry.schema import person
from myosteon.registry.sessions import start_session
from myosteon.registry.treatments import treatments_of
from myosteon.registry.visits import visits_of

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 20.0
ZONE = ZoneInfo("Asia/Shanghai")
MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Look:
    """A page: its name among the pictures, who looks at it (nobody: `""`), and its address."""

    name: str
    login: str
    path: str


@dataclass
class MadeUpClinic:
    """The clinics at an address, and a browser."""

    database: Database
    settings: WebSettings
    address: str
    chromium: Any
    sessions: dict[tuple[str, str], str] = field(default_factory=dict)

    def context(self, login: str, language: str, *, phone: bool = False, **more: Any) -> Any:
        """A browser's window in which somebody is signed in and reads the language; nobody for an empty login."""
        made = self.chromium.new_context(
            base_url=self.address,
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            is_mobile=phone,
            locale="zh-CN" if language == "zh" else "en-GB",
            **more,
        )
        made.set_default_timeout(PATIENCE * 1000)
        if login:
            token = self._session(login, language)
            made.add_cookies([{"name": SESSION, "value": token, "url": self.address}])
        return made

    def page(self, login: str, language: str, **more: Any) -> Any:
        """A page in a window of its own; all that its console says against it is kept in `page.faults`."""
        page = self.context(login, language, **more).new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda line: page.faults.append(line.text) if line.type in ("error", "warning") else None,
        )
        return page

    def sign_in(self, page: Any, login: str) -> None:
        """Through the page, as a person does."""
        page.goto("/sign-in")
        page.fill("#login", login)
        page.fill("#password", told().password)
        page.press("#password", "Enter")
        page.wait_for_url("**/worklist")

    def person(self, number: str) -> str:
        """The identifier of a person by the clinic's number."""
        with self.database.read() as connection:
            return str(
                connection.execute(select(person.c.id).where(person.c.identifier == number)).scalar_one()
            )

    def _session(self, login: str, language: str) -> str:
        if (login, language) not in self.sessions:
            with self.database.read() as connection:
                found = account_by_login(connection, login)
            assert found is not None, login
            account = found[0]
            with self.database.write(Actor(account.id, account.organisation_id)) as write:
                token, _ = start_session(write, account.id, self.settings.limits.session)
            self.sessions[(login, language)] = token
        with self.database.read() as connection:
            account_id, organisation_id = self._account(connection, login)
        with self.database.write(Actor(account_id, organisation_id)) as write:
            set_language(write, account_id, language)
        return self.sessions[(login, language)]

    @staticmethod
    def _account(connection: Any, login: str) -> tuple[str, str]:
        found = account_by_login(connection, login)
        assert found is not None
        return found[0].id, found[0].organisation_id

    def looks(self) -> list[Look]:
        """Every page that a browser may open, each as somebody who may."""
        doctor, worker, admin = "doctor.village", "worker.village", "admin.village"
        chen, gao, zhang, he = (self.person(number) for number in ("0417", "0700", "0611", "0502"))
        with self.database.read() as connection:
            referral = referrals_of(connection, chen)[0].id
            back = referrals_of(connection, self.person("C-1180"))[0].id
            answered = referrals_of(connection, self.person("0190"))[0].id
            course = treatments_of(connection, chen)[0].id
            fracture = fractures_of(connection, chen)[0].id
            visit = visits_of(connection, zhang)[0].id
            found = account_by_login(connection, worker)
            assert found is not None
            account = found[0].id
        steps = ("about", "size", "walking", "questions", "medicines")
        return [
            Look("sign-in", "", "/sign-in"),
            Look("worklist", doctor, "/worklist"),
            Look("worklist-county", "doctor.county", "/worklist"),
            Look("people", doctor, "/people"),
            Look("person-new", worker, "/people/new"),
            Look("person", doctor, f"/people/{chen}"),
            Look("person-empty", doctor, f"/people/{gao}"),
            Look("person-hospital", "doctor.teaching", f"/people/{self.person('T-2041')}"),
            Look("person-correct", worker, f"/people/{chen}/correct"),
            Look("next-step", worker, f"/people/{he}/next-step"),
            Look("treatment-new", doctor, f"/people/{chen}/treatments/new"),
            Look("treatment", doctor, f"/treatments/{course}"),
            Look("fracture-new", worker, f"/people/{chen}/fractures/new"),
            Look("fracture", worker, f"/fractures/{fracture}"),
            Look("visit-choose", worker, "/visits/new"),
            Look("visit-start", worker, f"/people/{gao}/visits/new"),
            *(Look(f"visit-{step}", worker, f"/visits/{visit}/steps/{step}") for step in steps),
            *(
                Look(f"questions-{name}", worker, f"/visits/{visit}/questions/{name}")
                for name in ("sarc_f", "iof", "frail", "msra")
            ),
            Look("visit-check", worker, f"/visits/{visit}/check"),
            Look("visit", worker, f"/visits/{visit}"),
            Look("plan", doctor, f"/people/{chen}/plan"),
            Look("plan-empty", doctor, f"/people/{gao}/plan"),
            Look("referral-new", doctor, f"/people/{he}/referrals/new"),
            Look("referral", doctor, f"/referrals/{referral}"),
            Look("referral-answered", doctor, f"/referrals/{answered}"),
            Look("referral-in", "doctor.county", f"/referrals/{referral}"),
            Look("referral-edit", "doctor.county", f"/referrals/{back}/edit"),
            Look("cohorts", "researcher.teaching", "/cohorts"),
            Look("cohort", "doctor.county", "/cohorts/clinic"),
            Look("cohort-few", "researcher.teaching", "/cohorts/clinic"),
            Look("guidelines", doctor, "/guidelines"),
            Look("guideline", doctor, "/guidelines/awgs2019"),
            Look("guidelines-compare", doctor, "/guidelines/compare?one=awgs2019&other=ewgsop2019"),
            Look("more", doctor, "/more"),
            Look("settings", admin, "/settings"),
            Look("settings-clinic", admin, "/settings/clinic"),
            Look("settings-users", admin, "/settings/users"),
            Look("settings-user-new", admin, "/settings/users/new"),
            Look("settings-user", admin, f"/settings/users/{account}"),
            Look("settings-record", admin, "/settings/record"),
            Look("settings-backups", admin, "/settings/backups"),
            Look("settings-organisations", admin, "/settings/organisations"),
            Look("settings-organisation-new", admin, "/settings/organisations/new"),
            Look("settings-password", worker, "/settings/password"),
            Look("not-found", doctor, "/people/00000000000000000000000000000000"),
        ]


@contextmanager
def served_made_up(folder: Path, port: int = 0) -> Iterator[MadeUpClinic]:
    """The made-up clinics in a database of their own, served over plain HTTP to this machine until the block ends."""
    from playwright.sync_api import sync_playwright

    file = folder / "clinic.sqlite"
    database = open_database(file)
    migrate(database)
    fill_with_made_up_people(str(file), ZONE)
    settings = WebSettings(
        database,
        time_zone=ZONE,
        secure_cookies=False,
        made_up_people=True,
        backups=folder / "backups",
        limits=Limits(requests=MANY),
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    config = uvicorn.Config(make_web(settings), host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            yield MadeUpClinic(database, settings, f"http://127.0.0.1:{port}", chromium)
            chromium.close()
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        database.close()
