"""The pictures of the report: calibration with the spread of the risks, observed by points, decision curve, incidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from myosteon.study.validation.people import Floats
from myosteon.study.validation.plot import Plot, Scale, make_scale
from myosteon.study.validation.result import Result
from myosteon.study.validation.words import ValidationVoice

HEIGHT = 340
STRIP = 72
LOWEST_BENEFIT = -0.25
"""Curves of net benefit are cut off so far below 0, as a share of the greatest."""
MOST_STEPS = 400


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot in its parts, for the page to put together; `strip` is a further drawing under the plot."""

    drawing: Markup
    y_axis: Markup
    x_axis: Markup
    x_name: str
    y_name: str
    keys: tuple[tuple[Markup, str], ...]
    strip: Markup | None = None
    note: str = ""


def key_drawing(look: str, kind: str = "line") -> Markup:
    """A piece of a look, for the legend."""
    inside = {
        "line": '<line class="line {}" x1="1" x2="23" y1="7" y2="7"/>',
        "dot": '<line class="ci" x1="12" x2="12" y1="1" y2="13"/><circle class="{}" cx="12" cy="7" r="4"/>',
        "only_dot": '<circle class="{}" cx="12" cy="7" r="4.5"/>',
        "band": '<rect class="band" x="1" y="1" width="22" height="12"/><line class="line {}" x1="1" x2="23" y1="7" y2="7"/>',
    }[kind]
    return Markup('<svg class="key" width="24" height="14" aria-hidden="true">{}</svg>').format(
        Markup(inside).format(look)
    )


def calibration_picture(result: Result, voice: ValidationVoice) -> Picture | None:
    """Groups with their intervals, the smoothed curve with its band, the diagonal, and how the risks lie."""
    if result.points or not result.groups:
        return None
    scale = calibration_scale(result)
    plot = Plot(scale, scale, HEIGHT)
    ends = np.array([scale.low, scale.high])
    stretched = [plot.path(ends, ends, "line-even")]
    keys = [(key_drawing("pt", "dot"), voice.plain("calibration.groups"))]
    if (curve := result.curve) is not None:
        shown = curve.risk <= scale.high
        if curve.low is not None and curve.high is not None and np.all(np.isfinite(curve.low)):
            stretched.insert(0, plot.band(curve.risk[shown], curve.low[shown], curve.high[shown], "band"))
            keys.append((key_drawing("line-model", "band"), voice.plain("calibration.curve")))
        else:
            keys.append((key_drawing("line-model"), voice.plain("calibration.curve_plain")))
        stretched.append(plot.path(curve.risk[shown], curve.observed[shown], "line-model"))
    keys.append((key_drawing("line-even"), voice.plain("calibration.diagonal")))
    shown_groups = [group for group in result.groups if group.expected <= scale.high]
    marks = [plot.stretched(stretched)]
    for group in shown_groups:
        marks.append(plot.interval(group.expected, group.observed.low, group.observed.high))
        marks.append(plot.dot(group.expected, group.observed.estimate))
    first, last = result.groups[0], result.groups[-1]
    slope = result.measures.get("slope")
    alt = voice.plain(
        "calibration.alt",
        slope=voice.decimals(slope.value) if slope else "–",
        low=voice.percent(first.observed.estimate),
        first=voice.percent(first.expected),
        high=voice.percent(last.observed.estimate),
        last=voice.percent(last.expected),
    )
    return Picture(
        plot.drawing(marks, alt),
        plot.y_axis(),
        plot.x_axis(),
        voice.plain("calibration.axis_moved" if result.by_outcome else "calibration.axis_risk"),
        voice.plain("calibration.axis_observed"),
        tuple(keys),
        _strip(result, scale, voice),
        voice.plain("calibration.histogram"),
    )


def calibration_scale(result: Result) -> Scale:
    """One scale for predicted and observed, up to what the groups and the curve need."""
    needed = [group.observed.high for group in result.groups] + [group.expected for group in result.groups]
    if result.curve is not None:
        needed.append(float(result.curve.risk[-1]))
    # A wide interval of the last group must not press everything else into a corner.
    central = max(*(g.expected for g in result.groups), *(g.observed.estimate for g in result.groups))
    top = min(max(needed), 1.6 * max(central, float(result.curve.risk[-1]) if result.curve else 0.0), 1.0)
    return make_scale(0.0, top, factor=100)


def _strip(result: Result, scale: Scale, voice: ValidationVoice) -> Markup:
    """Bars up for people with the outcome, down for those without, each to its own scale."""
    histogram = result.histogram
    middle = STRIP / 2
    bars = []
    for counts, sign in ((histogram.with_event, -1), (histogram.without, 1)):
        most = max(counts, default=0)
        for left, right, count in zip(histogram.edges[:-1], histogram.edges[1:], counts, strict=True):
            if not count or left >= scale.high:
                continue
            height = max(1.0, (middle - 3) * count / most)
            top = middle - 1 - height if sign < 0 else middle + 1
            x, width = (
                100 * scale.share(float(left)),
                100 * (scale.share(float(right)) - scale.share(float(left))),
            )
            look = "bar-with" if sign < 0 else "bar-without"
            bars.append(
                Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>').format(
                    look, f"{x:.2f}", f"{top:.1f}", f"{width * 0.86:.2f}", f"{height:.1f}"
                )
            )
    free = result.counts.judged - result.counts.events
    alt = voice.plain(
        "calibration.histogram_alt", events=voice.count(result.counts.events), free=voice.count(free)
    )
    line = Markup('<line class="axis" x1="0" x2="100%" y1="{}" y2="{}"/>').format(middle, middle)
    return Markup('<svg class="chart" width="100%" height="{}" role="img" aria-label="{}">{}{}</svg>').format(
        STRIP, alt, line, Markup("").join(bars)
    )


def points_picture(result: Result, voice: ValidationVoice) -> Picture | None:
    """The observed share at each value of a score."""
    if not result.points or not result.groups:
        return None
    low, high = result.groups[0].expected, result.groups[-1].expected
    x = make_scale(low - 0.5, high + 0.5, most_ticks=8, tight=True)
    y = make_scale(0.0, min(1.0, max(group.observed.high for group in result.groups)), factor=100)
    plot = Plot(x, y, HEIGHT)
    marks = []
    for group in result.groups:
        marks.append(plot.interval(group.expected, group.observed.low, group.observed.high))
        marks.append(plot.dot(group.expected, group.observed.estimate))
    first, last = result.groups[0], result.groups[-1]
    alt = voice.plain(
        "points.alt",
        low=voice.percent(first.observed.estimate),
        first=f"{first.expected:g}",
        high=voice.percent(last.observed.estimate),
        last=f"{last.expected:g}",
    )
    return Picture(
        plot.drawing(marks, alt),
        plot.y_axis(),
        plot.x_axis(),
        voice.plain("points.axis"),
        voice.plain("calibration.axis_observed"),
        ((key_drawing("pt", "dot"), voice.plain("points.groups")),),
    )


def decision_picture(result: Result, voice: ValidationVoice) -> Picture | None:
    """Net benefit of acting on the risk, on everybody and on nobody."""
    decisions = result.decisions
    if decisions is None:
        return None
    thresholds = np.concatenate(([0.0], decisions.thresholds))
    everybody = np.concatenate(([result.observed.estimate], decisions.treat_all))
    model = np.concatenate(([result.observed.estimate], decisions.net_benefit))
    greatest = max(float(model.max()), 1e-6)
    y = make_scale(LOWEST_BENEFIT * greatest, 1.05 * greatest, factor=1000)
    x = make_scale(0.0, float(thresholds[-1]), factor=100, tight=True)
    plot = Plot(x, y, HEIGHT)
    ends = np.array([x.low, x.high])
    curves = [
        plot.path(ends, np.zeros(2), "line-none"),
        plot.path(thresholds, everybody, "line-all"),
        plot.path(thresholds, model, "line-model"),
    ]
    better = int(np.sum(decisions.net_benefit > np.maximum(decisions.treat_all, 0.0)))
    alt = voice.plain(
        "decision.alt",
        better=better,
        count=len(decisions.thresholds),
        first=voice.percent(float(decisions.thresholds[0])),
        last=voice.percent(float(decisions.thresholds[-1])),
    )
    keys = tuple(
        (key_drawing(look), voice.plain(f"decision.{key}"))
        for look, key in (("line-model", "model"), ("line-all", "all"), ("line-none", "none"))
    )
    return Picture(
        plot.drawing([plot.stretched(curves)], alt),
        plot.y_axis(),
        plot.x_axis(),
        voice.plain("decision.axis_threshold"),
        voice.plain("decision.axis_benefit"),
        keys,
    )


def incidence_picture(result: Result, voice: ValidationVoice) -> Picture | None:
    """How the outcome, and death before it, gathered until the horizon; the mean risk as a mark at its end."""
    curve, horizon = result.incidence, result.horizon_years
    if curve is None or horizon is None:
        return None
    expected = result.measures.get("expected")
    lines = [(curve.aalen_johansen, "line-model", "aalen_johansen" if result.competing else "kaplan_meier")]
    if result.competing:
        lines += [
            (curve.without_death, "line-all", "without_death"),
            (curve.died_first, "line-none", "died_first"),
        ]
    top = max(*(float(values[-1]) for values, _, _ in lines), expected.value if expected else 0.0)
    plot = Plot(make_scale(0.0, horizon, tight=True), make_scale(0.0, top, factor=100), HEIGHT)
    years = np.concatenate(([0.0], _thin(curve.years)))
    drawn = [
        plot.path(years, np.concatenate(([0.0], _thin(values))), look, steps=True)
        for values, look, _ in lines
    ]
    marks = [plot.stretched(drawn), plot.interval(horizon, result.observed.low, result.observed.high)]
    keys = [(key_drawing(look), voice.plain(f"incidence.{key}")) for _, look, key in lines]
    told = "–"
    if expected is not None:
        marks.append(plot.dot(horizon, expected.value, "pt-open", 5))
        keys.append((key_drawing("pt-open", "only_dot"), voice.plain("incidence.expected")))
        told = voice.percent(expected.value)
    alt = voice.plain(
        "incidence.alt",
        horizon=voice.years(horizon),
        observed=voice.percent(result.observed.estimate),
        expected=told,
    )
    return Picture(
        plot.drawing(marks, alt),
        plot.y_axis(),
        plot.x_axis(),
        voice.plain("incidence.axis_years"),
        voice.plain("incidence.axis_share"),
        tuple(keys),
    )


def _thin(values: Floats) -> Floats:
    """At most so many points, the last among them: a screen shows no more."""
    if len(values) <= MOST_STEPS:
        return values
    return np.asarray(values[np.linspace(0, len(values) - 1, MOST_STEPS).astype(int)])
