"""Draws one measure over time: points on real days, what measurement error explains around the first, cut-offs dashed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from markupsafe import Markup

from myosteon.app.web.person.drawing import (
    DayScale,
    Scale,
    drawing,
    line,
    padded,
    rectangle,
    shape,
    text,
    ticks,
)
from myosteon.app.web.person.trend_types import LimitLine, Point, TrendView
from myosteon.app.web.person.voice import Voice
from myosteon.outputs.wording.load import number

WIDTH, HEIGHT = 360.0, 196.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 250.0, 14.0, 168.0
APART = 34.0
LINE_HEIGHT = 13.0
# A drawing shows at least so many days, so that two visits of one week do not fill it.
SHORTEST = 360


def draw_trend(view: TrendView, voice: Voice) -> Markup | None:
    """The drawing; None where no measurement has a day."""
    if not view.points:
        return None
    values = Scale(*_range(view), BOTTOM, TOP)
    days = DayScale(*_days(view), LEFT, RIGHT)
    shapes = [
        *_band(view, values),
        *_grid(view, values),
        *_months(days, voice),
        *_limits(view.limits, values),
        *_points(view, days, values),
        *(_failure(days.at(failure.day)) for failure in view.failures),
    ]
    return drawing(WIDTH, HEIGHT, said(view, voice), shapes)


def said(view: TrendView, voice: Voice) -> str:
    """The measurements and the limits in words."""
    points = [
        voice.say("person.trend.said_point", value=point.text, day=voice.short_day(point.day))
        for point in view.points
    ]
    points += [
        voice.say(
            "person.trend.said_point",
            value=voice.say("person.trend.could_not"),
            day=voice.short_day(failure.day),
        )
        for failure in view.failures
    ]
    told = voice.say(
        "person.trend.said", title=view.title, points=voice.say("person.trend.said_join").join(points)
    )
    if not view.limits:
        return told
    limits = [voice.say("person.trend.said_limit", value=one.text, names=one.names) for one in view.limits]
    cut = voice.say("person.trend.said_limits", limits=voice.say("person.trend.said_join").join(limits))
    return voice.say("person.trend.said_semicolon").join((told, cut))


def _range(view: TrendView) -> tuple[float, float]:
    """The lowest and highest value that are drawn: points and limits, with room; the band may be cut."""
    shown = [point.value for point in view.points] + [limit.value for limit in view.limits]
    room = (max(shown) - min(shown)) * 0.2 or max(abs(shown[0]) * 0.1, 0.01)
    low = min(shown) - room
    marks = ticks(max(low, 0.0) if min(shown) >= 0 else low, max(shown) + room)
    return marks[0], marks[-1]


def _days(view: TrendView) -> tuple[date, date]:
    days = [point.day for point in view.points] + [failure.day for failure in view.failures]
    first, last = min(days), max(days)
    if (last - first).days < SHORTEST:
        first = last - timedelta(days=SHORTEST)
    return padded(first, last, 0.06)


def _band(view: TrendView, values: Scale) -> Iterator[Markup]:
    if view.first is None or view.least is None:
        return
    upper = values.within(view.first.value + view.least.amount)
    lower = values.within(view.first.value - view.least.amount)
    yield rectangle("band", LEFT, upper, RIGHT - LEFT, lower - upper)


def _grid(view: TrendView, values: Scale) -> Iterator[Markup]:
    marks = ticks(values.low, values.high)
    decimals = max(len(f"{mark:g}".partition(".")[2]) for mark in marks)
    for mark in marks:
        if values.low <= mark <= values.high:
            yield line("grid", LEFT, values.at(mark), RIGHT, values.at(mark))
            yield text(number(mark, decimals, decimals), LEFT - 6, values.at(mark) + 4, "end")


def _months(days: DayScale, voice: Voice) -> Iterator[Markup]:
    yield line("axis", LEFT, BOTTOM, RIGHT, BOTTOM)
    for day in days.months(APART):
        yield line("axis", days.at(day), BOTTOM, days.at(day), BOTTOM + 4)
        words = str(day.year) if day.month == 1 else voice.month(day)
        yield text(words, days.at(day), BOTTOM + 17, "middle")


def _limits(limits: Sequence[LimitLine], values: Scale) -> Iterator[Markup]:
    """The cut-offs with their names at the right end; names that would touch are pushed apart."""
    places = sorted(((values.at(one.value), one) for one in limits), key=lambda place: place[0])
    below = 0.0
    for y, one in places:
        label = max(y + 4, below + LINE_HEIGHT)
        below = label
        yield line("cut" if one is limits[0] else "cut2", LEFT, y, RIGHT, y)
        yield text(f"{one.text} {one.names}", RIGHT + 6, label)


def _points(view: TrendView, days: DayScale, values: Scale) -> Iterator[Markup]:
    for earlier, later in pairwise(view.points):
        # Measurements of two devices are not joined: what lies between them may be the devices.
        if earlier.device == later.device:
            look = f"s-{view.kind}"
            start, end = (
                (days.at(earlier.day), values.at(earlier.value)),
                (days.at(later.day), values.at(later.value)),
            )
            yield line(look, *start, *end)
    last = view.points[-1]
    for point in view.points:
        yield _point(view, point, point is last, days.at(point.day), values.at(point.value))
    for point in dict.fromkeys((view.points[0], last)):
        yield _label(view, point, days.at(point.day), values.at(point.value))


def _point(view: TrendView, point: Point, last: bool, x: float, y: float) -> Markup:
    look = f"d-{view.kind} now" if last else f"d-{view.kind}"
    data = {"data_day": point.day.isoformat(), "data_value": repr(point.value)}
    if view.kind == "bone":
        return shape("rect", look, x=x - 4, y=y - 4, width=8, height=8, **data)
    return shape("circle", look, cx=x, cy=y, r=4.5, **data)


def _label(view: TrendView, point: Point, x: float, y: float) -> Markup:
    """The value above a point, below it where the measure fell to it, so that the line stays free."""
    words = point.text.removesuffix(view.unit).strip()
    fell = point is view.points[-1] and len(view.points) > 1 and view.points[-2].value > point.value
    place = y + 19 if fell and y + 19 < BOTTOM - 2 else y - 10
    return text(words, x, place, "middle", f"t-{view.kind} halo")


def _failure(x: float) -> Markup:
    """A cross on the axis: it was tried and could not be done."""
    return shape("path", "could-not", d=f"M{x - 4:.1f} {BOTTOM - 10:.1f}l8 8m0 -8l-8 8")
