"""Writes the letter of a referral from verdicts, the plan's lines of referral, treatment and values; it is edited before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from myosteon.app.web.call import Call
from myosteon.app.web.definition_choice import own_definition
from myosteon.app.web.person.clock import clock
from myosteon.app.web.person.judge import Judged, person_judge
from myosteon.app.web.person.loading import PersonRecord
from myosteon.app.web.person.verdicts import verdict
from myosteon.app.web.person.voice import Voice
from myosteon.app.web.standing.lines import lines_of
from myosteon.app.web.wording import say
from myosteon.outputs.plan_types import PlanLine
from myosteon.registry.measured import Measured
from myosteon.registry.visits import Visit
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Language

BONE = "bone_who"
REFER, REFERRAL = "refer", "referral"
MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """What the page proposes: the question and the letter, and beside them the facts that it rests on."""

    question: str
    letter: str
    facts: tuple[tuple[str, str], ...]


def draft(call: Call, record: PersonRecord, language: Language) -> Draft:
    """A letter about a person as of today, in a language; what is unknown is not in it.

    A person without a finished visit has a letter with her treatment alone.
    """
    voice = Voice(language, lambda key, /, **parts: say(key, language, **parts))
    judge = person_judge(call.clinic, call.today, language)
    judged = judge.judge(record.history)
    verdicts: list[str] = []
    if judged is not None:
        wanted = (BONE, f"sarcopenia_{own_definition(call.organisation)}")
        verdicts = [verdict(judged.row, judge, column).headline for column in wanted]
    asked = [_line(line, voice) for line in _referring(judged)]
    courses = clock(record.history.courses, judged, judge, voice)
    treatment = [f"{line.title}{_colon(voice)}{line.said}" for line in courses.lines] if courses else []
    values = list(_values(record, voice))
    parts = [
        voice.say("referral.letter.greeting"),
        _part("found", verdicts, voice),
        _part("urgent", _urgent(judged, voice), voice),
        _part("reason", asked, voice),
        _part("treatment", treatment or [voice.say("referral.letter.no_treatment")], voice),
        _part("values", values, voice, day=_last_day(record)),
        voice.say("referral.letter.end"),
    ]
    return Draft(
        question=_referring(judged)[0].action if asked else "",
        letter="\n\n".join(part for part in parts if part),
        facts=tuple(
            (voice.say(f"referral.facts.{name}"), text)
            for name, text in (
                ("found", voice.say("referral.facts.join").join(verdicts)),
                ("treatment", voice.say("referral.facts.join").join(treatment)),
                ("values", voice.say("referral.facts.value_count", count=len(values))),
            )
            if text
        ),
    )


def _referring(judged: Judged | None) -> list[PlanLine]:
    """The lines of the plan that send the person on, the most urgent first."""
    if judged is None:
        return []
    found = [line for line in judged.plan.lines if line.status == REFER or line.category == REFERRAL]
    order = ("urgent", "soon", "routine")
    return sorted(found, key=lambda line: order.index(line.urgency))[:MOST_LINES]


def _urgent(judged: Judged | None, voice: Voice) -> list[str]:
    """What the plan says cannot wait, beside what it refers for and the gates of drugs, of which the record tells more."""
    if judged is None:
        return []
    known = {line.id for line in lines_of(judged.plan.clinic)} - {line.id for line in _referring(judged)}
    urgent = [line for line in judged.plan.lines if line.urgency == "urgent" and line.id in known]
    return [_line(line, voice) for line in urgent[:MOST_LINES]]


def _line(line: PlanLine, voice: Voice) -> str:
    stop = voice.say("referral.letter.stop")
    texts = (text.strip() for text in (line.action, line.reason) if text.strip())
    ended = (text if text[-1] in ".。!?！？" else text + stop for text in texts)
    return voice.say("worklist.join").join(ended)


def _part(name: str, lines: list[str], voice: Voice, day: date | None = None) -> str:
    if not lines:
        return ""
    title = voice.say(f"referral.letter.{name}")
    if day is not None:
        title = voice.say(f"referral.letter.{name}_of", day=voice.long_day(day))
    return "\n".join((title, *(f"- {line}" for line in lines)))


def _colon(voice: Voice) -> str:
    return voice.say("referral.letter.colon")


def _last_day(record: PersonRecord) -> date | None:
    return record.finished[-1].day if record.finished else None


def _values(record: PersonRecord, voice: Voice) -> Iterator[str]:
    """What was measured at the last finished visit, in the order of the vocabulary."""
    if not record.finished:
        return
    last: Visit = record.finished[-1]
    known: Mapping[str, Measured] = last.measures
    for name in load_measures():
        if name in known and (said := _said(name, known[name].value, voice)):
            yield f"{voice.label(name)}{_colon(voice)}{said}"


def _said(name: str, value: object, voice: Voice) -> str:
    if isinstance(value, bool):
        return voice.say("sign.yes" if value else "sign.no")
    if isinstance(value, int | float):
        return voice.quantity(name, float(value))
    return voice.word(name, str(value)) if isinstance(value, str) else ""
