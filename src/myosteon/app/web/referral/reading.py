"""A referral that one of its two clinics looks at; nobody else learns that it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from myosteon.app.web.call import Call
from myosteon.app.web.refusals import NotFound
from myosteon.registry.errors import NotThere
from myosteon.registry.organisations import Organisation, read_organisation
from myosteon.registry.people import Person, read_person
from myosteon.registry.referrals import OPENING, Referral, read_referral

# The receiver sees what was sent to it, also once the record is closed to it again.
SEEN_BY_RECEIVER = ("sent", "accepted", "answered", "sent_back", "closed")
LETTER, LANGUAGE, SIGNED = "letter", "language", "signed"


@dataclass(frozen=True, slots=True)
class ReferralRecord:
    """A referral with its person and clinics. `is_sender`: who looks at it wrote it; `receiver` None: outside this registry."""

    referral: Referral
    person: Person
    sender: Organisation
    receiver: Organisation | None
    is_sender: bool

    @property
    def content(self) -> Mapping[str, Any]:
        """The letter as it was last written, its language, and who signed it."""
        kept = self.referral.content
        return kept if isinstance(kept, dict) else {}

    @property
    def opens_record(self) -> bool:
        """Whether the receiver may open the person's record now."""
        return self.receiver is not None and self.referral.state in OPENING

    @property
    def other(self) -> str:
        """The name of the other clinic."""
        if not self.is_sender:
            return self.sender.fields.name
        return self.receiver.fields.name if self.receiver else self.referral.to_name or ""


def find_referral(call: Call, connection: Connection, referral_id: str) -> ReferralRecord:
    """A referral for one of its two clinics.

    Raises:
        NotFound: there is none, or it is not for the clinic of who asks.
    """
    try:
        found = read_referral(connection, referral_id)
    except NotThere as error:
        raise NotFound() from error
    own = call.organisation.id
    is_sender = found.from_organisation_id == own
    if not is_sender and (found.to_organisation_id != own or found.state not in SEEN_BY_RECEIVER):
        raise NotFound()
    return ReferralRecord(
        found,
        read_person(connection, found.person_id),
        read_organisation(connection, found.from_organisation_id),
        read_organisation(connection, found.to_organisation_id) if found.to_organisation_id else None,
        is_sender,
    )
