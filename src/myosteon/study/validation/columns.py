"""From the columns of a file to people: what is unknown or refused is left out, counted and named, and never filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from myosteon.errors import InputError
from myosteon.readers.cells import is_missing, text_of
from myosteon.readers.reading import Refusal
from myosteon.readers.wording import Sentence
from myosteon.study.validation.people import (
    DIED_FIRST,
    EVENT,
    FREE,
    Flags,
    Floats,
    People,
    Places,
    make_people,
)
from myosteon.study.validation.sentences import sentence
from myosteon.vocabulary.measures import load_measures

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
MOST_WANTING_TOLD = 6
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
class Given:
    """What a file gives: the people, how many rows it held, how many were left out by reason, the values refused,
    the group of each person by column, how many risks wait for which input (most often wanted first), and how many values
    were refused, those beyond the first of each column not named."""

    people: People
    rows: int
    excluded: Mapping[str, int]
    refusals: tuple[Refusal, ...]
    subgroups: Mapping[str, tuple[str, ...]]
    wanting: Mapping[str, int]
    refused_in_all: int


@dataclass(frozen=True, slots=True)
class _Column:
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
        return np.asarray(np.isfinite(self.value) & ~self.refused)


def read_columns(frame: pl.DataFrame, asking: Asking) -> Given:
    """The people of a frame, as given by the file.

    Raises:
        InputError: nobody is left, or nothing can be learnt from those who are.
    """
    columns = {"risk": _read_risk(frame, asking), "event": _read_event(frame, asking)}
    if asking.time is not None:
        columns["time"] = _read_time(frame, asking.time)
    judged = np.ones(frame.height, bool)
    excluded: dict[str, int] = {}
    for what, column in columns.items():
        for reason, where in column.absent.items():
            excluded[reason] = int(np.sum(judged & where))
        excluded[f"{what}_refused"] = int(np.sum(judged & column.refused))
        judged &= column.known
    refusals = tuple(refusal for column in columns.values() for refusal in _name(frame, column))
    wanting = _count_wanting(frame, asking, columns["risk"])
    if not judged.any():
        told = "; ".join(
            f"{count} {sentence(f'excluded.{reason}')}" for reason, count in excluded.items() if count
        )
        raise InputError(sentence("error.nobody", excluded=told) + tell_wanting(wanting))
    scale = 1.0 if asking.points else PER_CENT
    people = make_people(
        columns["risk"].value[judged] / scale,
        columns["event"].value[judged].astype(np.int64),
        columns["time"].value[judged] if "time" in columns else None,
        asking.horizon,
        _number_people(frame)[judged],
    )
    refused = sum(int(column.refused.sum()) for column in columns.values())
    groups = {name: _labels(frame, name, judged) for name in asking.subgroups}
    return Given(
        people, frame.height, {r: n for r, n in excluded.items() if n}, refusals, groups, wanting, refused
    )


def _read_risk(frame: pl.DataFrame, asking: Asking) -> _Column:
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
    return _Column(
        asking.risk, value, unreadable | outside, given, reason, sentence("refusal.risk_remedy"), absent
    )


def _count_wanting(frame: pl.DataFrame, asking: Asking, risk: _Column) -> dict[str, int]:
    """How many people's risk waits for each unknown input."""
    waiting = risk.absent.get("risk_needs")
    if waiting is None or asking.needs is None or not waiting.any():
        return {}
    listed = frame[asking.needs].cast(pl.String).filter(pl.Series(waiting)).str.split(";")
    return dict(Counter(name for names in listed for name in names).most_common())


def tell_wanting(wanting: Mapping[str, int]) -> Sentence:
    """For want of which inputs risks are unknown; nothing where none is."""
    if not wanting:
        return Sentence("", "")
    shown = list(wanting.items())[:MOST_WANTING_TOLD]
    measures = load_measures()
    told = [
        Sentence(f"{measures[n].label.en} ({n}, {k:,})", f"{measures[n].label.zh}（{n}，{k}）")
        for n, k in shown
    ]
    joined = told[0]
    for part in told[1:]:
        joined = joined + Sentence(", ", "、") + part
    return sentence("excluded_for.want", inputs=joined)


def _read_time(frame: pl.DataFrame, name: str) -> _Column:
    value, unreadable, given = _numbers(frame, name)
    absent = {"time_unknown": np.isnan(value) & ~unreadable}
    reason, remedy = sentence("refusal.time_range"), sentence("refusal.time_remedy")
    return _Column(name, value, unreadable | (value < 0), given, reason, remedy, absent)


def _read_event(frame: pl.DataFrame, asking: Asking) -> _Column:
    text = _text(frame, asking.event).str.to_lowercase()
    fate = text.replace_strict(FATES, default=None, return_dtype=pl.Int64)
    unreadable = (fate.is_null() & text.is_not_null()).to_numpy()
    value = fate.cast(pl.Float64).to_numpy().astype(float)
    absent = {"event_unknown": text.is_null().to_numpy()}
    reason, remedy = sentence("refusal.event_word"), sentence("refusal.event_remedy")
    return _Column(asking.event, value, unreadable, text, reason, remedy, absent)


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


def _name(frame: pl.DataFrame, column: _Column) -> list[Refusal]:
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


def _number_people(frame: pl.DataFrame) -> Places:
    """A number for each person; a row without a name is a person of its own."""
    rows = np.arange(frame.height)
    if PERSON not in frame.columns:
        return rows
    names = _text(frame, PERSON).fill_null(pl.Series([f"\0{row}" for row in rows]))
    return np.unique(names.to_numpy().astype(str), return_inverse=True)[1]


def _labels(frame: pl.DataFrame, name: str, judged: Flags) -> tuple[str, ...]:
    """The group of each judged person; empty where unknown."""
    return tuple(_text(frame, name).fill_null("").filter(pl.Series(judged)))
