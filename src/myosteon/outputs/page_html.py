"""A page as one HTML file: styles inside, nothing fetched, no script; light, dark, narrow and print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files

from myosteon.evidence.types import Status
from myosteon.outputs.page import Cell, Group, Ladder, Note, Page, Table

# A number stays on the line of its unit.
NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=[a-z])")
TONGUES = {"en": "en", "zh": "zh-CN"}
MARK_PATHS: Mapping[Status, str] = {
    "checked": '<path d="M1.5 6.5 4.5 9.5 10.5 2.5"/>',
    "secondary": '<circle cx="6" cy="6" r="4.5"/><path class="half" d="M6 1.5a4.5 4.5 0 0 1 0 9z"/>',
    "unchecked": '<circle cx="6" cy="6" r="4.5" stroke-dasharray="2 1.5"/>',
}
BRAND = (
    '<svg viewBox="0 0 38 30" aria-hidden="true"><path class="ring" d="M25.6 9.2A12 12 0 1 0 25.6 20.8M21.2 11.6A7 7 0 1 0 21.2 '
    '18.4"/><circle class="ring" cx="15" cy="15" r="2"/><path class="fibre" d="M17.2 15H37M24 11.8v6.4M28.5 11.8v6.4M33 11.8v6.4"/></svg>'
)
DIFFERS = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3v18M7.5 8 3.5 12l4 4M16.5 8l4 4-4 4M3.5 12H9M15 12h5.5"/></svg>'


def page_as_html(page: Page) -> str:
    """The page as a whole HTML document."""
    return (
        "\n".join(
            [
                "<!doctype html>",
                f'<html lang="{TONGUES[page.language]}">',
                '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{escape(page.title)} - Myosteon</title>",
                f"<style>\n{_styles()}</style></head>",
                "<body>",
                f'<header class="top"><span class="brand">{BRAND}Myosteon</span></header>',
                '<main class="page">',
                f'<div class="page-head"><div><p class="sub">{escape(page.kicker)}</p><h1>{escape(page.title)}</h1></div></div>',
                '<div class="cols">',
                f'<section><p class="lead">{_text(page.lead)}</p>',
                *(line for table in page.tables for line in _table(table, page)),
                "</section>",
                '<div class="stack">',
                *(line for number, note in enumerate(page.notes) for line in _note(number, note, page)),
                "</div></div></main>",
                f'<footer class="foot"><p>{escape(page.foot)}</p></footer>',
                "</body></html>",
            ]
        )
        + "\n"
    )


def _text(text: str) -> str:
    return NUMBER_AND_UNIT.sub("&nbsp;", escape(text))


@cache
def _styles() -> str:
    folder = files("myosteon.outputs") / "html"
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("tokens.css", "guidelines.css"))


def _table(table: Table, page: Page) -> Iterator[str]:
    yield '<div class="scroll" tabindex="0"><table class="table"><thead><tr>'
    yield "".join(f'<th scope="col">{escape(head)}</th>' for head in table.head) + "</tr></thead>"
    for group in table.groups:
        yield from _group(group, len(table.head), page)
    yield "</table></div>"


def _group(group: Group, columns: int, page: Page) -> Iterator[str]:
    yield "<tbody>"
    if group.title:
        yield f'<tr class="group-row"><th colspan="{columns}" scope="colgroup">{escape(group.title)}</th></tr>'
    for row in group.rows:
        cells = "".join(_cell(cell, page) for cell in row.cells)
        yield f'<tr><th scope="row">{_text(row.name)}</th>{cells}</tr>'
    yield "</tbody>"


def _cell(cell: Cell, page: Page) -> str:
    text = _text(cell.text)
    if cell.look == "differs":
        text = f'<span class="tag tag-caution">{DIFFERS}{text}</span>'
    elif cell.look in ("same", "quiet"):
        text = f'<span class="sub">{text}</span>'
    return f"<td>{text}{_mark(cell.status, page)}</td>"


def _mark(status: Status | None, page: Page) -> str:
    if status is None:
        return ""
    drawing = f'<svg viewBox="0 0 12 12" aria-hidden="true">{MARK_PATHS[status]}</svg>'
    return f' <span class="mark mark-{status}">{drawing}{escape(page.marks[status])}</span>'


def _note(number: int, note: Note, page: Page) -> Iterator[str]:
    id = f"note{number}"
    yield f'<section class="section" aria-labelledby="{id}"><div class="section-head"><h2 id="{id}">{escape(note.title)}</h2></div>'
    for name, cell in note.lines:
        bold = f"<b>{escape(name)}{escape(page.after(name))}</b>" if name else ""
        mark = f"{_mark(cell.status, page).strip()}<br>" if cell.status else ""
        look = "says" if note.ladders else "small"
        yield f'<p class="{look}">{bold}{mark}{_text(cell.text)}</p>'
    yield from (_ladder(ladder) for ladder in note.ladders)
    if note.table:
        yield from _table(note.table, page)
    yield "</section>"


def _ladder(ladder: Ladder) -> str:
    rungs = "".join(f'<li class="rung rung-{state}">{escape(word)}</li>' for word, state in ladder.rungs)
    return (
        f'<div class="verdict"><p class="verdict-name">{escape(ladder.name)}</p>'
        f'<ol class="ladder" aria-label="{escape(ladder.says)}">{rungs}</ol></div>'
    )
