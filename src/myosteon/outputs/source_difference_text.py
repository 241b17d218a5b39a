"""Two sources beside each other as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.outputs.page_text import MARKS
from myosteon.outputs.record_words import RecordWords
from myosteon.outputs.source_difference_view import QuestionPair, SourceComparison
from myosteon.outputs.text_width import width, wrap

COLUMNS = 100
STEP = "  "


def source_difference_text(view: SourceComparison, columns: int = COLUMNS) -> str:
    """The comparison in lines of at most `columns` cells, where a Chinese character takes two."""
    return "\n".join(line.rstrip() for line in _Writer(view, columns).lines()) + "\n"


class _Writer:
    def __init__(self, view: SourceComparison, columns: int) -> None:
        self._view = view
        self._columns = columns
        self._colon = "：" if view.language == "zh" else ": "
        self._comma = "，" if view.language == "zh" else ", "

    def lines(self) -> Iterator[str]:
        view = self._view
        yield view.title
        yield "=" * width(view.title)
        yield from wrap(view.lead, self._columns)
        for caution in view.cautions:
            yield from wrap(caution, self._columns)
        for section in view.sections:
            yield ""
            yield f"{section.title} ({len(section.questions)})"
            yield "-" * width(f"{section.title} ({len(section.questions)})")
            for place, question in enumerate(section.questions):
                if place:
                    yield ""
                yield from self._question(question)
        yield ""
        yield view.words["section.marks"]
        for status, said in view.marks.items():
            yield from self._wrapped(f"{MARKS[status]} {said}", STEP)
        yield ""
        yield from wrap(view.foot, self._columns)

    def _question(self, question: QuestionPair) -> Iterator[str]:
        yield from self._wrapped(f"{question.label} [{question.id}]", "")
        for record in (*question.first, *question.second):
            yield from self._record(record)
        for note in question.notes:
            yield from self._wrapped(note, STEP)

    def _record(self, record: RecordWords) -> Iterator[str]:
        head = f"{MARKS[record.status]} {record.source_name} ({record.details(self._comma)})"
        if self._view.language == "zh":
            head = f"{MARKS[record.status]} {record.source_name}（{record.details(self._comma)}）"
        yield from self._wrapped(head, STEP)
        yield from self._wrapped(f"{record.says}{self._colon}{record.named}", 2 * STEP)
        yield from self._wrapped(record.statement, 2 * STEP)
        if record.dose:
            yield from self._wrapped(f"{self._view.words['record.dose']}{self._colon}{record.dose}", 2 * STEP)
        yield from self._wrapped(
            f"{self._view.words['record.applies']}{self._colon}{record.applies}", 2 * STEP
        )
        if record.excluded:
            yield from self._wrapped(f"{record.excluded_title}{self._colon}{record.excluded}", 2 * STEP)

    def _wrapped(self, text: str, indent: str) -> Iterator[str]:
        for place, line in enumerate(wrap(text, self._columns - len(indent) - 2)):
            yield f"{indent}{'  ' if place else ''}{line}"
