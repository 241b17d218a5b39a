"""Notes that several pages on guidelines share: sources, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from myosteon.evidence.types import STATUSES, EvidenceSet, Paper, Source, Status
from myosteon.outputs.guideline_structure import GuidelineLike
from myosteon.outputs.guideline_wording import GuidelineVoice
from myosteon.outputs.page import Cell, Note


def marks_of(voice: GuidelineVoice) -> Mapping[Status, str]:
    """The word of each mark."""
    return {status: voice.say(f"mark.{status}") for status in STATUSES}


def marks_note(voice: GuidelineVoice, more: Sequence[str] = ()) -> Note:
    """What each mark means, and whatever else has to be said of the numbers."""
    lines = [("", Cell(voice.say(f"mark.{status}_means"), status)) for status in STATUSES]
    return Note(voice.say("aside.marks"), (*lines, *(("", Cell(text)) for text in more)))


def sources_note(evidence: Sequence[EvidenceSet], used: Iterable[Source], voice: GuidelineVoice) -> Note:
    """The paper of each definition by its name, then every further paper that a number stands in."""
    own = [(voice.text(one.label), Cell(citation(one.paper, voice))) for one in evidence]
    named = {one.paper.id for one in evidence}
    further = {source.paper.id: source.paper for source in used if source.paper.id not in named}
    return Note(
        voice.say("aside.sources"),
        (*own, *(("", Cell(citation(paper, voice))) for paper in further.values())),
    )


def citation(paper: Paper, voice: GuidelineVoice) -> str:
    """A paper as printed under a number."""
    return voice.say("cell.doi", citation=paper.citation, doi=paper.doi) if paper.doi else paper.citation


def head_of(guideline: GuidelineLike, voice: GuidelineVoice) -> dict[str, Any]:
    """What a definition is, for JSON."""
    evidence = guideline.evidence
    return {
        "id": guideline.id,
        "label": voice.text(evidence.label),
        "title": voice.text(evidence.title),
        "year": evidence.year,
        "kind": guideline.kind,
        "paper": {"id": evidence.paper.id, "citation": evidence.paper.citation, "doi": evidence.paper.doi},
    }
