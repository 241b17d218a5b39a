"""The drawing of how a number lies among women and men: bars from one line upwards and downwards, quartiles beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.outputs.quantiles import even_width
from myosteon.outputs.report_charts import svg_drawing
from myosteon.outputs.risk_summary import Bins, Spread

HALF = 34  # how far the highest bar reaches from the line
MARGIN = 14  # room for the quartiles beyond the bars
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Side:
    """The people on one side of the line: their look, and how they lie."""

    look: str
    spread: Spread
    upwards: bool


def distribution_drawing(sides: Sequence[Side], bins: Bins, alt: str) -> Markup:
    """Bars of one scale: the highest bar of all sides reaches full height, each bar is a share of its own side."""
    highest = max((share for side in sides for share in side.spread.bins), default=0.0) or 1.0
    up, down = (any(side.upwards is way for side in sides) for way in (True, False))
    line = HALF + MARGIN if up else 2
    height = line + (HALF + MARGIN if down else 2)
    grid = Markup("").join(
        Markup('<line class="grid" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(_at(tick, bins), height)
        for tick in ticks_of(bins)
    )
    parts = [_side(side, bins, line, highest) for side in sides]
    base = Markup('<line class="base" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(line)
    return svg_drawing("track", height, grid + Markup("").join(parts) + base, alt)


def _side(side: Side, bins: Bins, line: int, highest: float) -> Markup:
    drawn = []
    for place, share in enumerate(side.spread.bins):
        if not share:
            continue
        tall = HALF * share / highest
        drawn.append(
            Markup('<rect class="seg seg-{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                side.look,
                _at(bins.start + place * bins.width, bins),
                f"{line - tall if side.upwards else line:.1f}",
                f"{100 / bins.count:.3f}%",
                f"{tall:.1f}",
            )
        )
    if side.spread.quartiles is not None:
        drawn.append(_quartiles(side.spread.quartiles, bins, line, side.upwards))
    return Markup("").join(drawn)


def _quartiles(quartiles: tuple[float, float, float], bins: Bins, line: int, upwards: bool) -> Markup:
    low, middle, high = (_at(value, bins) for value in quartiles)
    y = line - HALF - MARGIN / 2 if upwards else line + HALF + MARGIN / 2
    span = Markup('<line class="ci ci-thin" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(low, high, y, y)
    return span + Markup('<line class="median" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(
        middle, y - 5, y + 5
    )


def quartiles_key() -> Markup:
    """The line of quartiles with its median by itself, for a legend."""
    line = Markup(
        '<line class="ci ci-thin" x1="1" x2="23" y1="7" y2="7"/><line class="median" x1="9" x2="9" y1="2" y2="12"/>'
    )
    return Markup('<svg class="key" width="24" height="14" aria-hidden="true">{}</svg>').format(line)


def distribution_axis(bins: Bins) -> Markup:
    """The numbers below the drawing."""
    texts = Markup("").join(
        Markup('<text x="{}" y="14" text-anchor="middle">{}</text>').format(_at(tick, bins), f"{tick:g}")
        for tick in ticks_of(bins)
    )
    return svg_drawing("axis-row", 18, texts)


def ticks_of(bins: Bins) -> list[float]:
    """At most six even numbers within the bins."""
    step = even_width((bins.end - bins.start) / MOST_TICKS)
    if bins.width == 1 and bins.start != math.floor(bins.start):
        step = max(1.0, step)  # one bin for each whole number: no tick between two of them
    first = math.ceil(bins.start / step - 1e-9)
    last = math.floor(bins.end / step + 1e-9)
    return [round(place * step, 9) for place in range(first, last + 1)]


def _at(value: float, bins: Bins) -> str:
    return f"{100 * (value - bins.start) / (bins.end - bins.start):.3f}%"
