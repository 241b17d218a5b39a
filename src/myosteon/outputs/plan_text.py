"""A plan as plain text: the same in a terminal and in a pipe, but for bold headings and tags in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from myosteon.outputs.page_text import MARKS
from myosteon.outputs.plan_view_types import PlanView, ViewCite, ViewItem, ViewLine, ViewPaper, ViewSection
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.text_width import pad, width, wrap

COLUMNS = 80
INDENT = "  "
GAP = "  "
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def plan_text(view: PlanView, columns: int = COLUMNS, *, terminal: bool = False) -> str:
    """The plan in lines of at most `columns` cells.

    Args:
        view: the plan in words.
        columns: the widest line, where a Chinese character takes two cells.
        terminal: whether headings and tags may be bold.
    """
    return "\n".join(line.rstrip() for line in _Writer(view, columns, terminal).lines()) + "\n"


class _Writer:
    def __init__(self, view: PlanView, columns: int, terminal: bool) -> None:
        self._view = view
        self._columns = columns
        self._terminal = terminal
        self._voice = PlanVoice("zh" if view.language == "zh" else "en")
        self._colon = "：" if view.language == "zh" else ": "
        tags = [line.tag for section in view.all_sections() for line in section.lines]
        tags += [line.tag for dispute in view.all_disputes() for line in dispute.sides]
        self._tags = max((width(tag) for tag in tags), default=0)

    def lines(self) -> Iterator[str]:
        view = self._view
        yield self._bold(view.title + (f" · {view.person}" if view.person else ""))
        yield from wrap(view.about, self._columns)
        yield from wrap(view.made_for, self._columns)
        yield ""
        yield from (self._bold(line) for line in wrap(view.lead, self._columns))
        for first in (view.urgent, view.avoid):
            yield from self._section(first)
        for section in view.sections:
            yield from self._section(section)
        yield from self._items("dates", view.dates)
        yield from self._items("ask_next", view.ask_next)
        yield from self._items("not_judged", view.not_judged)
        yield from self._items("review", view.review)
        yield from self._items("gates", view.gates)
        yield from self._items("suppressed", view.suppressed)
        yield from self._questions()
        yield from self._items("settled", self._view.settled)
        yield from self._items("not_applied", view.not_applied)
        yield from self._sources()
        yield ""
        yield from wrap(view.foot, self._columns)

    def _bold(self, text: str) -> str:
        return f"{BOLD}{text}{PLAIN}" if self._terminal and text else text

    def _head(self, key: str) -> Iterator[str]:
        yield from self._titled(self._voice.say(f"section.{key}"))

    def _titled(self, title: str) -> Iterator[str]:
        yield ""
        yield self._bold(title)
        yield "-" * width(title)

    def _section(self, section: ViewSection | None) -> Iterator[str]:
        if section is None:
            return
        yield from self._head(section.id)
        for dispute in section.disputes:
            yield self._bold(f"* {dispute.title}")
            for side in dispute.sides:
                yield from self._line(side)
        if section.disputes and section.lines:
            yield ""
        for line in section.lines:
            yield from self._line(line)

    def _line(self, line: ViewLine) -> Iterator[str]:
        begin = INDENT + self._bold(line.tag) + " " * (self._tags - width(line.tag)) + GAP
        left = " " * (width(INDENT + GAP) + self._tags)
        room = self._columns - width(left)
        cited = f"{_places(line.sources)} {line.recommended}".strip()
        first, *more = wrap(f"{line.action} {cited}".strip(), room)
        yield begin + first
        yield from (left + text for text in more)
        told = (
            ("dose", line.dose),
            ("reason", line.reason),
            ("stop_rule", line.stop_rule),
            ("due", line.due),
        )
        for key, text in told:
            if text:
                said = f"{self._voice.say(f'line.{key}')}{self._colon}{text}"
                yield from (left + part for part in wrap(said, room))

    def _items(self, key: str, items: Sequence[ViewItem]) -> Iterator[str]:
        if not items:
            return
        yield from self._head(key)
        for item in items:
            tag = f"［{item.tag}］" if item.tag and self._view.language == "zh" else f"[{item.tag}] "
            text = f"{item.name}{self._colon}{tag if item.tag else ''}{item.text} {_places(item.sources)}"
            yield from self._hanging(INDENT, text.strip())

    def _questions(self) -> Iterator[str]:
        view = self._view
        if not (view.questions or view.further_questions):
            return
        yield from self._head("questions")
        for question in view.questions:
            yield from self._hanging(INDENT, question.title)
            for told in (*question.sides, question.settles):
                yield from self._hanging(2 * INDENT, told)
        for further in view.further_questions:
            yield from self._hanging(INDENT, further)

    def _sources(self) -> Iterator[str]:
        if self._view.recommenders:
            yield from self._head("recommenders")
            yield from self._hanging(INDENT, self._view.recommenders)
        yield from self._head("sources")
        for paper in self._view.papers:
            begin = pad(f"{INDENT}[{paper.number}]", width(INDENT) + 5)
            yield from self._hanging(begin, self._paper(paper))
        yield ""
        for mark in self._view.marks:
            yield from self._hanging(INDENT, f"{MARKS[mark.status]} {mark.name}{self._colon}{mark.text}")

    def _paper(self, paper: ViewPaper) -> str:
        said = []
        for place in paper.places:
            letter = f"{place.letter} " if place.letter else ""
            where = f"{self._colon}{place.where}" if place.where else ""
            said.append(f"{letter}{MARKS[place.mark]} {place.said}{where}")
        joined = self._voice.say("lead.list_join").join(said)
        return self._voice.say("line.cited", citation=paper.citation, places=joined)

    def _hanging(self, begin: str, text: str) -> Iterator[str]:
        """A text after its beginning; further lines stand below it."""
        indent = max(width(begin), 2 * width(INDENT))
        first, *more = wrap(text, self._columns - indent)
        yield begin + first
        yield from (" " * indent + part for part in more)


def _places(sources: Iterable[ViewCite]) -> str:
    """Where a line stands: the number of each source, with its mark."""
    return " ".join(f"[{source.label}]{MARKS[source.mark]}" for source in sources)
