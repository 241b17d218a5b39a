"""Days and times as each language writes them. Times are shown in the clinic's zone, and carry no zone then."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from myosteon.app.web.wording import say
from myosteon.evidence.types import Language


def write_day(day: date, language: Language) -> str:
    """20 November 2026; 2026年11月20日."""
    month = say(f"month.m{day.month}", language)
    return say("day.long", language, day=day.day, month=month, year=day.year)


def write_short_day(day: date, language: Language) -> str:
    """20 Nov 2026; 2026年11月20日: for tables."""
    month = say(f"month.short{day.month}", language)
    return say("day.long", language, day=day.day, month=month, year=day.year)


def write_weekday(day: date, language: Language) -> str:
    """Friday 20 November 2026; 2026年11月20日 星期五."""
    weekday = say(f"weekday.d{day.isoweekday()}", language)
    return say("day.weekday", language, weekday=weekday, day=write_day(day, language))


def write_moment(moment: datetime, language: Language, zone: ZoneInfo) -> str:
    """20 Nov 2026, 09:42; 2026年11月20日 09:42."""
    here = moment.astimezone(zone)
    return say(
        "day.moment", language, day=write_short_day(here.date(), language), time=here.strftime("%H:%M")
    )
