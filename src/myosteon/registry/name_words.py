"""The words under which a person is found: names, their pinyin and initials, numbers, the year of birth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Protocol

from pypinyin import Style, pinyin

CHINESE = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(rf"[{CHINESE}]+|[^{CHINESE}]+")
WORD = re.compile(r"[^\W_]+")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
MOST_READINGS = 6
# Of four characters two are the family's.
LONGEST_WITH_SHORT_FAMILY = 3
LONGEST = 200


class Named(Protocol):
    """What a person is known by."""

    @property
    def name(self) -> str | None:
        """The name, in any script."""

    @property
    def identifier(self) -> str | None:
        """The clinic's number."""

    @property
    def telephone(self) -> str | None:
        """The telephone."""

    @property
    def birth_date(self) -> date | None:
        """The day of birth."""

    @property
    def birth_year(self) -> int | None:
        """The year of birth."""


def plain(text: str) -> str:
    """Small letters of usual width, without accents; Chinese as it is."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize("NFKC", "".join(one for one in parts if not unicodedata.combining(one)))


def search_words(known: Named) -> tuple[str, tuple[str, ...]]:
    """The text that a search looks through, each word between blanks, and the words in which a slip is forgiven."""
    names = name_words(known.name or "")
    numbers: list[str] = []
    for number in (known.identifier, known.telephone):
        parts = WORD.findall(plain(number or ""))
        numbers += [*parts, "".join(parts)]
    born, year = known.birth_date, known.birth_year
    numbers += [born.strftime("%Y%m%d")] if born else []
    numbers += [str(year)] if year else []
    every = dict.fromkeys(word[:LONGEST] for word in (*names, *numbers) if word)
    forgiven = dict.fromkeys(word[:LONGEST] for word in names if word.isascii() and len(word) > 3)
    return f" {' '.join(every)} ", tuple(forgiven)


def name_words(name: str) -> list[str]:
    """The words of a name: itself, its parts, their pinyin, and the first letters."""
    parts = WORD.findall(plain(name))
    words = [*parts, "".join(parts)]
    for order in (parts, parts[::-1]) if len(parts) == 2 else (parts,):
        for reading in _readings(order):
            words += ["".join(reading), "".join(one[0] for one in reading)]
    for part in parts:
        if len(part) > 1 and RUNS.fullmatch(part) and is_chinese(part):
            # The family's name and the given one, each of which may be all that is asked for.
            family = 2 if len(part) > LONGEST_WITH_SHORT_FAMILY else 1
            for reading in _readings([part]):
                words += ["".join(reading[:family]), "".join(reading[family:])]
    return words


def spellings(word: str) -> list[str]:
    """A word of a question with its pinyin where it has Chinese in it."""
    return list(dict.fromkeys([word, *("".join(reading) for reading in _readings([word]))]))


def question_words(text: str) -> list[str]:
    """The words of a question; a day of birth counts as one."""
    days = DAY.sub(lambda found: f" {found[1]}{int(found[2]):02}{int(found[3]):02} ", plain(text))
    return list(dict.fromkeys(word[:LONGEST] for word in WORD.findall(days)))


def _readings(parts: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The parts in syllables, each way in which the Chinese among them may be read; a few of them where there are many."""
    choices: list[tuple[str, ...]] = []
    for part in parts:
        for run in RUNS.findall(part):
            choices += [syllables(sign) for sign in run] if is_chinese(run) else [(run,)]
    for place, reading in enumerate(product(*choices)):
        if place == MOST_READINGS:
            return
        if reading:
            yield reading


@lru_cache(maxsize=30_000)
def syllables(sign: str) -> tuple[str, ...]:
    """The ways to read one Chinese character, without tones; ü is v, as it is typed, and u."""
    found: dict[str, None] = {}
    for one in pinyin(sign, style=Style.NORMAL, heteronym=True)[0]:
        found |= dict.fromkeys([one, one.replace("v", "u")])
    return tuple(found)


def is_chinese(run: str) -> bool:
    """Whether a word begins with a Chinese character."""
    return bool(re.match(f"[{CHINESE}]", run))
