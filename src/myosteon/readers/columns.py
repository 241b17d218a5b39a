"""Which column of the file gives which measure."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from myosteon.errors import ColumnError
from myosteon.readers.reading import Notice, give_notice
from myosteon.readers.wording import NOTHING, Sentence, list_names, say
from myosteon.vocabulary.measures import Measure, load_measures

REQUIRED = ("sex", "age_years")
MOST_NAMES_COMPARED = 200
"""In a file of thousands of columns only the first so many are compared with the names that were perhaps meant."""


@dataclass(frozen=True, slots=True)
class UsedColumn:
    """A column of the file that gives a measure. `unit` is the other unit that its name says, None for the canonical."""

    name: str
    measure: Measure
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """The columns of a file, sorted into those that are used (in the order of the vocabulary) and those carried."""

    used: tuple[UsedColumn, ...]
    carried: tuple[str, ...]
    notices: tuple[Notice, ...]


@cache
def known_columns() -> dict[str, tuple[str, str | None]]:
    """Return every column name that has a meaning: its measure, and its unit where that is not the canonical one."""
    known: dict[str, tuple[str, str | None]] = {}
    for measure in load_measures().values():
        known[measure.name] = (measure.name, None)
        known.update({other.column: (measure.name, other.unit) for other in measure.alternative_units})
    return known


def match_columns(
    names: Sequence[str],
    *,
    where: Path | str,
    rename: Mapping[str, str] | None = None,
    case_matters: bool = True,
) -> Matching:
    """Sort the columns of a file into used and carried ones.

    Names must be those of the vocabulary to the letter, unless the format knows no case. Raises `ColumnError` where
    `sex` or `age_years` is missing, two columns give one measure, or the rename map leads to a name that is not known.
    """
    rename = rename or {}
    _refuse_unknown_targets(rename)
    known, measures = known_columns(), load_measures()
    used: list[UsedColumn] = []
    carried: list[str] = []
    called_otherwise: list[tuple[str, str]] = []
    for name in names:
        target = rename.get(name, name)
        if target not in known and not case_matters and name.lower() in known:
            target = name.lower()
        if target not in known:
            carried.append(name)
            continue
        measure, unit = known[target]
        used.append(UsedColumn(name, measures[measure], unit))
        if target != name:
            called_otherwise.append((name, target))
    used.sort(key=lambda column: column.measure.order)
    _refuse_two_for_one(where, used)
    _refuse_missing(where, names, used, carried)
    notices = [*_tell_renamed(called_otherwise, rename, names), *_tell_units(used), *_tell_unused(carried)]
    return Matching(tuple(used), tuple(carried), tuple(notices))


def name_every_column(header: Sequence[str]) -> tuple[list[str], list[Notice]]:
    """Return the names without outer blanks; a column without a name is called by its place, with a notice."""
    names, unnamed = [], []
    for place, name in enumerate(header, 1):
        if not name.strip():
            unnamed.append(f"column_{place}")
        names.append(name.strip() or f"column_{place}")
    return names, [
        give_notice("unnamed_columns", tuple(unnamed), columns=list_names(unnamed))
    ] if unnamed else []


def refuse_repeated_names(where: Path | str, names: Iterable[str]) -> None:
    """Raise `ColumnError` where a name stands in the header twice."""
    for name, count in Counter(names).items():
        if count > 1:
            raise ColumnError(say("error.column_twice", path=where, column=name, count=count))


def _refuse_unknown_targets(rename: Mapping[str, str]) -> None:
    known = known_columns()
    for name, target in rename.items():
        if target not in known:
            near = difflib.get_close_matches(target, known, n=1)
            suggestion = say("error.perhaps_meant", pairs=near[0]) + " " if near else Sentence(" ", "")
            raise ColumnError(
                say("error.rename_to_unknown", column=name, target=target, suggestion=suggestion)
            )


def _refuse_two_for_one(where: Path | str, used: Sequence[UsedColumn]) -> None:
    for measure, count in Counter(column.measure.name for column in used).items():
        if count > 1:
            columns = [column.name for column in used if column.measure.name == measure]
            raise ColumnError(
                say("error.two_columns_for_one", path=where, measure=measure, columns=list_names(columns))
            )


def _refuse_missing(
    where: Path | str, names: Sequence[str], used: Sequence[UsedColumn], carried: Sequence[str]
) -> None:
    present = {column.measure.name for column in used}
    missing = [name for name in REQUIRED if name not in present]
    if not missing:
        return
    near = {name: meant for name in missing if (meant := _find_near(name, carried[:MOST_NAMES_COMPARED]))}
    pairs = [f"{meant} → {name}" for name, meant in near.items()]
    suggestion = say("error.perhaps_meant", pairs=list_names(pairs)) if pairs else NOTHING
    told = {"missing": list_names(missing), "found": list_names(list(names)), "suggestion": suggestion}
    raise ColumnError(say("error.missing_columns", path=where, **told))


def _find_near(measure: str, names: Sequence[str]) -> str | None:
    for name in names:
        if measure in _possible_meanings().get(_plain(name), ()):
            return name
    plain = {_plain(name): name for name in reversed(names)}
    near = difflib.get_close_matches(_plain(measure), plain, n=1, cutoff=0.5)
    return plain[near[0]] if near else None


@cache
def _possible_meanings() -> dict[str, tuple[str, ...]]:
    """Return plain spellings (no case, no blanks) of names and labels, and the measures that they may stand for."""
    meanings: dict[str, set[str]] = {}
    for measure in load_measures().values():
        without_unit = measure.name.rsplit("_", 1)[0] if measure.unit else measure.name
        for spelling in (measure.name, without_unit, measure.label.en, measure.label.zh):
            meanings.setdefault(_plain(spelling), set()).add(measure.name)
    return {spelling: tuple(sorted(names)) for spelling, names in meanings.items()}


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _tell_renamed(
    called_otherwise: list[tuple[str, str]], rename: Mapping[str, str], names: Sequence[str]
) -> list[Notice]:
    notices = []
    if called_otherwise:
        pairs = list_names([f"{name} → {target}" for name, target in called_otherwise])
        notices.append(give_notice("renamed", tuple(name for name, _ in called_otherwise), pairs=pairs))
    absent = tuple(name for name in rename if name not in set(names))
    if absent:
        notices.append(give_notice("rename_not_found", absent, columns=list_names(absent)))
    return notices


def _tell_units(used: Sequence[UsedColumn]) -> list[Notice]:
    return [
        give_notice(
            "unit_converted",
            (column.name,),
            column=column.name,
            measure=column.measure.name,
            unit_from=column.unit,
            unit_to=column.measure.unit,
        )
        for column in used
        if column.unit is not None
    ]


def _tell_unused(carried: Sequence[str]) -> list[Notice]:
    if not carried:
        return []
    notices = [give_notice("unused", tuple(carried), columns=list_names(list(carried)))]
    meanings = _possible_meanings()
    pairs = [
        (name, meant)
        for name in carried[:MOST_NAMES_COMPARED]
        for meant in meanings.get(_plain(name), ())
        if meant != name
    ]
    if pairs:
        told = list_names([f"{name} → {meant}" for name, meant in pairs])
        notices.append(give_notice("perhaps_meant", tuple(name for name, _ in pairs), pairs=told))
    return notices
