"""A page as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.outputs.page import Cell, Note, Page, Table
from myosteon.outputs.page_text import MARKS, RUNGS


def page_as_markdown(page: Page) -> str:
    """The page with pipe tables; a group of rows is a row with its title in bold."""
    lines = [f"# {page.title}", "", f"*{page.lead}*", ""]
    for table in page.tables:
        lines += [*markdown_table(table), ""]
    for note in page.notes:
        lines += [f"## {note.title}", "", *_note(note, page), ""]
    return "\n".join([*lines, page.foot]) + "\n"


def markdown_table(table: Table) -> Iterator[str]:
    """A pipe table."""
    yield _line(list(table.head))
    yield _line(["---"] * len(table.head))
    for group in table.groups:
        if group.title:
            yield _line([f"**{group.title}**", *[""] * (len(table.head) - 1)])
        for row in group.rows:
            yield _line([row.name, *(_cell(cell) for cell in row.cells)])


def _line(texts: list[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def _cell(cell: Cell) -> str:
    text = f"**{cell.text}**" if cell.look == "differs" else cell.text
    return f"{text} {MARKS[cell.status]}" if cell.status else text


def _note(note: Note, page: Page) -> Iterator[str]:
    for name, cell in note.lines:
        mark = f"{MARKS[cell.status]} {page.marks[cell.status]}{page.colon}" if cell.status else ""
        yield f"- {f'**{name}**{page.after(name)}' if name else ''}{mark}{cell.text}"
    if note.table:
        yield ""
        yield from markdown_table(note.table)
        yield ""
    for ladder in note.ladders:
        rungs = ", ".join(f"{RUNGS[state]} {word}" for word, state in ladder.rungs)
        yield f"- **{ladder.name}**: {ladder.says} ({rungs})"
