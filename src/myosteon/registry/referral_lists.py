"""The referrals of a clinic that wait for somebody, those that were sent to it and those that it wrote; a few of many."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from myosteon.registry.referrals import Referral, ReferralEntry, fold_referral
from myosteon.registry.schema import message, message_read, referral, referral_entry

# What a clinic looks at first: asked of it and not taken yet, answered, sent back, taken by it, waiting, not sent yet.
INCOMING = {"sent": 0, "accepted": 3}
OUTGOING = {"answered": 1, "sent_back": 2, "sent": 4, "accepted": 5, "written": 6}


def open_referrals(connection: Connection, organisation_id: str, limit: int = 100) -> tuple[Referral, ...]:
    """The referrals that wait, in that order, the longest waiting first."""
    place = case(
        *((and_(_in(organisation_id), referral.c.state == state), rank) for state, rank in INCOMING.items()),
        *((and_(_out(organisation_id), referral.c.state == state), rank) for state, rank in OUTGOING.items()),
    )
    latest = and_(referral_entry.c.referral_id == referral.c.id, referral_entry.c.number == referral.c.latest)
    asked = (
        select(referral)
        .join(referral_entry, latest)
        .where(place.is_not(None))
        .where((referral.c.to_organisation_id == organisation_id) | _out(organisation_id))
        .order_by(place, referral_entry.c.made_at, referral.c.id)
        .limit(limit)
    )
    return _folded(connection, connection.execute(asked).all())


def count_referrals(connection: Connection, organisation_id: str) -> dict[tuple[str, str], int]:
    """How many wait, by `in` or `out` and state."""
    found: dict[tuple[str, str], int] = {}
    for way, which, states in (
        ("in", _in(organisation_id), INCOMING),
        ("out", _out(organisation_id), OUTGOING),
    ):
        asked = (
            select(referral.c.state, func.count().label("count"))
            .where(which, referral.c.state.in_(list(states)))
            .group_by(referral.c.state)
        )
        found |= {(way, row.state): row[1] for row in connection.execute(asked)}
    return found


def unread_of(
    connection: Connection, referral_ids: Sequence[str], organisation_id: str, account_id: str
) -> set[str]:
    """Those of some referrals with a message of the other clinic that an account has not read."""
    seen = select(message_read.c.message_id).where(message_read.c.account_id == account_id)
    asked = select(message.c.referral_id).where(
        message.c.referral_id.in_(list(referral_ids)),
        message.c.by_organisation_id != organisation_id,
        message.c.id.not_in(seen),
    )
    return {row.referral_id for row in connection.execute(asked)}


def _in(organisation_id: str) -> ColumnElement[bool]:
    return referral.c.to_organisation_id == organisation_id


def _out(organisation_id: str) -> ColumnElement[bool]:
    return referral.c.from_organisation_id == organisation_id


def _folded(connection: Connection, rows: Sequence[Any]) -> tuple[Referral, ...]:
    asked = (
        select(referral_entry)
        .where(referral_entry.c.referral_id.in_([row.id for row in rows]))
        .order_by(referral_entry.c.referral_id, referral_entry.c.number)
    )
    names = ReferralEntry.__dataclass_fields__
    steps = {
        id: [ReferralEntry(**{name: getattr(row, name) for name in names}) for row in own]
        for id, own in groupby(connection.execute(asked), key=lambda row: row.referral_id)
    }
    return tuple(fold_referral(row, steps[row.id]) for row in rows)
