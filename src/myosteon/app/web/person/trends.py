"""How measures moved over the visits: points on real days, the change beside what measurement error explains, cut-offs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from myosteon.app.web.person.history import VISIT
from myosteon.app.web.person.judge import PersonJudge
from myosteon.app.web.person.trend_devices import comparable_points, device_of
from myosteon.app.web.person.trend_limits import higher_is_worse, limit_lines
from myosteon.app.web.person.trend_types import TRENDED, Failure, Point, Trended, TrendView
from myosteon.app.web.person.trend_words import read_trend
from myosteon.app.web.person.voice import Voice, day_of, number_of
from myosteon.history.least_change import least_change


def trends(
    visits: Sequence[Mapping[str, object]],
    grips: Sequence[float | None],
    judge: PersonJudge,
    definition: str,
    voice: Voice,
) -> tuple[TrendView, ...]:
    """A view of each measure that was measured at least once by the day; `grips` are the best of each visit."""
    until = [
        ({**visit, "grip_kg": grip}, day_of(visit, VISIT))
        for visit, grip in zip(visits, grips, strict=True)
        if (day_of(visit, VISIT) or judge.day) <= judge.day
    ]
    made = (_trend(one, until, judge, definition, voice) for one in TRENDED)
    return tuple(view for view in made if view is not None)


def never_measured(shown: Sequence[TrendView], voice: Voice) -> tuple[str, ...]:
    """The measures of which no visit holds a value: they are named, not drawn."""
    seen = {view.measure for view in shown}
    return tuple(voice.label(one.measure) for one in TRENDED if one.measure not in seen)


def _trend(
    one: Trended,
    visits: Sequence[tuple[Mapping[str, object], date | None]],
    judge: PersonJudge,
    definition: str,
    voice: Voice,
) -> TrendView | None:
    points = tuple(
        Point(day, value, voice.quantity(one.measure, value), device_of(visit, one.measure, voice))
        for visit, day in visits
        if day is not None and (value := number_of(visit, one.measure)) is not None
    )
    undated = sum(day is None and number_of(visit, one.measure) is not None for visit, day in visits)
    failures = tuple(
        Failure(day)
        for visit, day in visits
        if day is not None and one.failed and visit.get(one.failed) is True
    )
    if not (points or failures or undated):
        return None
    who = visits[-1][0]
    limits = limit_lines(one, who, judge, definition, voice)
    least = least_change(one.measure)
    comparable = comparable_points(points, one.kind)
    first = comparable[0] if len(comparable) > 1 else None
    return TrendView(
        measure=one.measure,
        kind=one.kind,
        title=voice.label(one.measure),
        unit=_unit(one.measure, voice),
        points=points,
        failures=failures,
        limits=limits,
        least=least,
        first=first,
        read=read_trend(points, comparable, least, higher_is_worse(one, judge, definition), voice),
        undated=undated,
    )


def _unit(measure: str, voice: Voice) -> str:
    """The unit as it stands under a title: what is left of a quantity without its number."""
    return voice.quantity(measure, 1.0).lstrip("0123456789.").strip()
