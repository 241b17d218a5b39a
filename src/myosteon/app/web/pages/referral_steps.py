"""The steps of a referral: sent, withdrawn, closed by the sender; accepted, answered, sent back by the receiver; messages."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.referral.reading import ReferralRecord, find_referral
from myosteon.app.web.referral.show import show_referral
from myosteon.app.web.refusals import Problem
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.app.web.visit.saving import seen_by
from myosteon.registry.errors import Conflict, StepNotAllowed
from myosteon.registry.messages import send_message
from myosteon.registry.referrals import Step, take_step

pages = Pages()
ANSWER, MISSING, MESSAGE, SEEN = "answer", "missing", "message", "seen"
MOST_TEXT = 2000


@pages.post("/referrals/{referral}/send", permission="referral.send", fields=(SEEN,))
def send(call: Asked, referral: str) -> Response:
    """Sends it as it was written."""
    return _step(call, referral, "sent")


@pages.post("/referrals/{referral}/withdraw", permission="referral.send", fields=(SEEN,))
def withdraw(call: Asked, referral: str) -> Response:
    """Takes it back; the record closes to the receiver."""
    return _step(call, referral, "withdrawn")


@pages.post("/referrals/{referral}/close", permission="referral.send", fields=(SEEN,))
def close(call: Asked, referral: str) -> Response:
    """The answer was read; the record closes to the receiver."""
    return _step(call, referral, "closed")


@pages.post("/referrals/{referral}/accept", permission="referral.answer", fields=(SEEN,))
def accept(call: Asked, referral: str) -> Response:
    """Takes it on."""
    return _step(call, referral, "accepted")


@pages.post("/referrals/{referral}/answer", permission="referral.answer", fields=(SEEN, ANSWER))
def answer(call: Asked, referral: str) -> Response:
    """Answers, or adds to the answer."""
    return _step(call, referral, "answered", ANSWER)


@pages.post("/referrals/{referral}/send-back", permission="referral.answer", fields=(SEEN, MISSING))
def send_back(call: Asked, referral: str) -> Response:
    """Sends it back with what is missing; the record closes to the receiver."""
    return _step(call, referral, "sent_back", MISSING)


@pages.post("/referrals/{referral}/message", permission="referral.send", fields=(MESSAGE,))
def write_message(call: Asked, referral: str) -> Response:
    """Sends a message to the other clinic."""
    _find(call, referral)
    text, problem = _text(call, MESSAGE)
    if problem:
        return show_referral(call, referral, status=422, problems=(problem,), typed=(MESSAGE, text))
    try:
        with call.write() as write:
            send_message(write, referral, text)
    except StepNotAllowed as error:
        return _refused(call, referral, error.state, (MESSAGE, text))
    return call.to(f"/referrals/{referral}", done="referral.done.message")


def _step(call: Call, referral: str, step: Step, field: str = "") -> Response:
    found = _find(call, referral)
    text, problem = _text(call, field) if field else ("", None)
    if problem:
        return show_referral(call, referral, status=422, problems=(problem,), typed=(field, text))
    try:
        with call.write() as write:
            take_step(write, referral, seen_by(call.form), step, text=text or None)
    except Conflict:
        with call.read() as connection:
            now = find_referral(call, connection, referral).referral.state
        return _refused(call, referral, now, (field, text), 409)
    except StepNotAllowed as error:
        return _refused(call, referral, error.state, (field, text))
    refresh_standing(call, found.person.id)
    return call.to(f"/referrals/{referral}", done=f"referral.done.{step}")


def _find(call: Call, referral: str) -> ReferralRecord:
    with call.read() as connection:
        return find_referral(call, connection, referral)


def _text(call: Call, field: str) -> tuple[str, Problem | None]:
    typed = call.form.get(field, "").replace("\x00", "").strip()
    if not typed:
        return typed, Problem(field, call.say("referral.act.missing"))
    if len(typed) > MOST_TEXT:
        return typed, Problem(field, call.say("referral.act.too_long"))
    return typed, None


def _refused(call: Call, referral: str, state: str, typed: tuple[str, str], status: int = 409) -> Response:
    """Says that the step is not possible any more; what was typed stays on the page."""
    said = call.say("referral.act.not_allowed", state=call.say(f"referral.step.{state}"))
    return show_referral(call, referral, status=status, problems=(Problem("main", said),), typed=typed)
