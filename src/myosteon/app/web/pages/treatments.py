"""Courses of bone drugs: a new one, and changes of what is recorded; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.person.typed import SEEN, Typed
from myosteon.app.web.records import check_open, open_record
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.errors import ValueRefused
from myosteon.history.drug_names import DRUG, NONE
from myosteon.history.treatments import MOST_DOSES
from myosteon.registry.errors import Conflict, NotThere, ReasonMissing
from myosteon.registry.people import Person
from myosteon.registry.treatments import (
    Treatment,
    TreatmentFields,
    add_treatment,
    change_treatment,
    read_treatment,
)
from myosteon.vocabulary.measures import load_measures

pages = Pages()
FIELDS = (
    "drug",
    "dose",
    "start_date",
    "stop_date",
    "stopped_on_unknown_day",
    "last_dose_date",
    "doses",
    "reason_stopped",
    "withdrawn",
)


@pages.get("/people/{person}/treatments/new", permission="treatment.write")
def ask_for_course(call: Asked, person: str) -> Response:
    """The form of a new course."""
    return _form(call, open_record(call, person, "treatment"), None, {})


@pages.post("/people/{person}/treatments/new", permission="treatment.write", fields=FIELDS)
def make_course(call: Asked, person: str) -> Response:
    """Adds the course."""
    with call.read() as connection:
        found = check_open(call, connection, person)
    typed = Typed(call)
    given = _read(typed)
    if typed.problems or given is None:
        return _form(call, found, None, call.form, typed, 422)
    try:
        with call.write() as write:
            add_treatment(write, person, given)
    except ValueRefused:
        typed.refuse("start_date", "person.form.refused")
        return _form(call, found, None, call.form, typed, 422)
    refresh_standing(call, person)
    return call.to(f"/people/{person}", done="person.course.added")


@pages.get("/treatments/{course}", permission="treatment.write")
def ask_for_change(call: Asked, course: str) -> Response:
    """The form with the course as it stands now."""
    now, _ = _course(call, course)
    return _form(call, open_record(call, now.person_id, "treatment"), now, _texts(now.fields))


@pages.post("/treatments/{course}", permission="treatment.write", fields=(*FIELDS, SEEN, "reason"))
def save_change(call: Asked, course: str) -> Response:
    """Saves the course as a new entry; another dose or a stop needs no reason, every other change does."""
    now, person = _course(call, course)
    typed = Typed(call)
    seen, given, reason = typed.seen(), _read(typed), typed.reason(needed=False)
    if typed.problems or given is None:
        return _form(call, person, now, call.form, typed, 422)
    try:
        with call.write() as write:
            change_treatment(write, course, seen, given, reason)
    except Conflict as conflict:
        current = conflict.current
        there = current if isinstance(current, Treatment) else now
        return _form(call, person, there, call.form, typed, 409, conflict=True)
    except ReasonMissing:
        typed.refuse("reason", "person.form.reason_missing")
    except ValueRefused:
        typed.refuse("start_date", "person.form.refused")
    else:
        refresh_standing(call, now.person_id)
        return call.to(f"/people/{now.person_id}", done="person.saved")
    return _form(call, person, now, call.form, typed, 422)


def _course(call: Call, course: str) -> tuple[Treatment, Person]:
    with call.read() as connection:
        try:
            now = read_treatment(connection, course)
        except NotThere as error:
            raise NotFound() from error
        return now, check_open(call, connection, now.person_id)


def _read(typed: Typed) -> TreatmentFields | None:
    drug = typed.word(DRUG, _drugs())
    if drug is None:
        typed.refuse(DRUG, "person.course.no_drug")
    given = TreatmentFields(
        drug=drug or "",
        dose=typed.plain("dose"),
        start_date=typed.day("start_date"),
        stop_date=typed.day("stop_date"),
        stopped_on_unknown_day=typed.ticked("stopped_on_unknown_day"),
        last_dose_date=typed.day("last_dose_date"),
        doses=typed.whole("doses", 0, MOST_DOSES, "person.course.doses_unreadable"),
        reason_stopped=typed.text("reason_stopped"),
        withdrawn=typed.ticked("withdrawn"),
    )
    _refuse_impossible(typed, given)
    return None if typed.problems else given


def _refuse_impossible(typed: Typed, given: TreatmentFields) -> None:
    begun, ended, last = given.start_date, given.stop_date, given.last_dose_date
    if begun and ended and ended < begun:
        typed.refuse("stop_date", "person.course.stop_before_start")
    elif last and ((begun and last < begun) or (ended and last > ended)):
        typed.refuse("last_dose_date", "person.course.last_outside")


def _drugs() -> tuple[str, ...]:
    return tuple(word for word in load_measures()[DRUG].words if word != NONE)


def _texts(known: TreatmentFields) -> dict[str, str]:
    """The course as it stands in the fields of the form."""
    ticked = {True: "yes", False: ""}
    return {
        name: ticked[value] if isinstance(value, bool) else "" if value is None else str(value)
        for name, value in asdict(known).items()
    }


def _form(
    call: Call,
    person: Person,
    course: Treatment | None,
    values: Mapping[str, str],
    typed: Typed | None = None,
    status: int = 200,
    *,
    conflict: bool = False,
) -> Response:
    there = _texts(course.fields) if course else {}
    labels = load_measures()[DRUG].word_labels
    drugs = [(word, labels[word].in_language(call.language)) for word in _drugs()]
    rows = [
        (call.say(f"person.course.{name}"), there[name], values.get(name, ""))
        for name in FIELDS
        if conflict and there[name] != values.get(name, "").strip()
    ]
    return call.page(
        "person/course_form.html",
        status=status,
        person=person,
        course=course,
        values={name: values.get(name, "") for name in (*FIELDS, "reason")},
        problems=tuple(typed.problems) if typed else (),
        drugs=[("", call.say("person.form.choose")), *drugs],
        conflict_rows=rows,
        conflict=conflict,
    )
