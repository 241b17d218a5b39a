"""The audit trail: who did what, when, to whom; by person, account and day. Names of people do not stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection
from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.refusals import Problem
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.wording import wording
from myosteon.registry.accounts import accounts_of
from myosteon.registry.audit import AuditLine, broken_links, lines
from myosteon.registry.people import find_identifier

AT_ONCE = 100
MOST_DIGITS = 12
pages = Pages()


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line as it is shown."""

    number: int
    at: datetime
    who: str
    what: str
    thing: str
    page: str
    reference: str


@pages.get("/settings/record", permission="audit.read")
def show_trail(call: Asked) -> Response:
    """The newest lines of the clinic."""
    return _trail(call)


# A number of the clinic is asked for by a form, for an address would keep it.
@pages.post("/settings/record", permission="audit.read", fields=("person", "account", "day", "before"))
def filter_trail(call: Asked) -> Response:
    """The lines about one person, by one account, or of one day."""
    return _trail(call)


@pages.post("/settings/record/check", permission="audit.read")
def check_trail(call: Asked) -> Response:
    """Follows the chain from the first line to the last, and says whether any line was changed or is missing."""
    with call.read() as connection:
        broken = next(broken_links(connection), None)
    return _trail(call, checked=True, broken=broken)


def _trail(call: Call, *, checked: bool = False, broken: int | None = None) -> Response:
    form, problems = call.form, []
    day = _day(form.get("day", ""))
    if form.get("day") and day is None:
        problems.append(Problem("day", call.say("trail.day_unusable")))
    with call.read() as connection:
        accounts = accounts_of(connection, call.organisation.id)
        person_id = None
        if form.get("person"):
            person_id = find_identifier(connection, call.organisation.id, form["person"].strip())
            if person_id is None:
                problems.append(Problem("person", call.say("trail.nobody")))
        found = () if problems else _lines(call, connection, person_id, day)
    names = {account.id: account.shown_name for account in accounts}
    return call.page(
        "settings/trail.html",
        status=422 if problems else 200,
        problems=problems,
        lines=[_shown(call, line, names) for line in found],
        accounts=[("", call.say("trail.everybody")), *((one.id, one.shown_name) for one in accounts)],
        form=form,
        older=found[-1].number if len(found) == AT_ONCE else 0,
        checked=checked,
        broken=broken,
    )


def _lines(
    call: Call, connection: Connection, person_id: str | None, day: date | None
) -> tuple[AuditLine, ...]:
    since = datetime.combine(day, time.min, call.settings.time_zone) if day else None
    until = datetime.combine(day + timedelta(days=1), time.min, call.settings.time_zone) if day else None
    before = call.form.get("before", "")
    return lines(
        connection,
        person_id=person_id,
        account_id=call.form.get("account") or None,
        # Whoever opened a person of this clinic, from wherever, is seen when the person is asked for.
        organisation_id=None if person_id else call.organisation.id,
        since=since,
        until=until,
        before=int(before)
        if before.isascii() and before.isdecimal() and len(before) <= MOST_DIGITS
        else None,
        limit=AT_ONCE,
    )


def _shown(call: Call, line: AuditLine, names: dict[str, str]) -> TrailLine:
    if line.account_id is None:
        who = call.say("trail.program")
    else:
        who = names.get(line.account_id, call.say("trail.other_clinic"))
    page = str(line.detail.get("page", ""))
    return TrailLine(
        line.number,
        line.at,
        who,
        _word(call, "trail.action", line.action),
        _word(call, "trail.kind", line.kind),
        _word(call, "trail.page", page) if page else "",
        (line.thing_id or "")[:8],
    )


def _word(call: Call, section: str, word: str) -> str:
    """The word for an action or a kind; one that has none yet stands as it is rather than not at all."""
    key = f"{section}.{word}"
    return call.say(key) if key in wording() else word


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min + timedelta(days=2) < day < date.max - timedelta(days=2) else None
