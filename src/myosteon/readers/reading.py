"""What reading a table gives back: the canonical frame, what was refused, and what the reader did on the way.

Reading
├── frame      canonical columns and carried columns, lazy
├── refusals   one entry for each value or row that could not be used
└── notices    unit converted, column not used, encoding guessed, unusual values, ...
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from myosteon.readers.wording import NOTHING, Sentence, say

if TYPE_CHECKING:
    import polars as pl

    from myosteon.errors import MyosteonError

MOST_REFUSALS_LISTED = 10_000
"""Refusals beyond this many are counted for each column, not listed: memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One value or row that could not be used. A refused value is null in the frame; its row is kept.

    `row` is the data row in the file, the first below the header being 1. `column` and `value` are as the file gives
    them. `kind` is the section of `wording.toml` that words it, such as "impossible" or "duplicate_visit".
    """

    person_id: str | None
    visit_date: str | None
    row: int | None
    column: str
    value: str
    kind: str
    reason_en: str
    reason_zh: str
    remedy_en: str
    remedy_zh: str

    def describe(self, language: str = "en") -> str:
        """Return one line that names person, visit, row, column and value, and says why and what to do."""
        reason, remedy = Sentence(self.reason_en, self.reason_zh), Sentence(self.remedy_en, self.remedy_zh)
        key = "line.row_refusal" if self.kind in ROW_KINDS else "line.refusal"
        line = say(
            key, where=self._where(), column=self.column, value=self.value, reason=reason, remedy=remedy
        )
        return line.zh if language == "zh" else line.en

    def _where(self) -> Sentence:
        parts = []
        if self.person_id is not None:
            parts.append(say("line.person", person=self.person_id))
        if self.visit_date is not None:
            parts.append(say("line.visit", date=self.visit_date))
        if self.row is not None:
            parts.append(say("line.row", row=self.row))
        where = NOTHING
        for number, part in enumerate(parts):
            where = where + say("line.between") + part if number else part
        return where + say("line.after") if parts else where


ROW_KINDS = frozenset({"duplicate_visit", "no_person_id"})
"""Refusals that are about a whole row: no value is lost by them."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader did or saw that changes no value: told once for a file, not for each row.

    `kind` is the entry of `wording.toml` ("unused", "unit_converted", "unusual", ...); `count` says how many values or
    rows it is about, None where that is not counted.
    """

    kind: str
    columns: tuple[str, ...]
    text_en: str
    text_zh: str
    count: int | None = None

    def describe(self, language: str = "en") -> str:
        """Return the sentence in the language asked for ("en" or "zh")."""
        return self.text_zh if language == "zh" else self.text_en


def give_notice(
    kind: str, about: tuple[str, ...] = (), count: int | None = None, /, **parts: object
) -> Notice:
    """Make a notice about some columns from the sentence `notice.<kind>` of `wording.toml`."""
    text = say(f"notice.{kind}", **({"count": count} if count is not None else {}), **parts)
    return Notice(kind, about, text.en, text.zh, count)


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as the rules can use it.

    `frame` holds the canonical columns in the order of the vocabulary (Float64, Int16, Boolean, Enum, Date, String; null
    is unknown, NaN does not occur, every number lies within its hard range), then the carried columns as the file gives
    them. `measures` and `carried` name the two parts. `rows` counts the rows of `frame`.
    """

    frame: pl.LazyFrame
    measures: tuple[str, ...]
    carried: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[Notice, ...]
    rows: int | None

    def about(self, person_id: str) -> Reading:
        """Return the same reading with the refusals of one person only, and without notices."""
        own = tuple(refusal for refusal in self.refusals if refusal.person_id == person_id)
        return replace(self, refusals=own, notices=())

    @property
    def refused_in_all(self) -> int:
        """How many values and rows were refused, those that are only counted included."""
        return len(self.refusals) + sum(n.count or 0 for n in self.notices if n.kind == "refusals_not_listed")


def in_language(error: MyosteonError, language: str) -> str:
    """Return the message of an error in the language asked for; English where it has no other."""
    message = error.args[0] if error.args else ""
    return message.zh if language == "zh" and isinstance(message, Sentence) else str(message)
