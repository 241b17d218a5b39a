"""Who a person is: a new one, and corrections of what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.doubles import DIFFERENT, Double, doubles_of
from myosteon.app.web.person.typed import LONGEST_NOTE, SEEN, Typed
from myosteon.app.web.records import check_record, open_record
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.errors import ValueRefused
from myosteon.registry.errors import Conflict, IdentifierTaken
from myosteon.registry.people import Person, PersonFields, add_person, correct_person
from myosteon.vocabulary.measures import load_measures

pages = Pages()
FIELDS = (
    "name",
    "sex",
    "birth_date",
    "birth_year",
    "identifier",
    "telephone",
    "address",
    "language",
    "note",
)
LANGUAGES = ("en", "zh")


@pages.get("/people/new", permission="person.write")
def ask_for_person(call: Asked) -> Response:
    """The form of a new person."""
    return _form(call, None, {})


@pages.post("/people/new", permission="person.write", fields=(*FIELDS, DIFFERENT))
def make_person(call: Asked) -> Response:
    """Adds the person."""
    typed = Typed(call)
    given = _read(typed)
    if typed.problems:
        return _form(call, None, call.form, typed, 422)
    if call.form.get(DIFFERENT) != "yes" and (doubles := doubles_of(call, given)):
        return _form(call, None, call.form, typed, 422, doubles=doubles)
    try:
        with call.write() as write:
            person_id = add_person(write, call.organisation.id, given)
    except IdentifierTaken:
        typed.refuse("identifier", "person.form.taken")
    except ValueRefused:
        typed.refuse("birth_date", "person.form.refused")
    else:
        return call.to(f"/people/{person_id}", done="person.added")
    return _form(call, None, call.form, typed, 422)


@pages.get("/people/{person}/correct", permission="person.write")
def ask_for_correction(call: Asked, person: str) -> Response:
    """The form with what is recorded now."""
    found = _own(call, open_record(call, person, "person.correct"))
    return _form(call, found, _texts(found.fields))


@pages.post("/people/{person}/correct", permission="person.write", fields=(*FIELDS, SEEN, "reason"))
def save_correction(call: Asked, person: str) -> Response:
    """Saves what is recorded as a new entry; the earlier one is kept."""
    found = _own(call, check_record(call, person))
    typed = Typed(call)
    seen, given, reason = typed.seen(), _read(typed), typed.reason()
    if typed.problems:
        return _form(call, found, call.form, typed, 422)
    try:
        with call.write() as write:
            correct_person(write, person, seen, given, reason)
    except Conflict as conflict:
        now = conflict.current
        return _form(call, now if isinstance(now, Person) else found, call.form, typed, 409, conflict=True)
    except IdentifierTaken:
        typed.refuse("identifier", "person.form.taken")
    except ValueRefused:
        typed.refuse("birth_date", "person.form.refused")
    else:
        refresh_standing(call, person)
        return call.to(f"/people/{person}", done="person.saved")
    return _form(call, found, call.form, typed, 422)


def _own(call: Call, person: Person) -> Person:
    """Who a person is, is said by the clinic that she belongs to."""
    if person.organisation_id != call.organisation.id:
        raise NotFound()
    return person


def _read(typed: Typed) -> PersonFields:
    given = PersonFields(
        name=typed.text("name"),
        sex=typed.word("sex", load_measures()["sex"].words),
        birth_date=typed.day("birth_date"),
        birth_year=typed.year("birth_year"),
        identifier=typed.plain("identifier"),
        telephone=typed.plain("telephone"),
        address=typed.text("address"),
        language=typed.word("language", LANGUAGES),
        note=typed.text("note", LONGEST_NOTE),
    )
    if not typed.problems and given.name is None and given.identifier is None:
        typed.refuse("name", "person.form.name_or_number")
    return given


def _texts(known: PersonFields) -> dict[str, str]:
    """What is recorded as it stands in the fields of the form; a year of birth only where no day is known."""
    texts = {name: "" if value is None else str(value) for name, value in asdict(known).items()}
    return texts | {"birth_year": ""} if known.birth_date else texts


def _form(
    call: Call,
    person: Person | None,
    values: Mapping[str, str],
    typed: Typed | None = None,
    status: int = 200,
    *,
    conflict: bool = False,
    doubles: tuple[Double, ...] = (),
) -> Response:
    there = _texts(person.fields) if person else {}
    rows = [
        (call.say(f"person.form.{name}"), there[name], values.get(name, ""))
        for name in FIELDS
        if conflict and there[name] != values.get(name, "").strip()
    ]
    sexes = [
        (word, load_measures()["sex"].word_labels[word].in_language(call.language))
        for word in load_measures()["sex"].words
    ]
    return call.page(
        "person/person_form.html",
        status=status,
        person=person,
        values={name: values.get(name, "") for name in (*FIELDS, "reason")},
        problems=tuple(typed.problems) if typed else (),
        sexes=[("", call.say("person.form.not_known")), *sexes],
        languages=[
            ("", call.say("person.form.not_known")),
            *((one, call.say(f"person.form.language_{one}")) for one in LANGUAGES),
        ],
        conflict_rows=rows,
        conflict=conflict,
        doubles=doubles,
    )
