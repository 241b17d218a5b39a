"""Writes one line of a plan: fills the numbers of the person into its texts; refers where the clinic cannot do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import floor
from string import Formatter

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Line
from myosteon.evidence.clinic import Clinic, load_tiers
from myosteon.evidence.corpus_types import Corpus
from myosteon.evidence.types import Language, Source
from myosteon.outputs.plan_line_recommendations import LineRecommendations
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_types import LineSource, PlanLine
from myosteon.outputs.plan_voice import PlanVoice

Row = Mapping[str, object]


def line_source(source: Source, language: Language) -> LineSource:
    """A source as it stands under a line."""
    return LineSource(source.paper.id, source.paper.citation, source.where_in(language), source.status)


def say_missing(capability: str, clinic: Clinic, voice: PlanVoice) -> str:
    """That the clinic has not what a line asks for, and whereto it refers."""
    known = load_tiers().capabilities.get(capability)
    name = voice.text(known.label) if known else capability.replace("_", " ")
    return voice.say("refer.missing", capability=name, up=voice.text(clinic.tier.up))


def columns_in(line: Line) -> tuple[str, ...]:
    """The columns that a line speaks of: in its texts, as its reason, and as its date."""
    texts = (line.action, line.dose, line.reason, line.stop_rule)
    named = [
        name
        for label in texts
        if label
        for text in (label.en, label.zh)
        for _, name, _, _ in Formatter().parse(text)
        if name
    ]
    due = (line.due,) if isinstance(line.due, str) else ()
    return tuple(dict.fromkeys((*named, *line.because, *due)))


class LineMaker:
    """Makes one line for any number of people; the same values give the same object, which is made once."""

    def __init__(
        self,
        line: Line,
        graph: Graph,
        clinic: Clinic,
        voice: PlanVoice,
        as_of: date,
        corpus: Corpus | None = None,
    ) -> None:
        self.line = line
        self.recommended = LineRecommendations(line, corpus, graph, voice)
        self._told = columns_in(line)
        self.columns = (*self._told, *self.recommended.columns)
        self._graph = graph
        self._clinic = clinic
        self._voice = voice
        self._as_of = as_of
        self._sources = tuple(line_source(source, voice.language) for source in line.sources)
        self._heading = voice.subject(line.subject)
        self._made: Memory[tuple[object, ...], PlanLine] = Memory()

    def make(self, row: Row) -> PlanLine:
        """The line for a person; conflicts are those that its file names."""
        return self.make_of(tuple(row.get(name) for name in self.columns))

    def make_each(self, values: Sequence[tuple[object, ...]]) -> list[PlanLine]:
        """The line for each of several people, by their values of `columns`."""
        if not self.columns:
            return [self.make_of(())] * len(values)
        return self._made.each(values, lambda place: self._made_of(values[place]))

    def make_of(self, values: tuple[object, ...]) -> PlanLine:
        """The line for a person with these values of `columns`."""
        made = self._made.get(values)
        if made is None:
            made = self._made[values] = self._made_of(values)
        return made

    def _made_of(self, values: tuple[object, ...]) -> PlanLine:
        told = len(self._told)
        return self._write(dict(zip(self._told, values[:told], strict=True)), values[told:])

    def _write(self, values: Row, states: tuple[object, ...]) -> PlanLine:
        line = self.line
        spoken = _Spoken(values, self._voice, self._graph)
        here = self._clinic.has(line.capability)
        reason = self._reason(values, spoken)
        return PlanLine(
            id=line.id,
            category=line.category,
            status=line.status if here else "refer",
            subject=line.subject,
            heading=self._heading,
            action=spoken.fill(self._voice.text(line.action)),
            sources=self._sources,
            dose=spoken.fill(self._voice.text(line.dose)),
            due=self._due(values),
            reason=reason if here else self._referred(reason),
            stop_rule=spoken.fill(self._voice.text(line.stop_rule)),
            urgency=line.urgency,
            conflicts_with=line.conflicts_with,
            recommendations=self.recommended.of(states),
        )

    def _reason(self, values: Row, spoken: _Spoken) -> str:
        reason = spoken.fill(self._voice.text(self.line.reason))
        told = [spoken.because(name) for name in self.line.because if values.get(name) is not None]
        because = self._voice.say("line.because_join").join(told)
        if reason and because:
            return self._voice.say("line.reason_because", reason=reason.rstrip("。."), because=because)
        return reason or self._voice.outside(because)

    def _referred(self, reason: str) -> str:
        missing = say_missing(self.line.capability, self._clinic, self._voice)
        return self._voice.say("refer.missing_reason", missing=missing, reason=reason).strip()

    def _due(self, values: Row) -> date | None:
        due = self.line.due
        days = values.get(due) if isinstance(due, str) else due
        return self._as_of + timedelta(days=floor(days)) if isinstance(days, int | float) else None


class _Spoken:
    """Values of one person, as they stand in a text."""

    def __init__(self, values: Row, voice: PlanVoice, graph: Graph) -> None:
        self._values = values
        self._voice = voice
        self._graph = graph

    def fill(self, text: str) -> str:
        if "{" not in text:
            return text
        bare = {name: self._voice.bare(name, value, self._graph) for name, value in self._values.items()}
        return text.format_map(bare)

    def because(self, name: str) -> str:
        return self._voice.reason(name, self._values[name], self._graph)
