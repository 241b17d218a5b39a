"""The parts of a plan as it is shown. Text, HTML and PDF draw the same ones."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.evidence.types import Status


@dataclass(frozen=True, slots=True)
class ViewSource:
    """A numbered source: its mark as a word of the evidence and in words."""

    number: int
    text: str
    mark: Status
    said: str


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A line in words. Empty text: nothing to say."""

    id: str
    status: str
    tag: str
    action: str
    dose: str
    reason: str
    stop_rule: str
    due: str
    late: bool
    sources: tuple[ViewSource, ...]


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
    """A name with a text, and a tag or a date where it has one."""

    name: str
    text: str
    status: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class ViewMark:
    """What a mark means: its word, and what was read."""

    status: Status
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The whole plan in words."""

    language: str
    title: str
    person: str
    about: str
    made_for: str
    lead: str
    urgent: ViewSection | None
    sections: tuple[ViewSection, ...]
    disputes: tuple[ViewDispute, ...]
    dates: tuple[ViewItem, ...]
    ask_next: tuple[ViewItem, ...]
    not_judged: tuple[ViewItem, ...]
    gates: tuple[ViewItem, ...]
    suppressed: tuple[ViewItem, ...]
    sources: tuple[ViewSource, ...]
    marks: tuple[ViewMark, ...]
    foot: str
