"""What a plan could not answer: by subject, with what is unknown and decides."""

from __future__ import annotations

from collections.abc import Sequence

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Line
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import Unknowns, UnknownsOfOne, listed
from myosteon.outputs.plan_order import URGENCIES, most_urgent
from myosteon.outputs.plan_types import NotJudged
from myosteon.outputs.plan_voice import PlanVoice


class NotJudgedMaker:
    """Lists the lines that wait, those of one subject together; the same waits give the same object."""

    def __init__(self, graph: Graph, unknowns: Unknowns, voice: PlanVoice) -> None:
        self._graph = graph
        self._unknowns = unknowns
        self._voice = voice
        self._made: Memory[tuple[object, ...], NotJudged] = Memory()

    def make(self, waiting: Sequence[tuple[Line, str]], unknown: UnknownsOfOne) -> tuple[NotJudged, ...]:
        """What waits, the most urgent first.

        Args:
            waiting: each line whose condition is unknown, and the facts that it says it waits for, parted by semicolons.
            unknown: what is unknown of the person.
        """
        by_subject: dict[str, tuple[list[Line], list[str]]] = {}
        for line, waits in waiting:
            lines, all_waits = by_subject.setdefault(line.drug or line.subject, ([], []))
            lines.append(line)
            all_waits.append(waits)
        found = [self._subject(subject, *parts, unknown) for subject, parts in by_subject.items()]
        return tuple(sorted(found, key=lambda one: URGENCIES.index(one.urgency)))

    def _subject(
        self, subject: str, lines: list[Line], waits: list[str], unknown: UnknownsOfOne
    ) -> NotJudged:
        bits = 0
        for facts in waits:
            bits |= unknown.bits(facts)
        # Where nothing that can be measured lies beneath, the facts themselves are named.
        key = (subject, *(line.id for line in lines), bits, *(() if bits else waits))
        made = self._made.get(key)
        if made is None:
            needs = self._unknowns.names(bits) or tuple(
                dict.fromkeys(fact for facts in waits for fact in listed(facts))
            )
            made = self._made[key] = self._write(subject, lines, needs)
        return made

    def _write(self, subject: str, lines: Sequence[Line], needs: tuple[str, ...]) -> NotJudged:
        items = self._voice.names(needs, self._graph)
        why = self._voice.say("not_judged.needs", items=items) if needs else ""
        return NotJudged(
            subject=subject,
            heading=self._voice.subject(subject),
            why=why or self._voice.say("not_judged.needs_nothing"),
            needs=needs,
            lines=tuple(line.id for line in lines),
            urgency=most_urgent([line.urgency for line in lines]),
        )
