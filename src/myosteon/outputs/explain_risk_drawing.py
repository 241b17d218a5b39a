"""A waterfall as a picture: one small SVG a row, whose positions are percentages, so that it fits any width.

Looks are classes of `html/explain_risk.css`. Up is filled, down is hollow, unknown is hatched: no colour has to be told from another.
Every drawing says in words what it shows, and its numbers stand beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

from myosteon.outputs.explain_risk_answer import figure_text
from myosteon.outputs.explain_risk_bars import Bar, bars, summary, top_of
from myosteon.outputs.explain_risk_types import Waterfall
from myosteon.outputs.wording.load import Speech, number

ROW_HEIGHT, BAR_HEIGHT, TOTAL_HEIGHT = 24, 12, 16
MOST_TICKS = 5
NICE = (1.0, 2.0, 5.0, 10.0)
SIGNS = {"raises": "▲", "lowers": "▼", "open": "◌", "total": ""}
PATTERN = (
    '<svg class="sprite" aria-hidden="true"><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="hatch-line" x1="1" y1="0" x2="1" y2="6"/></pattern></svg>'
)


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from nought to `top`, with its ticks."""

    top: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> str:
        """Where a value lies, in per cent of the width."""
        return f"{100 * value / self.top:.2f}%"


def make_axis(top: float) -> Axis:
    """A scale that holds `top`, with at most five even steps of 1, 2 or 5 and noughts."""
    least = top / MOST_TICKS
    tens = 10.0 ** math.floor(math.log10(least))
    step = next(nice * tens for nice in NICE if nice * tens >= least * (1 - 1e-12))
    count = math.ceil(top / step - 1e-12)
    return Axis(step * count, tuple(step * place for place in range(count + 1)))


def waterfall_drawing(fall: Waterfall, marks: dict[object, str], speech: Speech) -> str:
    """The whole waterfall as a figure.

    Args:
        fall: what adds up.
        marks: the mark that leads to each source, as markup.
        speech: the language.
    """
    rows = bars(fall, speech)
    axis = make_axis(top_of(rows))
    drawn = "".join(_row(bar, axis, marks.get(bar.source, ""), fall.unit, speech) for bar in rows)
    caption = (
        f'<figcaption class="small">{escape(summary(fall, speech))} {_legend(rows, speech)}</figcaption>'
    )
    scale = f'<li class="fall-axis" aria-hidden="true"><span></span>{_axis_drawing(axis)}<span></span></li>'
    return f'<figure class="fall">{caption}<ol role="list">{drawn}{scale}</ol></figure>'


def _row(bar: Bar, axis: Axis, mark: str, unit: str, speech: Speech) -> str:
    sign = SIGNS[bar.look]
    change = (
        f'<span class="fall-change">{escape(f"{sign} {bar.change}".strip())}</span>' if bar.change else ""
    )
    ratio = f'<span class="fall-ratio">{escape(bar.ratio)}</span>' if bar.ratio else ""
    return (
        f'<li class="fall-row fall-{bar.look}"><span class="fall-label">{escape(bar.label)} {mark}</span>'
        f"{_bar_drawing(bar, axis, unit, speech)}"
        f'<span class="fall-numbers">{ratio}{change}<b>{escape(bar.after)}</b></span></li>'
    )


def _bar_drawing(bar: Bar, axis: Axis, unit: str, speech: Speech) -> str:
    height = TOTAL_HEIGHT if bar.look in ("total", "open") else BAR_HEIGHT
    y = (ROW_HEIGHT - height) / 2
    width = axis.at(bar.high - bar.low)
    ground = f'<rect class="bar-ground" x="{axis.at(bar.low)}" y="{y}" width="{width}" height="{height}"/>'
    shape = (
        f'<rect class="bar bar-{bar.look}" x="{axis.at(bar.low)}" y="{y}" width="{width}" height="{height}"/>'
    )
    return (
        f'<svg class="fall-bar" width="100%" height="{ROW_HEIGHT}" role="img" aria-label="{escape(_alt(bar, unit, speech))}">'
        f"{_grid(axis)}{ground if bar.look == 'open' else ''}{shape}</svg>"
    )


def _alt(bar: Bar, unit: str, speech: Speech) -> str:
    """What a bar shows, in words."""
    if bar.look == "total":
        return speech.say("headline.answer", name=bar.label, answer=bar.after)
    ends = [figure_text(value, unit, speech) for value in (bar.low, bar.high)]
    before, after = ends if bar.look != "lowers" else reversed(ends)
    said = speech.say("risk_picture.step", label=bar.label, before=before, after=after)
    return speech.say("headline.answer", name=speech.say(f"risk_picture.{bar.look}"), answer=said)


def _grid(axis: Axis) -> str:
    return "".join(
        f'<line class="grid" x1="{axis.at(tick)}" x2="{axis.at(tick)}" y1="0" y2="{ROW_HEIGHT}"/>'
        for tick in axis.ticks
    )


def _axis_drawing(axis: Axis) -> str:
    last = len(axis.ticks) - 1
    anchors = ["start" if place == 0 else "end" if place == last else "middle" for place in range(last + 1)]
    texts = "".join(
        f'<text x="{axis.at(tick)}" y="14" text-anchor="{anchor}">{number(tick, 0, 2)}</text>'
        for tick, anchor in zip(axis.ticks, anchors, strict=True)
    )
    return f'<svg class="fall-bar" width="100%" height="18">{texts}</svg>'


def _legend(rows: tuple[Bar, ...], speech: Speech) -> str:
    """The looks that occur, each with its word."""
    looks = [look for look in ("raises", "lowers", "open") if any(bar.look == look for bar in rows)]
    return "".join(
        f'<span class="fall-key"><svg width="18" height="12" aria-hidden="true">'
        f'<rect class="bar bar-{look}" x="2" y="2" width="14" height="8"/></svg> '
        f"{escape(SIGNS[look])} {escape(speech.say(f'risk_picture.{look}'))}</span>"
        for look in looks
    )
