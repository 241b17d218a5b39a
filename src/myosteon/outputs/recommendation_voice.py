"""Says in one language what guidelines say of a person: statements about facts, sources, verdicts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from myosteon.engine.graph import Graph
from myosteon.errors import EvidenceError
from myosteon.evidence.corpus_types import Corpus, Record
from myosteon.evidence.types import Label, Language
from myosteon.guidance.answer_types import Flip
from myosteon.logic.bounded import BoundedNumber
from myosteon.logic.condition import Atom
from myosteon.logic.condition_value import value as answer_of
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.wording.load import number

FILE = "recommendations.toml"
SIGNS: Mapping[str, str] = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
DENIED: Mapping[str, str] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@cache
def recommendation_words() -> Mapping[str, Label]:
    """Every text by `section.name`.

    Raises:
        EvidenceError: a text in one language only, or one that takes other parts in the other language.
    """
    table = tomllib.loads((files("myosteon.outputs") / "wording" / FILE).read_text(encoding="utf-8"))
    words: dict[str, Label] = {}
    for section, entries in table.items():
        for name, texts in entries.items():
            if set(texts) != {"en", "zh"} or _parts(texts["en"]) != _parts(texts["zh"]):
                raise EvidenceError(f"{FILE}: {section}.{name} does not say the same in both languages")
            words[f"{section}.{name}"] = Label(texts["en"], texts["zh"])
    return words


def _parts(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, eq=False)
class RecommendationVoice:
    """Speaks of the recommendations of one corpus, over the columns of one graph."""

    language: Language
    graph: Graph
    corpus: Corpus

    @property
    def plain(self) -> PlanVoice:
        """Names and values of columns."""
        return PlanVoice(self.language)

    def say(self, key: str, **parts: object) -> str:
        """The text of that key with its parts filled in."""
        text = recommendation_words()[key].in_language(self.language)
        return text.format(**parts) if parts else text

    def text(self, label: Label) -> str:
        """A label in this language."""
        return label.in_language(self.language)

    def name(self, column: str) -> str:
        """The name of a fact inside a sentence; a bound is called by the fact whose bound it is."""
        meant = self.corpus.meant.get(column, column)
        return self.plain.speech.inside(self.plain.name(meant, self.graph))

    def names(self, columns: Iterable[str], joint: str = "line.comma") -> str:
        """Names in a row."""
        return self.say(joint).join(dict.fromkeys(self.name(column) for column in columns))

    def region(self, region: str) -> str:
        """The name of a region; as it stands where a corpus of somebody else has another."""
        key = f"region.{region}"
        return self.say(key) if key in recommendation_words() else region

    def action(self, action: str) -> str:
        """What an action is called, as it follows "Do:"."""
        return self.text(self.corpus.actions[action])

    def source(self, record: Record) -> str:
        """The short name of the source of a recommendation."""
        return self.text(self.corpus.sources[record.source].name)

    def sources(self, records: Iterable[Record]) -> str:
        """The short names of several sources, each once."""
        return self.say("line.comma").join(dict.fromkeys(self.source(record) for record in records))

    def facts(self, atoms: Iterable[Atom], facts: Mapping[str, Any]) -> str:
        """Statements about this person, with values."""
        told = dict.fromkeys(self._fact(atom, facts) for atom in strictest(atoms, facts))
        return self.say("line.join").join(told)

    def _fact(self, atom: Atom, facts: Mapping[str, Any]) -> str:
        """One statement; of a stage or count that is not settled, between which two values it lies."""
        of = self.corpus.bounds.get(self.corpus.meant.get(atom.name, ""))
        if of is None:
            return self.fact(atom, facts.get(atom.name))
        name = self.corpus.meant[atom.name]
        ends = (of.at_least, of.at_most) if isinstance(of, BoundedNumber) else (of.proved, of.possible)
        low, high = (facts.get(end) for end in ends)
        if low == high:
            return self.fact(Atom(name, atom.sign, atom.value), high)
        said = [
            self.say("fact.open") if end is None else self.plain.value(name, end, self.graph)
            for end in (low, high)
        ]
        return self.say("fact.between", name=self.name(name), low=said[0], high=said[1])

    def fact(self, atom: Atom, value: Any) -> str:
        """One statement with the value of this person: "eGFR 32 (< 60)"."""
        name = self.name(atom.name)
        if value is None:
            return self.say("fact.unknown", name=name)
        if atom.sign == "":
            return self.say("fact.yes" if value else "fact.no", name=name)
        said = self.plain.value(atom.name, value, self.graph)
        if isinstance(value, bool):
            return self.say("fact.yes" if value else "fact.no", name=name)
        if isinstance(value, int | float) and isinstance(atom.value, int | float):
            limit = self._limit(atom, compared(value, atom))
            return self.say("fact.limit", name=name, value=said, limit=limit)
        if isinstance(value, int | float):
            return self.say("fact.is", name=name, value=said)
        return self.say("fact.word", name=name, value=said)

    def flip(self, flip: Flip) -> str:
        """What would be otherwise: "creatinine clearance ≥ 30"."""
        atom, name = flip.statement, self.name(flip.name)
        if atom.sign == "":
            return self.say("fact.would_yes" if flip.holds else "fact.would_no", name=name)
        if atom.sign in ("known", "unknown"):
            return self.say("fact.would_known", name=name)
        if isinstance(atom.value, int | float):
            return self.say("fact.would", name=name, limit=self._limit(atom, flip.holds))
        if flip.holds is (atom.sign in ("not in", "!=")):
            return self.say("fact.would_other", name=name)
        words = atom.value if isinstance(atom.value, tuple) else (atom.value,)
        said = self.say("line.or").join(self.plain.value(flip.name, word, self.graph) for word in words)
        return self.say("fact.would_word", name=name, value=said)

    def _limit(self, atom: Atom, holds: bool) -> str:
        sign = SIGNS[atom.sign if holds else DENIED[atom.sign]]
        limit = number(float(atom.value), 0, 4)  # type: ignore[arg-type]
        return f"{sign} {limit}" if self.language == "en" else f"{sign}{limit}"


def strictest(atoms: Iterable[Atom], facts: Mapping[str, Any]) -> tuple[Atom, ...]:
    """The statements without those that a stricter one of the same number and direction says too: ≥ 65 and not also ≥ 50."""
    found = list(dict.fromkeys(atoms))
    return tuple(one for one in found if not any(_says_too(other, one, facts) for other in found))


def _says_too(stricter: Atom, one: Atom, facts: Mapping[str, Any]) -> bool:
    """Whether both hold or both fail of one number, and the first alone says the other."""
    limits, number = (stricter.value, one.value), facts.get(one.name)
    if stricter == one or (stricter.name, stricter.sign) != (one.name, one.sign) or number is None:
        return False
    if one.sign not in ("<", "<=", ">", ">=") or not all(isinstance(limit, int | float) for limit in limits):
        return False
    holds = compared(number, one)
    if compared(number, stricter) is not holds:
        return False
    rising = one.sign in (">", ">=")
    # What holds is said by the limit that is harder to reach, what fails by the easier one.
    return (limits[0] > limits[1]) is (rising is holds)  # type: ignore[operator]


def compared(value: float, atom: Atom) -> bool:
    """Whether a number fulfils a statement."""
    return bool(answer_of(atom, {atom.name: value}))
