"""What guidelines say for one person, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myosteon.outputs.page_text import MARKS
from myosteon.outputs.recommendation_view_types import QuestionView, RecommendationView, SaidBy, Side
from myosteon.outputs.text_width import width, wrap

COLUMNS = 100
STEP = "  "
# What to ask first stands before what cannot be said yet.
AFTER_FIRST = ("undetermined", "unchecked")


def recommendation_text(view: RecommendationView, columns: int = COLUMNS) -> str:
    """The page in lines of at most `columns` cells, where a Chinese character takes two."""
    return "\n".join(line.rstrip() for line in _Writer(view, columns).lines()) + "\n"


class _Writer:
    def __init__(self, view: RecommendationView, columns: int) -> None:
        self._view = view
        self._columns = columns
        self._colon = "：" if view.language == "zh" else ": "

    def lines(self) -> Iterator[str]:
        view = self._view
        yield view.title + (f" · {view.person}" if view.person else "")
        yield view.about
        yield ""
        yield from wrap(view.lead, self._columns)
        yield from wrap(view.explained, self._columns)
        if view.gates:
            yield from self._head(view.headings["gates"])
            for one in view.gates:
                yield from self._said(one, STEP)
        if view.open_gates:
            yield from self._head(view.headings["open_gates"])
            for one in view.open_gates:
                yield from self._said(one, STEP)
        told = False
        for section in view.sections:
            if section.id in AFTER_FIRST and not told:
                yield from self._first()
                told = True
            yield from self._head(section.title)
            for place, question in enumerate(section.questions):
                if place:
                    yield ""
                yield from self._question(question)
        if not told:
            yield from self._first()
        if view.not_applied:
            yield from self._head(view.headings["not_applied"])
            for left in view.not_applied:
                head = (
                    f"{MARKS[left.said_by.status]} {left.said_by.source}{self._colon}{left.said_by.statement}"
                )
                yield from self._wrapped(head, STEP)
                yield from self._wrapped(f"[{left.state}] {left.why}", 3 * STEP)
        if view.more:
            yield ""
            yield from wrap(view.more, self._columns)
        yield from self._head(view.headings["marks"])
        for status, said in view.marks.items():
            yield f"{STEP}{MARKS[status]} {said}"
        yield ""
        yield from wrap(view.foot, self._columns)

    def _first(self) -> Iterator[str]:
        view = self._view
        if view.first:
            yield from self._head(view.headings["first"])
            for name, why in view.first:
                yield from self._wrapped(f"{name}{self._colon}{why}", STEP)

    def _head(self, title: str) -> Iterator[str]:
        yield ""
        yield title
        yield "-" * width(title)

    def _question(self, question: QuestionView) -> Iterator[str]:
        yield from self._wrapped(f"{question.label} [{question.verdict}]", "")
        yield from self._sides(question.sides)
        for note in question.notes:
            yield from self._wrapped(f"> {note}", STEP)
        if question.unchecked:
            yield from self._wrapped(f"{MARKS['unchecked']} {question.unchecked}", STEP)
        yield from self._sides(question.unchecked_sides)

    def _sides(self, sides: Sequence[Side]) -> Iterator[str]:
        for side in sides:
            title = f"{side.title}{self._colon}{side.tag}" if side.title else side.tag
            yield from self._wrapped(f"{title}{self._colon}{side.action}", STEP)
            for one in side.said_by:
                yield from self._said(one, 2 * STEP)
            if side.rests:
                yield from self._wrapped(side.rests, 3 * STEP)

    def _said(self, one: SaidBy, left: str) -> Iterator[str]:
        brackets = f"（{one.details}）" if self._view.language == "zh" else f" ({one.details})"
        dose = f" [{one.dose}]" if one.dose else ""
        drugs = f"{one.drugs}{self._colon}" if one.drugs else ""
        text = f"{MARKS[one.status]} {drugs}{one.source}{brackets}{self._colon}{one.statement}{dose}"
        yield from self._wrapped(text, left)

    def _wrapped(self, text: str, left: str) -> Iterator[str]:
        first, *more = wrap(text, self._columns - width(left))
        yield left + first
        further = left + STEP
        for line in wrap("".join(_joined(more)), self._columns - width(further)) if more else ():
            yield further + line


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Broken lines as one text again: a space between Latin letters, nothing between Chinese ones."""
    for place, line in enumerate(lines):
        if place and line[:1].isascii() and lines[place - 1][-1:].isascii():
            yield " "
        yield line
