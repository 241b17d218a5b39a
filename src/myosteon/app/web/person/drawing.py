"""Small drawings as SVG: shapes with attributes and classes alone, as the content policy of the pages asks for.

Every drawing has `role="img"` and says its values in words; nothing of it is styled in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil, floor

from markupsafe import Markup, escape

CJK_FROM = "\u2e80"
# Widths of a character of 12 px, for deciding whether a text fits.
WIDE, NARROW = 12.0, 6.4
# Divisions of decimals are a little beside whole numbers.
NOISE = 1e-6


def drawing(width: float, height: float, said: str, shapes: Iterable[Markup], look: str = "") -> Markup:
    """A drawing of that size; `said` are its values in words."""
    classes = f"chart {look}".strip()
    box = f"0 0 {number(width)} {number(height)}"
    # Put together as text, each part escaped by itself: a page holds hundreds of shapes.
    return Markup(
        f'<svg class="{classes}" viewBox="{box}" role="img" aria-label="{escape(said)}">{"".join(shapes)}</svg>'
    )


def shape(name: str, look: str, **attributes: float | str) -> Markup:
    """One element; `_` in the name of an attribute stands for `-`, numbers are cut to tenths."""
    said = "".join(
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return Markup(f'<{name} class="{look}"{said}/>')


def line(look: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    """A straight line."""
    return shape("line", look, x1=x1, y1=y1, x2=x2, y2=y2)


def rectangle(look: str, x: float, y: float, width: float, height: float) -> Markup:
    """A rectangle; one without width or height is drawn as nothing."""
    if width <= 0 or height <= 0:
        return Markup("")
    return shape("rect", look, x=x, y=y, width=width, height=height)


def text(words: str, x: float, y: float, anchor: str = "start", look: str = "") -> Markup:
    """A text at a place."""
    classes = f' class="{look}"' if look else ""
    return Markup(
        f'<text{classes} x="{number(x)}" y="{number(y)}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def number(value: float) -> str:
    """A length in tenths of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def width_of(words: str) -> float:
    """About how wide a text of 12 px is."""
    return sum(WIDE if sign >= CJK_FROM else NARROW for sign in words)


class Scale:
    """From values to places along a line."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end

    def at(self, value: float) -> float:
        """The place of a value."""
        part = (value - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def within(self, value: float) -> float:
        """The place of a value, kept inside the line."""
        return self.at(min(max(value, self.low), self.high))


class DayScale:
    """From days to places along a line."""

    def __init__(self, first: date, last: date, start: float, end: float) -> None:
        self.first, self.last = first, last
        self._scale = Scale(first.toordinal(), max(last.toordinal(), first.toordinal() + 1), start, end)

    def at(self, day: date) -> float:
        """The place of a day, kept inside the line."""
        return self._scale.within(day.toordinal())

    def holds(self, day: date) -> bool:
        """Whether a day lies on the line."""
        return self.first <= day <= self.last

    def months(self, apart: float) -> list[date]:
        """Firsts of months to write under the line: every month, quarter, half-year, year or more, `apart` pixels at least."""
        length = self._scale.end - self._scale.start
        per_month = length / max((self.last - self.first).days / 30.44, 1)
        step = next((step for step in (1, 3, 6, 12, 24, 60, 120) if step * per_month >= apart), 240)
        count = self.first.year * 12
        days: list[date] = []
        while True:
            day = date(count // 12, count % 12 + 1, 1)
            if day > self.last:
                return days
            if day >= self.first:
                days.append(day)
            count += step


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers that cover a range, at most `most` steps."""
    span = max(high - low, 1e-9)
    step = next(
        factor * ten
        for power in range(-4, 7)
        for ten in (10.0**power,)
        for factor in (1, 2, 5)
        if span / (factor * ten) <= most - 1 + NOISE
    )
    first, last = floor(low / step + NOISE), ceil(high / step - NOISE)
    return [round(place * step, 9) for place in range(first, last + 1)]


def padded(first: date, last: date, share: float) -> tuple[date, date]:
    """A span of days with some room at both ends."""
    room = timedelta(days=max(round((last - first).days * share), 15))
    return first - room, last + room
