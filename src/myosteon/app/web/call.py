"""One request of one person who is signed in: what a page is handed, and all that it needs to answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from myosteon.app.web.access import may
from myosteon.app.web.clinics import clinic_of
from myosteon.app.web.cookies import LANGUAGE, form_token_of, set_form_token, set_language_cookie
from myosteon.app.web.days import write_day, write_moment, write_short_day, write_weekday
from myosteon.app.web.menu import menu, tabs
from myosteon.app.web.notices import forget_notice, notice_of, set_notice
from myosteon.app.web.refusals import NotAllowed, SignInNeeded, Unusable
from myosteon.app.web.rendering import fill
from myosteon.app.web.versions import versions
from myosteon.app.web.web_settings import WebSettings
from myosteon.app.web.wording import say
from myosteon.errors import MyosteonError
from myosteon.evidence.clinic import Clinic
from myosteon.evidence.types import Language
from myosteon.registry.accounts import Account
from myosteon.registry.clock import Clock, today
from myosteon.registry.database import PROGRAM, Actor, Database, Write
from myosteon.registry.organisations import Organisation
from myosteon.registry.sessions import Session


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, where, and by which session."""

    account: Account
    organisation: Organisation
    session: Session


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `account` and its kin raise `SignInNeeded` on a public page that nobody is signed in to.

    `now` is UTC; `csrf` is what a form of this browser carries to be taken; `json` is empty where the body was a form.
    """

    request: Request
    settings: WebSettings
    language: Language
    signed_in: SignedIn | None
    now: datetime
    csrf: str = ""
    form_data: FormData = field(default_factory=FormData)
    json: Mapping[str, Any] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        """Who asks."""
        return self._signed_in().account

    @property
    def organisation(self) -> Organisation:
        """Where who asks works."""
        return self._signed_in().organisation

    @property
    def session(self) -> Session:
        """The session of who asks."""
        return self._signed_in().session

    @property
    def clinic(self) -> Clinic:
        """The organisation as the clinic that a plan is made for."""
        return clinic_of(self.organisation)

    @property
    def clock(self) -> Clock:
        """What tells the time."""
        return self.settings.clock

    @property
    def today(self) -> date:
        """The day that it is in the clinic."""
        return today(self.settings.clock, self.settings.time_zone)

    @property
    def database(self) -> Database:
        """The registry's database."""
        return self.settings.database

    @property
    def form(self) -> Mapping[str, str]:
        """The fields of the form as text, trimmed by nobody; the last one of a name counts."""
        return {name: value for name, value in self.form_data.multi_items() if isinstance(value, str)}

    def form_list(self, name: str) -> list[str]:
        """Every value of a name, in order: ticked boxes."""
        return [value for value in self.form_data.getlist(name) if isinstance(value, str)]

    def upload(self, name: str) -> UploadFile:
        """The file of a field.

        Raises:
            Unusable: no file was chosen.
        """
        found = self.form_data.get(name)
        if not isinstance(found, UploadFile) or not found.filename:
            raise Unusable("error.no_file")
        return found

    def may(self, permission: str) -> bool:
        """Whether who asks may do it; for links that lead on."""
        return may(self.signed_in.account if self.signed_in else None, permission)

    def need(self, permission: str) -> None:
        """Stops here unless who asks may do it; for a part of a page.

        Raises:
            NotAllowed: the role may not.
        """
        if not self.may(permission):
            raise NotAllowed()

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the registry throughout; nothing that is done with it is kept."""
        return self.settings.database.read()

    def write(self) -> AbstractContextManager[Write]:
        """One transaction in the name of who asks: kept when the block ends, undone where it raises."""
        actor = PROGRAM
        if self.signed_in:
            actor = Actor(self.signed_in.account.id, self.signed_in.organisation.id)
        return self.settings.database.write(actor)

    def say(self, key: str, /, **parts: object) -> str:
        """A sentence in the language of who asks."""
        return say(key, self.language, **parts)

    def said(self, error: MyosteonError) -> str:
        """What another room's error says, in the language of who asks where it has both."""
        message = error.args[0] if error.args else str(error)
        return str(getattr(message, self.language, message))

    def page(self, template: str, *, status: int = 200, **context: object) -> Response:
        """A page from a template; what every page has is added here."""
        done = notice_of(self.request)
        zone = self.settings.time_zone
        served: frozenset[str] = self.request.app.state.served
        shell = {
            "call": self,
            "say": self.say,
            "language": self.language,
            "other_language": "en" if self.language == "zh" else "zh",
            "csrf": self.csrf,
            "day": lambda day: write_day(day, self.language),
            "short_day": lambda day: write_short_day(day, self.language),
            "weekday": lambda day: write_weekday(day, self.language),
            "moment": lambda moment: write_moment(moment, self.language, zone),
            "versions": versions(),
            "menu": menu(self.may, served, self.request.url.path) if self.signed_in else (),
            "tabs": tabs(self.may, served, self.request.url.path) if self.signed_in else (),
            "notice": self.say(done) if done else "",
            "made_up_people": self.settings.made_up_people,
            "here": self.request.url.path if self.request.method == "GET" else "/",
            "problems": (),
        }
        answer = HTMLResponse(fill(template, {**shell, **context}), status)
        if done:
            forget_notice(answer)
        if not self.signed_in and self.csrf and form_token_of(self.request) != self.csrf:
            set_form_token(answer, self.csrf, self.settings)
        if self.signed_in and self.request.cookies.get(LANGUAGE) != self.language:
            # The page of a database that is gone can ask no account.
            set_language_cookie(answer, self.language, self.settings)
        return answer

    def to(self, path: str, *, done: str = "") -> Response:
        """Sends the browser on after a save; `done` is the wording key of what the next page confirms, once."""
        answer = RedirectResponse(quote(path, safe="/?=&#%"), status_code=303)
        if done:
            set_notice(answer, done, secure=self.settings.secure_cookies)
        return answer

    def answer(self, content: Mapping[str, Any], status: int = 200) -> Response:
        """JSON for one of our scripts."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
        return Response(text, status, media_type="application/json")

    def _signed_in(self) -> SignedIn:
        if self.signed_in is None:
            raise SignInNeeded()
        return self.signed_in
