"""Says things about guidelines in one language: numbers with their comparison, ages, stages, names of measures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from myosteon.errors import EvidenceError
from myosteon.evidence.types import Comparison, Cutoff, Label, Language
from myosteon.logic.formula import Formula
from myosteon.outputs.wording.load import speak
from myosteon.vocabulary.measures import load_measures

LANGUAGES: tuple[Language, ...] = ("en", "zh")
COMPARISON_WORDS: Mapping[Comparison, str] = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
# Decimals with which a unit is printed at least: 7.0 kg/m², but 28 kg.
FEWEST_DECIMALS: Mapping[str, int] = {"kg/m2": 1, "m/s": 1, "m2": 2, "{T-score}": 1, "{Z-score}": 1}
MOST_DECIMALS = 3
SECONDS_A_MINUTE = 60
# From two minutes on, a time is told in minutes.
TOLD_IN_MINUTES_FROM = 2 * SECONDS_A_MINUTE
ORDER_OF_THINGS = ("strength_low", "mass_low", "performance_low")
MINUS = "\u2212"


@cache
def load_guideline_words() -> Mapping[str, Label]:
    """Every entry of `guidelines.toml` by `section.name`.

    Raises:
        EvidenceError: a text in one language only, or one that takes other parts in the other language.
    """
    text = (files("myosteon.outputs") / "wording" / "guidelines.toml").read_text(encoding="utf-8")
    words: dict[str, Label] = {}
    for section, entries in tomllib.loads(text).items():
        for name, texts in entries.items():
            if set(texts) != set(LANGUAGES) or _parts(texts["en"]) != _parts(texts["zh"]):
                raise EvidenceError(
                    f"guidelines.toml: {section}.{name} does not say the same in both languages"
                )
            words[f"{section}.{name}"] = Label(texts["en"], texts["zh"])
    return words


def _parts(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, slots=True)
class GuidelineVoice:
    """Speaks of guidelines in one language."""

    language: Language

    def say(self, key: str, **parts: object) -> str:
        """The sentence of that key with its parts filled in; KeyError where there is none."""
        return load_guideline_words()[key].in_language(self.language).format(**parts)

    def say_or(self, key: str, otherwise: str) -> str:
        """The sentence of that key, or another text where a plugin brings something that we have no words for."""
        entry = load_guideline_words().get(key)
        return entry.in_language(self.language) if entry else otherwise

    def text(self, label: Label) -> str:
        """A label in the language."""
        return label.in_language(self.language)

    def measure(self, name: str) -> str:
        """A measure as a row calls it: our short name, else the vocabulary's label, else the column's name in words."""
        known = load_measures().get(name)
        label = known.label.in_language(self.language) if known else name.replace("_", " ")
        inside = label[0].lower() + label[1:] if label[1:2].islower() else label
        return self.say_or(f"measure.{name}", inside)

    def stage(self, word: str) -> str:
        """A stage or band."""
        return self.say_or(f"stage.{word}", word.replace("_", " "))

    def criterion(self, name: str) -> str:
        """What a criterion or a thing of a formula is called: our words, else the label of its rule."""
        for key in (f"thing.{name}", f"criterion.{name}"):
            if key in load_guideline_words():
                return self.say(key)
        return speak(self.language).criterion(name)

    def quantity(self, value: float, unit: str) -> str:
        """A number with its unit, with a true minus."""
        if unit == "s" and value >= TOLD_IN_MINUTES_FROM and value % SECONDS_A_MINUTE == 0:
            return self.say("cell.minutes", count=int(value // SECONDS_A_MINUTE))
        number = _decimals(value, unit).replace("-", MINUS)
        return number + self.say_or(f"unit.{unit}", f" {unit}" if unit else "")

    def limit(self, cutoff: Cutoff, value: float) -> str:
        """The comparison with one limit: "below 28 kg"."""
        if cutoff.unit == "a":
            return self.say("cell.from_age", age=_decimals(value, ""))
        return self.say(
            f"cell.{COMPARISON_WORDS[cutoff.comparison]}", value=self.quantity(value, cutoff.unit)
        )

    def age_band(self, age_from: float | None, age_below: float | None) -> str:
        """Ages of a limit: "50 to 64"; the upper end is the last whole year inside."""
        low = None if age_from is None else _decimals(age_from, "")
        if age_below is None:
            return self.say("row.from_age", low=low)
        if low is None:
            return self.say("row.below_age", high=_decimals(age_below, ""))
        return self.say("row.between", low=low, high=_decimals(age_below - 1, ""))

    def formula(self, formula: Formula) -> str:
        """A stage's formula as a phrase."""
        if _needs_all(formula):
            return self._all_low(formula)
        names = {thing: self.criterion(thing) for thing in formula.things}
        phrase = formula.in_words(names, self.say("join.both"), self.say("join.either"))
        return phrase.replace("(", "（").replace(")", "）") if self.language == "zh" else phrase

    def _all_low(self, formula: Formula) -> str:
        """Things that all have to be low, in their usual order whatever order the definition writes."""
        things = [thing for thing in ORDER_OF_THINGS if thing in formula.things]
        things += sorted(formula.things - set(things))
        if len(things) == len(ORDER_OF_THINGS):
            return self.say("thing.all")
        return self.say("join.both").join(self.criterion(thing) for thing in things)

    def named_value(self, measure: str, value: str) -> str:
        """A measure followed by its value: "grip 27.5 kg", "握力27.5 kg", "ASMI 5.2 kg/m²"."""
        named = self.say("person.value", measure=measure, value=value)
        return named if not measure[-1].isascii() or f"{measure} " in named else f"{measure} {value}"

    def listed(self, names: Sequence[str]) -> str:
        """A list as a sentence holds it: a, b and c."""
        if len(names) < 2:
            return "".join(names)
        return self.say("join.list").join(names[:-1]) + self.say("join.last") + names[-1]


def _needs_all(formula: Formula) -> bool:
    """Whether the formula holds only where every one of its things does."""
    things = formula.things
    return not any(formula.holds({thing: thing != missing for thing in things}) for missing in things)


def _decimals(value: float, unit: str) -> str:
    shortest = f"{value:.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    have = len(shortest.partition(".")[2])
    return f"{value:.{max(have, FEWEST_DECIMALS.get(unit, 0))}f}"
