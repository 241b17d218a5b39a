"""The plan page as plain values: what the template draws is what the registry keeps, word for word."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.outputs.plan_view_types import ViewItem, ViewMark
from myosteon.vocabulary.types import Status


@dataclass(frozen=True, slots=True)
class PageCite:
    """A paper that a line stands on: its number, a short name, the numbers of the places in it, how far these were checked."""

    number: int
    name: str
    labels: tuple[str, ...]
    marks: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A place in a paper under its number, and how far it was checked."""

    label: str
    where: str
    mark: Status


@dataclass(frozen=True, slots=True)
class PageSource:
    """A paper in full, with the places in it that the plan stands on."""

    number: int
    citation: str
    places: tuple[PagePlace, ...]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the plan in words, or a drug that a gate bars (its id begins with `gate-`).

    Empty text: nothing to say. `urgent`: it cannot wait. `late`: its day has passed.

    `recommended` names the guidelines whose recommendations say the same and hold for the person, with their numbers.
    """

    id: str
    status: str
    tag: str
    action: str
    dose: str
    reason: str
    stop_rule: str
    due: str
    late: bool
    urgent: bool
    cites: tuple[PageCite, ...]
    recommended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageConflict:
    """Lines of the plan that contradict one another, side by side."""

    title: str
    sides: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Lines on one subject: what cannot wait, then what to do, to avoid, to check first."""

    id: str
    title: str
    lines: tuple[PageLine, ...]
    conflicts: tuple[PageConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSide:
    """One side of a question on which guidelines disagree, and who says so: their names with marks."""

    action: str
    statement: str
    said_by: tuple[tuple[str, Status], ...]


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """A question on which guidelines disagree for this person; nothing of it is put into the plan."""

    title: str
    sides: tuple[PageSide, ...]
    settles: str


@dataclass(frozen=True, slots=True)
class PageAlarm:
    """What cannot wait: the title, and the first lines by action, dose, reason and mark; `more` are not named."""

    title: str
    named: tuple[tuple[str, str, str, str], ...]
    more: int
    first: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything that the page shows of a plan, in one language.

    `ran` of `steps` steps of the safety review saw all that they must.
    """

    about: str
    made_for: str
    lead: str
    alarm: PageAlarm | None
    groups: tuple[PageGroup, ...]
    questions: tuple[PageQuestion, ...]
    further_questions: tuple[str, ...]
    refer: tuple[PageLine, ...]
    dates: tuple[ViewItem, ...]
    ask_next: tuple[ViewItem, ...]
    not_judged: tuple[ViewItem, ...]
    review: tuple[ViewItem, ...]
    ran: int
    steps: int
    gates: tuple[ViewItem, ...]
    settled: tuple[ViewItem, ...]
    recommenders: str
    sources: tuple[PageSource, ...]
    marks: tuple[ViewMark, ...]
