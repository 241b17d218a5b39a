"""The sentences of the readers, in English and Chinese.

The text lives in `wording.toml`, so that it can be read and mended without reading code. `say` fills a sentence in.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


class Sentence(str):
    """An English sentence that carries its Chinese beside it.

    It is a string, so an exception built from it prints in English; `zh` is the same sentence in Chinese.
    """

    zh: str

    def __new__(cls, en: str, zh: str) -> Sentence:
        """Make a sentence of its two languages."""
        sentence = super().__new__(cls, en)
        sentence.zh = zh
        return sentence

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, str]]:
        """Let a sentence cross to another process inside an exception."""
        return Sentence, (str(self), self.zh)

    @property
    def en(self) -> str:
        """The English sentence as a plain string."""
        return str(self)

    def __add__(self, other: str) -> Sentence:
        """Join two sentences, language by language; a plain string is added to both."""
        return Sentence(
            str(self) + str(other), self.zh + (other.zh if isinstance(other, Sentence) else other)
        )


NOTHING = Sentence("", "")


@cache
def load_wording() -> dict[str, Any]:
    """Return `wording.toml` as nested dictionaries."""
    return tomllib.loads(files("myosteon.readers").joinpath("wording.toml").read_text(encoding="utf-8"))


def say(key: str, **parts: object) -> Sentence:
    """Return the sentence under a dotted key, such as `error.empty_file`, with its parts filled in.

    A part that is itself a `Sentence` gives each language its own text; any other part stands in both.
    """
    entry = load_wording()
    for step in key.split("."):
        entry = entry[step]
    return fill(entry["en"], entry["zh"], parts)


def say_of_refusal(kind: str, what: str, **parts: object) -> Sentence:
    """Return the `reason` or the `remedy` of one kind of refusal."""
    entry = load_wording()["refused"][kind][what]
    return fill(entry["en"], entry["zh"], parts)


def fill(en: str, zh: str, parts: dict[str, object]) -> Sentence:
    """Fill both languages of a sentence."""
    chinese = {name: part.zh if isinstance(part, Sentence) else part for name, part in parts.items()}
    return Sentence(en.format(**parts), zh.format(**chinese))


def name_unit(unit: str | None) -> Sentence:
    """Return a UCUM unit as people read it, with a space before it; nothing where a unit says nothing."""
    if not unit or (unit.startswith("{") and unit.endswith("}")):
        return NOTHING
    known = load_wording()["unit"].get(unit)
    if known is not None:
        return Sentence(f" {known['en']}", f" {known['zh']}" if known["zh"] else "")
    return Sentence(unit, unit) if unit == "%" else Sentence(f" {unit}", f" {unit}")


def list_names(names: tuple[str, ...] | list[str], most: int = 40) -> Sentence:
    """Return names separated by commas, at most `most` of them and then how many more there are."""
    shown = Sentence(", ".join(names[:most]), "、".join(names[:most]))
    if len(names) <= most:
        return shown
    return shown + Sentence(", ", "、") + say("line.more", count=len(names) - most)


def show_number(number: float) -> str:
    """Return a number as a person would write it: 315 rather than 315.0, and 0 for the minus nought of Parquet's statistics."""
    return f"{number + 0.0:.10g}"
