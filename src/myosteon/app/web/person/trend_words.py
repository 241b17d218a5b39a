"""The sentence that reads a trend; it never calls a change what measurement error explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myosteon.app.web.person.trend_types import Point
from myosteon.app.web.person.voice import Voice
from myosteon.history.least_change import LeastChange, difference, moved
from myosteon.vocabulary.measures import load_measures


def read_trend(
    points: Sequence[Point],
    comparable: Sequence[Point],
    least: LeastChange | None,
    higher_is_worse: bool,
    voice: Voice,
) -> str:
    """What changed since the first comparable point and since the last but one.

    Args:
        points: every measurement with a day, the earliest first.
        comparable: those made by the device of the last.
        least: what measurement error explains, None where that is not known.
        higher_is_worse: whether a higher value is the worse one.
        voice: speaks.
    """
    if not points:
        return voice.say("person.trend.none_dated")
    if len(points) == 1:
        return voice.say("person.trend.once", value=points[0].text, day=voice.short_day(points[0].day))
    if len(comparable) < 2:
        key = "person.trend.unnamed_machine" if not points[-1].device else "person.trend.other_device"
        return voice.say(key)
    if least is None:
        return voice.say("person.trend.error_unknown")
    said = [*_changes(comparable, least, voice)]
    if len(comparable) < len(points):
        said.append(voice.say("person.trend.some_left_out", count=len(points) - len(comparable)))
    if higher_is_worse:
        said.append(voice.say("person.trend.higher_is_worse"))
    return ("" if voice.language == "zh" else " ").join(said)


def _changes(comparable: Sequence[Point], least: LeastChange, voice: Voice) -> Iterator[str]:
    """The change since the first comparable point, and since the one before the last."""
    first, before, last = comparable[0], comparable[-2], comparable[-1]
    states = [moved(earlier.value, last.value, least) for earlier in (first, before)]
    if states == ["within", "within"] and before is not first:
        yield voice.say(
            "person.trend.neither",
            change_last=signed(difference(before.value, last.value), least.measure, voice),
            day_last=voice.short_day(before.day),
            **_change(first, last, least, voice),
        )
        return
    for earlier, state in list(zip((first, before), states, strict=True))[: 1 if before is first else 2]:
        key = "person.trend.within" if state == "within" else "person.trend.beyond"
        yield voice.say(key, **_change(earlier, last, least, voice))


def _change(earlier: Point, later: Point, least: LeastChange, voice: Voice) -> dict[str, str]:
    return {
        "change": signed(difference(earlier.value, later.value), least.measure, voice),
        "least": rounded_error(least, voice),
        "day": voice.short_day(earlier.day),
    }


def signed(change: float, measure: str, voice: Voice) -> str:
    """A change with its sign and unit: +2.9 s."""
    said = voice.quantity(measure, change)
    return f"+{said}" if change > 0 else said


def rounded_error(least: LeastChange, voice: Voice) -> str:
    """What measurement error explains, with the decimals that its unit is told with."""
    unit = voice.speech.unit_of(least.measure, load_measures()[least.measure].unit)
    return voice.speech.quantity(least.amount, unit)
