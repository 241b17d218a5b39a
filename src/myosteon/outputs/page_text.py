"""A page as plain text: aligned columns that stay aligned when piped, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from myosteon.evidence.types import Status
from myosteon.outputs.page import Cell, Group, Ladder, Note, Page, RungState, Table
from myosteon.outputs.text_width import pad, width, wrap

MARKS: Mapping[Status, str] = {"checked": "✓", "secondary": "◐", "unchecked": "◌"}
RUNGS: Mapping[RungState, str] = {"proved": "■", "open": "▨", "excluded": "□"}
GAP = "  "
INDENT = "  "
COLUMNS = 110
NARROWEST = 12


def page_as_text(page: Page, columns: int = COLUMNS) -> str:
    """The page in lines of at most `columns` cells, ended by one newline; a mark is its sign, with the words in the legend."""
    lines = [page.title, "=" * width(page.title), "", *wrap(page.lead, columns), ""]
    for table in page.tables:
        lines += [*table_lines(table, columns), ""]
    for note in page.notes:
        lines += [*_note(note, page, columns), ""]
    lines += wrap(page.foot, columns)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def cell_text(cell: Cell) -> str:
    """The text of a cell with the sign of its mark."""
    return f"{cell.text} {MARKS[cell.status]}" if cell.status else cell.text


def table_lines(table: Table, columns: int) -> Iterator[str]:
    """A table in lines: head, and each group under its title."""
    indent = INDENT if any(group.title for group in table.groups) else ""
    rows = [_texts(row.name, row.cells) for group in table.groups for row in group.rows]
    widths = _widths([list(table.head), *rows], columns - width(indent))
    yield from _lines(list(table.head), widths, indent)
    yield indent + "-" * (sum(widths) + len(GAP) * (len(widths) - 1))
    for group in table.groups:
        yield from _group(group, widths, indent)


def _group(group: Group, widths: Sequence[int], indent: str) -> Iterator[str]:
    if group.title:
        yield ""
        yield group.title
    for row in group.rows:
        yield from _lines(_texts(row.name, row.cells), widths, indent)


def _texts(name: str, cells: Sequence[Cell]) -> list[str]:
    return [name, *(cell_text(cell) for cell in cells)]


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """As wide as the widest text; where that is too much, the widest columns give way."""
    widths = [max(width(text) for text in column) for column in zip(*rows, strict=True)]
    room -= len(GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _lines(texts: Sequence[str], widths: Sequence[int], indent: str) -> Iterator[str]:
    broken = [wrap(text, cells) for text, cells in zip(texts, widths, strict=True)]
    for number in range(max(len(lines) for lines in broken)):
        parts = [
            pad(lines[number] if number < len(lines) else "", cells)
            for lines, cells in zip(broken, widths, strict=True)
        ]
        yield indent + GAP.join(parts)


def _note(note: Note, page: Page, columns: int) -> Iterator[str]:
    yield note.title
    names = max((width(name) for name, _ in note.lines), default=0)
    for name, cell in note.lines:
        begin = INDENT + (pad(name, names) + GAP if names else "")
        if cell.status:
            begin += f"{MARKS[cell.status]} {page.marks[cell.status]}{page.colon}"
        broken = wrap(cell.text, columns - width(begin))
        yield begin + broken[0]
        yield from (" " * width(begin) + line for line in broken[1:])
    if note.table:
        yield from (INDENT + line for line in table_lines(note.table, columns - len(INDENT)))
    yield from _ladders(note.ladders)


def _ladders(ladders: Sequence[Ladder]) -> Iterator[str]:
    names = max((width(ladder.name) for ladder in ladders), default=0)
    for ladder in ladders:
        rungs = GAP.join(f"{RUNGS[state]} {word}" for word, state in ladder.rungs)
        yield INDENT + pad(ladder.name, names) + GAP + f"{rungs}{GAP}→ {ladder.says}"
