"""The page for the person as plain text, to read it before it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myosteon.outputs.handout_maker import WORD_JOINER
from myosteon.outputs.handout_types import Handout
from myosteon.outputs.text_width import width, wrap

COLUMNS = 80
BULLET = "  - "


def handout_text(handout: Handout) -> str:
    """The page in lines of at most 80 cells; the pictures by their names."""
    # A page keeps 8～12 together by joiners, which a terminal may draw.
    return ("\n".join(_lines(handout)) + "\n").replace(WORD_JOINER, "")


def _lines(handout: Handout) -> Iterator[str]:
    yield handout.whom
    yield handout.title
    yield "=" * width(handout.title)
    if handout.top_title:
        yield ""
        yield f"!! {handout.top_title}"
        yield from wrap(handout.top_text, COLUMNS)
    colon = "：" if handout.language == "zh" else ": "
    moves = [f"{move.name}{colon}{move.how}" for move in handout.moves]
    yield from _part(handout.move_title, moves, always=True)
    yield from wrap(handout.move_note, COLUMNS)
    yield from _part(handout.eat_title, handout.eat)
    yield from _part(handout.falls_title, handout.falls)
    yield from _part(handout.drugs_title, handout.drugs)
    yield ""
    yield handout.call_title
    yield from wrap(handout.call, COLUMNS)
    yield handout.telephone
    yield ""
    for text in (handout.more, handout.following, handout.foot):
        if text:
            yield from wrap(text, COLUMNS)


def _part(title: str, items: Sequence[str], *, always: bool = False) -> Iterator[str]:
    if not items and not always:
        return
    yield ""
    yield title
    for item in items:
        first, *more = wrap(item, COLUMNS - len(BULLET))
        yield BULLET + first
        yield from (" " * len(BULLET) + text for text in more)
