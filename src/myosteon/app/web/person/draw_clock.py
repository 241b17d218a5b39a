"""Draws the drug clock: a row for each course, doses whose days are known, what is due, time that no dose covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from myosteon.app.web.person.clock import ClockView, CourseLine
from myosteon.app.web.person.drawing import DayScale, drawing, line, rectangle, shape, text, width_of
from myosteon.app.web.person.voice import Voice

MARGIN = 16.0
ROW, FIRST_ROW = 92.0, 30.0
HATCH = 6.0
# A phone shows the last 14 months; what is due ahead is shown too.
LAST_DAYS = 426
ROOM_AHEAD = 0.1


@dataclass(frozen=True, slots=True)
class Frame:
    """One drawing: its size, the days it shows, and what it is shown on."""

    width: float
    days: DayScale
    look: str
    apart: float


def draw_clock(view: ClockView, voice: Voice) -> tuple[Markup, Markup]:
    """The clock for a desk and for a phone."""
    return _draw(view, _frame(view, 1300.0, None, "only-wide", 70.0), voice), _draw(
        view, _frame(view, 360.0, LAST_DAYS, "only-narrow", 56.0), voice
    )


def _frame(view: ClockView, width: float, days: int | None, look: str, apart: float) -> Frame:
    known = [day for one in view.lines for day in (one.start, *(dose.day for dose in one.doses)) if day]
    first = min([*known, view.today])
    last = max(view.today, view.due or view.today)
    if days is not None:
        first = max(first, view.today - timedelta(days=days))
    span = max((last - first).days, 60)
    room = timedelta(days=round(span * ROOM_AHEAD))
    return Frame(width, DayScale(first - room / 2, last + room, MARGIN, width - MARGIN), look, apart)


def _draw(view: ClockView, frame: Frame, voice: Voice) -> Markup:
    bottom = FIRST_ROW + ROW * len(view.lines) + 8
    shapes = [*_today(view, frame, bottom, voice)]
    for place, one in enumerate(view.lines):
        shapes += _course(view, one, frame, FIRST_ROW + ROW * place, voice)
    shapes += _months(frame, bottom, voice)
    return drawing(frame.width, bottom + 26, view.said, shapes, frame.look)


def _today(view: ClockView, frame: Frame, bottom: float, voice: Voice) -> Iterator[Markup]:
    x = frame.days.at(view.today)
    words = (
        voice.say("person.clock.today_late", days=view.days_late)
        if view.days_late
        else voice.say("person.clock.today")
    )
    look = "t-urgent" if view.days_late else "strong"
    yield line("today", x, FIRST_ROW - 6, x, bottom)
    half = width_of(words) / 2
    yield text(words, min(max(x, half), frame.width - half), FIRST_ROW - 14, "middle", look)


def _course(view: ClockView, one: CourseLine, frame: Frame, y: float, voice: Voice) -> Iterator[Markup]:
    middle, days = y + 52, frame.days
    yield text(one.title, MARGIN, y + 14, "start", "strong halo")
    # A course that ended on an unknown day has no end to draw.
    end = one.stop or (view.today if one.going_on else one.last_dose)
    for begin, until in one.covered:
        if until >= days.first:
            yield rectangle("cover", days.at(begin), middle - 6, days.at(until) - days.at(begin), 12)
    if one.start is not None and end is not None and end >= days.first:
        start = max(one.start, days.first)
        yield rectangle("course", days.at(start), middle - 1, days.at(end) - days.at(start), 2)
    for begin, until in one.uncovered:
        if until >= days.first:
            yield from _hatched(days.at(begin), days.at(until), middle)
    for dose in one.doses:
        if days.holds(dose.day):
            yield _diamond("dose", days.at(dose.day), middle, data_day=dose.day.isoformat())
            if dose.number is not None:
                yield text(str(dose.number), days.at(dose.day), middle - 15, "middle", "strong halo")
    if one.id == view.due_of and view.due is not None and days.holds(view.due):
        yield _diamond("due", days.at(view.due), middle, data_day=view.due.isoformat())
    yield from _dates(view, one, frame, middle, voice)


def _diamond(look: str, x: float, y: float, **data: str) -> Markup:
    return shape("path", look, d=f"M{x:.1f} {y - 10:.1f}l7 10-7 10-7-10z", **data)


def _hatched(start: float, end: float, middle: float) -> Iterator[Markup]:
    yield rectangle("late", start, middle - 9, end - start, 18)
    x = start + 2
    while x < end - 1:
        rise = min(9.0, end - x)
        yield line("hatch", x, middle + 9, x + rise, middle + 9 - 2 * rise)
        x += HATCH


def _dates(view: ClockView, one: CourseLine, frame: Frame, middle: float, voice: Voice) -> Iterator[Markup]:
    """Days under a row, from the left; one that would touch the one before it goes a line lower."""
    wanted: list[tuple[date, str]] = []
    if one.start is not None:
        known = "person.clock.first_dose" if one.by_the_dose else "person.clock.before"
        wanted.append((one.start, voice.say(known, day=voice.short_day(one.start))))
    if one.by_the_dose and one.last_dose is not None and one.last_dose != one.start:
        wanted.append(
            (one.last_dose, voice.say("person.clock.last_dose", day=voice.short_day(one.last_dose)))
        )
    if one.stop is not None:
        wanted.append((one.stop, voice.say("person.clock.stop", day=voice.short_day(one.stop))))
    if one.id == view.due_of and view.due is not None:
        wanted.append((view.due, voice.say("person.clock.due", day=voice.short_day(view.due))))
    reached = [-1.0, -1.0]
    for day, words in sorted(wanted):
        if not frame.days.holds(day):
            continue
        half = width_of(words) / 2
        x = min(max(frame.days.at(day), half), frame.width - half)
        row = 0 if x - half > reached[0] else 1
        reached[row] = x + half + 6
        yield text(words, x, middle + 25 + 13 * row, "middle", "halo")


def _months(frame: Frame, bottom: float, voice: Voice) -> Iterator[Markup]:
    yield line("axis", MARGIN, bottom, frame.width - MARGIN, bottom)
    for day in frame.days.months(frame.apart):
        x = frame.days.at(day)
        yield line("axis", x, bottom, x, bottom + 5)
        yield text(str(day.year) if day.month == 1 else voice.month(day), x, bottom + 18, "middle")
