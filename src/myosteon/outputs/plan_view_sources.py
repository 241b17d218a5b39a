"""Numbers the sources of a plan: one number for each paper, in the order of reading, and a letter for each place in it."""

from __future__ import annotations

from collections.abc import Iterable

from myosteon.outputs.plan_types import LineSource
from myosteon.outputs.plan_view_types import ViewCite, ViewPaper, ViewPlace
from myosteon.outputs.plan_voice import PlanVoice

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class NumberedSources:
    """The sources of one plan.

    Args:
        sources: every source in the order of reading; doubles are one.
        voice: says the marks.
    """

    def __init__(self, sources: Iterable[LineSource], voice: PlanVoice) -> None:
        self._voice = voice
        self._papers: dict[str, list[LineSource]] = {}
        for source in dict.fromkeys(sources):
            self._papers.setdefault(source.id, []).append(source)
        self._labels: dict[LineSource, str] = {}
        for number, places in enumerate(self._papers.values(), 1):
            for place, source in enumerate(places):
                self._labels[source] = f"{number}{_letter(place) if len(places) > 1 else ''}"

    def cite(self, sources: Iterable[LineSource]) -> tuple[ViewCite, ...]:
        """The places that these sources stand at, each once."""
        return tuple(
            ViewCite(self._labels[source], source.status, self._mark(source))
            for source in dict.fromkeys(sources)
        )

    def papers(self) -> tuple[ViewPaper, ...]:
        """Every paper with its places."""
        return tuple(
            ViewPaper(number, places[0].citation.rstrip("."), tuple(self._places(places)))
            for number, places in enumerate(self._papers.values(), 1)
        )

    def _places(self, sources: list[LineSource]) -> Iterable[ViewPlace]:
        for place, source in enumerate(sources):
            letter = _letter(place) if len(sources) > 1 else ""
            yield ViewPlace(self._labels[source], letter, source.where, source.status, self._mark(source))

    def _mark(self, source: LineSource) -> str:
        return self._voice.say(f"mark.{source.status}")


def _letter(place: int) -> str:
    """a to z, then aa, ab, ..."""
    first, last = divmod(place, len(LETTERS))
    return (LETTERS[first - 1] if first else "") + LETTERS[last]
