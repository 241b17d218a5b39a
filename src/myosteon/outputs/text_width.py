"""How wide a text stands in a terminal, where a Chinese character takes two cells; padding and breaking by that width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

WIDE = ("W", "F")
# A piece is a word with the space after it, or a single wide character.
PIECE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\s+"
)
# Punctuation that may not begin a line, and that may not end one.
CLOSING = "，。；：、）！？］】》」』～"
OPENING = "（［【《「『～"


def width(text: str) -> int:
    """The cells that a text takes."""
    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in WIDE) for sign in text)


def pad(text: str, cells: int) -> str:
    """The text followed by spaces up to so many cells."""
    return text + " " * max(0, cells - width(text))


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most so many cells; a word that is longer stands alone. Never an empty list."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and width(lines[-1]) + width(piece.rstrip()) > cells:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece
    lines[-1] = lines[-1].rstrip()
    return lines


def _pieces(text: str) -> Iterator[str]:
    waiting = ""
    for piece in PIECE.findall(text):
        if waiting and piece not in CLOSING and waiting[-1] not in OPENING:
            yield waiting
            waiting = ""
        waiting += piece
    if waiting:
        yield waiting
