"""One screen of a visit, ready for its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.form.live import live_verdict, questionnaire_answers
from myosteon.app.web.form.load import load_form
from myosteon.app.web.form.questionnaires import Questionnaire, load_questionnaires
from myosteon.app.web.form.show import form_of, show_cards, show_groups, show_steps
from myosteon.app.web.form.show_types import FieldView
from myosteon.app.web.form.submission import Submission, read_questionnaire, read_step
from myosteon.app.web.form.types import Step
from myosteon.app.web.refusals import Problem
from myosteon.app.web.visit.definitions import own_definitions, own_settings
from myosteon.app.web.visit.live_view import LiveView, show_live
from myosteon.app.web.visit.record import VisitRecord
from myosteon.app.web.visit.taking_over import lasting_of
from myosteon.app.web.visit.words import kicker, last_said
from myosteon.registry.measured import Measured

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands above a screen that was not saved as it was sent.

    Attributes:
        stored: how many values were saved all the same.
        both: what stands in the visit beside what was sent, where somebody else was first.
        reason: what is wrong with the reason of a correction; empty where nothing is.
    """

    stored: int = 0
    both: tuple[tuple[str, str, str], ...] = ()
    reason: str = ""


NO_TROUBLE = Trouble()


def step_form(record: VisitRecord, step: Step) -> dict[str, str]:
    """The fields of a step as the visit holds them."""
    return form_of(record.visit.measures, step.measures)


def questionnaire_form(record: VisitRecord, questionnaire: Questionnaire) -> dict[str, str]:
    """The fields of a questionnaire as the visit holds them."""
    return form_of(record.visit.measures, questionnaire.measures)


def completed(sent: Form, kept: Form) -> dict[str, str]:
    """The fields as they were sent; those that were not sent, as the visit holds them."""
    groups = {name.split("_")[0] for name in sent if name.startswith("grip_")}
    own = {name.split(".")[0] for name in sent} | groups
    return {**{name: text for name, text in kept.items() if name.split(".")[0] not in own}, **sent}


def with_mine(theirs: Form, mine: Form, changes: Mapping[str, Measured]) -> dict[str, str]:
    """The fields as the visit holds them, with those that this editor changed as they sent them."""
    tools = {name.split("_")[0] for name in changes if name.startswith(("grip_", "gait_"))}
    taken = {
        name: text
        for name, text in mine.items()
        if name.split(".")[0] in changes or name.split("_")[0].split(".")[0] in tools
    }
    return {**theirs, **taken}


def values_after(record: VisitRecord, sent: Submission) -> dict[str, object]:
    """The person's canonical values as they would be with what was sent."""
    return sent.after(record.visit.measures) | record.who


def live_of(call: Call, values: Mapping[str, object]) -> LiveView:
    """The verdicts on these values under the clinic's definitions."""
    return show_live(
        live_verdict(values, own_definitions(call), call.language, own_settings(call)), call.language
    )


def step_page(
    call: Call,
    record: VisitRecord,
    step: Step,
    form: Form,
    *,
    status: int = 200,
    trouble: Trouble = NO_TROUBLE,
    reason: str = "",
) -> Response:
    """The page of a step, its fields filled with `form`."""
    sent, catalogue = read_step(form, step), load_form()
    groups = show_groups(step, sent, call.clinic, record.sex, call.language, last_said(call, record))
    main = [one.id for one in catalogue.main_steps]
    links = show_steps(catalogue, record.visit.measures, call.clinic, record.sex, call.language)
    held = [field for group in groups for field in group.fields] if status != 200 else []
    return call.page(
        "visit/step.html",
        status=status,
        record=record,
        kicker=kicker(call, record),
        step=step,
        title=step.label.in_language(call.language),
        number=main.index(step.id) + 1 if step.main else 0,
        count=len(main),
        links=links,
        groups=groups,
        problems=_problems(call, held),
        trouble=trouble,
        reason=reason,
        live=live_of(call, values_after(record, sent)),
        questionnaires=_questionnaires(call, record, step),
        action=f"/visits/{record.visit.id}/steps/{step.id}",
        next_path=next_path(record, step),
        posture=form.get("grip_posture", ""),
        grip_unit=form.get("grip.unit", "") or "kg",
        grip_kept=bool(form.get("grip.keep")),
        takes_over=lasting_of(call, record) if step.id == main[0] else None,
    )


def questionnaire_page(
    call: Call,
    record: VisitRecord,
    questionnaire: Questionnaire,
    form: Form,
    *,
    status: int = 200,
    trouble: Trouble = NO_TROUBLE,
    reason: str = "",
) -> Response:
    """The page of a questionnaire, its answers filled with `form`."""
    sent = read_questionnaire(form, questionnaire)
    cards = show_cards(questionnaire, sent, record.sex, call.language, last_said(call, record))
    values = values_after(record, sent)
    held = [field for card in cards for field in card.fields] if status != 200 else []
    return call.page(
        "visit/questionnaire.html",
        status=status,
        record=record,
        kicker=kicker(call, record),
        questionnaire=questionnaire,
        title=questionnaire.label.in_language(call.language),
        name=questionnaire.name.in_language(call.language),
        cards=cards,
        answers=questionnaire_answers(values, questionnaire, call.language, own_settings(call)),
        problems=_problems(call, held),
        trouble=trouble,
        reason=reason,
        action=f"/visits/{record.visit.id}/questions/{questionnaire.id}",
    )


def next_path(record: VisitRecord, step: Step) -> str:
    """Where a save of a step leads on to: the next of the main steps, then the looking over."""
    base = f"/visits/{record.visit.id}"
    main = [one.id for one in load_form().main_steps]
    if not step.main or step.id == main[-1] or record.is_finished:
        return f"{base}/check"
    return f"{base}/steps/{main[main.index(step.id) + 1]}"


@dataclass(frozen=True, slots=True)
class QuestionnaireLink:
    """A questionnaire in the list of its step: how far it is answered, what it comes to, and which measures its cards ask."""

    id: str
    label: str
    name: str
    known: int
    asked: int
    answers: tuple[str, ...]
    asks: frozenset[str]


def _questionnaires(call: Call, record: VisitRecord, step: Step) -> Mapping[str, QuestionnaireLink]:
    found = {}
    values = {name: measured.value for name, measured in record.visit.measures.items()} | record.who
    for group in step.groups:
        if group.kind == "questions":
            one = load_questionnaires()[group.id]
            cards = one.cards_for(record.sex)
            known = sum(1 for card in cards if any(m.name in record.visit.measures for m in card.measures))
            has_total = any(m.name in record.visit.measures for m in group.measures)
            answers = (
                questionnaire_answers(values, one, call.language, own_settings(call))
                if known or has_total
                else ()
            )
            label, name = one.label.in_language(call.language), one.name.in_language(call.language)
            asks = frozenset(measure.name for measure in one.measures)
            found[one.id] = QuestionnaireLink(one.id, label, name, known, len(cards), answers, asks)
    return found


def _problems(call: Call, fields: list[FieldView]) -> list[Problem]:
    """The fields that were not stored, for the summary; each links to its input."""
    return [
        Problem(field.name, call.say("visit.held", label=field.label, text=field.text or field.caution))
        for field in fields
        if field.problem or field.caution
    ]
