"""Referrals from one clinic to another: steps, answers, and who may open the record for them.

written -> sent -> accepted -> answered -> closed
              \\-> sent_back <-/      sent_back -> sent again; written, sent and sent_back -> withdrawn
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, and_, or_, select

from myosteon.registry.database import Write
from myosteon.registry.entries import Kind, add_entry, add_thing, entries_of
from myosteon.registry.errors import NotThere, StepNotAllowed
from myosteon.registry.schema import person, referral, referral_entry

Step = Literal["written", "sent", "accepted", "answered", "sent_back", "withdrawn", "closed"]
STEPS: tuple[Step, ...] = get_args(Step)
# Which step leads to which, and which of the two clinics takes it.
NEXT: dict[str, tuple[str, ...]] = {
    "written": ("written", "sent", "withdrawn"),
    "sent": ("accepted", "answered", "sent_back", "withdrawn"),
    "accepted": ("answered", "sent_back"),
    "answered": ("answered", "closed"),
    "sent_back": ("written", "sent", "withdrawn"),
    "withdrawn": (),
    "closed": (),
}
BY_SENDER = frozenset({"written", "sent", "withdrawn", "closed"})
OPENING = ("sent", "accepted", "answered")
"""In these states the receiver may open the person's record."""


@dataclass(frozen=True, slots=True)
class ReferralEntry:
    """One step. `question` and `content` (the letter, what is opened) are the sender's, `text` is a remark or the answer."""

    number: int
    step: Step
    made_at: datetime
    made_by: str | None
    by_organisation_id: str | None
    question: str | None
    text: str | None
    content: Any
    reason: str | None


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it stands after entry `number`: what is asked, and the step reached.

    `to_organisation_id` is None and `to_name` says who, where the receiver has no place in this registry. `content` is the
    letter as it was last sent; `sent_at`, `answered_at` and `answer` are of the last sending and the last answer.
    """

    id: str
    person_id: str
    from_organisation_id: str
    to_organisation_id: str | None
    to_name: str | None
    number: int
    state: Step
    question: str | None
    content: Any
    answer: str | None
    made_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    changed_at: datetime
    changed_by: str | None


def write_referral(
    write: Write,
    person_id: str,
    from_organisation_id: str,
    *,
    question: str,
    to_organisation_id: str | None = None,
    to_name: str | None = None,
    content: Any = None,
) -> str:
    """Writes a referral, not sent yet; returns its identifier."""
    row = {
        "person_id": person_id,
        "from_organisation_id": from_organisation_id,
        "to_organisation_id": to_organisation_id,
        "to_name": to_name,
        "state": "written",
    }
    entry = {"step": "written", "question": question, "text": None, "content": content}
    return add_thing(write, KIND, row, entry, person_id=person_id, action="written")


def take_step(
    write: Write,
    referral_id: str,
    seen: int,
    step: Step,
    *,
    text: str | None = None,
    question: str | None = None,
    content: Any = None,
    reason: str | None = None,
) -> int:
    """Sends, accepts, answers, sends back, ... behind entry `seen`; returns the number of the new entry.

    The organisation of the actor has to be the one whose step it is; the sender takes all where the receiver has no place in
    this registry.

    Raises:
        NotThere, Conflict: as for every entry.
        StepNotAllowed: not from where it stands, or not by that clinic.
    """
    now = read_referral(write.connection, referral_id)
    if now.number == seen:
        by = write.actor.organisation_id
        own = now.from_organisation_id if step in BY_SENDER else now.to_organisation_id
        if step not in NEXT[now.state] or by != (own or now.from_organisation_id):
            raise StepNotAllowed(now.state, step)
    return add_entry(
        write,
        KIND,
        referral_id,
        seen,
        {"step": step, "question": question, "text": text, "content": content},
        row={"state": step},
        reason=reason,
        person_id=now.person_id,
        action=step,
    )


def read_referral(connection: Connection, referral_id: str) -> Referral:
    """A referral as it is.

    Raises:
        NotThere: there is none.
    """
    own = connection.execute(select(referral).where(referral.c.id == referral_id)).one_or_none()
    if own is None:
        raise NotThere("referral", referral_id)
    return fold_referral(own, referral_entries(connection, referral_id))


def referral_entries(connection: Connection, referral_id: str) -> tuple[ReferralEntry, ...]:
    """Every step of a referral, in order."""
    names = ReferralEntry.__dataclass_fields__
    rows = entries_of(connection, KIND, referral_id)
    return tuple(ReferralEntry(**{name: getattr(row, name) for name in names}) for row in rows)


def referrals_of(connection: Connection, person_id: str) -> tuple[Referral, ...]:
    """The referrals of a person, the newest first."""
    return _several(connection, referral.c.person_id == person_id)


def referrals_out(
    connection: Connection, organisation_id: str, *, unfinished: bool = True
) -> tuple[Referral, ...]:
    """The referrals that a clinic wrote, the newest first; `unfinished`: without those withdrawn or closed."""
    return _several(connection, and_(referral.c.from_organisation_id == organisation_id, _which(unfinished)))


def referrals_in(
    connection: Connection, organisation_id: str, *, unfinished: bool = True
) -> tuple[Referral, ...]:
    """The referrals that were sent to a clinic, the newest first; never those only written or withdrawn before they were sent."""
    sent = referral.c.state.not_in(("written", "withdrawn"))
    return _several(
        connection, and_(referral.c.to_organisation_id == organisation_id, sent, _which(unfinished))
    )


def may_open(connection: Connection, organisation_id: str, person_id: str) -> bool:
    """Whether a clinic may open a person's record: its own, or one that a referral opens to it."""
    own = select(person.c.id).where(person.c.id == person_id, person.c.organisation_id == organisation_id)
    referred = select(referral.c.id).where(
        referral.c.person_id == person_id,
        referral.c.to_organisation_id == organisation_id,
        referral.c.state.in_(OPENING),
    )
    return connection.execute(select(or_(own.exists(), referred.exists()))).scalar_one() in (True, 1)


def _which(unfinished: bool) -> Any:
    return referral.c.state.not_in(("withdrawn", "closed")) if unfinished else referral.c.id.is_not(None)


def _several(connection: Connection, which: Any) -> tuple[Referral, ...]:
    asked = select(referral).where(which).order_by(referral.c.made_at.desc(), referral.c.id)
    return tuple(
        fold_referral(row, referral_entries(connection, row.id)) for row in connection.execute(asked).all()
    )


def fold_referral(own: Any, steps: Sequence[ReferralEntry]) -> Referral:
    """A referral as its steps make it; `own` is its row."""
    asked = [one for one in steps if one.question is not None]
    letters = [one for one in steps if one.content is not None and one.step in BY_SENDER]
    sent = [one for one in steps if one.step == "sent"]
    answered = [one for one in steps if one.step == "answered"]
    return Referral(
        own.id,
        own.person_id,
        own.from_organisation_id,
        own.to_organisation_id,
        own.to_name,
        steps[-1].number,
        steps[-1].step,
        asked[-1].question if asked else None,
        letters[-1].content if letters else None,
        answered[-1].text if answered else None,
        steps[0].made_at,
        sent[-1].made_at if sent else None,
        answered[-1].made_at if answered else None,
        steps[-1].made_at,
        steps[-1].made_by,
    )


KIND = Kind("referral", referral, referral_entry, read_referral, referral_entries)
