"""The page for the person as plain text, to read it before it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.outputs.handout_types import Handout
from myosteon.outputs.text_width import width, wrap

COLUMNS = 80


def handout_text(handout: Handout) -> str:
    """The page in lines of at most 80 cells; the pictures by their names."""
    return "\n".join(_lines(handout)) + "\n"


def _lines(handout: Handout) -> Iterator[str]:
    yield handout.whom
    yield handout.title
    yield "=" * width(handout.title)
    if handout.top_title:
        yield ""
        yield f"!! {handout.top_title}"
        yield from wrap(handout.top_text, COLUMNS)
    yield from _part(handout.move_title, [f"{move.name}: {move.how}" for move in handout.moves])
    yield from wrap(handout.move_note, COLUMNS)
    yield from _part(handout.eat_title, handout.eat)
    yield from _part(handout.falls_title, handout.falls)
    yield from _part(handout.drugs_title, handout.drugs)
    yield ""
    yield handout.call_title
    yield from wrap(handout.call, COLUMNS)
    yield handout.telephone
    yield ""
    yield from wrap(f"{handout.following} {handout.foot}".strip(), COLUMNS)


def _part(title: str, items: tuple[str, ...] | list[str]) -> Iterator[str]:
    if not items and title:
        return
    yield ""
    yield title
    yield from (f"  - {item}" for item in items)
