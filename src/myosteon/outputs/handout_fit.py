"""Keeps the page for the person on one sheet of A4: larger where there is room, a step smaller where it is long, then shorter.

What is cut is said: the person is told to ask for the rest. What warns her, her medicines and whom to call are never cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from myosteon.outputs.handout_types import Handout
from myosteon.outputs.text_width import width

# Sizes of type as parts of 15 pt (17 pt Chinese). The last are only for a page that holds nothing that could be cut.
SCALES = (1.3, 1.15, 1.0, 0.93, 0.86)
SMALLEST = (0.8, 0.74, 0.68)
# A list is never cut to fewer items than these.
FEWEST = 2
# The sheet in millimetres, inside its margins. The estimate is 6 to 25 % above what a browser draws (measured on twelve
# pages in three sizes), so that it may be as much above the 276 mm that there are.
SHEET_WIDTH, SHEET_HEIGHT = 180.0, 276.0 * 1.06
MM_OF_POINT = 0.3528
RAGGED = 1.07


def fitted(handout: Handout) -> Handout:
    """The page at the largest size at which it should fit, shortened where it fits at none."""
    for page in attempts(handout):
        if _height(page) <= SHEET_HEIGHT:
            break
    return page


def attempts(handout: Handout) -> Iterator[Handout]:
    """The page ever smaller, then at the smallest good size ever shorter, then smaller still."""
    yield from (replace(handout, scale=scale) for scale in SCALES)
    page, less = handout, shorter(handout)
    while less is not None:
        page, less = less, shorter(less)
        yield replace(page, scale=SCALES[-1])
    yield from (replace(page, scale=scale) for scale in SMALLEST)


def shorter(page: Handout) -> Handout | None:
    """The page without the item that is missed least, None where nothing may go."""
    told = replace(page, more=page.more_text)
    eat, falls = _less(page.eat, page), _less(page.falls, page)
    if eat and (not falls or len(page.eat) >= len(page.falls)):
        return replace(told, eat=eat)
    if falls:
        return replace(told, falls=falls)
    return replace(told, following="") if page.following else None


def _less(texts: tuple[str, ...], page: Handout) -> tuple[str, ...]:
    """The list without its last item that may go; empty where none may."""
    free = [place for place, text in enumerate(texts) if text not in page.keep]
    if len(texts) <= FEWEST or not free:
        return ()
    return texts[: free[-1]] + texts[free[-1] + 1 :]


def _height(page: Handout) -> float:
    """How high the page stands, in millimetres: an estimate on the safe side, the same for every format."""
    em = (17 if page.language == "zh" else 15) * MM_OF_POINT * page.scale
    row = em * (1.4 if page.language == "zh" else 1.35)

    def rows(text: str, wide: float, size: float = 1.0) -> float:
        return ceil(width(text) * 0.5 * em * size * RAGGED / wide) * row * size if text else 0.0

    def listed(texts: tuple[str, ...], wide: float) -> float:
        return sum(rows(text, wide - 6) + 1.8 for text in texts)

    def part(title: str, high: float) -> float:
        return 6.0 + rows(title, SHEET_WIDTH, 1.2) + high if high else 0.0

    half = SHEET_WIDTH / 2 - 4
    column = SHEET_WIDTH / 5 - 3.2
    top = rows(page.top_title, 166, 1.33) + rows(page.top_text, 166) + 16 if page.top_title else 0.0
    moves = max(
        (rows(move.name, column, 0.93) + rows(move.how, column, 0.87) for move in page.moves), default=-42
    )
    sides = max(listed(page.eat, half), listed(page.falls, half)) if page.eat and page.falls else 0.0
    alone = 0.0 if sides else listed(page.eat or page.falls, SHEET_WIDTH)
    return sum(
        (
            10 + rows(page.title, SHEET_WIDTH, 1.75 * min(1.0, 1.1 / page.scale)),
            top,
            part(page.move_title, 42 + moves + rows(page.move_note, SHEET_WIDTH)),
            part(page.eat_title, sides or alone),
            part(page.drugs_title, listed(page.drugs, SHEET_WIDTH)),
            part(page.call_title, rows(page.call, SHEET_WIDTH) + rows(page.telephone, SHEET_WIDTH, 1.33) + 3),
            rows(page.more, SHEET_WIDTH),
            6 + rows(f"{page.following} {page.foot}", SHEET_WIDTH, 0.74),
        )
    )
