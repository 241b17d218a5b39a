"""The table of variables: what stands in `variables.toml`, checked and as frozen objects.

A row without a document, a correction without a source, or a name that the vocabulary does not know does not
load.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from myosteon.errors import EvidenceError, InputError
from myosteon.readers.nhanes.cycles import Cycle, cycles_between
from myosteon.units import find_conversion
from myosteon.vocabulary.measures import load_measures

Status = Literal["checked", "secondary", "unchecked"]
Kind = Literal["measure", "extra", "survey"]
STATUSES: tuple[Status, ...] = ("checked", "secondary", "unchecked")
KINDS: tuple[Kind, ...] = ("measure", "extra", "survey")
ROW_KEYS = frozenset(
    {"years", "file", "table", "variables", "optional", "recode", "unit", "codes", "unknown"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """Where the meaning of variables was read, and how far that was checked."""

    id: str
    title: str
    tables: tuple[str, ...]
    """The tables whose own codebook was read; empty where no single one is meant."""
    status: Status
    note: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """A correction that the CDC asks for, in the unit of the file: `intercept + slope * value`."""

    slope: float
    intercept: float
    source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one column comes from in some cycles, and how it is read."""

    cycles: tuple[str, ...]
    file: str
    table: str
    variables: tuple[str, ...]
    optional: tuple[str, ...]
    """Names that may be missing; `*` stands for any letters."""
    recode: str
    unit: str
    codes: Mapping[float, str | bool]
    unknown: tuple[float, ...]
    """Numbers in the file that mean refused or don't know."""
    calibration: Calibration | None
    parameters: Mapping[str, Any]
    document: Document

    def table_in(self, cycle: Cycle) -> str:
        """The CDC's file name in `cycle`."""
        return self.table or cycle.table(self.file)

    def status_in(self, cycle: Cycle) -> Status:
        """How far the meaning was checked: in another cycle's codebook it is secondary at best."""
        elsewhere = self.document.tables and self.table_in(cycle) not in self.document.tables
        return "secondary" if elsewhere and self.document.status == "checked" else self.document.status


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the canonical frame: type, unit, words and hard range, and its origins by cycle."""

    name: str
    kind: Kind
    type: str
    unit: str
    words: tuple[str, ...]
    hard_min: float | None
    hard_max: float | None
    note: str
    notice: str
    """What whoever reads the column must be told with the data."""
    origins: tuple[Origin, ...]

    def origin_in(self, cycle: Cycle) -> Origin | None:
        """Where the column comes from in `cycle`; None where NHANES did not measure or ask it then."""
        return next((origin for origin in self.origins if cycle.name in origin.cycles), None)


@dataclass(frozen=True, slots=True)
class Companion:
    """A value that goes without saying wherever one of other columns is known."""

    column: Column
    value: str | float
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VariablesTable:
    """The whole of `variables.toml`."""

    columns: tuple[Column, ...]
    companions: tuple[Companion, ...]
    documents: Mapping[str, Document]
    left_out: tuple[tuple[str, str], ...]


@cache
def load_variables() -> VariablesTable:
    """The table of variables that ships with the program. Raises `EvidenceError` where it is not sound."""
    text = (files("myosteon.readers.nhanes") / "variables.toml").read_text(encoding="utf-8")
    return read_variables(tomllib.loads(text))


def read_variables(table: Mapping[str, Any]) -> VariablesTable:
    """A table of variables from parsed TOML. Raises `EvidenceError` naming the row that is not sound."""
    documents = {entry["id"]: _document(entry) for entry in table.get("document", [])}
    columns = tuple(_column(entry, documents) for entry in table.get("column", []))
    _check_names(columns)
    for column in columns:
        _check_units_and_words(column)
    companions = tuple(_companion(entry) for entry in table.get("companion", []))
    left_out = tuple((entry["what"], entry["why"]) for entry in table.get("left_out", []))
    return VariablesTable(columns, companions, documents, left_out)


def _document(entry: Mapping[str, Any]) -> Document:
    document = Document(
        id=entry["id"],
        title=entry.get("title", ""),
        tables=tuple(entry.get("tables", ())),
        status=entry.get("status", ""),
        note=entry.get("note", ""),
    )
    if not document.title or document.status not in STATUSES:
        raise EvidenceError(
            f"Document {document.id!r} of variables.toml needs a title and a status of {STATUSES}."
        )
    return document


def _column(entry: Mapping[str, Any], documents: Mapping[str, Document]) -> Column:
    name = entry["name"]
    kind = cast(Kind, entry.get("kind", "measure"))
    if kind not in KINDS:
        raise EvidenceError(f"{name} in variables.toml has the kind {kind!r}: give one of {KINDS}.")
    origins = tuple(_origin(name, row, documents) for row in entry.get("from", []))
    if not origins:
        raise EvidenceError(f"{name} in variables.toml says from no file where it comes from.")
    _check_cycles(name, origins)
    return _typed_column(name, kind, entry, origins)


def _typed_column(name: str, kind: Kind, entry: Mapping[str, Any], origins: tuple[Origin, ...]) -> Column:
    """Type, words and range come from the vocabulary, for columns beyond the contract from the row itself."""
    note, notice = entry.get("note", ""), entry.get("notice", "")
    if kind != "measure":
        low, high = entry.get("hard_min"), entry.get("hard_max")
        return Column(name, kind, entry["type"], entry.get("unit", ""), (), low, high, note, notice, origins)
    measure = load_measures().get(name)
    if measure is None:
        raise EvidenceError(f"{name} in variables.toml is not a measure of the vocabulary.")
    return Column(
        name,
        kind,
        measure.type,
        measure.unit or "",
        tuple(measure.words),
        measure.hard_min,
        measure.hard_max,
        note,
        notice,
        origins,
    )


def _origin(name: str, row: Mapping[str, Any], documents: Mapping[str, Document]) -> Origin:
    document = documents.get(row.get("document", ""))
    if document is None:
        raise EvidenceError(
            f"{name} ({row.get('years')}) in variables.toml names no document that is listed there: "
            "say where the meaning of its variables was read."
        )
    if bool(row.get("file")) == bool(row.get("table")):
        raise EvidenceError(f"{name} ({row['years']}) in variables.toml needs either a file or a table.")
    calibration = None
    if "calibrate" in row:
        if not row.get("calibrate_source"):
            raise EvidenceError(
                f"The calibration of {name} ({row['years']}) has no source: it does not load."
            )
        calibration = Calibration(
            float(row["calibrate"]["slope"]), float(row["calibrate"]["intercept"]), row["calibrate_source"]
        )
    used = ROW_KEYS | {"document", "calibrate", "calibrate_source"}
    return Origin(
        cycles=cycles_between(row["years"]),
        file=row.get("file", ""),
        table=row.get("table", ""),
        variables=tuple(row["variables"]),
        optional=tuple(row.get("optional", ())),
        recode=row["recode"],
        unit=row.get("unit", ""),
        codes={float(code): value for code, value in row.get("codes", {}).items()},
        unknown=tuple(float(code) for code in row.get("unknown", ())),
        calibration=calibration,
        parameters={key: value for key, value in row.items() if key not in used},
        document=document,
    )


def _companion(entry: Mapping[str, Any]) -> Companion:
    column = _typed_column(entry["name"], "measure", entry, ())
    return Companion(column, entry["value"], tuple(entry["beside"]))


def _check_names(columns: tuple[Column, ...]) -> None:
    names = [column.name for column in columns]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise EvidenceError(f"Columns stand twice in variables.toml: {', '.join(doubled)}.")


def _check_cycles(name: str, origins: tuple[Origin, ...]) -> None:
    cycles = [cycle for origin in origins for cycle in origin.cycles]
    doubled = sorted({cycle for cycle in cycles if cycles.count(cycle) > 1})
    if doubled:
        raise EvidenceError(f"{name} in variables.toml has two origins for {', '.join(doubled)}.")
    if not all(origin.cycles for origin in origins):
        raise EvidenceError(f"{name} in variables.toml has a row whose years hold no cycle.")


def _check_units_and_words(column: Column) -> None:
    for origin in column.origins:
        if origin.unit:
            _check_conversion(column, origin.unit)
        strange = {str(value) for value in origin.codes.values() if column.words} - set(column.words)
        if strange:
            raise EvidenceError(
                f"{column.name} in variables.toml uses words that it does not have: {sorted(strange)}."
            )


def _check_conversion(column: Column, unit: str) -> None:
    try:
        find_conversion(unit, column.unit, column.name)
    except InputError as error:
        raise EvidenceError(f"{column.name} in variables.toml is given in {unit}: {error}.") from error
