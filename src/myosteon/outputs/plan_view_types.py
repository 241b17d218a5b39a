"""The parts of a plan as it is shown. Text, HTML and PDF draw the same ones, in the same order."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.evidence.types import Status


@dataclass(frozen=True, slots=True)
class ViewCite:
    """Where a line stands: the number of the paper, with a letter where more than one place in it is named, and the mark."""

    label: str
    mark: Status
    said: str


@dataclass(frozen=True, slots=True)
class ViewPlace:
    """A place in a paper, and how far it was checked. Empty letter: the only place that is named."""

    label: str
    letter: str
    where: str
    mark: Status
    said: str


@dataclass(frozen=True, slots=True)
class ViewPaper:
    """A numbered paper with the places in it that lines stand on."""

    number: int
    citation: str
    places: tuple[ViewPlace, ...]


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A line in words. Empty text: nothing to say. `late`: its day has passed."""

    id: str
    status: str
    tag: str
    action: str
    dose: str
    reason: str
    stop_rule: str
    due: str
    late: bool
    sources: tuple[ViewCite, ...]


@dataclass(frozen=True, slots=True)
class ViewSection:
    """Lines under one heading."""

    id: str
    title: str
    lines: tuple[ViewLine, ...]


@dataclass(frozen=True, slots=True)
class ViewDispute:
    """Lines that contradict one another, side by side."""

    title: str
    sides: tuple[ViewLine, ...]


@dataclass(frozen=True, slots=True)
class ViewItem:
    """A name with a text, and a tag, a date or sources where it has them."""

    name: str
    text: str
    status: str = ""
    tag: str = ""
    sources: tuple[ViewCite, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewMark:
    """What a mark means: its word, and what was read."""

    status: Status
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The whole plan in words, in the order in which it is read.

    What cannot wait, what must not be done, what is disputed, what to do by subject, what to check first; then dates, what to
    ask next, what was not judged, the gates of the drugs, and the sources.
    """

    language: str
    title: str
    person: str
    about: str
    made_for: str
    lead: str
    urgent: ViewSection | None
    avoid: ViewSection | None
    disputes: tuple[ViewDispute, ...]
    sections: tuple[ViewSection, ...]
    check: ViewSection | None
    dates: tuple[ViewItem, ...]
    ask_next: tuple[ViewItem, ...]
    not_judged: tuple[ViewItem, ...]
    gates: tuple[ViewItem, ...]
    suppressed: tuple[ViewItem, ...]
    papers: tuple[ViewPaper, ...]
    marks: tuple[ViewMark, ...]
    foot: str

    def all_sections(self) -> tuple[ViewSection, ...]:
        """The sections of lines in the order of reading."""
        return tuple(one for one in (self.urgent, self.avoid, *self.sections, self.check) if one)
