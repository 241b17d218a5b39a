"""A small plot in SVG that fits any width: across, positions are percentages; curves stretch, their lines do not thicken.

Looks are classes of `report.css`; nothing is styled inline. Every plot carries its message in words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.study.validation.people import Floats

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
UNITS = 1000
"""Units of the stretched part in each direction."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from `low` to `high` with their ticks; `factor` is what a tick is multiplied by to be written (100: %)."""

    low: float
    high: float
    ticks: tuple[float, ...]
    factor: float = 1.0

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1, held within the scale."""
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)

    def label(self, tick: float) -> str:
        """A tick as it is written, with a true minus."""
        written = f"{self.factor * tick:.6g}"
        return written.replace("-", "−")


def make_scale(
    low: float, high: float, most_ticks: int = 6, factor: float = 1.0, tight: bool = False
) -> Scale:
    """A scale that holds both ends, with round ticks; `tight` ends it at `high` itself."""
    width = max(high - low, 1e-9)
    rough = width * factor / max(most_ticks - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step for step in STEPS if step * power >= rough * 0.999) * power / factor
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(step * place for place in range(first, last + 1))
    if tight:
        return Scale(low, high, tuple(tick for tick in ticks if low <= tick <= high), factor)
    return Scale(ticks[0], ticks[-1], ticks, factor)


@dataclass(frozen=True, slots=True)
class Plot:
    """The frame of a plot: both scales and the height in pixels."""

    x: Scale
    y: Scale
    height: int

    def at(self, x: float) -> str:
        """A place across, in per cent."""
        return f"{100 * self.x.share(x):.2f}%"

    def down(self, y: float) -> str:
        """A place from the top, in pixels."""
        return f"{self.height * (1 - self.y.share(y)):.1f}"

    def path(self, xs: Floats, ys: Floats, look: str, steps: bool = False) -> Markup:
        """A curve; cut off where it leaves the frame."""
        points = self._points(xs, ys)
        parts = [f"M{points[0]}"]
        for before, (point, x) in zip(points, zip(points[1:], xs[1:], strict=True), strict=False):
            if steps:
                parts.append(f"L{self._across(float(x))} {before.split(' ')[1]}")
            parts.append(f"L{point}")
        return Markup('<path class="line {}" d="{}"/>').format(look, " ".join(parts))

    def band(self, xs: Floats, low: Floats, high: Floats, look: str) -> Markup:
        """The space between two curves."""
        there = self._points(xs, high)
        back = self._points(xs[::-1], low[::-1])
        return Markup('<path class="{}" d="M{} Z"/>').format(look, " L".join([*there, *back]))

    def stretched(self, parts: Sequence[Markup]) -> Markup:
        """The curves and bands of the plot, stretched to its width and cut off at its frame."""
        return Markup(
            '<svg class="stretched" x="0" y="0" width="100%" height="{}" viewBox="0 0 {} {}" '
            'preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        ).format(self.height, UNITS, UNITS, Markup("").join(parts))

    def interval(self, x: float, low: float, high: float, look: str = "ci") -> Markup:
        """An upright interval."""
        return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            look, self.at(x), self.at(x), self.down(high), self.down(low)
        )

    def dot(self, x: float, y: float, look: str = "pt", radius: float = 4.0) -> Markup:
        """A mark."""
        return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(
            look, self.at(x), self.down(y), radius
        )

    def drawing(self, parts: Sequence[Markup], alt: str) -> Markup:
        """The plot with its grid."""
        return Markup(
            '<svg class="chart plot" width="100%" height="{}" role="img" aria-label="{}">{}{}</svg>'
        ).format(self.height, alt, self._grid(), Markup("").join(parts))

    def y_axis(self) -> Markup:
        """The numbers at the left."""
        texts = Markup("").join(
            Markup('<text x="100%" y="{}" dy="4" text-anchor="end">{}</text>').format(
                self.down(tick), self.y.label(tick)
            )
            for tick in self.y.ticks
        )
        return Markup('<svg class="chart" width="100%" height="{}" aria-hidden="true">{}</svg>').format(
            self.height, texts
        )

    def x_axis(self) -> Markup:
        """The numbers below."""
        texts = Markup("").join(
            Markup('<text x="{}" y="14" text-anchor="middle">{}</text>').format(
                self.at(tick), self.x.label(tick)
            )
            for tick in self.x.ticks
        )
        return Markup('<svg class="chart" width="100%" height="18" aria-hidden="true">{}</svg>').format(texts)

    def _grid(self) -> Markup:
        across = Markup('<line class="grid" x1="0" x2="100%" y1="{}" y2="{}"/>')
        upright = Markup('<line class="grid" x1="{}" x2="{}" y1="0" y2="{}"/>')
        lines = [across.format(self.down(tick), self.down(tick)) for tick in self.y.ticks]
        lines += [upright.format(self.at(tick), self.at(tick), self.height) for tick in self.x.ticks]
        return Markup("").join(lines)

    def _points(self, xs: Floats, ys: Floats) -> list[str]:
        return [
            f"{self._across(float(x))} {UNITS * (1 - self._open_share(float(y))):.1f}"
            for x, y in zip(xs, ys, strict=True)
        ]

    def _across(self, x: float) -> str:
        return f"{UNITS * (x - self.x.low) / (self.x.high - self.x.low):.1f}"

    def _open_share(self, y: float) -> float:
        """Not held within the scale: what lies beyond is cut off, not drawn along the edge."""
        return min(max((y - self.y.low) / (self.y.high - self.y.low), -5.0), 6.0)
