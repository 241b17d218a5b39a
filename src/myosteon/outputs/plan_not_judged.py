"""What plans could not answer: by subject, with what is unknown and decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Line
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import Unknowns, listed
from myosteon.outputs.plan_order import URGENCIES, most_urgent
from myosteon.outputs.plan_rows import Rows, keys, packed
from myosteon.outputs.plan_trace import Trace
from myosteon.outputs.plan_types import NotJudged
from myosteon.outputs.plan_voice import PlanVoice

# The place of an entry among those of a person, smallest first, and the entry.
Placed = tuple[int, NotJudged]
# More lines than the files will ever have.
MOST_LINES = 1_000_000
FIRST = itemgetter(0)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line with the columns that say whether it holds and for what it waits; `place` is its place in the files."""

    line: Line
    place: int
    holds: str
    needs: str


class NotJudgedMaker:
    """Lists the lines that wait, those of one subject together; the same waits give the same object."""

    def __init__(
        self, graph: Graph, unknowns: Unknowns, voice: PlanVoice, lines: Iterable[AskedLine]
    ) -> None:
        """Args: the rules, their unknowns, the language, and every line that may wait."""
        subjects: dict[str, list[AskedLine]] = {}
        for asked in lines:
            subjects.setdefault(subject_of(asked.line), []).append(asked)
        self._subjects = [
            _Subject(graph, unknowns, voice, subject, of_it) for subject, of_it in subjects.items()
        ]

    def make(self, rows: Rows, trace: Trace) -> list[tuple[NotJudged, ...]]:
        """What waits, the most urgent first, of each row."""
        found: list[list[Placed]] = [[] for _ in range(rows.height)]
        for subject in self._subjects:
            for place, entry in subject.waiting(rows, trace):
                found[place].append(entry)
        for of_person in found:
            of_person.sort(key=FIRST)
        return [tuple([entry for _, entry in of_person]) for of_person in found]


class _Subject:
    """The lines of one subject."""

    def __init__(
        self, graph: Graph, unknowns: Unknowns, voice: PlanVoice, subject: str, lines: Sequence[AskedLine]
    ) -> None:
        self._graph = graph
        self._unknowns = unknowns
        self._voice = voice
        self._subject = subject
        self._lines = lines
        self._made: Memory[bytes, Placed] = Memory()
        self._made_of_one: Memory[tuple[tuple[int, ...], tuple[str, ...]], Placed] = Memory()

    def waiting(self, rows: Rows, trace: Trace) -> Iterable[tuple[int, Placed]]:
        """What waits, with its row, of the rows where some line does."""
        return self._of_one(rows, trace) if rows.height == 1 else self._of_many(rows, trace)

    def _of_one(self, rows: Rows, trace: Trace) -> Iterable[tuple[int, Placed]]:
        """The same of one person alone: only the lines that wait are followed."""
        lines = [asked for asked in self._lines if rows.unknown(asked.holds)[0]]
        if not lines:
            return ()
        texts = [text for asked in lines if (text := rows.texts(asked.needs).text(0))]
        needs: tuple[str, ...] = ()
        if texts:
            needs = self._unknowns.names(np.bitwise_or.reduce([trace.bits(text)[:, 0] for text in texts]))
        needs = needs or _facts(texts)
        key = tuple(asked.place for asked in lines), needs
        made = self._made_of_one.get(key)
        if made is None:
            made = self._made_of_one[key] = self._write(lines, needs)
        return ((0, made),)

    def _of_many(self, rows: Rows, trace: Trace) -> Iterable[tuple[int, Placed]]:
        waits = [rows.unknown(asked.holds) for asked in self._lines]
        anything = np.logical_or.reduce(waits)
        if not anything.any():
            return ()
        said = [
            rows.texts(asked.needs) if wait.any() else rows.no_texts
            for asked, wait in zip(self._lines, waits, strict=True)
        ]
        bits = np.bitwise_or.reduce([trace.of(text, where) for text, where in zip(said, waits, strict=True)])
        # Where nothing that can be measured lies beneath, the facts themselves are named.
        nameless = ~bits.any(axis=0) & anything
        facts = [text.codes * (nameless & where) for text, where in zip(said, waits, strict=True)]
        columns = [*packed(waits, rows.height), *bits, *(facts if nameless.any() else ())]
        places = np.flatnonzero(anything)
        alike = keys([column[places] for column in columns])
        waiting = places.tolist()

        def write(nth: int) -> Placed:
            place = waiting[nth]
            told = [
                (asked, text)
                for asked, text, wait in zip(self._lines, said, waits, strict=True)
                if wait[place]
            ]
            needs = self._unknowns.names(bits[:, place]) or _facts(text.text(place) for _, text in told)
            return self._write([asked for asked, _ in told], needs)

        return zip(waiting, self._made.each(alike, write), strict=True)

    def _write(self, lines: Sequence[AskedLine], needs: tuple[str, ...]) -> Placed:
        urgency = most_urgent([asked.line.urgency for asked in lines])
        entry = NotJudged(
            subject=self._subject,
            heading=self._voice.subject(self._subject),
            why=self._voice.unknown(needs, self._graph)
            if needs
            else self._voice.say("not_judged.needs_nothing"),
            needs=needs,
            lines=tuple(asked.line.id for asked in lines),
            urgency=urgency,
        )
        return URGENCIES.index(urgency) * MOST_LINES + lines[0].place, entry


def _facts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for text in texts for fact in listed(text)))


def subject_of(line: Line) -> str:
    """Under what a line that waits is listed: its drug, else what it is about."""
    return line.drug or line.subject
