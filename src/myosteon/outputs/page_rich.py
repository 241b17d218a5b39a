"""A page for a terminal, drawn with Rich."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from myosteon.outputs.page import Look, Note, Page, RungState, Table
from myosteon.outputs.page_text import MARKS, RUNGS

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

STYLES: Mapping[Look, str] = {"plain": "", "same": "dim", "differs": "bold yellow", "quiet": "dim"}
MARK_STYLES = {"checked": "green", "secondary": "cyan", "unchecked": "yellow"}
RUNG_STYLES: Mapping[RungState, str] = {"proved": "bold", "open": "magenta", "excluded": "dim"}
NAMES = "bold"
HEADS = "bold underline"


def page_for_terminal(page: Page) -> RenderableType:
    """The page as one thing that a Rich console prints. Rich is imported here, so that other commands start without it."""
    from rich.console import Group
    from rich.text import Text

    parts: list[Any] = [Text(page.title, style="bold"), Text(page.lead, style="italic"), Text("")]
    for table in page.tables:
        parts += [_table(table), Text("")]
    for note in page.notes:
        parts += [*_note(note, page), Text("")]
    return Group(*parts, Text(page.foot, style="dim"))


def _table(table: Table) -> RenderableType:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for head in table.head:
        drawn.add_column(head)
    for group in table.groups:
        if group.title:
            drawn.add_row(Text(group.title, style=HEADS))
        for row in group.rows:
            drawn.add_row(Text(row.name, style=NAMES), *(_cell(c.text, c.status, c.look) for c in row.cells))
        drawn.add_section()
    return drawn


def _cell(text: str, status: str | None, look: Look) -> Text:
    from rich.text import Text

    drawn = Text(text, style=STYLES[look])
    if status:
        drawn.append(f" {MARKS[status]}", style=MARK_STYLES[status])  # type: ignore[index]
    return drawn


def _note(note: Note, page: Page) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(note.title, style="bold")
    for name, cell in note.lines:
        line = Text("  ")
        if name:
            line.append(f"{name}{page.after(name)}", style=NAMES)
        if cell.status:
            line.append(
                f"{MARKS[cell.status]} {page.marks[cell.status]}{page.colon}", style=MARK_STYLES[cell.status]
            )
        yield line.append(cell.text)
    if note.table:
        yield _table(note.table)
    for ladder in note.ladders:
        line = Text(f"  {ladder.name}  ", style="dim")
        for word, state in ladder.rungs:
            line.append(f"{RUNGS[state]} {word}  ", style=RUNG_STYLES[state])
        yield line.append(f"→ {ladder.says}", style=NAMES)
