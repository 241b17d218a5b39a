"""How a validation speaks to people, in one language: sentences, values with their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup, escape

from myosteon.outputs.report_wording import Voice
from myosteon.study.validation.result import Estimate, Result
from myosteon.study.validation.sentences import load_words


@dataclass(frozen=True, slots=True)
class ValidationVoice(Voice):
    """Speaks one language, as the report of a cohort does, in the words of a validation."""

    def say(self, key: str, **parts: object) -> Markup:
        """The sentence of that key, escaped; parts whose name begins with `strong` come out in bold."""
        dressed = {
            name: Markup("<strong>{}</strong>").format(part) if name.startswith("strong") else escape(part)
            for name, part in parts.items()
        }
        return Markup(load_words()[key][self.language]).format(**dressed)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return key in load_words()

    def plain(self, key: str, **parts: object) -> str:
        """The same for a screen: no bold, nothing escaped."""
        return load_words()[key][self.language].format(**parts)

    def decimals(self, value: float, digits: int = 2) -> str:
        """A number with a true minus; a dash where there is none."""
        if not math.isfinite(value):
            return "–"
        text = f"{abs(value):.{digits}f}"
        return f"−{text}" if value < 0 and float(text) > 0 else text

    def interval(self, low: float | None, high: float | None, digits: int = 2, percent: bool = False) -> str:
        """The ends of an interval; a dash where it is not known."""
        if low is None or high is None:
            return "–"
        scale = 100.0 if percent else 1.0
        return self.plain(
            "number.interval",
            low=self.decimals(scale * low, digits),
            high=self.decimals(scale * high, digits),
        )

    def estimate(self, estimate: Estimate, digits: int = 2, percent: bool = False) -> str:
        """A value with its interval in brackets."""
        value = self.percent(estimate.value, digits) if percent else self.decimals(estimate.value, digits)
        if estimate.low is None:
            return value
        interval = self.interval(estimate.low, estimate.high, digits, percent)
        return self.plain("number.with_interval", value=value, interval=interval)

    def years(self, years: float | None) -> str:
        """A length of time; a dash where there is none."""
        if years is None:
            return "–"
        return self.plain("number.year" if years == 1 else "number.years", years=f"{years:g}")

    def within(self, result: Result) -> str:
        """ "within 5 years", or nothing where the horizon is not told."""
        if result.horizon_years is None:
            return ""
        return self.plain("sentence.within", horizon=self.years(result.horizon_years))

    def name(self, result: Result) -> str:
        """What the risk is called: the algorithm's name beside its column, else the column."""
        if result.about is None:
            return result.risk
        label = result.about.label.in_language(self.language)
        return self.plain("number.with_interval", value=label, interval=result.risk)

    def warnings(self, result: Result) -> list[str]:
        """What a reader has to bear in mind."""
        told = [self.plain("warning.by_outcome")] if result.by_outcome else []
        if result.absent_means_no:
            told.append(self.plain("warning.absent_means_no"))
        if (ratio := result.measures.get("observed_expected_without_death")) is not None:
            about = result.about
            if about is not None and about.note.competing_death == "not_counted":
                died = self.count(result.counts.died_first)
                told.append(self.plain("warning.death_not_counted", count=died, ratio=self.estimate(ratio)))
        if (applied := result.applied) is not None:
            parts = {
                "name": applied.name,
                "date": self.date(applied.made_on),
                "people": self.count(applied.people),
            }
            told.append(self.plain("warning.applied", **parts, events=self.count(applied.events)))
            if (applied.people, applied.events) == (result.counts.judged, result.counts.events):
                told.append(self.plain("warning.applied_same"))
        told += [
            self.plain(f"warning.{key}", count=self.count(count)) for key, count in result.warnings.items()
        ]
        return told
