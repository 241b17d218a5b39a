"""The worklist as it is read: groups of rows, the count of each, and one sentence that counts who cannot wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from myosteon.app.web.standing.lines import AGAIN, DATED, SCREENED, URGENT, URGENT_FIRST
from myosteon.app.web.standing.words import When, WorklistVoice, about_person, name_of
from myosteon.registry.people import Person
from myosteon.registry.standing import StandingOf
from myosteon.registry.worklist import count_waiting, waiting

MOST_SHOWN = 100
WEEK = timedelta(days=7)
ONE = timedelta(days=1)
NUMBERED = range(2, 11)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do: about whom, when, what and why, and what comes next; `strong` where its button is filled."""

    name: str
    about: str
    person_path: str
    when: When
    what: str
    action: str
    path: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Some rows under one title; `more` were left out."""

    id: str
    title: str
    count: str
    rows: tuple[WorkRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything that waits. `behind` is the day of rows that were worked out before today."""

    title: str
    groups: tuple[WorkGroup, ...]
    behind: date | None


# Urgency with the days between which it is due: None has no bound.
Part = tuple[int, date | None, date | None]


def read_worklist(
    connection: Connection, organisation_id: str, voice: WorklistVoice, referrals: WorkGroup
) -> Worklist:
    """The worklist of a clinic as of the day of `voice`; `referrals` stand among the groups."""
    day = voice.day
    parts: dict[str, tuple[Part, ...]] = {
        "today": ((URGENT_FIRST, None, None), (URGENT, None, None), (DATED, None, day), (AGAIN, day, day)),
        "week": ((DATED, day + ONE, day + WEEK), (AGAIN, day + ONE, day + WEEK)),
        "late": ((AGAIN, None, day - ONE),),
        "screened": ((SCREENED, None, None),),
    }
    groups, counts, oldest = {}, {}, day
    for id, own in parts.items():
        found = [
            one
            for urgency, first, last in own
            for one in waiting(connection, organisation_id, urgency, first=first, last=last, limit=MOST_SHOWN)
        ][:MOST_SHOWN]
        numbers = [
            count_waiting(connection, organisation_id, urgency, first=first, last=last)
            for urgency, first, last in own
        ]
        counts[id] = numbers
        oldest = min((oldest, *(date.fromisoformat(one.standing.content["on"]) for one in found)))
        in_order = sorted(found, key=lambda one: one.standing.due_on or day) if id == "week" else found
        rows = tuple(_rows(in_order, voice, strong=id == "today"))
        groups[id] = WorkGroup(id, voice.say(id), str(sum(numbers)), rows, sum(numbers) - len(rows))
    urgent, due = sum(counts["today"][:2]), sum(counts["today"][2:])
    ordered = (groups["today"], groups["week"], groups["late"], referrals, groups["screened"])
    shown = tuple(group for group in ordered if group.rows)
    return Worklist(_title(urgent, due, bool(shown), voice), shown, oldest if oldest < day else None)


def _rows(found: Iterable[StandingOf], voice: WorklistVoice, *, strong: bool) -> Iterator[WorkRow]:
    for one in found:
        told = voice.tell(one.standing)
        yield row_of(one.person, voice, told.when, told.what, told.act.key, told.act.path, strong=strong)


def row_of(
    person: Person,
    voice: WorklistVoice,
    when: When,
    what: str,
    action: str,
    below: str,
    *,
    path: str = "",
    strong: bool = False,
) -> WorkRow:
    """A row about a person; its next step lies `below` her address, or at a `path` of its own."""
    own = f"/people/{person.id}"
    return WorkRow(
        name_of(person, voice.language),
        about_person(person, voice.day, voice.language),
        own,
        when,
        what,
        voice.say(f"act.{action}"),
        path or own + below,
        strong,
    )


def _title(urgent: int, due: int, anything: bool, voice: WorklistVoice) -> str:
    if urgent == 1:
        return voice.say("one_waits")
    if urgent:
        return voice.say("many_wait", count=_number(urgent, voice))
    if due == 1:
        return voice.say("one_due")
    if due:
        word = _number(due, voice)
        return voice.say("many_due", count=word.lower())
    return voice.say("calm" if anything else "nothing")


def _number(count: int, voice: WorklistVoice) -> str:
    return voice.say(f"number.n{count}") if count in NUMBERED else str(count)
