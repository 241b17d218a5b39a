"""Who the person is, in the lines around the name."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.app.web.person.loading import PersonRecord
from myosteon.app.web.person.view import MedicalView
from myosteon.app.web.person.voice import Voice
from myosteon.registry.people import PersonFields


@dataclass(frozen=True, slots=True)
class HeadView:
    """The name with the lines above and below it."""

    name: str
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit that is not finished yet."""

    id: str
    said: str


def head(record: PersonRecord, view: MedicalView | None, clinic: str, voice: Voice) -> HeadView:
    """The head of the page; sex, age and size as the plan tells them, without a visit what the registry knows."""
    known = record.person.fields
    number = [voice.say("person.identifier", identifier=known.identifier)] if known.identifier else []
    about = view.about if view and view.about else _who(known, voice)
    seen = [_visit(record, voice)] if record.finished else []
    between = voice.say("person.between")
    return HeadView(
        name=known.name or voice.say("person.no_name"),
        above=between.join((*number, clinic)),
        below=between.join((about, *seen)),
    )


def open_visits(record: PersonRecord, voice: Voice) -> tuple[OpenVisit, ...]:
    """The visits that somebody is still entering."""
    return tuple(
        OpenVisit(
            visit.id,
            voice.say("person.visit_open", day=voice.long_day(visit.day))
            if visit.day
            else voice.say("person.visit_open_undated"),
        )
        for visit in record.open
    )


def _who(known: PersonFields, voice: Voice) -> str:
    sex = voice.word("sex", known.sex) if known.sex else voice.say("person.sex_unknown")
    if known.birth_date:
        born = voice.say("person.born", day=voice.long_day(known.birth_date))
    elif known.birth_year:
        born = voice.say("person.born_year", year=known.birth_year)
    else:
        born = voice.say("person.born_unknown")
    return voice.say("person.between").join((voice.speech.outside(sex), born))


def _visit(record: PersonRecord, voice: Voice) -> str:
    place, day = len(record.finished), record.finished[-1].day
    if day is None:
        return voice.say("person.visit_undated", place=place)
    return voice.say("person.visit_of", day=voice.long_day(day), place=place)
