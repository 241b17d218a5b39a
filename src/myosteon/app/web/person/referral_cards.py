"""The referrals of a person as cards: to whom, one question, how far it has come, days without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from myosteon.app.web.person.voice import Voice
from myosteon.registry.organisations import read_organisation
from myosteon.registry.referrals import Referral

STEPS = ("written", "sent", "accepted", "answered")
ENDED = ("withdrawn", "closed")
MOST_SHOWN = 2
# Where each state stands on the way; sent back stands where it was written.
PLACE = {"written": 0, "sent_back": 0, "sent": 1, "accepted": 2, "answered": 3, "closed": 3, "withdrawn": 0}


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step: its word, and whether it is done, reached now, or ahead."""

    word: str
    state: str


@dataclass(frozen=True, slots=True)
class ReferralCard:
    """One referral."""

    id: str
    to: str
    question: str
    steps: tuple[CardStep, ...]
    standing: str


def referral_cards(
    connection: Connection, referrals: Sequence[Referral], today: date, zone: ZoneInfo, voice: Voice
) -> tuple[ReferralCard, ...]:
    """The newest referrals that have not ended; where all have, the newest."""
    going_on = [one for one in referrals if one.state not in ENDED] or list(referrals[:1])
    return tuple(_card(connection, one, today, zone, voice) for one in going_on[:MOST_SHOWN])


def _card(connection: Connection, one: Referral, today: date, zone: ZoneInfo, voice: Voice) -> ReferralCard:
    place = PLACE[one.state]
    steps = tuple(
        CardStep(
            voice.say(f"person.referral.{step}"), "done" if at < place else "now" if at == place else "ahead"
        )
        for at, step in enumerate(STEPS)
    )
    to = voice.say("person.referral.to", name=_receiver(connection, one, voice))
    return ReferralCard(one.id, to, one.question or "", steps, _standing(one, today, zone, voice))


def _receiver(connection: Connection, one: Referral, voice: Voice) -> str:
    if one.to_organisation_id is not None:
        return read_organisation(connection, one.to_organisation_id).fields.name
    return one.to_name or voice.say("person.referral.outside")


def _standing(one: Referral, today: date, zone: ZoneInfo, voice: Voice) -> str:
    if one.state in ("sent_back", "withdrawn"):
        return voice.say(f"person.referral.{one.state}")
    if one.answered_at is not None and one.state in ("answered", "closed"):
        return voice.say(
            "person.referral.was_answered", day=voice.long_day(one.answered_at.astimezone(zone).date())
        )
    if one.sent_at is None or one.state == "written":
        return voice.say("person.referral.not_sent")
    days = (today - one.sent_at.astimezone(zone).date()).days
    return (
        voice.say("person.referral.waiting", days=days)
        if days > 0
        else voice.say("person.referral.sent_today")
    )
