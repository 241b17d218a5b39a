"""What a plan could not answer: by subject, with what is unknown and decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Line
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import NEEDS, Unknowns, UnknownsOfOne, listed
from myosteon.outputs.plan_order import URGENCIES, most_urgent
from myosteon.outputs.plan_types import NotJudged
from myosteon.outputs.plan_voice import PlanVoice


@dataclass(frozen=True, slots=True)
class Beneath:
    """Everything on which the waits of one subject can depend: columns that may be unknown, as bits, and listings."""

    mask: int
    listings: tuple[str, ...]


class NotJudgedMaker:
    """Lists the lines that wait, those of one subject together; the same waits give the same object."""

    def __init__(
        self, graph: Graph, unknowns: Unknowns, voice: PlanVoice, facts: Mapping[str, Sequence[str]]
    ) -> None:
        """Args: the rules, their unknowns, the language, and for each subject the facts that its lines may wait for."""
        self._graph = graph
        self._unknowns = unknowns
        self._voice = voice
        self._beneath = {subject: self._all_beneath(named) for subject, named in facts.items()}
        # By all that they can depend on, and by what they say: the latter are fewer.
        self._made: Memory[tuple[object, ...], NotJudged] = Memory()
        self._written: Memory[tuple[object, ...], NotJudged] = Memory()

    def make(self, waiting: Sequence[tuple[Line, str]], unknown: UnknownsOfOne) -> tuple[NotJudged, ...]:
        """What waits, the most urgent first.

        Args:
            waiting: each line whose condition is unknown, and the facts that it says it waits for, parted by semicolons.
            unknown: what is unknown of the person.
        """
        by_subject: dict[str, list[tuple[Line, str]]] = {}
        for one in waiting:
            by_subject.setdefault(subject_of(one[0]), []).append(one)
        found = [self._subject(subject, lines, unknown) for subject, lines in by_subject.items()]
        return tuple(sorted(found, key=urgency_of))

    def _all_beneath(self, facts: Sequence[str]) -> Beneath:
        columns = self._unknowns.below(facts)
        listings = tuple(sorted(name for name in columns if name.endswith(NEEDS)))
        return Beneath(self._unknowns.mask(columns), listings)

    def _subject(self, subject: str, waiting: list[tuple[Line, str]], unknown: UnknownsOfOne) -> NotJudged:
        beneath, row = self._beneath[subject], unknown.row
        # A line's place stands for the line; what the row holds of listings decides with what is unknown.
        key = (
            subject,
            unknown.unknown & beneath.mask,
            *[row.get(name) for name in beneath.listings],
            *[part for line, waits in waiting for part in (line.id, waits)],
        )
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._trace(subject, waiting, unknown)
        return made

    def _trace(self, subject: str, waiting: list[tuple[Line, str]], unknown: UnknownsOfOne) -> NotJudged:
        bits = 0
        for _, waits in waiting:
            bits |= unknown.bits(waits)
        # Where nothing that can be measured lies beneath, the facts themselves are named.
        facts = tuple(dict.fromkeys(fact for _, waits in waiting for fact in listed(waits)))
        needs = self._unknowns.names(bits) or facts
        key = (subject, needs, *[line.id for line, _ in waiting])
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self._write(subject, [line for line, _ in waiting], needs)
        return written

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


def subject_of(line: Line) -> str:
    """Under what a line that waits is listed: its drug, else what it is about."""
    return line.drug or line.subject


def urgency_of(one: NotJudged) -> int:
    """The place of its urgency, the most urgent first."""
    return URGENCIES.index(one.urgency)
