"""The list of installed guidelines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from myosteon.evidence.types import STATUSES, EvidenceSet, Language, Source, Status
from myosteon.outputs.guideline_structure import GuidelineLike
from myosteon.outputs.guideline_wording import GuidelineVoice
from myosteon.outputs.page import Cell, Group, Page, Row, Table
from myosteon.outputs.page_parts import head_of, marks_note, marks_of, sources_note


def list_page(guidelines: Sequence[GuidelineLike], language: Language = "en") -> Page:
    """One row a guideline: id, name, year, what it judges, for whom, how far its numbers were checked."""
    voice = GuidelineVoice(language)
    head = [voice.say(f"head.{name}") for name in ("id", "name", "year", "kind", "ages")]
    counts = {
        guideline.id: Counter(source.status for source in numbers(guideline.evidence))
        for guideline in guidelines
    }
    total = sum(counts.values(), Counter[Status]())
    return Page(
        language=language,
        kicker=voice.say("page.kicker"),
        title=voice.say("page.list"),
        lead=voice.say(
            "page.list_lead", count=len(guidelines), numbers=total.total(), unchecked=total["unchecked"]
        ),
        tables=(
            Table(
                (*head, *(voice.say(f"mark.{status}") for status in STATUSES)),
                (Group("", tuple(_row(guideline, counts[guideline.id], voice) for guideline in guidelines)),),
            ),
        ),
        notes=(
            sources_note([guideline.evidence for guideline in guidelines], (), voice),
            marks_note(voice),
        ),
        foot=voice.say("page.foot"),
        marks=marks_of(voice),
        data={
            "guidelines": [
                {
                    **head_of(guideline, voice),
                    "for_whom": _for_whom(guideline, voice),
                    "age_from": guideline.evidence.scope.age_from if guideline.evidence.scope else None,
                    "numbers": {status: counts[guideline.id][status] for status in STATUSES},
                }
                for guideline in guidelines
            ],
            "statement": voice.say("page.foot"),
        },
    )


def numbers(evidence: EvidenceSet) -> Iterator[Source]:
    """The source of every number of a definition: each limit of each cut-off, by sex and age."""
    for cutoff in evidence.cutoffs:
        for limit in cutoff.limits:
            yield limit.source


def _row(guideline: GuidelineLike, counts: Counter[Status], voice: GuidelineVoice) -> Row:
    evidence = guideline.evidence
    texts = (
        voice.text(evidence.label),
        str(evidence.year),
        voice.say_or(f"kind.{guideline.kind}", guideline.kind),
        _for_whom(guideline, voice),
        *(str(counts[status]) for status in STATUSES),
    )
    return Row(guideline.id, tuple(Cell(text) for text in texts))


def _for_whom(guideline: GuidelineLike, voice: GuidelineVoice) -> str:
    scope = guideline.evidence.scope
    return voice.text(scope.note) if scope else voice.say("cell.any_age")
