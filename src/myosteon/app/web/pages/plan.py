"""The plan of one person, a plan as it was given, and both as PDF."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.failures import failure
from myosteon.app.web.person.head import HeadView, head
from myosteon.app.web.person.judge import Judged, PersonJudge, person_judge
from myosteon.app.web.person.loading import PersonRecord, load_person
from myosteon.app.web.person.voice import Voice
from myosteon.app.web.plan.kept import Given, keep_plan, last_kept, page_of, plan_content, view_of
from myosteon.app.web.plan.page import plan_page
from myosteon.app.web.plan.printed import handout, named, note, pdf_answer
from myosteon.app.web.records import open_record
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.versions import versions
from myosteon.app.web.wording import LANGUAGES
from myosteon.errors import MissingPart
from myosteon.registry.errors import NotThere
from myosteon.registry.people import Person
from myosteon.registry.results import PLAN, Result, read_result, results_of

pages = Pages()
MOST_EARLIER = 6
# In which language a paper is printed; else in that of who asks.
IN = "in"


@pages.get("/people/{person}/plan", permission="plan.read")
def show_plan(call: Asked, person: str) -> Response:
    """The plan as of today. It is kept as it is shown, once for as long as it says the same."""
    record = _load(call, open_record(call, person, "plan"))
    voice = Voice(call.language, call.say)
    judge, judged = _judge(call, record)
    if judged is None:
        return call.page(
            "plan/nobody.html", person=record.person, head=head(record, None, _clinic(call), voice)
        )
    page = plan_page(judged, judge.planner.assessor.graph, voice)
    content = plan_content(judged, page)
    given = Given(call.today, call.language, versions())
    with call.read() as connection:
        earlier = results_of(connection, person, PLAN, limit=MOST_EARLIER)
    kept = last_kept(earlier, content, given)
    id = kept.id if kept else ""
    if not kept:
        with call.write() as write:
            id = keep_plan(write, person, content, given, _visit_of(record, judged))
    return call.page(
        "plan/show.html",
        person=record.person,
        head=_head(record, voice, call),
        page=page,
        kept=None,
        id=id,
        earlier=[one for one in earlier if one.id != id],
        languages=LANGUAGES,
        refer_path=_refer_path(call, person),
    )


@pages.get("/plans/{plan}", permission="plan.read")
def show_kept_plan(call: Asked, plan: str) -> Response:
    """A plan word for word as it was shown, in the language that it was shown in."""
    kept = _kept(call, plan)
    person = open_record(call, kept.person_id, "plan")
    record = _load(call, person)
    then = replace(call, language="zh" if kept.language == "zh" else "en")
    voice = Voice(then.language, then.say)
    return then.page(
        "plan/show.html",
        person=person,
        head=_head(record, voice, then),
        page=page_of(kept.content),
        kept=kept,
        id=kept.id,
        earlier=(),
        languages=LANGUAGES,
        refer_path="",
    )


@pages.get("/plans/{plan}/note.pdf", permission="plan.read")
def print_kept_note(call: Asked, plan: str) -> Response:
    """The note of a plan as it was given."""
    kept = _kept(call, plan)
    person = open_record(call, kept.person_id, "plan")
    then = replace(call, language="zh" if kept.language == "zh" else "en")
    voice = Voice(then.language, then.say)
    try:
        made = note(view_of(kept.content), named(person.fields, voice), voice)
    except MissingPart as error:
        return _no_pdf(call, error)
    return pdf_answer(made, "note", kept.as_of, then.language)


@pages.get("/people/{person}/plan/note.pdf", permission="plan.read")
def print_note(call: Asked, person: str) -> Response:
    """The clinician's note as of today; `?in=zh` in the other language."""
    return _print(call, person, "note")


@pages.get("/people/{person}/plan/handout.pdf", permission="document.read")
def print_handout(call: Asked, person: str) -> Response:
    """The page for the person as of today; `?in=zh` in the other language."""
    return _print(call, person, "handout")


def _print(call: Call, person_id: str, what: str) -> Response:
    asked = call.request.query_params.get(IN, call.language)
    if asked not in LANGUAGES:
        raise NotFound()
    then = replace(call, language="zh" if asked == "zh" else "en")
    voice = Voice(then.language, then.say)
    record = _load(then, open_record(call, person_id, what))
    _, judged = _judge(then, record)
    if judged is None:
        raise NotFound("plan.nothing_to_print")
    name = named(record.person.fields, voice)
    try:
        made = note(judged.view, name, voice) if what == "note" else handout(judged, name)
    except MissingPart as error:
        return _no_pdf(call, error)
    return pdf_answer(made, what, call.today, then.language)


def _judge(call: Call, record: PersonRecord) -> tuple[PersonJudge, Judged | None]:
    judge = person_judge(call.clinic, call.today, call.language)
    return judge, judge.judge(record.history)


def _load(call: Call, person: Person) -> PersonRecord:
    with call.read() as connection:
        return load_person(connection, person)


def _head(record: PersonRecord, voice: Voice, call: Call) -> HeadView:
    return head(record, None, _clinic(call), voice)


def _refer_path(call: Call, person_id: str) -> str:
    """Where a referral is written; empty where who asks may not."""
    return f"/people/{person_id}/referrals/new" if call.may("referral.send") else ""


def _clinic(call: Call) -> str:
    return call.organisation.fields.name


def _visit_of(record: PersonRecord, judged: Judged) -> tuple[str, int] | None:
    """The visit that the plan was made from: the last one of its day."""
    found = [one for one in record.finished if one.day == judged.plan.visit_date]
    return (found[-1].id, found[-1].number) if found else None


def _kept(call: Call, id: str) -> Result:
    try:
        with call.read() as connection:
            kept = read_result(connection, id)
    except NotThere as error:
        raise NotFound() from error
    if kept.kind != PLAN or "page" not in kept.content:
        raise NotFound()
    return kept


def _no_pdf(call: Call, error: MissingPart) -> Response:
    return failure(call.request, 503, "plan.no_pdf", said=call.said(error))
