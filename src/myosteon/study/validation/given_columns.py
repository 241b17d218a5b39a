"""The columns of a validation as a file gives them: known values, and which cells are unknown or refused, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from myosteon.readers.cells import is_missing, text_of
from myosteon.readers.reading import Refusal
from myosteon.readers.wording import Sentence
from myosteon.study.validation.people import DIED_FIRST, EVENT, FREE, Flags, Floats, Places
from myosteon.study.validation.sentences import sentence

PERSON = "person_id"
FATES = {
    **dict.fromkeys(("0", "0.0", "no", "n", "false", "free", "censored", "alive", "否", "无", "删失"), FREE),
    **dict.fromkeys(("1", "1.0", "yes", "y", "true", "event", "是", "有"), EVENT),
    **dict.fromkeys(
        ("2", "2.0", "died", "dead", "death", "died_first", "competing", "死亡", "先死亡"), DIED_FIRST
    ),
}
"""How a file may tell what became of a person, small letters and capitals alike."""

PER_CENT = 100.0
MOST_YEARS = 120
"""Nobody is followed longer: such a time was given in days or months."""
MOST_REFUSALS_NAMED = 1000


@dataclass(frozen=True, slots=True)
class Asking:
    """Which columns tell what. `needs` and `outside` are those that say why an algorithm gave no risk, where there are any."""

    risk: str
    event: str
    time: str | None = None
    horizon: float | None = None
    subgroups: tuple[str, ...] = ()
    points: bool = False
    needs: str | None = None
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class GivenColumn:
    """One column as numbers: known values, and which cells were refused and why."""

    name: str
    value: Floats
    refused: Flags
    given: pl.Series
    reason: Sentence
    remedy: Sentence
    absent: Mapping[str, Flags]

    @property
    def known(self) -> Flags:
        """Which cells hold a value that can be used."""
        return np.asarray(np.isfinite(self.value) & ~self.refused)


def read_risk(frame: pl.DataFrame, asking: Asking) -> GivenColumn:
    """The risk, in per cent; or points."""
    value, unreadable, given = _numbers(frame, asking.risk)
    outside = np.zeros_like(unreadable) if asking.points else (value < 0) | (value > PER_CENT)
    unknown = np.isnan(value) & ~unreadable
    absent = {}
    for reason, name in (("risk_outside", asking.outside), ("risk_needs", asking.needs)):
        if name is not None and name in frame.columns:
            told = frame[name].is_not_null().to_numpy() & unknown
            absent[reason] = told
            unknown = unknown & ~told
    absent["risk_unknown"] = unknown
    reason = sentence("refusal.not_a_number" if asking.points else "refusal.risk_range")
    return GivenColumn(
        asking.risk, value, unreadable | outside, given, reason, sentence("refusal.risk_remedy"), absent
    )


def read_time(frame: pl.DataFrame, name: str) -> GivenColumn:
    """The follow-up, in years."""
    value, unreadable, given = _numbers(frame, name)
    absent = {"time_unknown": np.isnan(value) & ~unreadable}
    reason, remedy = sentence("refusal.time_range"), sentence("refusal.time_remedy")
    return GivenColumn(
        name, value, unreadable | (value < 0) | (value > MOST_YEARS), given, reason, remedy, absent
    )


def read_event(frame: pl.DataFrame, asking: Asking) -> GivenColumn:
    """What became of each person, as FREE, EVENT or DIED_FIRST."""
    text = _text(frame, asking.event).str.to_lowercase()
    fate = text.replace_strict(FATES, default=None, return_dtype=pl.Int64)
    unreadable = (fate.is_null() & text.is_not_null()).to_numpy()
    value = fate.cast(pl.Float64).to_numpy().astype(float)
    absent = {"event_unknown": text.is_null().to_numpy()}
    reason, remedy = sentence("refusal.event_word"), sentence("refusal.event_remedy")
    return GivenColumn(asking.event, value, unreadable, text, reason, remedy, absent)


def _text(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column as text without outer blanks; unknown is null."""
    text = frame.select(text_of(name, frame.schema[name]).alias(name))
    return text.select(pl.when(~is_missing(pl.col(name))).then(pl.col(name)))[name]


def _numbers(frame: pl.DataFrame, name: str) -> tuple[Floats, Flags, pl.Series]:
    """A column as numbers (NaN: unknown or unreadable), which cells are no number, and the cells as given."""
    text = _text(frame, name)
    number = text.str.strip_chars_end("%").str.strip_chars().cast(pl.Float64, strict=False).fill_nan(None)
    finite = number.is_finite().fill_null(False)
    value = number.set(~finite, None).to_numpy().astype(float)
    return value, (~finite & text.is_not_null()).to_numpy(), text


def name_refused(frame: pl.DataFrame, column: GivenColumn) -> list[Refusal]:
    """Each refused value with its person."""
    person = _text(frame, PERSON) if PERSON in frame.columns else None
    return [
        Refusal(
            None if person is None else person[int(row)],
            None,
            int(row) + 1,
            column.name,
            str(column.given[int(row)]),
            "impossible",
            column.reason.en,
            column.reason.zh,
            column.remedy.en,
            column.remedy.zh,
        )
        for row in np.flatnonzero(column.refused)[:MOST_REFUSALS_NAMED]
    ]


def number_people(frame: pl.DataFrame) -> Places:
    """A number for each person; a row without a name is a person of its own."""
    rows = np.arange(frame.height)
    if PERSON not in frame.columns:
        return rows
    names = _text(frame, PERSON).fill_null(pl.Series([f"\0{row}" for row in rows]))
    return np.unique(names.to_numpy().astype(str), return_inverse=True)[1]


def labels_of(frame: pl.DataFrame, name: str, judged: Flags) -> tuple[str, ...]:
    """The group of each judged person; empty where unknown."""
    return tuple(_text(frame, name).fill_null("").filter(pl.Series(judged)))
