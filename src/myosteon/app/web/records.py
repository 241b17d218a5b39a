"""Whose record may be opened: those of the own clinic, and those that a referral has opened to it. Others are not there."""

from __future__ import annotations

from sqlalchemy import Connection

from myosteon.app.web.call import Call
from myosteon.app.web.refusals import NotFound
from myosteon.registry.audit import record_opening
from myosteon.registry.errors import NotThere
from myosteon.registry.people import Person, read_person
from myosteon.registry.referrals import may_open


def open_record(call: Call, person_id: str, page: str = "person") -> Person:
    """The person, after the audit trail has a line that the record was opened on a page.

    Raises:
        NotFound: nobody has the identifier, or the record is not open to the clinic of who asks.
    """
    found = check_record(call, person_id)
    with call.write() as write:
        record_opening(write, person_id, page)
    return found


def check_record(call: Call, person_id: str) -> Person:
    """The person where the record is open to who asks; a save writes its own line of the trail.

    Raises:
        NotFound: as for `open_record`.
    """
    with call.read() as connection:
        return check_open(call, connection, person_id)


def check_open(call: Call, connection: Connection, person_id: str) -> Person:
    """The same within a read or a write that is open already.

    Raises:
        NotFound: as for `open_record`.
    """
    try:
        if may_open(connection, call.organisation.id, person_id):
            return read_person(connection, person_id)
    except NotThere:
        pass
    raise NotFound()
