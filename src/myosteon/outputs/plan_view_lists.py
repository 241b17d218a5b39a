"""The lists at the end of a plan, in short: dates, what to ask next, what was not judged, the gates of the drugs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from myosteon.engine.graph import Graph
from myosteon.outputs.plan_gate_maker import ALLOWED, AVOID, CHECK_FIRST, SPECIALIST, STATUSES, say_reason
from myosteon.outputs.plan_types import DrugGate, LineSource, NotJudged, Plan, PlanLine
from myosteon.outputs.plan_view_sources import NumberedSources
from myosteon.outputs.plan_view_types import ViewItem
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.text_width import width

URGENT = "urgent"
# A note is read by people: what settles most stands first, the rest in short. JSON holds everything.
MOST_ASKED = 8
MOST_NAMED = 3
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
        return self._voice.say("line.late", date=said, days=days) if days > 0 else said

    def dates(self) -> Iterable[ViewItem]:
        """The lines that have a day, the earliest first."""
        dated = [(line.due, line) for line in self._plan.lines if line.due is not None]
        for day, line in sorted(dated, key=_day):
            yield ViewItem(in_short(line.action), self.due(line), URGENT if day < self._plan.as_of else "")

    def ask_next(self) -> Iterable[ViewItem]:
        """What settles most: each unknown with the number of things that wait for it."""
        waiting = Counter(need for one in self._plan.not_judged for need in one.needs)
        waiting.update(need for line in self._plan.lines for need in line.needs)
        for need, count in waiting.most_common(MOST_ASKED):
            name = self._voice.outside(self._voice.name(need, self._graph))
            yield ViewItem(name, self._voice.say("not_judged.waiting", count=count))

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
            for (is_urgent, needs), headings in groups.items():
                if is_urgent == urgent:
                    yield ViewItem(self._join(headings), self._waits_for(needs), _urgent(urgent))

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
            yield ViewItem(self._voice.subject(one.drug), one.action, STATUSES.get(one.state, one.state))

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
            told.append(self._waits_for(gate.needs))
        told += [say_reason(reason, self._voice) for reason in gate.warnings]
        return self._voice.say("line.because_join").join(told)


def _day(dated: tuple[date, PlanLine]) -> date:
    return dated[0]


def _urgent(urgent: bool) -> str:
    return URGENT if urgent else ""
