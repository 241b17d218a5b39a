"""From the columns of a file to people: what is unknown or refused is left out, counted and named, and never filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from myosteon.errors import InputError
from myosteon.readers.reading import Refusal
from myosteon.readers.wording import NOTHING, Sentence
from myosteon.study.validation.given_columns import (
    PER_CENT,
    Asking,
    GivenColumn,
    labels_of,
    name_refused,
    number_people,
    read_event,
    read_risk,
    read_time,
)
from myosteon.study.validation.people import Flags, People, make_people
from myosteon.study.validation.sentences import sentence
from myosteon.vocabulary.measures import load_measures

MOST_WANTING_TOLD = 6
MOST_REFUSALS_IN_AN_ERROR = 5


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


def read_columns(frame: pl.DataFrame, asking: Asking) -> Given:
    """The people of a frame, as given by the file.

    Raises:
        InputError: nobody is left, or nothing can be learnt from those who are; the first refused values are named.
    """
    columns = {"risk": read_risk(frame, asking), "event": read_event(frame, asking)}
    if asking.time is not None:
        columns["time"] = read_time(frame, asking.time)
    judged, excluded = _leave_out(columns, frame.height)
    refusals = tuple(refusal for column in columns.values() for refusal in name_refused(frame, column))
    wanting = _count_wanting(frame, asking, columns["risk"])
    try:
        if not judged.any():
            raise InputError(
                sentence("error.nobody", excluded=_tell_excluded(excluded)) + tell_wanting(wanting)
            )
        people = _people(frame, asking, columns, judged)
    except InputError as error:
        raise InputError(error.args[0] + _tell_refused(refusals)) from None
    refused = sum(int(column.refused.sum()) for column in columns.values())
    groups = {name: labels_of(frame, name, judged) for name in asking.subgroups}
    return Given(people, frame.height, excluded, refusals, groups, wanting, refused)


def _leave_out(columns: Mapping[str, GivenColumn], rows: int) -> tuple[Flags, dict[str, int]]:
    """Who can be judged, and how many others there are by the first reason that holds."""
    judged = np.ones(rows, bool)
    excluded: dict[str, int] = {}
    for what, column in columns.items():
        for reason, where in column.absent.items():
            excluded[reason] = int(np.sum(judged & where))
        excluded[f"{what}_refused"] = int(np.sum(judged & column.refused))
        judged &= column.known
    return judged, {reason: count for reason, count in excluded.items() if count}


def _people(frame: pl.DataFrame, asking: Asking, columns: Mapping[str, GivenColumn], judged: Flags) -> People:
    return make_people(
        columns["risk"].value[judged] / (1.0 if asking.points else PER_CENT),
        columns["event"].value[judged].astype(np.int64),
        columns["time"].value[judged] if "time" in columns else None,
        asking.horizon,
        number_people(frame)[judged],
    )


def _tell_excluded(excluded: Mapping[str, int]) -> Sentence:
    return _join(
        Sentence(
            f"{count} {sentence(f'excluded.{reason}').en}", f"{sentence(f'excluded.{reason}').zh}{count}人"
        )
        for reason, count in excluded.items()
    )


def _tell_refused(refusals: tuple[Refusal, ...]) -> Sentence:
    """The first refused values, one a line: they may be why nothing can be judged."""
    told = NOTHING
    for refusal in refusals[:MOST_REFUSALS_IN_AN_ERROR]:
        told = told + "\n" + Sentence(refusal.describe("en"), refusal.describe("zh"))
    return told


def _count_wanting(frame: pl.DataFrame, asking: Asking, risk: GivenColumn) -> dict[str, int]:
    """How many people's risk waits for each unknown input."""
    waiting = risk.absent.get("risk_needs")
    if waiting is None or asking.needs is None or not waiting.any():
        return {}
    listed = frame[asking.needs].cast(pl.String).filter(pl.Series(waiting)).str.split(";")
    return dict(Counter(name for names in listed for name in names).most_common())


def tell_wanting(wanting: Mapping[str, int]) -> Sentence:
    """For want of which inputs risks are unknown; nothing where none is."""
    if not wanting:
        return NOTHING
    measures = load_measures()
    shown = [(measures[name].label, name, count) for name, count in list(wanting.items())[:MOST_WANTING_TOLD]]
    told = (
        Sentence(f"{label.en} ({name}, {count:,})", f"{label.zh}（{name}，{count}）")
        for label, name, count in shown
    )
    return sentence("excluded_for.want", inputs=_join(told))


def _join(parts: Iterable[Sentence]) -> Sentence:
    joined = NOTHING
    for number, part in enumerate(parts):
        joined = joined + (Sentence("; ", "；") if number else NOTHING) + part
    return joined
