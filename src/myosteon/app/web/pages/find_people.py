"""Finds people by what one knows of them. What is typed is sent in the body: no address and no log has a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.pages.worklist import worklist_voice
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.standing.lines import KINDS
from myosteon.app.web.standing.words import When, WorklistVoice, about_person, name_of
from myosteon.registry.last_visits import last_visits
from myosteon.registry.people import count_people, people_of, read_people
from myosteon.registry.search import find_people
from myosteon.registry.standing import Standing
from myosteon.registry.worklist import standing_of_people, waiting

pages = Pages()
FIND = "q"
MOST_FOUND = 50
MOST_TYPED = 100


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Somebody who fits: who, when last seen, and what stands open first."""

    path: str
    name: str
    about: str
    number: str
    last_visit: date | None
    when: When | None
    what: str
    more: int
    like: bool


@pages.get("/people", permission="person.read")
def ask_whom(call: Asked) -> Response:
    """Asks whom one looks for; a few people of the clinic stand below."""
    organisation = call.organisation.id
    with call.read() as connection:
        some: list[str] = []
        for urgency in KINDS:
            some += [one.person.id for one in waiting(connection, organisation, urgency, limit=MOST_FOUND)]
        ids = list(dict.fromkeys(some))[:MOST_FOUND]
        if len(ids) < MOST_FOUND:
            others = people_of(connection, organisation, limit=MOST_FOUND)
            ids = list(dict.fromkeys((*ids, *(one.id for one in others))))[:MOST_FOUND]
        return _page(call, connection, ids, title="find.title")


@pages.post("/people", permission="person.read", fields=(FIND,))
def find(call: Asked) -> Response:
    """The people whom everything typed fits, the best first; those like it at the end."""
    typed = call.form.get(FIND, "").strip()[:MOST_TYPED]
    if not typed:
        return call.to("/people")
    with call.read() as connection:
        found = find_people(connection, (call.organisation.id,), typed, limit=MOST_FOUND)
        like = {one.person_id for one in found if one.how == "like"}
        ids = [one.person_id for one in found]
        if not ids:
            title = "find.nobody"
        elif len(like) == len(ids):
            title = "find.found_like"
        elif len(ids) - len(like) == 1:
            title = "find.found_one"
        else:
            title = "find.found_many" if len(ids) == MOST_FOUND else "find.found"
        return _page(call, connection, ids, title=title, typed=typed, like=like)


def _page(
    call: Call,
    connection: Connection,
    ids: list[str],
    *,
    title: str,
    typed: str = "",
    like: set[str] | None = None,
) -> Response:
    voice = worklist_voice(call)
    people, stands = read_people(connection, ids), standing_of_people(connection, ids)
    seen = last_visits(connection, ids)
    rows = [
        FoundRow(
            f"/people/{id}",
            name_of(people[id], call.language),
            about_person(people[id], call.today, call.language),
            people[id].fields.identifier or "",
            seen.get(id),
            _first(stands.get(id, []), voice),
            voice.name(stands[id][0]) if stands.get(id) else "",
            max(0, len(stands.get(id, [])) - 1),
            id in (like or set()),
        )
        for id in ids
        if id in people
    ]
    everybody = count_people(connection, call.organisation.id)
    kicker = "find.kicker_one" if everybody == 1 else "find.kicker"
    parts = {} if everybody == 1 else {"count": everybody}
    counted = {"count": len(rows) - len(like or ())} if title in ("find.found", "find.found_many") else {}
    return call.page(
        "find/people.html",
        title=call.say(title, **counted),
        kicker=call.say(kicker, clinic=call.organisation.fields.name, **parts),
        rows=rows,
        typed=typed,
        full=bool(typed) and len(rows) == MOST_FOUND,
        everybody=everybody,
        may_write=call.may("person.write"),
    )


def _first(stands: list[Standing], voice: WorklistVoice) -> When | None:
    return voice.tell(stands[0]).when if stands else None
