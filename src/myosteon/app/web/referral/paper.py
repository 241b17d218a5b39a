"""A referral as the letter that is printed."""

from __future__ import annotations

from myosteon.app.web.call import Call
from myosteon.app.web.days import write_day
from myosteon.app.web.referral.reading import LETTER, SIGNED, ReferralRecord
from myosteon.app.web.standing.words import about_person, name_of
from myosteon.outputs.referral_pdf import ReferralLetter, paragraphs_of


def letter_of(record: ReferralRecord, call: Call) -> ReferralLetter:
    """The letter in the language of `call`; its day is that of the last sending, today where it was not sent."""
    known, clinic, said = record.person.fields, record.sender.fields, record.referral
    day = said.sent_at.astimezone(call.settings.time_zone).date() if said.sent_at else call.today
    told = [about_person(record.person, day, call.language)]
    if known.birth_date:
        told.append(call.say("referral.letter.born", day=write_day(known.birth_date, call.language)))
    elif known.birth_year:
        told.append(call.say("referral.letter.born_year", year=known.birth_year))
    if known.identifier:
        told.append(call.say("referral.letter.number", identifier=known.identifier))
    telephone = call.say("referral.letter.telephone", number=clinic.telephone) if clinic.telephone else ""
    receiver = record.receiver.fields.name if record.receiver else said.to_name or ""
    return ReferralLetter(
        language=call.language,
        title=call.say("referral.letter.title"),
        from_name=clinic.name,
        from_line=telephone,
        to_line=call.say("referral.letter.to", name=receiver),
        day=write_day(day, call.language),
        person=name_of(record.person, call.language),
        person_line=call.say("referral.letter.between").join(told),
        question_title=call.say("referral.letter.question"),
        question=said.question or "",
        paragraphs=paragraphs_of(str(record.content.get(LETTER, ""))),
        signed=str(record.content.get(SIGNED, "")),
        answer_title=call.say("referral.letter.answer"),
        foot=call.say("referral.letter.foot"),
    )
