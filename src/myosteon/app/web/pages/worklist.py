"""The worklist: who cannot wait, who is due, which referrals wait, who was screened and has no next step yet."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.records import check_record, open_record
from myosteon.app.web.refusals import Problem
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.standing.keeping import judge_of
from myosteon.app.web.standing.lines import SCREENED
from myosteon.app.web.standing.referred import referral_group
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.app.web.standing.words import WorklistVoice, about_person, name_of
from myosteon.app.web.standing.worklist import read_worklist
from myosteon.app.web.versions import versions
from myosteon.registry.next_steps import write_next_step
from myosteon.registry.people import Person
from myosteon.registry.standing import standing_of

pages = Pages()
TEXT = "text"
MOST_TEXT = 500
# The long groups of what can wait show their first rows; a page of hundreds would hide the groups below.
SHOWN_FOLDED, MOST_FOLDED = 8, 12


@pages.get("/worklist", permission="worklist.read")
def show_worklist(call: Asked) -> Response:
    """Everything that waits in this clinic."""
    voice = worklist_voice(call)
    with call.read() as connection:
        referrals = referral_group(
            connection, call.organisation.id, call.account.id, voice, call.settings.time_zone
        )
        found = read_worklist(connection, call.organisation.id, voice, referrals)
    return call.page(
        "worklist/worklist.html",
        worklist=found,
        may_visit=call.may("visit.write"),
        whole=call.request.query_params.get("all", ""),
        shown_folded=SHOWN_FOLDED,
        most_folded=MOST_FOLDED,
    )


@pages.get("/people/{person}/next-step", permission="person.write")
def ask_next_step(call: Asked, person: str) -> Response:
    """Asks what comes next after a screening."""
    return _ask(call, open_record(call, person, "next_step"))


@pages.post("/people/{person}/next-step", permission="person.write", fields=(TEXT,))
def save_next_step(call: Asked, person: str) -> Response:
    """Writes the next step down; the screening no longer waits."""
    found = check_record(call, person)
    typed = call.form.get(TEXT, "").strip()
    if not typed or len(typed) > MOST_TEXT:
        key = "next_step.too_long" if typed else "next_step.missing"
        return _ask(call, found, typed, [Problem(TEXT, call.say(key))])
    with call.write() as write:
        write_next_step(
            write,
            person,
            typed,
            day=call.today,
            language=call.language,
            rules_version=versions().rules,
            evidence_version=versions().evidence,
        )
    refresh_standing(call, person)
    return call.to(f"/people/{person}", done="next_step.done")


def worklist_voice(call: Call) -> WorklistVoice:
    """What words the rows for who asks."""
    return WorklistVoice(judge_of(call.organisation, call.today), call.language)


def _ask(call: Call, person: Person, typed: str = "", problems: list[Problem] | None = None) -> Response:
    voice = worklist_voice(call)
    with call.read() as connection:
        stands = standing_of(connection, person.id)
    screened = [voice.tell(one).what for one in stands if one.urgency == SCREENED]
    return call.page(
        "worklist/next_step.html",
        status=422 if problems else 200,
        person=person,
        name=name_of(person, call.language),
        about=about_person(person, call.today, call.language),
        screened=screened,
        typed=typed,
        problems=problems or [],
    )
