"""The questionnaires as cards, from `questionnaires.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from myosteon.app.web.form.load import SEXES
from myosteon.vocabulary.entries import Entry
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Label, Measure

FILE = "questionnaires.toml"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be tapped: its value, which is also its points, and its words."""

    value: int
    label: Label


@dataclass(frozen=True, slots=True)
class Card:
    """One question: what it asks, which measures it answers, and the answers to tap where these are few.

    `sex`: asked of this sex only; empty: of everybody.
    """

    asks: Label
    measures: tuple[Measure, ...]
    choices: tuple[Choice, ...] = ()
    sex: str = ""

    def is_for(self, sex: str | None) -> bool:
        """Whether it is asked of people of this sex; where the sex is unknown, every card is."""
        return not self.sex or sex is None or sex == self.sex


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Cards in order; `answers` are the columns of the rules that say what came of them."""

    id: str
    label: Label
    name: Label
    cards: tuple[Card, ...]
    answers: tuple[str, ...]

    def cards_for(self, sex: str | None) -> tuple[Card, ...]:
        """The cards that are asked of people of this sex."""
        return tuple(card for card in self.cards if card.is_for(sex))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure that is asked, in order."""
        return tuple(measure for card in self.cards for measure in card.measures)


@cache
def load_questionnaires() -> Mapping[str, Questionnaire]:
    """Every questionnaire by id.

    Raises:
        EvidenceError: a key or a measure is unknown, or a text stands in one language only.
    """
    text = (files("myosteon.app.web.form") / FILE).read_text(encoding="utf-8")
    file = Entry(FILE, tomllib.loads(text))
    found = [_questionnaire(entry) for entry in file.entries("questionnaire")]
    file.close()
    return {one.id: one for one in found}


def _questionnaire(entry: Entry) -> Questionnaire:
    found = Questionnaire(
        entry.text("id"),
        entry.label("label"),
        entry.label("name"),
        tuple(_card(card) for card in entry.entries("card")),
        entry.texts("answers"),
    )
    entry.close()
    return found


def _card(entry: Entry) -> Card:
    known = load_measures()
    names = entry.texts("measures")
    for name in names:
        if name not in known:
            raise entry.refused(f"there is no measure {name}")
    card = Card(
        entry.label("asks"),
        tuple(known[name] for name in names),
        tuple(_choice(choice) for choice in entry.entries("choices")),
        entry.one_of("sex", SEXES) if entry.optional_text("sex") else "",
    )
    entry.close()
    return card


def _choice(entry: Entry) -> Choice:
    choice = Choice(int(entry.number("value")), entry.label("label"))
    entry.close()
    return choice
