"""The sources that a piece of evidence rests on, however it holds them, and the least checked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from myosteon.evidence.types import EvidenceSet, Source, Status

WEAKEST_FIRST: tuple[Status, ...] = ("unchecked", "secondary", "checked")
PARTS = ("cutoffs", "points", "coefficients", "stages", "ranges", "predictions", "findings")


def sources_in(evidence: object) -> Iterator[Source]:
    """Every source of a number or finding: of a whole set, of one cut-off, or of several pieces by name."""
    if isinstance(evidence, Source):
        yield evidence
    elif isinstance(evidence, EvidenceSet):
        for part in PARTS:
            yield from sources_in(getattr(evidence, part))
    elif isinstance(evidence, Mapping):
        yield from sources_in(tuple(evidence.values()))
    elif isinstance(evidence, tuple):
        for piece in evidence:
            yield from sources_in(piece)
    elif hasattr(evidence, "limits"):
        yield from sources_in(evidence.limits)
    elif hasattr(evidence, "source"):
        yield from sources_in(evidence.source)


def weakest_status(sources: Iterable[Source]) -> Status:
    """How far the least checked source was checked; unchecked where there is none."""
    found = {source.status for source in sources}
    return next((status for status in WEAKEST_FIRST if status in found), "unchecked")
