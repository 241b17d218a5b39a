"""Two sources of a corpus beside each other: the view that text, HTML, JSON and CSV are written from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from myosteon.evidence.types import STATUSES, Language, Status
from myosteon.guidance.source_difference import RELATIONS, OnQuestion, Relation
from myosteon.outputs.recommendation_voice import RecommendationVoice
from myosteon.outputs.record_words import RecordTeller, RecordWords


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """One question: what each source says, and what has to be said of both."""

    id: str
    label: str
    topic: str
    relation: Relation
    first: tuple[RecordWords, ...]
    second: tuple[RecordWords, ...]
    clashes: tuple[tuple[str, str], ...]
    unchecked: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairSection:
    """The questions of one relation under a heading."""

    relation: Relation
    title: str
    questions: tuple[QuestionPair, ...]


@dataclass(frozen=True, slots=True)
class SourceComparison:
    """The whole page."""

    language: Language
    title: str
    lead: str
    cautions: tuple[str, ...]
    names: tuple[str, str]
    ids: tuple[str, str]
    counts: Mapping[Relation, int]
    sections: tuple[PairSection, ...]
    words: Mapping[str, str]
    marks: Mapping[Status, str]
    foot: str


WORDS = ("record.applies", "record.dose", "section.marks", "record.superseded")


def source_comparison(
    found: Sequence[OnQuestion], first: str, second: str, voice: RecommendationVoice
) -> SourceComparison:
    """The view of two sources; `found` is what `compare_sources` gave for them."""
    say, teller = voice.say, RecordTeller(voice)
    names = tuple(voice.text(voice.corpus.sources[id].name) for id in (first, second))
    counts = Counter(one.relation for one in found)
    titles: dict[Relation, str] = {
        "differ": say("compare.differ"),
        "agree": say("compare.agree"),
        "beside": say("compare.beside"),
        "first_only": say("compare.only", source=names[0]),
        "second_only": say("compare.only", source=names[1]),
    }
    sections = tuple(
        PairSection(relation, titles[relation], tuple(_pair(one, teller) for one in own))
        for relation in RELATIONS
        if (own := [one for one in found if one.relation == relation])
    )
    told = {relation: counts[relation] for relation in RELATIONS}
    parts = {str(relation): count for relation, count in told.items()}
    lead = say("compare.lead", questions=len(found), first=names[0], second=names[1], **parts)
    return SourceComparison(
        language=voice.language,
        title=say("compare.title", first=names[0], second=names[1]),
        lead=lead if found else say("compare.nothing"),
        cautions=(say("matrix.conditions"), say("matrix.menopause")),
        names=(names[0], names[1]),
        ids=(first, second),
        counts=told,
        sections=sections,
        words={key: say(key) for key in WORDS},
        marks={status: say(f"mark.{status}_means") for status in STATUSES},
        foot=say("line.foot"),
    )


def _pair(one: OnQuestion, teller: RecordTeller) -> QuestionPair:
    voice = teller.voice
    notes = [
        voice.say("compare.clash", first=voice.text(ours.statement), second=voice.text(theirs.statement))
        for ours, theirs in one.clashes
    ]
    if one.relation == "agree":
        asks = dict.fromkeys(voice.source(record) for record in one.narrower)
        notes += [voice.say("compare.narrower", source=source) for source in asks]
    if len(one.first) + len(one.second) == len(one.clashes) + 1:
        # Only one recommendation each: they stand there, and need not be said again.
        notes = []
    if one.unchecked:
        notes.append(voice.say("compare.unchecked"))
    return QuestionPair(
        id=one.question.id,
        label=voice.text(one.question.label),
        topic=(one.first or one.second)[0].topic,
        relation=one.relation,
        first=tuple(teller.tell(record) for record in one.first),
        second=tuple(teller.tell(record) for record in one.second),
        unchecked=one.unchecked,
        clashes=tuple((ours.id, theirs.id) for ours, theirs in one.clashes),
        notes=tuple(notes),
    )
