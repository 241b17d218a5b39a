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
    """A line in words. Empty text: nothing to say. `late`: its day has passed. `recommended`: numbers of guidelines, R1 R3."""

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
    recommended: str = ""


@dataclass(frozen=True, slots=True)
class ViewDispute:
    """Lines that contradict one another, side by side."""

    title: str
    sides: tuple[ViewLine, ...]


@dataclass(frozen=True, slots=True)
class ViewSection:
    """Lines under one heading; what is disputed of it stands before them."""

    id: str
    title: str
    lines: tuple[ViewLine, ...]
    disputes: tuple[ViewDispute, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewItem:
    """A name with a text, and a tag, a date or sources where it has them."""

    name: str
    text: str
    status: str = ""
    tag: str = ""
    sources: tuple[ViewCite, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewQuestion:
    """A question on which guidelines disagree: each side in a sentence, and what would settle it."""

    title: str
    sides: tuple[str, ...]
    settles: str


@dataclass(frozen=True, slots=True)
class ViewMark:
    """What a mark means: its word, and what was read."""

    status: Status
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The whole plan in words, in the order in which it is read.

    What cannot wait, what must not be done, drugs, referrals and tests, what to check first, and the rest by subject; then
    dates, what to ask next, what was not judged, the safety review, the gates of the drugs, where guidelines
    disagree, what facts of the person settled, what was not applied, and the sources with the guidelines that lines name.
    """

    language: str
    title: str
    person: str
    about: str
    made_for: str
    lead: str
    urgent: ViewSection | None
    avoid: ViewSection | None
    sections: tuple[ViewSection, ...]
    dates: tuple[ViewItem, ...]
    ask_next: tuple[ViewItem, ...]
    not_judged: tuple[ViewItem, ...]
    review: tuple[ViewItem, ...]
    gates: tuple[ViewItem, ...]
    suppressed: tuple[ViewItem, ...]
    papers: tuple[ViewPaper, ...]
    marks: tuple[ViewMark, ...]
    foot: str
    recommenders: str = ""
    questions: tuple[ViewQuestion, ...] = ()
    further_questions: tuple[str, ...] = ()
    settled: tuple[ViewItem, ...] = ()
    not_applied: tuple[ViewItem, ...] = ()

    def all_sections(self) -> tuple[ViewSection, ...]:
        """The sections of lines in the order of reading."""
        return tuple(one for one in (self.urgent, self.avoid, *self.sections) if one)

    def all_disputes(self) -> tuple[ViewDispute, ...]:
        """What is disputed, in the order of reading."""
        return tuple(dispute for section in self.all_sections() for dispute in section.disputes)
