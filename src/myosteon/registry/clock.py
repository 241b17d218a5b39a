"""The time of day, handed in so that a test can set it. All times are UTC; the clinic's day is told by its time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class SetClock:
    """A clock that stands where it is put; for tests."""

    time: datetime

    def now(self) -> datetime:
        """The time that was set."""
        return self.time

    def move(self, step: timedelta) -> None:
        """Moves the hands, backwards too."""
        self.time += step


def today(clock: Clock, zone: ZoneInfo) -> date:
    """The day that it is in the clinic."""
    return clock.now().astimezone(zone).date()
