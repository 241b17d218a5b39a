"""Speaks on the person page: the page's own wording beside the words of explanations and plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.wording.load import Speech
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Language


class Say(Protocol):
    """The wording of the web application: `say("person.trend.once", day="2026-11-20")`."""

    def __call__(self, key: str, /, **parts: object) -> str:
        """The text of that key with its parts filled in."""
        ...


@dataclass(frozen=True)
class Voice:
    """One language, with everything that speaks in it."""

    language: Language
    say: Say

    @property
    def plan(self) -> PlanVoice:
        """The words of plans."""
        return PlanVoice(self.language)

    @property
    def speech(self) -> Speech:
        """The words of explanations."""
        return self.plan.speech

    def long_day(self, day: date) -> str:
        """A date in a sentence: 20 November 2026, 2026年11月20日."""
        return self.plan.date(day)

    def short_day(self, day: date) -> str:
        """A date in a table or a drawing: 20 Nov 2026, 2026-11-20."""
        if self.language == "zh":
            return day.isoformat()
        return f"{day.day} {self.month(day)} {day.year}"

    def month(self, day: date) -> str:
        """A month under an axis: Jul, 7月."""
        word = day.month if self.language == "zh" else self.say(f"month.short{day.month}")
        return self.say("person.month", month=word)

    def label(self, measure: str) -> str:
        """What a measure is called, as it begins a line."""
        return self.speech.outside(load_measures()[measure].label.in_language(self.language))

    def word(self, measure: str, value: str) -> str:
        """A word of a category; as it stands where the vocabulary has none."""
        label = load_measures()[measure].word_labels.get(value)
        return label.in_language(self.language) if label else value

    def quantity(self, measure: str, value: float) -> str:
        """A value as it was measured, with its unit."""
        unit = self.speech.unit_of(measure, load_measures()[measure].unit)
        return self.speech.quantity(value, unit, typed=True)

    def status(self, status: str) -> str:
        """How far a source was checked."""
        return self.speech.word(status)


def number_of(row: Mapping[str, object], column: str) -> float | None:
    """A number of a row; None where it is unknown or no number."""
    value = row.get(column)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def day_of(row: Mapping[str, object], column: str) -> date | None:
    """A date of a row, None where it is unknown."""
    value = row.get(column)
    return value if isinstance(value, date) else None
