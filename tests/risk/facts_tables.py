"""The tables of the project's facts on scores, read where they stand: nothing of them is typed again here."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from shared import shared_folder

Holds = Callable[[float], bool]


@cache
def section(number: str) -> str:
    """The text of one section of the facts on fracture risk."""
    text = (shared_folder() / "facts" / "fracture-risk.md").read_text(encoding="utf-8").replace("−", "-")
    found = re.search(rf"^### {re.escape(number)} .*?(?=^##)", text, flags=re.M | re.S)
    assert found, number
    return found.group()


def rows_of(number: str) -> list[list[str]]:
    """The rows of a section's tables, heads and rules left out."""
    lines = [line.strip() for line in section(number).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for n, row in enumerate(cells) if not set("".join(row)) <= set("-") and n != 0]


def numbers_in(text: str) -> list[float]:
    """Every number of a text, in order."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def level(text: str) -> Holds:
    """What a printed level means: `<65`, `≥86`, `65–69`, `0.70 to 1.0`, `> -3.5 to -3.0`, `-1 to -2`."""
    between = re.fullmatch(r"(>?)\s*(-?[\d.]+)\s*(?:–| to )\s*(-?[\d.]+)", text.strip())
    if between:
        first, last = float(between[2]), float(between[3])
        if first > last:
            # Falling: what reaches the lower end, and was not taken by the level before.
            return lambda value: value >= last
        above = between[1] == ">"
        return lambda value: (value > first if above else value >= first) and value <= last
    one = re.search(r"([<>≤≥])\s*(-?[\d.]+)", text)
    assert one, text
    sign, limit = one[1], float(one[2])
    signs: dict[str, Holds] = {
        "<": lambda value: value < limit,
        ">": lambda value: value > limit,
        "≤": lambda value: value <= limit,
        "≥": lambda value: value >= limit,
    }
    return signs[sign]


Bands = list[tuple[Holds, int]]


def bands(levels: str, points: str) -> Bands:
    """`<66 / 66–85 / ≥86` and `0 / 3 / 4`."""
    return [
        (level(one), int(number))
        for one, number in zip(levels.split(" / "), points.split(" / "), strict=True)
    ]


def points_in(table: Bands, value: float) -> int:
    """The points of the first level that holds, none where no level does."""
    return next((points for holds, points in table if holds(value)), 0)
