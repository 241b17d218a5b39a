"""The lists at the end of a plan, in short: dates, what to ask next, what was not judged, the gates of the drugs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from myosteon.engine.graph import Graph
from myosteon.outputs.plan_gate_maker import (
    ALLOWED,
    AVOID,
    CHECK_FIRST,
    SPECIALIST,
    STATUSES,
    say_failed,
    say_reason,
)
from myosteon.outputs.plan_types import DrugGate, LineSource, NotJudged, Plan, PlanLine
from myosteon.outputs.plan_view_sources import NumberedSources
from myosteon.outputs.plan_view_types import ViewItem
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.text_width import width

URGENT = "urgent"
# A note is read by people: what settles most stands first, the rest in short. JSON holds everything.
MOST_ASKED = 8
MOST_NAMED = 3
MOST_NOT_JUDGED = 12
# Of these a day that has passed means a dose too late; a review that is past its day is only due.
NO_DOSE = ("review", "pause", "monitoring")
GATE_ORDER = (AVOID, SPECIALIST, CHECK_FIRST, ALLOWED)
GATE_TAGS = {
    ALLOWED: "drug.allowed",
    AVOID: "status.avoid_drug",
    CHECK_FIRST: "status.check_first",
    SPECIALIST: "status.specialist",
}
# An action in short is its first sentence; where that is long, what stands before its colon, or else its last comma.
SENTENCE = re.compile(r"[；。;]|\. ")
COLON = re.compile(r"：|: ")
LONGEST = 60


def in_short(action: str) -> str:
    """The first sentence of an action, and less where it is long: as a line of a calendar says it."""
    first = SENTENCE.split(action, maxsplit=1)[0].rstrip(".。")
    if width(first) > LONGEST:
        first = COLON.split(first, maxsplit=1)[0]
    if width(first) > LONGEST:
        first = re.split("，", first)[0].rpartition(", ")[0] or re.split("，", first)[0]
    return first


class ViewLists:
    """Makes the lists of one plan."""

    def __init__(self, plan: Plan, graph: Graph, voice: PlanVoice, sources: NumberedSources) -> None:
        self._plan = plan
        self._graph = graph
        self._voice = voice
        self._sources = sources

    def due(self, line: PlanLine) -> str:
        """The day of a line in words, and by how many days it has passed; empty where it has none."""
        if line.due is None:
            return ""
        days = (self._plan.as_of - line.due).days
        if days == 0:
            return self._voice.say("line.today")
        said = self._voice.date(line.due)
        if days < 0:
            return said
        return (
            self._voice.say("line.late", date=said, days=days)
            if self.is_late(line)
            else self._voice.say("line.since", date=said)
        )

    def is_late(self, line: PlanLine) -> bool:
        """Whether a dose has passed its day; what is a review, or a talk, is due since that day and no more."""
        return line.due is not None and line.due < self._plan.as_of and line.subject not in NO_DOSE

    def dates(self) -> Iterable[ViewItem]:
        """The days on which something is due, the earliest first; what falls on one day stands together."""
        days: dict[tuple[date, str], list[PlanLine]] = {}
        for line in self._plan.lines:
            if line.due is not None:
                days.setdefault((line.due, self.due(line)), []).append(line)
        for (_, said), lines in sorted(days.items(), key=lambda day: day[0]):
            what = self._join(list(dict.fromkeys(in_short(line.action) for line in lines)))
            yield ViewItem(what, said, _urgent(any(self.is_late(line) for line in lines)))

    def ask_next(self) -> Iterable[ViewItem]:
        """What settles most: each unknown with the number of things that wait for it."""
        waiting = Counter(need for one in self._plan.not_judged for need in one.needs)
        waiting.update(need for line in self._plan.lines for need in line.needs)
        for need, count in waiting.most_common(MOST_ASKED):
            name = self._voice.outside(self._voice.name(need, self._graph))
            key = "not_judged.waiting" if count > 1 else "not_judged.waiting_one"
            yield ViewItem(name, self._voice.say(key, **({"count": count} if count > 1 else {})))

    def not_judged(self) -> Iterable[ViewItem]:
        """What was not judged: subjects that wait for the same stand together; urgent ones first."""
        groups: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
        unknown_itself: dict[bool, list[str]] = {}
        for one in self._plan.not_judged:
            urgent = one.urgency == URGENT
            if self._is_itself(one):
                unknown_itself.setdefault(urgent, []).append(one.heading)
            else:
                groups.setdefault((urgent, one.needs), []).append(one.heading)
        for urgent in (True, False):
            if urgent in unknown_itself:
                key = "not_judged.ask_today" if urgent else "not_judged.itself"
                yield ViewItem(self._voice.say(key), self._join(unknown_itself[urgent]), _urgent(urgent))
            these = [
                (needs, headings) for (is_urgent, needs), headings in groups.items() if is_urgent == urgent
            ]
            told = len(these) if urgent else MOST_NOT_JUDGED
            for needs, headings in these[:told]:
                yield ViewItem(self._join(headings), self._waits_for(needs), _urgent(urgent))
            if len(these) > told:
                rest = [heading for _, headings in these[told:] for heading in headings]
                yield ViewItem(self._voice.say("not_judged.further"), self._join(rest))

    def gates(self) -> Iterable[ViewItem]:
        """What stands before each drug; drugs of which the same is said stand together."""
        groups: dict[tuple[str, str, tuple[LineSource, ...]], list[str]] = {}
        for gate in sorted(self._plan.gates, key=lambda gate: GATE_ORDER.index(gate.state)):
            reasons = (*gate.because, *gate.warnings)
            key = (gate.state, self._stands(gate), tuple(dict.fromkeys(reason.source for reason in reasons)))
            groups.setdefault(key, []).append(gate.heading)
        for (state, text, sources), headings in groups.items():
            tag = self._voice.say(GATE_TAGS[state])
            yield ViewItem(
                self._join(headings), text, STATUSES.get(state, state), tag, self._sources.cite(sources)
            )

    def suppressed(self) -> Iterable[ViewItem]:
        """The lines that a gate keeps out."""
        for one in self._plan.suppressed:
            name = self._voice.subject(one.drug) if one.drug else one.heading
            said = self._voice.say("line.reason_because", reason=one.action, because=one.reason)
            yield ViewItem(name, said if one.reason else one.action, STATUSES.get(one.state, one.state))

    def _join(self, headings: Sequence[str]) -> str:
        return self._voice.say("lead.list_join").join(headings)

    def _is_itself(self, one: NotJudged) -> bool:
        """Whether a subject waits for nothing but itself: whether a person smokes waits for whether she smokes."""
        names = [self._voice.outside(self._voice.name(need, self._graph)) for need in one.needs]
        return names == [one.heading]

    def _waits_for(self, needs: tuple[str, ...]) -> str:
        if not needs:
            return self._voice.say("not_judged.needs_nothing")
        items = self._voice.names(needs[:MOST_NAMED], self._graph)
        more = len(needs) - MOST_NAMED
        if more <= 0:
            return self._voice.say("not_judged.needs", items=items)
        return self._voice.say("not_judged.and_more", items=items, count=more)

    def _stands(self, gate: DrugGate) -> str:
        told = [say_reason(reason, self._voice) for reason in gate.because]
        if gate.state == ALLOWED and not told:
            told = [self._voice.say("drug.gate_allowed")]
        elif gate.state == CHECK_FIRST or (gate.state == SPECIALIST and gate.needs):
            told += [self._waits_for(gate.needs)] if gate.needs or not gate.failed else []
            told += [say_failed(gate, self._voice)] if gate.failed else []
        told += [say_reason(reason, self._voice) for reason in gate.warnings]
        return self._voice.say("line.because_join").join(told)


def _urgent(urgent: bool) -> str:
    return URGENT if urgent else ""
