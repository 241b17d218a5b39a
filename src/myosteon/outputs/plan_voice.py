"""Says the sentences of a plan in one language: its own wording, values with their units, dates, names of things."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from string import Formatter

from myosteon.engine.graph import Graph
from myosteon.errors import EvidenceError
from myosteon.evidence.types import Label, Language
from myosteon.outputs.wording.load import Speech, label_of, number, speak
from myosteon.vocabulary.measures import load_measures

LANGUAGES: tuple[Language, ...] = ("en", "zh")
FILES = ("plan.toml", "plan_subjects.toml")
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
DRUG = "drug"
# Of what waits for more a text names so many; the first asked are the weightiest.
MOST_UNKNOWN = 8
# A computed number without decimals of its own: from here on whole numbers are exact enough to act on.
WHOLE_FROM = 20


@cache
def load_plan_words() -> Mapping[str, Label]:
    """Every text of a plan by `section.name`.

    Raises:
        EvidenceError: a text in one language only, or one that takes other parts in the other language.
    """
    words: dict[str, Label] = {}
    for file in FILES:
        table = tomllib.loads((files("myosteon.outputs") / "wording" / file).read_text(encoding="utf-8"))
        for section, entries in table.items():
            for name, texts in entries.items():
                if set(texts) != set(LANGUAGES) or _parts(texts["en"]) != _parts(texts["zh"]):
                    raise EvidenceError(f"{file}: {section}.{name} does not say the same in both languages")
                words[f"{section}.{name}"] = Label(texts["en"], texts["zh"])
    return words


def _parts(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, slots=True)
class PlanVoice:
    """Speaks of plans in one language."""

    language: Language

    def say(self, key: str, **parts: object) -> str:
        """The text of that key with its parts filled in; KeyError where there is none."""
        text = load_plan_words()[key].in_language(self.language)
        return text.format(**parts) if parts else text

    def has(self, key: str) -> bool:
        """Whether there is a text of that key."""
        return key in load_plan_words()

    @property
    def speech(self) -> Speech:
        """The words that explanations use."""
        return speak(self.language)

    def text(self, label: Label | None) -> str:
        """A label in this language, empty where there is none."""
        return label.in_language(self.language) if label else ""

    def subject(self, subject: str) -> str:
        """What a line is about: a drug, a measure, or a word of `plan_subjects.toml`; as it begins a line."""
        drug = load_measures()[DRUG].word_labels.get(subject)
        own = load_plan_words().get(f"subjects.{subject}")
        measure = load_measures().get(subject)
        label = drug or own or (measure.label if measure else None)
        said = self.text(label) if label else subject.replace("_", " ")
        return self.outside(said)

    def outside(self, text: str) -> str:
        """A text as it begins a line: eGFR keeps its small letter."""
        return text if text[1:2].isupper() else self.speech.outside(text)

    def name(self, column: str, graph: Graph) -> str:
        """The name of a measure or a rule's column."""
        if column not in graph.rules and column not in load_measures():
            return column
        return label_of(column, self.language, graph)

    def names(self, columns: tuple[str, ...], graph: Graph) -> str:
        """Names in a row, as they stand inside a sentence."""
        return self.speech.list([self.speech.inside(self.name(column, graph)) for column in columns])

    def unknown(self, columns: tuple[str, ...], graph: Graph) -> str:
        """What is unknown, in short: whoever wants the whole list reads it as names."""
        items = self.names(columns[:MOST_UNKNOWN], graph)
        more = len(columns) - MOST_UNKNOWN
        if more <= 0:
            return self.say("not_judged.needs", items=items)
        return self.say("not_judged.and_more", items=items, count=more)

    def region(self, codes: str) -> str:
        """The regions whose labels say so, in words: EU, HK; a code that has none as it stands."""
        known = [code.strip() for code in codes.split(",")]
        said = [self.say(f"region.{code}") if self.has(f"region.{code}") else code for code in known]
        return self.say("lead.comma").join(said)

    def date(self, day: date) -> str:
        """A date in words: 20 November 2026, 2026年11月20日."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def value(self, column: str, value: object, graph: Graph) -> str:
        """A value of a column with its unit; a word by its label."""
        measure = load_measures().get(column)
        rule = graph.rules.get(column)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, bool):
            return self.speech.word("yes" if value else "no")
        if isinstance(value, int | float):
            unit = self.speech.unit_of(column, measure.unit if measure else rule.unit if rule else "")
            said = self.speech.quantity(value, unit, within=decimals_told(float(value)))
            # The texts of a plan write 6%, without a space.
            return said.replace(" %", "%")
        if measure is not None and str(value) in measure.word_labels:
            return self.text(measure.word_labels[str(value)])
        return self.speech.level(str(value), rule.template if rule else "")

    def reason(self, column: str, value: object, graph: Graph) -> str:
        """A value of a person as a reason: in words of its own where `plan_subjects.toml` has them, else after its name."""
        if self.has(f"reasons.{column}") and not isinstance(value, bool):
            return self.say(f"reasons.{column}", value=self.value(column, value, graph))
        label = self.speech.inside(self.name(column, graph))
        if isinstance(value, bool):
            return self.say("line.because_yes" if value else "line.because_no", label=label)
        return self.say("line.because", label=label, value=self.value(column, value, graph))

    def bare(self, column: str, value: object, graph: Graph) -> str:
        """A value as it stands in a text that names the unit itself."""
        if value is None:
            return self.say("line.number_unknown")
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.value(column, value, graph)
        return plain_number(float(value))


@lru_cache(maxsize=8192)
def decimals_told(value: float) -> int:
    """How many decimals of a value a plan tells at most: three digits in all; the unit may ask for fewer."""
    size = abs(value)
    return 3 if size < 1 else 2 if size < 10 else 1 if size < 100 else 0


@lru_cache(maxsize=8192)
def plain_number(value: float) -> str:
    """A number as a person would say it: whole from 20 on, else with up to two decimals."""
    return number(value, 0, 0 if abs(value) >= WHOLE_FROM else 2)
