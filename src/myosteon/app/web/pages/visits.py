"""A visit from its first day to its end: begin, look over, finish."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.form.live import live_verdict
from myosteon.app.web.form.load import load_form
from myosteon.app.web.records import check_record
from myosteon.app.web.refusals import Problem
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.visit.definitions import own_definitions, own_settings
from myosteon.app.web.visit.finishing import finish
from myosteon.app.web.visit.live_view import show_live
from myosteon.app.web.visit.record import VisitRecord, find_visit, open_visit
from myosteon.app.web.visit.saving import seen_by
from myosteon.app.web.visit.taking_over import take_over
from myosteon.app.web.visit.words import kicker, written
from myosteon.registry.errors import Conflict
from myosteon.registry.people import Person, read_people
from myosteon.registry.visits import open_visits, start_visit, visits_of

pages = Pages()


@pages.get("/visits/new", permission="visit.write")
def choose_person(call: Asked) -> Response:
    """Whom the new visit is about: those that were begun, and the way to everybody else."""
    with call.read() as connection:
        begun = open_visits(connection, call.organisation.id)
        people = read_people(connection, [visit.person_id for visit in begun])
    rows = [(visit, people[visit.person_id]) for visit in begun if visit.person_id in people]
    return call.page("visit/choose.html", rows=rows)


@pages.get("/people/{person}/visits/new", permission="visit.write")
def ask_day(call: Asked, person: str) -> Response:
    """Asks for the day of the visit; today unless an earlier one is written up."""
    return _ask(call, check_record(call, person), call.today.isoformat())


@pages.post("/people/{person}/visits/new", permission="visit.write", fields=("day",))
def begin(call: Asked, person: str) -> Response:
    """Begins a visit and goes to its first step."""
    found = check_record(call, person)
    typed = call.form.get("day", "").strip()
    day, problem = _day(call, found, typed)
    if day is None:
        return _ask(call, found, typed, problem)
    with call.read() as connection:
        same = [one for one in visits_of(connection, person) if one.day == day]
    # Two visits of one day would leave open which of them is the newest: what is added belongs to the one.
    own = [one for one in same if one.organisation_id == call.organisation.id]
    if own:
        return call.to(f"/visits/{own[-1].id}", done="visit.start.same_day")
    with call.write() as write:
        visit = start_visit(write, person, call.organisation.id, day)
    return call.to(f"/visits/{visit}/steps/{load_form().main_steps[0].id}")


@pages.get("/visits/{visit}", permission="visit.write")
def go_on(call: Asked, visit: str) -> Response:
    """On to where the visit was left: its first step without a value, or what it holds."""
    with call.read() as connection:
        record = find_visit(call, connection, visit, with_earlier=False)
    if not record.is_finished:
        known = record.visit.measures
        for step in load_form().main_steps:
            if not any(measure.name in known for measure in step.measures):
                return call.to(f"/visits/{visit}/steps/{step.id}")
    return call.to(f"/visits/{visit}/check")


@pages.post("/visits/{visit}/take-over", permission="visit.write", fields=("seen",))
def take_lasting_over(call: Asked, visit: str) -> Response:
    """Takes over what lasts from earlier visits, since somebody asked and it still holds."""
    with call.read() as connection:
        record = find_visit(call, connection, visit)
    take_over(call, record, seen_by(call.form))
    return call.to(f"/visits/{visit}/steps/{load_form().main_steps[0].id}", done="visit.take_over.done")


@pages.get("/visits/{visit}/check", permission="visit.write")
def look_over(call: Asked, visit: str) -> Response:
    """Everything that was written, with the verdicts, before the visit is finished; and after."""
    return _check(call, open_visit(call, visit))


@pages.post("/visits/{visit}/check", permission="visit.write", fields=("seen",))
def end(call: Asked, visit: str) -> Response:
    """Finishes the visit; its verdicts are kept as they are given now."""
    with call.read() as connection:
        record = find_visit(call, connection, visit)
    if record.is_finished:
        return call.to(f"/people/{record.person.id}")
    if not record.visit.measures:
        return _check(call, record, status=422)
    try:
        finish(call, record, seen_by(call.form))
    except Conflict:
        with call.read() as connection:
            return _check(call, find_visit(call, connection, visit), status=409, conflict=True)
    return call.to(f"/people/{record.person.id}", done="visit.done")


def _ask(call: Call, person: Person, day: str, problem: str = "") -> Response:
    with call.read() as connection:
        begun = [one for one in visits_of(connection, person.id) if one.state == "open"]
    problems = [Problem("day", problem)] if problem else []
    return call.page(
        "visit/start.html",
        status=422 if problem else 200,
        person=person,
        chosen=day,
        problems=problems,
        begun=begun,
    )


def _day(call: Call, person: Person, typed: str) -> tuple[date | None, str]:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None, call.say("visit.start.bad_day")
    if day > call.today:
        return None, call.say("visit.start.future")
    if person.fields.birth_date is not None and day < person.fields.birth_date:
        return None, call.say("visit.start.before_birth")
    return day, ""


def _check(call: Call, record: VisitRecord, *, status: int = 200, conflict: bool = False) -> Response:
    values = {name: measured.value for name, measured in record.visit.measures.items()} | record.who
    live = live_verdict(values, own_definitions(call), call.language, own_settings(call))
    return call.page(
        "visit/check.html",
        status=status,
        record=record,
        kicker=kicker(call, record),
        steps=written(call, record),
        live=show_live(live, call.language),
        conflict=conflict,
    )
