"""The screens of a visit: its steps and questionnaires, and the verdict while somebody types."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.form.live import questionnaire_answers
from myosteon.app.web.form.load import load_form
from myosteon.app.web.form.questionnaires import Questionnaire, load_questionnaires
from myosteon.app.web.form.show_field import show_field
from myosteon.app.web.form.submission import Submission, read_questionnaire, read_step
from myosteon.app.web.form.types import Step
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.visit.definitions import own_settings
from myosteon.app.web.visit.record import find_visit, open_visit
from myosteon.app.web.visit.saving import REASON, SEEN, Saved, save_screen
from myosteon.app.web.visit.screen import (
    Trouble,
    completed,
    live_of,
    next_path,
    questionnaire_form,
    questionnaire_page,
    step_form,
    step_page,
    values_after,
    with_mine,
)
from myosteon.app.web.visit.words import both_sides

pages = Pages()
FIELDS = (SEEN, REASON, "go")
STAY = "stay"


@pages.get("/visits/{visit}/steps/{step}", permission="visit.write")
def show_step(call: Asked, visit: str, step: str) -> Response:
    """A step with what the visit holds of it."""
    found = _step(step)
    record = open_visit(call, visit)
    return step_page(call, record, found, step_form(record, found))


@pages.post("/visits/{visit}/steps/{step}", permission="visit.write", fields=FIELDS)
def save_step(call: Asked, visit: str, step: str) -> Response:
    """Saves a step as one entry, and goes on; what cannot be used stays on the screen with the reason."""
    found = _step(step)
    sent = read_step(call.form, found)
    saved = save_screen(call, visit, sent, found.id)
    trouble = _trouble(call, saved)
    if trouble is None and not sent.held:
        on = next_path(saved.record, found)
        return call.to(f"/visits/{visit}/steps/{found.id}" if call.form.get("go") == STAY else on)
    form = _form(call, saved, step_form(saved.record, found))
    return step_page(
        call,
        saved.record,
        found,
        form,
        status=409 if saved.conflict else 422,
        trouble=trouble or Trouble(stored=len(saved.changes)),
        reason=call.form.get(REASON, ""),
    )


@pages.get("/visits/{visit}/questions/{questionnaire}", permission="visit.write")
def show_questionnaire(call: Asked, visit: str, questionnaire: str) -> Response:
    """A questionnaire with the answers that the visit holds."""
    found = _questionnaire(questionnaire)
    record = open_visit(call, visit)
    return questionnaire_page(call, record, found, questionnaire_form(record, found))


@pages.post("/visits/{visit}/questions/{questionnaire}", permission="visit.write", fields=FIELDS)
def save_questionnaire(call: Asked, visit: str, questionnaire: str) -> Response:
    """Saves the answers of a questionnaire as one entry."""
    found = _questionnaire(questionnaire)
    sent = read_questionnaire(call.form, found)
    saved = save_screen(call, visit, sent, found.id)
    trouble = _trouble(call, saved)
    if trouble is None and not sent.held:
        return call.to(f"/visits/{visit}/steps/questions")
    form = _form(call, saved, questionnaire_form(saved.record, found))
    return questionnaire_page(
        call,
        saved.record,
        found,
        form,
        status=409 if saved.conflict else 422,
        trouble=trouble or Trouble(stored=len(saved.changes)),
        reason=call.form.get(REASON, ""),
    )


@pages.post("/visits/{visit}/live", permission="visit.write", fields=("step", "questionnaire"))
def tell_live(call: Asked, visit: str) -> Response:
    """The verdict on what is typed by now, and what is said of each field; nothing is saved, and no line is written."""
    with call.read() as connection:
        record = find_visit(call, connection, visit, with_earlier=False)
    answers: tuple[str, ...] = ()
    if asked := call.form.get("questionnaire"):
        found = _questionnaire(asked)
        sent = read_questionnaire(call.form, found)
        values = values_after(record, sent)
        answers = questionnaire_answers(values, found, call.language, own_settings(call))
    else:
        sent = read_step(call.form, _step(call.form.get("step", "")))
        values = values_after(record, sent)
    told = live_of(call, values).as_json()
    return call.answer({**told, "answers": answers, **_fields(call, sent)})


def _form(call: Call, saved: Saved, kept: dict[str, str]) -> dict[str, str]:
    """What the screen shows again: what was sent, or where somebody else was first what they saved with one's own changes on it."""
    return with_mine(kept, call.form, saved.changes) if saved.conflict else completed(call.form, kept)


def _fields(call: Call, sent: Submission) -> dict[str, Any]:
    fields, groups = {}, {}
    for id, part in sent.parts.items():
        groups[id] = {"said": part.said.zh if call.language == "zh" else part.said.en, "best": part.best}
        for name, read in part.fields.items():
            shown = show_field(read, call.language, name=name)
            fields[name] = {
                "problem": shown.problem,
                "caution": shown.caution,
                "keep": shown.keep,
                "told": shown.told,
            }
    return {"fields": fields, "groups": groups}


def _trouble(call: Call, saved: Saved) -> Trouble | None:
    """Why nothing was stored; None where all that could be was."""
    if saved.conflict:
        return Trouble(both=both_sides(call, saved.record, saved.changes))
    if saved.reason_missing:
        return Trouble(reason=call.say("visit.reason.missing"))
    return None


def _step(id: str) -> Step:
    try:
        return load_form().steps[id]
    except KeyError:
        raise NotFound() from None


def _questionnaire(id: str) -> Questionnaire:
    try:
        return load_questionnaires()[id]
    except KeyError:
        raise NotFound() from None
