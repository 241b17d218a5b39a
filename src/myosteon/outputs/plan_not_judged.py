"""What a plan could not answer: by subject, with what is unknown and decides."""

from __future__ import annotations

from collections.abc import Sequence

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Line
from myosteon.outputs.plan_needs import Row, Unknowns
from myosteon.outputs.plan_order import URGENCIES, most_urgent
from myosteon.outputs.plan_types import NotJudged
from myosteon.outputs.plan_voice import PlanVoice


class NotJudgedMaker:
    """Lists the lines that wait, those of one subject together; the same waits give the same object."""

    def __init__(self, graph: Graph, unknowns: Unknowns, voice: PlanVoice) -> None:
        self._graph = graph
        self._unknowns = unknowns
        self._voice = voice
        self._made: dict[tuple[object, ...], NotJudged] = {}

    def make(self, waiting: Sequence[tuple[Line, str]], row: Row) -> tuple[NotJudged, ...]:
        """What waits, the most urgent first.

        Args:
            waiting: each line whose condition is unknown, and the facts that it says it waits for, parted by semicolons.
            row: the person's columns.
        """
        by_subject: dict[str, list[tuple[Line, str]]] = {}
        for line, waits in waiting:
            by_subject.setdefault(line.drug or line.subject, []).append((line, waits))
        known: dict[str, tuple[str, ...]] = {}
        found = [self._subject(subject, lines, row, known) for subject, lines in by_subject.items()]
        return tuple(sorted(found, key=lambda one: URGENCIES.index(one.urgency)))

    def _subject(
        self, subject: str, waiting: list[tuple[Line, str]], row: Row, known: dict[str, tuple[str, ...]]
    ) -> NotJudged:
        facts = tuple(dict.fromkeys(fact for _, waits in waiting for fact in waits.split(";") if fact))
        needs: dict[str, None] = {}
        for fact in facts:
            if fact not in known:
                known[fact] = self._unknowns.measures((fact,), row)
            needs.update(dict.fromkeys(known[fact]))
        key = (subject, tuple(line.id for line, _ in waiting), tuple(needs))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._write(subject, [line for line, _ in waiting], tuple(needs))
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
