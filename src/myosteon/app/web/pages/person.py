"""The page of one person, and an answer as it was given."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection
from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.days import write_moment
from myosteon.app.web.person.audited import kept_answers, kind_said, record_lines
from myosteon.app.web.person.clock import clock
from myosteon.app.web.person.drawn import draw, draw_courses, lead
from myosteon.app.web.person.fracture_rows import fracture_rows, not_in_visit
from myosteon.app.web.person.head import head, open_visits
from myosteon.app.web.person.judge import person_judge
from myosteon.app.web.person.loading import load_person
from myosteon.app.web.person.referral_cards import referral_cards
from myosteon.app.web.person.view import medical_view
from myosteon.app.web.person.voice import Voice
from myosteon.app.web.records import check_record, open_record
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.visit.definitions import own_definitions
from myosteon.outputs.wording.load import definition_label
from myosteon.registry.audit import lines
from myosteon.registry.errors import NotThere
from myosteon.registry.organisations import read_organisation
from myosteon.registry.referrals import referrals_of
from myosteon.registry.results import PLAN, Result, read_result, results_of

pages = Pages()
# Openings stand between the saves of a record that is looked at often.
MOST_LINES = 200
MOST_ANSWERS = 10
# What can be printed of a person, and what who asks must be allowed to do.
DOCUMENTS = {"note": "plan.read", "handout": "document.read"}


@pages.get("/people/{person}", permission="person.read")
def show_person(call: Asked, person: str) -> Response:
    """Everything of one person as of today."""
    voice = Voice(call.language, call.say)
    definition = own_definitions(call)[0]
    zone = call.settings.time_zone
    found = open_record(call, person)
    with call.read() as connection:
        record = load_person(connection, found)
        own_clinic = read_organisation(connection, found.organisation_id).fields.name
        referrals = referral_cards(connection, referrals_of(connection, person), call.today, zone, voice)
        told = record_lines(
            connection, lines(connection, person_id=person, limit=MOST_LINES), call.say, _moments(call)
        )
        answers = results_of(connection, person, limit=MOST_ANSWERS)
    judge = person_judge(call.clinic, call.today, call.language)
    view, judged = medical_view(record.history, judge, definition, voice)
    courses = view.clock if view else clock(record.history.courses, None, judge, voice)
    unsaid = not_in_visit(record.fractures, judged.row if judged else None, voice)
    return call.page(
        "person/show.html",
        person=record.person,
        head=head(record, view, own_clinic, voice),
        open_visits=open_visits(record, voice),
        view=view,
        drawn=draw(view, voice) if view else None,
        lead=lead(view, voice) if view else "",
        definition=definition_label(definition, call.language),
        clock=courses,
        drawn_clock=draw_courses(courses, voice),
        refused=view.refused if view else (),
        fractures=fracture_rows(record.fractures, voice),
        fractures_unsaid=unsaid,
        referrals=referrals,
        record=told,
        results=kept_answers(answers, call.say, _moments(call)),
        documents=[name for name, needed in DOCUMENTS.items() if view and call.may(needed)],
        may_refer=call.may("referral.send"),
        may_visit=call.may("visit.write"),
        may_plan=call.may("plan.read"),
        may_write=call.may("person.write"),
        may_treat=call.may("treatment.write"),
        may_fracture=call.may("fracture.write"),
    )


@pages.get("/results/{result}", permission="person.read")
def show_result(call: Asked, result: str) -> Response:
    """An answer word for word as it was given, with the versions that gave it."""
    with call.read() as connection:
        kept = _kept(connection, result)
    if kept.kind == PLAN:
        # A plan has a page of its own, which writes the opening down.
        check_record(call, kept.person_id)
        return call.to(f"/plans/{kept.id}")
    person = open_record(call, kept.person_id, "result")
    content = kept.content
    return call.page(
        "person/result.html",
        person=person,
        kept=kept,
        kind=kind_said(kept.kind, call.say),
        headlines=content.get("headlines", []) if isinstance(content, dict) else [],
        content=json.dumps(content, ensure_ascii=False, indent=1),
    )


def _kept(connection: Connection, id: str) -> Result:
    try:
        return read_result(connection, id)
    except NotThere as error:
        raise NotFound() from error


def _moments(call: Call) -> Callable[[datetime], str]:
    return lambda moment: write_moment(moment, call.language, call.settings.time_zone)
