"""The drawings of a view, and the few texts that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from myosteon.app.web.person.clock import ClockView
from myosteon.app.web.person.draw_clock import draw_clock
from myosteon.app.web.person.draw_ruler import draw_ruler
from myosteon.app.web.person.draw_trend import draw_trend
from myosteon.app.web.person.trend_types import TrendView
from myosteon.app.web.person.view import MedicalView
from myosteon.app.web.person.voice import Voice


@dataclass(frozen=True, slots=True)
class DrawnTrend:
    """One trend with its drawing, None where no point has a day; `failed_on` are the days of failures in words."""

    view: TrendView
    drawing: Markup | None
    failed_on: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Every drawing of a view; `never` names what was never measured."""

    ruler: Markup | None
    trends: tuple[DrawnTrend, ...]
    never: str


def draw(view: MedicalView, voice: Voice) -> Drawn:
    """The drawings."""
    return Drawn(
        ruler=draw_ruler(view.ruler, voice) if view.ruler else None,
        trends=tuple(_trend(one, voice) for one in view.trends),
        never=voice.speech.list([voice.speech.inside(name) for name in view.never_measured]),
    )


def draw_courses(view: ClockView | None, voice: Voice) -> tuple[Markup, Markup] | None:
    """The clock for a desk and for a phone; None where there is no course."""
    return draw_clock(view, voice) if view else None


def _trend(one: TrendView, voice: Voice) -> DrawnTrend:
    days = [voice.short_day(failure.day) for failure in one.failures]
    return DrawnTrend(one, draw_trend(one, voice), voice.speech.list(days))


def lead(view: MedicalView, voice: Voice) -> str:
    """What is proved and not excluded of bone and muscle, and what the latter still needs."""
    said = voice.say("person.lead", bone=view.bone.headline, muscle=view.muscle.headline)
    needed = [item.text for item in view.muscle.explanation.needed]
    if not needed:
        return said
    needs = voice.speech.list([voice.speech.inside(text) for text in needed])
    return voice.say("person.lead_needs", lead=said, needs=needs)
