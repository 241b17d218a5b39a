"""Referrals: writing one from a person's record, looking at it from either clinic, and its letter as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection
from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.failures import failure
from myosteon.app.web.person.loading import PersonRecord, load_person
from myosteon.app.web.plan.printed import pdf_answer
from myosteon.app.web.records import check_open
from myosteon.app.web.referral.form import (
    FIELDS,
    IN,
    LETTER,
    OUTSIDE,
    QUESTION,
    TO,
    TO_NAME,
    ReferralTyped,
    read_typed,
)
from myosteon.app.web.referral.letter import draft
from myosteon.app.web.referral.paper import letter_of
from myosteon.app.web.referral.reading import LANGUAGE, SIGNED, ReferralRecord, find_referral
from myosteon.app.web.referral.show import show_referral
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.app.web.standing.words import about_person, name_of
from myosteon.app.web.visit.saving import seen_by
from myosteon.app.web.wording import LANGUAGES
from myosteon.errors import MissingPart
from myosteon.evidence.types import Language
from myosteon.outputs.referral_pdf import referral_pdf
from myosteon.registry.audit import record_opening
from myosteon.registry.errors import Conflict
from myosteon.registry.messages import mark_read
from myosteon.registry.organisations import Organisation, organisations
from myosteon.registry.people import Person
from myosteon.registry.referrals import take_step, write_referral

pages = Pages()
SEND = "send"
EDITABLE = ("written", "sent_back")


@pages.get("/people/{person}/referrals/new", permission="referral.send")
def ask_for_referral(call: Asked, person: str) -> Response:
    """The form, with a letter written from the record; `?in=zh` in the other language."""
    record = _own(call, person)
    with call.write() as write:
        record_opening(write, person, "referral")
    language = _language(call, call.request.query_params.get(IN, ""))
    proposed = draft(call, record, language)
    typed = ReferralTyped("", "", proposed.question, proposed.letter)
    return _form(call, record, typed, language)


@pages.post("/people/{person}/referrals/new", permission="referral.send", fields=FIELDS)
def make_referral(call: Asked, person: str) -> Response:
    """Writes the referral, and sends it at once unless it is only to be kept."""
    record = _own(call, person)
    language = _language(call, call.form.get(IN, ""))
    typed = read_typed(call, call.form, _receivers(call))
    if typed.problems:
        return _form(call, record, typed, language, status=422)
    with call.write() as write:
        id = write_referral(
            write,
            person,
            call.organisation.id,
            question=typed.question,
            to_organisation_id=typed.to_organisation,
            to_name=typed.to_name or None if typed.to == OUTSIDE else None,
            content=_content(call, typed, language),
        )
        if call.form.get("go") == SEND:
            take_step(write, id, 1, "sent")
    refresh_standing(call, person)
    done = "referral.done.sent" if call.form.get("go") == SEND else "referral.done.kept"
    return call.to(f"/referrals/{id}", done=done)


@pages.get("/referrals/{referral}", permission="referral.read")
def show_one(call: Asked, referral: str) -> Response:
    """The referral: for the receiver the question first, for the sender how far it has come."""
    with call.read() as connection:
        found = find_referral(call, connection, referral)
    with call.write() as write:
        record_opening(write, found.person.id, "referral")
        mark_read(write, referral)
    return show_referral(call, referral)


@pages.get("/referrals/{referral}/edit", permission="referral.send")
def ask_for_change(call: Asked, referral: str) -> Response:
    """The question and the letter once more, before it is sent or sent again."""
    found = _editable(call, referral)
    typed = ReferralTyped("", "", found.referral.question or "", str(found.content.get(LETTER, "")))
    return _form(
        call, _record(call, found.person), typed, _language(call, _kept_language(found)), change=found
    )


@pages.post("/referrals/{referral}/edit", permission="referral.send", fields=FIELDS)
def save_change(call: Asked, referral: str) -> Response:
    """Saves question and letter as a new entry, and sends them unless they are only to be kept."""
    found = _editable(call, referral)
    language = _language(call, _kept_language(found))
    typed = read_typed(call, call.form, (), with_receiver=False)
    record = _record(call, found.person)
    if typed.problems:
        return _form(call, record, typed, language, change=found, status=422)
    send = call.form.get("go") == SEND
    try:
        with call.write() as write:
            take_step(
                write,
                referral,
                seen_by(call.form),
                "sent" if send else "written",
                question=typed.question,
                content=_content(call, typed, language),
            )
    except Conflict:
        with call.read() as connection:
            found = find_referral(call, connection, referral)
        return _form(call, record, typed, language, change=found, status=409, conflict=True)
    refresh_standing(call, found.person.id)
    return call.to(f"/referrals/{referral}", done=f"referral.done.{'sent' if send else 'kept'}")


@pages.get("/referrals/{referral}/letter.pdf", permission="document.read")
def print_letter(call: Asked, referral: str) -> Response:
    """The letter as it was last written, in its own language."""
    with call.read() as connection:
        found = find_referral(call, connection, referral)
    with call.write() as write:
        record_opening(write, found.person.id, "referral.letter")
    language = _language(call, _kept_language(found))
    try:
        made = referral_pdf(letter_of(found, replace(call, language=language)))
    except MissingPart as error:
        return failure(call.request, 503, "plan.no_pdf", said=call.said(error))
    return pdf_answer(made, "referral", call.today, language)


def _own(call: Call, person_id: str) -> PersonRecord:
    """Who belongs to a clinic is referred by it."""
    with call.read() as connection:
        person = check_open(call, connection, person_id)
        if person.organisation_id != call.organisation.id:
            raise NotFound()
        return load_person(connection, person)


def _record(call: Call, person: Person) -> PersonRecord:
    with call.read() as connection:
        return load_person(connection, person)


def _editable(call: Call, referral: str) -> ReferralRecord:
    with call.read() as connection:
        found = find_referral(call, connection, referral)
    if not found.is_sender or found.referral.state not in EDITABLE:
        raise NotFound()
    return found


def _language(call: Call, asked: str) -> Language:
    wanted = asked if asked in LANGUAGES else call.language
    return "zh" if wanted == "zh" else "en"


def _kept_language(found: ReferralRecord) -> str:
    return str(found.content.get(LANGUAGE, ""))


def _content(call: Call, typed: ReferralTyped, language: Language) -> Mapping[str, str]:
    return {LETTER: typed.letter, LANGUAGE: language, SIGNED: call.account.shown_name}


def _receivers(call: Call, connection: Connection | None = None) -> list[Organisation]:
    """Every other clinic of the registry that is not closed, the higher tiers first."""
    with call.read() as read:
        known = organisations(connection or read)
    others = [one for one in known if one.id != call.organisation.id and not one.fields.closed]
    return sorted(others, key=lambda one: (-one.fields.tier, one.fields.name))


def _form(
    call: Call,
    record: PersonRecord,
    typed: ReferralTyped,
    language: Language,
    *,
    change: ReferralRecord | None = None,
    status: int = 200,
    conflict: bool = False,
) -> Response:
    rows = []
    if conflict and change is not None:
        there, mine = change.referral.question or "", str(change.content.get(LETTER, ""))
        rows = [
            (call.say("referral.form.question"), there, typed.question),
            (call.say("referral.form.letter"), mine, typed.letter),
        ]
    chosen = typed.to
    receivers = [(one.id, one.fields.name) for one in _receivers(call)]
    if not chosen and len(receivers) == 1:
        chosen = receivers[0][0]
    return call.page(
        "referral/write.html",
        status=status,
        person=record.person,
        name=name_of(record.person, call.language),
        about=about_person(record.person, call.today, call.language),
        typed=typed,
        chosen=chosen,
        receivers=[
            ("", call.say("referral.form.choose")),
            *receivers,
            (OUTSIDE, call.say("referral.form.outside")),
        ],
        facts=draft(call, record, call.language).facts,
        written_in=language,
        change=change,
        conflict_rows=rows,
        problems=typed.problems,
        fields={"to": TO, "to_name": TO_NAME, "question": QUESTION, "letter": LETTER},
    )
