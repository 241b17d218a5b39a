"""Words and numbers of the report in one language, from `wording/report.toml` and `wording/report_risk.toml`.

Text comes out escaped for HTML: what is filled in is escaped, what the file says is trusted.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

from markupsafe import Markup, escape

from myosteon.errors import EvidenceError
from myosteon.outputs.cohort_summary import Note
from myosteon.vocabulary.measures import load_measures

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NO_BREAK = "\u00a0"


@cache
def load_report_words() -> Mapping[str, Mapping[str, str]]:
    """Every sentence of the report by `section.name`, in both languages.

    Raises:
        EvidenceError: a text in one language only, or with other parts in the other language.
    """
    text = (files("myosteon.outputs") / "wording" / "report.toml").read_text(encoding="utf-8")
    return check_words(tomllib.loads(text))


@cache
def load_risk_words() -> Mapping[str, Mapping[str, str]]:
    """Every sentence of the report on strata and risks, as `load_report_words` has the others.

    Raises:
        EvidenceError: a text in one language only, or with other parts in the other language.
    """
    text = (files("myosteon.outputs") / "wording" / "report_risk.toml").read_text(encoding="utf-8")
    return check_words(tomllib.loads(text), "report_risk.toml")


def texts_of(key: str) -> Mapping[str, str] | None:
    """The sentence of that key in both languages; None where there is none."""
    return load_report_words().get(key) or load_risk_words().get(key)


def check_words(table: Mapping[str, Any], file: str = "report.toml") -> Mapping[str, Mapping[str, str]]:
    """The sentences of a parsed file, each with the same parts in both languages."""
    words: dict[str, Mapping[str, str]] = {}
    for section, entries in table.items():
        for name, texts in entries.items():
            if set(texts) != set(LANGUAGES):
                raise EvidenceError(f"{file}: `{section}.{name}` needs English and Chinese, and only these.")
            if parts_of(texts["en"]) != parts_of(texts["zh"]):
                raise EvidenceError(f"{file}: `{section}.{name}` takes other parts in the other language.")
            words[f"{section}.{name}"] = texts
    return words


def parts_of(text: str) -> frozenset[str]:
    """The names of the parts that a sentence takes."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language: sentences, counts, percentages, dates, names of measures."""

    language: Language

    def say(self, key: str, **parts: object) -> Markup:
        """The sentence of that key; parts whose name begins with `strong` come out in bold."""
        texts = texts_of(key)
        if texts is None:
            raise KeyError(f"the report has no sentence {key}")
        text = texts[self.language]
        dressed = {
            name: Markup("<strong>{}</strong>").format(part) if name.startswith("strong") else escape(part)
            for name, part in parts.items()
        }
        return Markup(text).format(**dressed)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return texts_of(key) is not None

    def count(self, number: int) -> str:
        """A whole number; thousands are parted by a comma (in Chinese from ten thousand on)."""
        return f"{number:,}" if self.language == "en" or number >= 10_000 else str(number)

    def percent(self, share: float | None, digits: int = 1) -> str:
        """A share as a percentage; a dash where there is none."""
        if share is None or math.isnan(share):
            return "–"
        return self.plain_percent(share, digits) + ("%" if self.language == "zh" else f"{NO_BREAK}%")

    def plain_percent(self, share: float, digits: int = 1) -> str:
        """The number of a percentage without its sign."""
        return f"{100 * share:.{digits}f}"

    def kappa(self, value: float | None) -> str:
        """A kappa with two decimals and a true minus; a dash where there is none."""
        if value is None:
            return "–"
        text = f"{abs(value):.2f}"
        return f"−{text}" if value < 0 and float(text) > 0 else text

    def date(self, day: date) -> str:
        """20 November 2026, or 2026年11月20日."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def join(self, parts: list[str]) -> str:
        """Parts of a list, parted by semicolons."""
        return ("；" if self.language == "zh" else "; ").join(parts)

    def measure(self, name: str) -> str:
        """The label of a measure; its column name where the vocabulary does not know it."""
        known = load_measures().get(name)
        return known.label.in_language(self.language) if known else name

    def inside(self, label: str) -> str:
        """A label as it stands inside a sentence: no capital in front, but for names and abbreviations."""
        plain = len(label) > 1 and label[1].islower()
        return label[0].lower() + label[1:] if self.language == "en" and plain else label

    def note(self, note: Note) -> str:
        """A note that is one text, or one for each language."""
        return note if isinstance(note, str) else note.get(self.language, "")
