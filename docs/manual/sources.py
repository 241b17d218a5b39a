"""The page of sources: every paper, what was taken from it, and every secondary source in which a number was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from manual.markdown import code, page, table
from myosteon.evidence.load import built_in_evidence, load_papers, load_readings
from myosteon.evidence.types import STATUSES, EvidenceSet, Source

OPENING = (
    "Every number names a paper, a place in it and a mark. `checked`: read in the paper itself. `secondary`: the same in two or "
    "more other sources. `unchecked`: one other source, or memory; check it before you rely on it. A number without a source "
    "does not load."
)


def sources_page() -> str:
    """Papers with the count of numbers by mark and the files that use them, then the secondary sources."""
    return page("Evidence sources", _body())


def _body() -> Iterator[str]:
    used = [(evidence, source) for evidence in built_in_evidence() for source in sources_of(evidence)]
    yield from (OPENING, "", "## Papers", "")
    head = ("Id", "Paper", "DOI", "Used by", *STATUSES)
    yield from table(head, (_row(id, used) for id in load_papers()))
    yield from ("", "## Where numbers were read when the paper itself was not", "")
    yield from table(
        ("Key", "What it is", "是什么"),
        ((code(key), what.en, what.zh) for key, what in sorted(load_readings().items())),
    )


def _row(id: str, used: list[tuple[EvidenceSet, Source]]) -> tuple[str, ...]:
    paper = load_papers()[id]
    own = [(evidence, source) for evidence, source in used if source.paper.id == id]
    counts = Counter(source.status for _, source in own)
    files = dict.fromkeys(evidence.id for evidence, _ in own)
    marks = (str(counts[status]) for status in STATUSES)
    return (code(id), paper.citation, paper.doi, ", ".join(files), *marks)


def sources_of(evidence: EvidenceSet) -> Iterator[Source]:
    """The source of every number of an evidence file."""
    for cutoff in evidence.cutoffs:
        yield from (limit.source for limit in cutoff.limits)
    yield from (points.source for points in evidence.points)
    yield from (one.source for one in evidence.coefficients)
    yield from (note.source for note in evidence.stages)
    if evidence.scope:
        yield evidence.scope.source
