"""Messages between the two clinics of a referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, or_, select

from myosteon.registry.audit import hash_of, record
from myosteon.registry.columns import new_id
from myosteon.registry.database import Write
from myosteon.registry.errors import StepNotAllowed
from myosteon.registry.referrals import OPENING, read_referral
from myosteon.registry.schema import message, message_read, referral


@dataclass(frozen=True, slots=True)
class Message:
    """A message about a referral."""

    id: str
    referral_id: str
    by_organisation_id: str
    made_by: str | None
    made_at: datetime
    text: str


def send_message(write: Write, referral_id: str, text: str) -> str:
    """Sends a message from the actor's clinic to the other one of the referral; returns its identifier.

    Raises:
        NotThere: there is no such referral.
        StepNotAllowed: the actor's clinic is neither of the two, or the referral was not sent.
    """
    about = read_referral(write.connection, referral_id)
    by = write.actor.organisation_id
    if by not in (about.from_organisation_id, about.to_organisation_id) or about.state in (
        "written",
        "withdrawn",
    ):
        raise StepNotAllowed(about.state, "message")
    kept = {"id": new_id(), "referral_id": referral_id, "by_organisation_id": by, "text": text}
    write.connection.execute(
        insert(message).values(**kept, made_at=write.now, made_by=write.actor.account_id)
    )
    record(write, "sent", "message", kept["id"], person_id=about.person_id, entry_hash=hash_of(kept))
    return str(kept["id"])


def messages_of(connection: Connection, referral_id: str) -> tuple[Message, ...]:
    """The messages about a referral, in order."""
    asked = (
        select(message).where(message.c.referral_id == referral_id).order_by(message.c.made_at, message.c.id)
    )
    return tuple(Message(**row._mapping) for row in connection.execute(asked))


def mark_read(write: Write, referral_id: str) -> None:
    """Marks the messages of a referral as read by the actor; which ones were is not written to the audit."""
    unread = [
        one.id for one in messages_of(write.connection, referral_id) if one.made_by != write.actor.account_id
    ]
    known = select(message_read.c.message_id).where(
        message_read.c.account_id == write.actor.account_id, message_read.c.message_id.in_(unread)
    )
    read = {row.message_id for row in write.connection.execute(known)}
    rows = [
        {"message_id": one, "account_id": write.actor.account_id, "read_at": write.now}
        for one in unread
        if one not in read
    ]
    if rows:
        write.connection.execute(insert(message_read), rows)


def count_unread(connection: Connection, organisation_id: str, account_id: str) -> int:
    """How many messages of other clinics to this one an account has not read."""
    to_us = or_(
        referral.c.from_organisation_id == organisation_id,
        and_(referral.c.to_organisation_id == organisation_id, referral.c.state.in_(OPENING)),
    )
    seen = select(message_read.c.message_id).where(message_read.c.account_id == account_id)
    asked = (
        select(func.count())
        .select_from(message)
        .join(referral, referral.c.id == message.c.referral_id)
        .where(to_us, message.c.by_organisation_id != organisation_id, message.c.id.not_in(seen))
    )
    return int(connection.execute(asked).scalar_one())
