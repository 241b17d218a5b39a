"""Small SVG drawings of the report. Along a row, positions are percentages, so that a drawing fits any width unchanged.

Looks are classes of `html/report.css`, sizes are attributes; nothing here is styled inline. Every drawing carries its
values in words (`role="img"` with a label), and each stands beside a table of the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.outputs.intervals import Interval

STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
MOST_TICKS = 6
NARROWEST_LABELLED = 0.06  # a segment narrower than this has no room for its number


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of shares from 0 to `top`, with its ticks."""

    top: float
    ticks: tuple[float, ...]

    def at(self, share: float) -> str:
        """Where a share lies, in per cent of the width."""
        return f"{100 * min(share, self.top) / self.top:.2f}%"

    def span(self, low: float, high: float) -> str:
        """How wide the way from one share to another is, in per cent of the width."""
        return f"{100 * (min(high, self.top) - min(low, self.top)) / self.top:.2f}%"


def make_axis(largest: float) -> Axis:
    """A scale that holds the largest share, with at most six even steps."""
    step = next((step for step in STEPS if largest <= step * MOST_TICKS), STEPS[-1])
    count = max(1, min(round(1 / step), -int(-largest // step)))
    return Axis(step * count, tuple(step * place for place in range(count + 1)))


def axis_drawing(axis: Axis) -> Markup:
    """The numbers below the rows of a chart; the rows draw the lines."""
    texts = Markup("").join(
        Markup('<text x="{}" y="14" text-anchor="middle">{}</text>').format(axis.at(tick), f"{100 * tick:g}")
        for tick in axis.ticks
    )
    return svg_drawing("axis-row", 18, texts)


@dataclass(frozen=True, slots=True)
class Lane:
    """One mark of a row: a share with its interval, and the part that is not excluded, at one height."""

    share: Interval
    upto: float
    y: int
    mark: str
    thick: bool = True


def lanes_drawing(lanes: Iterable[Lane], axis: Axis, height: int, alt: str) -> Markup:
    """A row of marks over the lines of its scale: proved as a mark with its interval, not excluded hatched."""
    drawn = Markup("").join(_lane(lane, axis) for lane in lanes)
    return svg_drawing("track", height, _grid(axis, height) + drawn, alt)


def _lane(lane: Lane, axis: Axis) -> Markup:
    parts = []
    if lane.upto > lane.share.estimate:
        half = 7 if lane.thick else 3
        x, width = axis.at(lane.share.estimate), axis.span(lane.share.estimate, lane.upto)
        for look in ("not-excluded-ground", "not-excluded"):
            parts.append(
                Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                    look, x, lane.y - half, width, 2 * half
                )
            )
    look = "ci" if lane.thick else "ci ci-thin"
    parts.append(
        Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            look, axis.at(lane.share.low), axis.at(lane.share.high), lane.y, lane.y
        )
    )
    parts.append(_mark(lane.mark, axis.at(lane.share.estimate), lane.y))
    return Markup("").join(parts)


def _mark(mark: str, x: str, y: int) -> Markup:
    if mark == "disc":
        return Markup('<circle class="pt" cx="{}" cy="{}" r="5.5"/>').format(x, y)
    if mark == "ring":
        return Markup('<circle class="pt-open" cx="{}" cy="{}" r="3.75"/>').format(x, y)
    look = "pt-open" if mark == "square" else "pt"
    size = 3.5 if mark == "square" else 4.5
    box = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        look, -size, -size, 2 * size, 2 * size
    )
    return Markup('<svg class="place" x="{}" y="{}">{}</svg>').format(x, y, box)


def mark_drawing(mark: str) -> Markup:
    """A mark by itself, for a legend."""
    return Markup('<svg class="key" width="14" height="14" aria-hidden="true">{}</svg>').format(
        _mark(mark, "7", 7)
    )


def swatch_drawing(look: str) -> Markup:
    """A patch of a bar by itself, for a legend."""
    patch = _patch(look, "1", "22", 12, 1)
    return Markup('<svg class="key" width="24" height="14" aria-hidden="true">{}</svg>').format(patch)


def share_drawing(
    share: float, interval: Interval | None, axis: Axis, alt: str, *, unknown: bool = False
) -> Markup:
    """A bar from 0, hatched where it stands for the unknown; with the interval over its end where there is one."""
    drawn = _patch("nothing" if unknown else "plain", "0", axis.at(share), 12, 7)
    if interval is not None:
        line = Markup('<line class="{}" x1="{}" x2="{}" y1="13" y2="13"/>')
        ends = axis.at(interval.low), axis.at(interval.high)
        drawn += line.format("ci-halo", *ends) + line.format("ci", *ends)
    return svg_drawing("track", 26, _grid(axis, 26) + drawn, alt)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a whole: its look, its share of the whole, and the number written in it (None: none)."""

    look: str
    share: float
    number: str | None = None


def stacked_drawing(segments: Sequence[Segment], alt: str, height: int = 24) -> Markup:
    """Parts of a whole side by side, from left to right."""
    drawn, left = Markup(""), 0.0
    for segment in segments:
        x, width = f"{100 * left:.3f}%", f"{100 * segment.share:.3f}%"
        drawn += _patch(segment.look, x, width, height - 2, 1)
        if segment.number is not None and segment.share >= NARROWEST_LABELLED:
            middle = f"{100 * (left + segment.share / 2):.3f}%"
            drawn += Markup('<text class="in in-{}" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                segment.look, middle, height / 2 + 4, segment.number
            )
        left += segment.share
    return svg_drawing("stack-bar", height, drawn, alt)


def _patch(look: str, x: str, width: str, height: int, y: int) -> Markup:
    place = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>')
    return place.format(f"seg seg-{look}", x, y, width, height) + place.format(
        f"over over-{look}", x, y, width, height
    )


def column_drawing(people: int, most: int, number: str) -> Markup:
    """One upright bar with its number on top, for the chart of combinations."""
    height = 124 * people / most if most else 0.0
    bar = Markup('<rect class="bar" x="22%" y="{}" width="56%" height="{}"/>').format(
        f"{144 - height:.1f}", f"{height:.1f}"
    )
    text = Markup('<text class="strong" x="50%" y="{}" text-anchor="middle">{}</text>').format(
        f"{138 - height:.1f}", number
    )
    return svg_drawing("column", 144, bar + text)


def knot_drawing(is_in: bool, linked_up: bool, linked_down: bool) -> Markup:
    """One dot of the matrix of combinations, with the line to the dots above and below."""
    line = Markup('<line class="link" x1="50%" x2="50%" y1="{}" y2="{}"/>')
    drawn = line.format(0, 13) if linked_up else Markup("")
    drawn += line.format(13, 26) if linked_down else Markup("")
    look, radius = ("on", 6) if is_in else ("off", 3.5)
    drawn += Markup('<circle class="{}" cx="50%" cy="13" r="{}"/>').format(look, radius)
    return svg_drawing("knot", 26, drawn)


def _grid(axis: Axis, height: int) -> Markup:
    line = Markup('<line class="grid" x1="{}" x2="{}" y1="0" y2="{}"/>')
    return Markup("").join(line.format(axis.at(tick), axis.at(tick), height) for tick in axis.ticks)


def svg_drawing(look: str, height: int, inside: Markup, alt: str | None = None) -> Markup:
    """A drawing as wide as there is room, with its values in words; one without words is hidden from a screen reader."""
    role = (
        Markup('role="img" aria-label="{}"').format(alt) if alt is not None else Markup('aria-hidden="true"')
    )
    return Markup('<svg class="chart {}" width="100%" height="{}" {}>{}</svg>').format(
        look, height, role, inside
    )
