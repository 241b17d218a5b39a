"""Fractures: a new one, and corrections of what is recorded; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.person.fracture_rows import bone_sites, site_said
from myosteon.app.web.person.typed import LONGEST_NOTE, SEEN, Typed
from myosteon.app.web.person.voice import Voice
from myosteon.app.web.records import check_open, open_record
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.errors import ValueRefused
from myosteon.registry.errors import Conflict, NotThere
from myosteon.registry.fractures import (
    Fracture,
    FractureFields,
    add_fracture,
    correct_fracture,
    read_fracture,
)
from myosteon.registry.people import Person

pages = Pages()
FIELDS = ("site", "day", "year", "month", "low_trauma", "note", "withdrawn")


@pages.get("/people/{person}/fractures/new", permission="fracture.write")
def ask_for_fracture(call: Asked, person: str) -> Response:
    """The form of a new fracture."""
    return _form(call, open_record(call, person, "fracture"), None, {})


@pages.post("/people/{person}/fractures/new", permission="fracture.write", fields=FIELDS)
def make_fracture(call: Asked, person: str) -> Response:
    """Adds the fracture."""
    with call.read() as connection:
        found = check_open(call, connection, person)
    typed = Typed(call)
    given = _read(typed)
    if typed.problems or given is None:
        return _form(call, found, None, call.form, typed, 422)
    try:
        with call.write() as write:
            add_fracture(write, person, given)
    except ValueRefused:
        typed.refuse("day", "person.form.refused")
        return _form(call, found, None, call.form, typed, 422)
    refresh_standing(call, person)
    return call.to(f"/people/{person}", done="person.fracture.added")


@pages.get("/fractures/{fracture}", permission="fracture.write")
def ask_for_change(call: Asked, fracture: str) -> Response:
    """The form with the fracture as it stands now."""
    now, _ = _fracture(call, fracture)
    return _form(call, open_record(call, now.person_id, "fracture"), now, _texts(now.fields))


@pages.post("/fractures/{fracture}", permission="fracture.write", fields=(*FIELDS, SEEN, "reason"))
def save_change(call: Asked, fracture: str) -> Response:
    """Saves the fracture as a new entry, with the reason."""
    now, person = _fracture(call, fracture)
    typed = Typed(call)
    seen, given, reason = typed.seen(), _read(typed), typed.reason()
    if typed.problems or given is None:
        return _form(call, person, now, call.form, typed, 422)
    try:
        with call.write() as write:
            correct_fracture(write, fracture, seen, given, reason)
    except Conflict as conflict:
        current = conflict.current
        there = current if isinstance(current, Fracture) else now
        return _form(call, person, there, call.form, typed, 409, conflict=True)
    except ValueRefused:
        typed.refuse("day", "person.form.refused")
        return _form(call, person, now, call.form, typed, 422)
    refresh_standing(call, now.person_id)
    return call.to(f"/people/{now.person_id}", done="person.saved")


def _fracture(call: Call, fracture: str) -> tuple[Fracture, Person]:
    with call.read() as connection:
        try:
            now = read_fracture(connection, fracture)
        except NotThere as error:
            raise NotFound() from error
        return now, check_open(call, connection, now.person_id)


def _read(typed: Typed) -> FractureFields | None:
    site = typed.word("site", bone_sites())
    if site is None:
        typed.refuse("site", "person.fracture.no_site")
    year = typed.year("year")
    month = typed.whole("month", 1, 12, "person.fracture.month_unreadable")
    day = typed.day("day")
    if month is not None and year is None and day is None:
        typed.refuse("month", "person.fracture.month_unreadable", value=month)
    given = FractureFields(
        site=site or "",
        day=day,
        year=year,
        month=month,
        low_trauma=typed.answer("low_trauma"),
        note=typed.text("note", LONGEST_NOTE),
        withdrawn=typed.ticked("withdrawn"),
    )
    return None if typed.problems else given


def _texts(known: FractureFields) -> dict[str, str]:
    """The fracture as it stands in the fields of the form; year and month only where no day is known."""
    return {
        "site": known.site,
        "day": known.day.isoformat() if known.day else "",
        "year": str(known.year) if known.year and not known.day else "",
        "month": str(known.month) if known.month and not known.day else "",
        "low_trauma": "" if known.low_trauma is None else "yes" if known.low_trauma else "no",
        "note": known.note or "",
        "withdrawn": "yes" if known.withdrawn else "",
    }


def _form(
    call: Call,
    person: Person,
    fracture: Fracture | None,
    values: Mapping[str, str],
    typed: Typed | None = None,
    status: int = 200,
    *,
    conflict: bool = False,
) -> Response:
    there = _texts(fracture.fields) if fracture else {}
    voice = Voice(call.language, call.say)
    rows = [
        (call.say(f"person.fracture.{name}"), there[name], values.get(name, ""))
        for name in FIELDS
        if conflict and there[name] != values.get(name, "").strip()
    ]
    return call.page(
        "person/fracture_form.html",
        status=status,
        person=person,
        fracture=fracture,
        values={name: values.get(name, "") for name in (*FIELDS, "reason")},
        problems=tuple(typed.problems) if typed else (),
        sites=[
            ("", call.say("person.form.choose")),
            *((site, site_said(site, voice)) for site in bone_sites()),
        ],
        answers=[(one, voice.speech.word(one)) for one in ("yes", "no")]
        + [("", call.say("person.form.not_known"))],
        conflict_rows=rows,
        conflict=conflict,
    )
