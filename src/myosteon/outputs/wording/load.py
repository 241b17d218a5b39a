"""Words for people: what a column, an answer, a stage, a unit or a comparison is called, in English or Chinese.

The texts stand in the TOML files of this folder and are read once, when first asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

from myosteon.engine.graph import Graph
from myosteon.errors import EvidenceError
from myosteon.evidence.types import Comparison, Cutoff
from myosteon.guidelines import find_guideline
from myosteon.logic.rule import Rule
from myosteon.vocabulary.measures import load_measures

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
Texts = Mapping[str, str]
SIGNS: Mapping[Comparison, str] = {"<": "below", "<=": "at_or_below", ">": "above", ">=": "at_or_above"}
# What the columns of the risks and the strata are called stands in files of their own.
FURTHER_RULE_WORDS = (
    "rules_risk.toml",
    "rules_strata.toml",
    "rules_falls.toml",
    "rules_frax.toml",
    "rules_qfracture.toml",
    "rules_inputs.toml",
    "rules_care.toml",
    "rules_guidance.toml",
)
# Sections of the sentences that explain risks, which stand in a file of their own.
RISK_SECTIONS = "risk_"
MINUS = "\u2212"
# A computed value that would be shown as the limit itself is shown with as many decimals as it is compared with.
EXACT = 9
# A typed value is never shown shorter than it was typed; more decimals than these come from the storage of numbers.
AS_TYPED = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """How a number is written with its unit: the pattern, the fewest and most decimals, the fewest of a limit; `one` for 1."""

    pattern: Texts
    fewest: int
    most: int
    of_limit: int
    one: str = ""


@cache
def rule_words() -> Mapping[str, Any]:
    """The tables `labels` by template, `columns` by column and `alone` of `rules.toml`, with those of the risks and strata."""
    own = _checked("rules.toml")
    joined = {key: dict(table) for key, table in own.items()}
    for name in FURTHER_RULE_WORDS:
        further = _checked(name)
        for key in ("labels", "columns"):
            joined[key] |= further.get(key, {})
        joined["alone"]["templates"] = [
            *joined["alone"]["templates"],
            *further.get("alone", {}).get("templates", ()),
        ]
    return joined


@cache
def _words() -> Mapping[str, Any]:
    return _checked("words.toml")


@cache
def _sentences() -> Mapping[str, Any]:
    return _checked("explain.toml")


@cache
def _risk_sentences() -> Mapping[str, Any]:
    return _checked("explain_risk.toml")


@cache
def _units() -> Mapping[str, Unit]:
    return {name: _unit(row) for name, row in _words()["units"].items()}


def _unit(row: Mapping[str, Any]) -> Unit:
    fewest, most, of_limit = row["decimals"]
    return Unit(
        {language: row[language] for language in LANGUAGES}, fewest, most, of_limit, row.get("one", "")
    )


@cache
def _spans() -> Mapping[str, str]:
    return {column: unit for unit, columns in _words()["spans"].items() for column in columns}


def _checked(name: str) -> Mapping[str, Any]:
    table = tomllib.loads((files("myosteon.outputs") / "wording" / name).read_text(encoding="utf-8"))
    for path, texts in _texts(table, ""):
        if not set(LANGUAGES) <= set(texts):
            raise EvidenceError(f"{name}: `{path}` needs English and Chinese")
        if _parts(texts["en"]) != _parts(texts["zh"]):
            raise EvidenceError(f"{name}: `{path}` takes other parts in the other language")
    return table


def _texts(table: Mapping[str, Any], path: str) -> list[tuple[str, Texts]]:
    found: list[tuple[str, Texts]] = []
    for key, value in table.items():
        if not isinstance(value, dict):
            continue
        here = f"{path}.{key}".removeprefix(".")
        leaf = all(not isinstance(inner, dict) for inner in value.values())
        if leaf and set(value) & {"en", "zh"}:
            found.append((here, value))
        else:
            found.extend(_texts(value, here))
    return found


def _parts(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def label_of(column: str, language: Language, graph: Graph | None = None, *, inside: str = "") -> str:
    """What a column is called: a measure by the vocabulary, a rule's column by its template and its definition.

    Args:
        column: a measure or a column of the graph.
        language: `en` or `zh`.
        graph: the rules; those of every installed guideline where None.
        inside: the definition that is being spoken of, which is then not named again.

    A rule that has no words (of a guideline of somebody else) is called by its clinical sentence.
    """
    if graph is None:
        # A plain call from a shell or a test; whoever has an assessor passes its graph.
        from myosteon.assess import make_assessor

        graph = make_assessor().graph
    return _label_of(column, language, graph, inside)


@lru_cache(maxsize=4096)
def _label_of(column: str, language: Language, graph: Graph, inside: str) -> str:
    measure = load_measures().get(column)
    if measure is not None:
        return measure.label.in_language(language)
    rule = graph.rules[column]
    speech = speak(language)
    label = speech.rule_label(rule)
    method = method_of(rule, graph)
    if method and rule.kind == "yes_no":
        label = speech.say("name.with_method", label=label, method=speech.method(method))
    if not rule.definition or rule.definition == inside or stands_alone(rule):
        return label
    definition = definition_label(rule.definition, language)
    bracketed = "（" in definition or label.endswith("）")
    key = "name.with_bracketed_definition" if bracketed else "name.with_definition"
    return speech.say(key, label=label, definition=definition)


def stands_alone(rule: Rule) -> bool:
    """Whether a rule's label says all, so that no definition is named with it."""
    return rule.template in rule_words()["alone"]["templates"]


def method_of(rule: Rule, graph: Graph) -> str | None:
    """The way of measuring that a criterion's cut-off was made for, None where it serves any."""
    if isinstance(rule.evidence, Cutoff):
        return rule.evidence.method
    if rule.template == "either_index_low":
        return method_of(graph.rules[rule.inputs[0]], graph)
    return None


@cache
def definition_label(id: str, language: Language) -> str:
    """The short name of a definition; its id where it is not installed."""
    guideline = find_guideline(id)
    return guideline.evidence.label.in_language(language) if guideline else id


@cache
def speak(language: Language) -> Speech:
    """The speech of one language."""
    return Speech(language)


@dataclass(frozen=True, slots=True)
class Speech:
    """Says things in one language."""

    language: Language

    def say(self, key: str, **parts: object) -> str:
        """The sentence `section.name` of `explain.toml` or `explain_risk.toml`, filled in."""
        return _pattern(key, self.language).format(**parts)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return key in _keys()

    def rule_label(self, rule: Rule) -> str:
        """The noun phrase of a rule, without its definition."""
        words = rule_words()
        texts = words["columns"].get(rule.name) or words["labels"].get(rule.template)
        return texts[self.language] if texts else rule.sentence.split(". ")[0].rstrip(".")

    def criterion(self, template: str) -> str:
        """The noun phrase of a criterion by the template of its rule; its name in words where it has none."""
        texts = rule_words()["labels"].get(template)
        return texts[self.language] if texts else template.replace("_", " ")

    def word(self, name: str) -> str:
        """A word of the table `words`: yes, unknown, not_measured, ..."""
        text: str = _words()["words"][name][self.language]
        return text

    def level(self, level: str, template: str = "") -> str:
        """The word of a stage or category; the raw word where there is none."""
        words = _words()
        texts = words["levels_of"].get(template, {}).get(level) or words["levels"].get(level)
        return texts[self.language] if texts else level

    def stage_said(self, level: str, template: str) -> str:
        """A stage as it stands in a sentence of its own: "possible sarcopenia"."""
        texts = _words()["stage_said"].get(template, {}).get(level)
        return texts[self.language] if texts else self.level(level, template)

    def method(self, method: str) -> str:
        """A way of measuring muscle mass, in short."""
        return self.say(f"name.{method}") if self.has(f"name.{method}") else method

    def quantity(
        self,
        value: float,
        unit: str,
        *,
        typed: bool = False,
        beside: float | None = None,
        within: int | None = None,
    ) -> str:
        """A value with its unit.

        Args:
            value: the number.
            unit: UCUM, empty for a bare number.
            typed: whether it stands as it was given; a computed one is shown with fewer decimals.
            beside: a limit that it must not be shown as, unless it lies on it.
            within: decimals at most, whatever the unit has; one more where a value beside a limit would be told as it.
        """
        form = _units().get(unit)
        fewest, most = (form.fewest, form.most) if form else (0, 2)
        if isinstance(value, int):
            fewest = most = 0
        elif typed:
            most = max(most, AS_TYPED)
        if within is not None:
            fewest, most = min(fewest, within), min(most, within)
            rounded = round(value, most)
            # What would be told as a whole or half number, as limits are, without being one: an eGFR of 29.96 is not 30.
            most += rounded != value and float(2 * rounded).is_integer()
        if beside is not None and value != beside and round(value, most) == round(beside, most):
            most = EXACT
        return self._with_unit(number(value, fewest, most), unit, form)

    def unit_of(self, column: str, unit: str | None) -> str:
        """The unit as it is spoken: a span of years is not an age. Empty where there is none."""
        return _spans().get(column, unit or "")

    def limit(
        self, comparison: Comparison, value: float, unit: str, *, met: bool = True, bare: bool = True
    ) -> str:
        """Where a value stands to a limit, in words: "below 18"; with its unit where not `bare`."""
        form = _units().get(unit)
        text = number(value, form.of_limit if form else 0, AS_TYPED)
        if not bare:
            text = self._with_unit(text, unit, form)
        pattern: str = _words()[SIGNS[comparison]]["met" if met else "missed"][self.language]
        return pattern.format(limit=text)

    def _with_unit(self, text: str, unit: str, form: Unit | None) -> str:
        if form is None:
            return f"{text} {unit}" if unit and not unit.startswith("{") else text
        one = form.one if self.language == "en" and text == "1" else ""
        return (one or form.pattern[self.language]).replace("{}", text)

    def list(self, items: list[str] | tuple[str, ...]) -> str:
        """Items in a row; parted by semicolons where one holds a comma itself."""
        own = any(comma in item for item in items for comma in (", ", "，", "、"))
        return self.say("next.list_join" if own else "next.item_join").join(items)

    def inside(self, label: str) -> str:
        """A label as it stands inside a sentence: no capital in front, but for names and abbreviations."""
        plain = self.language == "en" and len(label) > 1 and label[1].islower()
        return label[0].lower() + label[1:] if plain and not label.startswith(PROPER) else label

    def outside(self, label: str) -> str:
        """A label as it begins a line."""
        return label[:1].upper() + label[1:] if self.language == "en" else label


# Names that keep their capital within a sentence.
PROPER = ("Ishii", "Fried", "Genant", "Child", "Barthel", "Crohn", "Cushing", "Parkinson", "Paget", "Z-score")


@cache
def _keys() -> frozenset[str]:
    return frozenset(f"{section}.{name}" for section, rows in _sentences().items() for name in rows)


@cache
def _pattern(key: str, language: Language) -> str:
    section, name = key.split(".", 1)
    # Most explanations are of no risk, and need not read its sentences.
    sentences = _risk_sentences() if section.startswith(RISK_SECTIONS) else _sentences()
    text: str = sentences[section][name][language]
    return text


def number(value: float, fewest: int, most: int) -> str:
    """A number with between `fewest` and `most` decimals and a true minus."""
    text = f"{value:.{most}f}"
    if most > fewest:
        whole, _, decimals = text.partition(".")
        decimals = decimals.rstrip("0").ljust(fewest, "0")
        text = f"{whole}.{decimals}" if decimals else whole
    if text.startswith("-"):
        text = text[1:] if float(text) == 0 else MINUS + text[1:]
    return text
