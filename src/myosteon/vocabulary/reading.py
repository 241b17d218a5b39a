"""Reads a vocabulary file (TOML); refuses what is unknown, contradicts itself or has no source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import get_args

from myosteon.errors import EvidenceError
from myosteon.vocabulary.entries import Entry
from myosteon.vocabulary.types import (
    AlternativeUnit,
    Code,
    Group,
    Label,
    Measure,
    MeasureType,
    Plausible,
    Precision,
    Status,
    Sureness,
    Vocabulary,
)

TYPES: tuple[MeasureType, ...] = get_args(MeasureType)
STATUSES: tuple[Status, ...] = get_args(Status)
SURENESS: tuple[Sureness, ...] = get_args(Sureness)
TIERS = (1, 2, 3)

PRECISION_KINDS = (
    "within-person SD, same rater and device",
    "within-person SD, other rater or routine care",
    "within-person SD, one session",
    "within-person biological variation",
)

CODE_SYSTEMS = {
    "http://loinc.org": "LOINC",
    "http://snomed.info/sct": "SNOMED CT",
    "http://hl7.org/fhir/sid/icd-10": "ICD-10",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "http://www.whocc.no/atc": "ATC",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "nhanes": "NHANES",
}

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_vocabulary(file: Traversable | Path, *further: Traversable | Path) -> Vocabulary:
    """Reads one vocabulary: `[[group]]` and `[[measure]]` tables, those of `further` files behind those of `file`.

    Raises:
        EvidenceError: the file is not TOML; a key, group, type, word or status is unknown; a label lacks a
            language; a number has no source; a plausible range leaves the hard range; a name is taken twice.
    """
    groups: dict[str, Group] = {}
    measures: dict[str, Measure] = {}
    for part in (file, *further):
        top = Entry(part.name, _content(part))
        groups |= _groups(top, groups)
        measures |= _measures(top, groups, measures)
        top.close()
    _check_columns(file.name, measures)
    _check_methods(file.name, measures)
    return Vocabulary(groups, measures)


def _content(file: Traversable | Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{file.name} is not valid TOML: {error}") from error


def _groups(top: Entry, earlier: dict[str, Group]) -> dict[str, Group]:
    groups = dict(earlier)
    for entry in top.entries("group"):
        group = Group(_name(entry, "group", groups), entry.label("label"))
        entry.close()
        groups[group.name] = group
    return groups


def _measures(top: Entry, groups: dict[str, Group], earlier: dict[str, Measure]) -> dict[str, Measure]:
    measures = dict(earlier)
    for entry in top.entries("measure"):
        name = _name(entry, "measure", measures)
        measure = _measure(entry, name, len(measures), tuple(groups))
        entry.close()
        measures[name] = measure
    return measures


def _name(entry: Entry, kind: str, taken: Collection[str]) -> str:
    name = entry.text("name")
    # From here on messages name the entry, not only the file.
    entry.where = f"{entry.where} {name}"
    if not _NAME.fullmatch(name):
        raise entry.refused(f"{name!r} is not a name of small letters, digits and _")
    if name in taken:
        raise entry.refused(f"the name of this {kind} is taken twice")
    return name


def _measure(entry: Entry, name: str, order: int, groups: tuple[str, ...]) -> Measure:
    type_ = entry.one_of("type", TYPES)
    words = entry.texts("words")
    hard_min, hard_max = entry.optional_number("hard_min"), entry.optional_number("hard_max")
    measure = Measure(
        order=order,
        name=name,
        type=type_,
        group=entry.one_of("group", groups),
        tier=_tier(entry),
        label=entry.label("label"),
        unit=entry.optional_text("unit"),
        words=words,
        word_labels=_word_labels(entry, words),
        hard_min=hard_min,
        hard_max=hard_max,
        plausible=_plausible(entry.entry("plausible"), hard_min, hard_max),
        meaning=entry.optional_text("meaning") or "",
        essential=entry.flag("essential"),
        history=entry.flag("history"),
        hint=entry.optional_label("hint"),
        precision=tuple(_precision(row, entry) for row in entry.entries("precision")),
        codes=tuple(_code(row, words) for row in entry.entries("codes")),
        alternative_units=tuple(_alternative_unit(row) for row in entry.entries("alternative_units")),
    )
    _check_type(entry, measure)
    return measure


def _tier(entry: Entry) -> int:
    tier = entry.number("tier")
    if tier not in TIERS:
        raise entry.refused(f"tier = {tier:g} is not known; use 1, 2 or 3")
    return int(tier)


def _word_labels(entry: Entry, words: tuple[str, ...]) -> dict[str, Label]:
    labels = entry.labels("word_labels")
    for word in words:
        if word not in labels:
            raise entry.refused(f"the word {word!r} has no label in word_labels")
    for word in labels:
        if word not in words:
            raise entry.refused(
                f"word_labels names {word!r}, which is not one of its words: {', '.join(words) or 'none'}"
            )
    return {word: labels[word] for word in words}


def _plausible(entry: Entry | None, hard_min: float | None, hard_max: float | None) -> Plausible | None:
    if entry is None:
        return None
    plausible = Plausible(
        entry.number("min"), entry.number("max"), entry.source(), entry.one_of("status", STATUSES)
    )
    entry.close()
    if hard_min is None or hard_max is None:
        raise entry.refused("a plausible range needs hard_min and hard_max")
    if not hard_min <= plausible.min < plausible.max <= hard_max:
        hard = f"{hard_min:g} to {hard_max:g}"
        raise entry.refused(
            f"{plausible.min:g} to {plausible.max:g} is no range within the hard range {hard}"
        )
    return plausible


def _precision(entry: Entry, measure: Entry) -> Precision:
    precision = Precision(
        error=entry.number("error"),
        unit=entry.text("unit"),
        kind=entry.one_of("kind", PRECISION_KINDS),
        population=entry.text("population"),
        source=entry.source(),
        status=entry.one_of("status", STATUSES),
        method=entry.optional_text("method"),
        quantity=entry.optional_text("quantity"),
    )
    entry.close()
    if precision.error <= 0:
        raise entry.refused(f"error = {precision.error:g} is not above 0")
    if precision.quantity is None and precision.unit not in (measure.optional_text("unit"), "%"):
        raise entry.refused(
            f"unit {precision.unit!r} is not that of the measure; say what the error is of in `quantity`"
        )
    return precision


def _code(entry: Entry, words: tuple[str, ...]) -> Code:
    code = Code(
        system=entry.one_of("system", tuple(CODE_SYSTEMS)),
        code=entry.text("code"),
        display=entry.text("display"),
        sure=entry.one_of("sure", SURENESS),
        note=entry.optional_text("note"),
        word=entry.optional_text("word"),
    )
    entry.close()
    if code.word is not None and code.word not in words:
        raise entry.refused(f"{code.word!r} is not a word of the measure")
    return code


def _alternative_unit(entry: Entry) -> AlternativeUnit:
    alternative = AlternativeUnit(entry.text("column"), entry.text("unit"))
    entry.close()
    return alternative


def _check_type(entry: Entry, measure: Measure) -> None:
    """The keys that belong to one type stand with that type only."""
    if (measure.type == "category") != bool(measure.words):
        raise entry.refused("a category needs words, and only a category has them")
    if measure.is_number:
        if measure.hard_min is None or measure.hard_max is None or measure.hard_min >= measure.hard_max:
            raise entry.refused("a number needs hard_min below hard_max")
    elif (measure.hard_min, measure.hard_max, measure.unit) != (None, None, None):
        raise entry.refused(f"a {measure.type} has neither range nor unit")
    if measure.history and measure.type != "bool":
        raise entry.refused("only a yes/no measure can be a history")
    seen = [(code.system, code.code) for code in measure.codes]
    if len(set(seen)) < len(seen):
        raise entry.refused("a code stands there twice")


def _check_columns(file: str, measures: dict[str, Measure]) -> None:
    """No column may mean two things."""
    taken = set(measures)
    for measure in measures.values():
        for alternative in measure.alternative_units:
            if alternative.column in taken:
                raise EvidenceError(
                    f"{file}, measure {measure.name}: the column {alternative.column} is taken already"
                )
            if alternative.unit == measure.unit:
                raise EvidenceError(
                    f"{file}, measure {measure.name}: {alternative.column} is in the canonical unit"
                )
            taken.add(alternative.column)


def _check_methods(file: str, measures: dict[str, Measure]) -> None:
    """The method of an error is a word that some category measure knows."""
    words = {word for measure in measures.values() for word in measure.words}
    for measure in measures.values():
        for precision in measure.precision:
            if precision.method is not None and precision.method not in words:
                where = f"{file}, measure {measure.name}"
                raise EvidenceError(f"{where}: precision method {precision.method!r} is no category word")
