"""The page of a referral, as either of its clinics sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.referral.reading import LETTER, ReferralRecord, find_referral
from myosteon.app.web.refusals import Problem
from myosteon.app.web.standing.words import about_person, name_of
from myosteon.outputs.referral_pdf import paragraphs_of
from myosteon.registry.accounts import read_account
from myosteon.registry.messages import messages_of
from myosteon.registry.organisations import read_organisation
from myosteon.registry.referrals import referral_entries

WAY = ("written", "sent", "accepted", "answered")
PLACE = {"written": 0, "sent_back": 0, "withdrawn": 0, "sent": 1, "accepted": 2, "answered": 3, "closed": 3}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken: when, by whom and where, and what was said with it."""

    at: datetime
    step: str
    who: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message."""

    at: datetime
    who: str
    where: str
    text: str
    own: bool


def show_referral(
    call: Call,
    referral_id: str,
    *,
    status: int = 200,
    problems: tuple[Problem, ...] = (),
    typed: tuple[str, str] = ("", ""),
) -> Response:
    """The page; `typed` is the field and the text that could not be saved."""
    with call.read() as connection:
        found = find_referral(call, connection, referral_id)
        steps = _steps(connection, found)
        messages = _messages(call, connection, found)
    state = found.referral.state
    may_answer = call.may("referral.answer")
    takes_answer = not found.is_sender or found.receiver is None
    return call.page(
        "referral/show.html",
        status=status,
        record=found,
        referral=found.referral,
        name=name_of(found.person, call.language),
        about=about_person(found.person, call.today, call.language),
        letter=paragraphs_of(str(found.content.get(LETTER, ""))),
        way=[
            (one, "done" if at < PLACE[state] else "now" if at == PLACE[state] else "")
            for at, one in enumerate(WAY)
        ],
        waiting=_waiting(call, found),
        steps=steps,
        messages=messages,
        may_send=found.is_sender and call.may("referral.send"),
        may_answer=may_answer and takes_answer and state in ("sent", "accepted", "answered"),
        may_accept=may_answer and takes_answer and state == "sent" and not found.is_sender,
        may_send_back=may_answer and takes_answer and state in ("sent", "accepted"),
        may_open=found.is_sender or found.opens_record,
        may_message=found.receiver is not None and state not in ("written", "withdrawn"),
        problems=problems,
        typed=dict((typed,)),
    )


def _waiting(call: Call, found: ReferralRecord) -> str:
    """How long nobody has answered; empty where nothing is waited for."""
    said = found.referral
    if said.state not in ("sent", "accepted") or said.sent_at is None:
        return ""
    days = (call.today - said.sent_at.astimezone(call.settings.time_zone).date()).days
    if days < 1:
        return call.say("referral.no_days")
    return call.say("referral.one_day") if days == 1 else call.say("referral.days", days=days)


def _steps(connection: Connection, found: ReferralRecord) -> list[StepLine]:
    return [
        StepLine(
            one.made_at,
            one.step,
            _who(connection, one.made_by),
            _where(connection, one.by_organisation_id),
            one.text or one.reason or "",
        )
        for one in referral_entries(connection, found.referral.id)
    ]


def _messages(call: Call, connection: Connection, found: ReferralRecord) -> list[MessageLine]:
    return [
        MessageLine(
            one.made_at,
            _who(connection, one.made_by),
            _where(connection, one.by_organisation_id),
            one.text,
            one.by_organisation_id == call.organisation.id,
        )
        for one in messages_of(connection, found.referral.id)
    ]


def _who(connection: Connection, account_id: str | None) -> str:
    return read_account(connection, account_id).shown_name if account_id else ""


def _where(connection: Connection, organisation_id: str | None) -> str:
    return read_organisation(connection, organisation_id).fields.name if organisation_id else ""
