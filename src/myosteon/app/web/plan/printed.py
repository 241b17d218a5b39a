"""The note and the page for the person as PDF. A file's name says what it is and from which day, never who it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from starlette.responses import Response

from myosteon.app.plan_run import TRAINING_LEVEL
from myosteon.app.web.person.judge import Judged
from myosteon.app.web.person.voice import Voice
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.plan_pdf import handout_pdf, plan_pdf
from myosteon.outputs.plan_view_types import PlanView
from myosteon.registry.people import PersonFields
from myosteon.vocabulary.types import Language

PDF = "application/pdf"


def named(known: PersonFields, voice: Voice) -> str:
    """How the paper names the person: the name, and the clinic's own number behind it."""
    name = known.name or voice.say("person.no_name")
    return voice.say("plan.named", name=name, identifier=known.identifier) if known.identifier else name


def note(view: PlanView, name: str, voice: Voice) -> bytes:
    """The clinician's note.

    Raises:
        MissingPart: typst or a font is missing.
    """
    return plan_pdf(replace(view, person=voice.plan.say("title.person", person=name)))


def handout(judged: Judged, name: str) -> bytes:
    """The page for the person.

    Raises:
        MissingPart: typst or a font is missing.
    """
    level = str(judged.row.get(TRAINING_LEVEL) or "")
    return handout_pdf(make_handout(replace(judged.plan, person_id=name), level))


def pdf_answer(content: bytes, what: str, day: date, language: Language) -> Response:
    """A PDF to be looked at; it is kept by no browser and no proxy."""
    name = f"myosteon-{what}-{day.isoformat()}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=PDF, headers=headers)
