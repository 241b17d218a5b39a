"""The one alarm of the page: what the plan says cannot wait, two things at most; the rest is counted."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.app.web.person.judge import Judged
from myosteon.app.web.person.voice import Voice
from myosteon.evidence.types import STATUSES
from myosteon.outputs.plan_view_lists import in_short
from myosteon.outputs.plan_view_types import ViewLine
from myosteon.vocabulary.types import Status

MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class AlarmItem:
    """One thing that cannot wait: in short, what that leaves out, and in full; the dose, why, since when, and the least checked of its sources."""

    short: str
    rest: str
    action: str
    dose: str
    reason: str
    due: str
    status: Status | None


@dataclass(frozen=True, slots=True)
class AlarmView:
    """What cannot wait."""

    title: str
    items: tuple[AlarmItem, ...]
    more: int


def alarm(judged: Judged, voice: Voice) -> AlarmView | None:
    """The alarm; None where nothing of the plan is urgent."""
    urgent = judged.view.urgent
    if urgent is None or not urgent.lines:
        return None
    items = tuple(_item(line, voice) for line in urgent.lines)
    more = max(0, len(items) - MOST_NAMED)
    title = items[0].short if len(items) == 1 else voice.say("person.alarm.many", count=len(items))
    return AlarmView(title, items[:MOST_NAMED], more)


def _item(line: ViewLine, voice: Voice) -> AlarmItem:
    marks = [cite.mark for cite in line.sources]
    status = max(marks, key=STATUSES.index) if marks else None
    short = in_short(line.action)
    rest = line.action.removeprefix(short).lstrip(" .:;：；。")
    return AlarmItem(short, voice.speech.outside(rest), line.action, line.dose, line.reason, line.due, status)
