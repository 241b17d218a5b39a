"""Reads the files of `evidence/care` into gates and lines; refuses what has no source, no Chinese, or an unknown word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.care_types import (
    CareSet,
    Category,
    Gate,
    GateClass,
    Line,
    LineStatus,
    Part,
    Urgency,
)
from myosteon.evidence.chinese_medicine_lines import chinese_medicine_lines
from myosteon.evidence.guidance_load import load_chinese_medicine
from myosteon.evidence.load import load_papers, source_of
from myosteon.evidence.review_gates import review_gates
from myosteon.evidence.review_load import REVIEW_FILE, load_review
from myosteon.evidence.types import Label, Source

Table = Mapping[str, Any]
GATE_KEYS = {
    "drug",
    "id",
    "step",
    "when",
    "kind",
    "note",
    "region",
    "elsewhere",
    "must_ask",
    "paper",
    "where",
    "status",
    "read_in",
}
# Regions whose labels were read. China's were not: there every label counts in full.
LABEL_REGIONS = ("EU", "HK", "US")
LINE_KEYS = {
    "id",
    "category",
    "status",
    "subject",
    "when",
    "unless",
    "action",
    "dose",
    "reason",
    "stop_rule",
    "drug",
    "because",
    "due",
    "urgency",
    "capability",
    "conflicts_with",
    "question",
    "recommendations",
    "quotes",
    "part",
    "sources",
}


@cache
def load_care() -> tuple[CareSet, ...]:
    """Every built-in care file, by name.

    Raises:
        EvidenceError: a file cannot be used; the message names file, row and key.
    """
    folder = files("myosteon.evidence") / "care"
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml") and file.name != REVIEW_FILE),
        key=lambda file: file.name,
    )
    sets = tuple(read_care(file) for file in found)
    _refuse_doubles("line", [line.id for one in sets for line in one.lines])
    _refuse_doubles("gate", [f"{gate.drug} {gate.id}" for one in sets for gate in one.gates])
    _refuse_doubles("condition", [name for one in sets for name in one.named_conditions])
    return sets


def read_care(file: Traversable) -> CareSet:
    """Reads one file.

    Raises:
        EvidenceError: a key is missing or unknown, a word is none of its list, a text lacks a language, or a source is missing.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{file.name} is not valid TOML: {error}") from error
    return _CareFile(file.name, table).read()


class _CareFile:
    """The tables of one file, with its name for messages and its head as the default source."""

    def __init__(self, name: str, table: Table) -> None:
        self._name = name
        self._table = table
        self._head: Table = table.get("care", {})

    def read(self) -> CareSet:
        """Gates, lines and named conditions of the file."""
        return CareSet(
            id=self._text(self._head, "id", "care"),
            title=self._label(self._head, "title", "care"),
            gates=tuple(self._gate(row) for row in self._table.get("gate", ())),
            lines=tuple(self._line(row) for row in self._table.get("line", ())),
            named_conditions={
                row["id"]: self._text(row, "when", row["id"]) for row in self._table.get("condition", ())
            },
        )

    def _gate(self, row: Table) -> Gate:
        name = f"gate {row.get('drug', '?')} {row.get('id', '?')}"
        self._check_keys(row, GATE_KEYS, name)
        return Gate(
            drug=self._text(row, "drug", name),
            id=self._text(row, "id", name),
            when=self._text(row, "when", name),
            kind=self._one_of(row, "kind", get_args(GateClass), name),
            note=self._label(row, "note", name),
            source=self._source(row),
            step=self._one_of(row, "step", load_review().ids, name),
            region=row.get("region", ""),
            elsewhere=self._one_of(row, "elsewhere", get_args(GateClass), name)
            if "elsewhere" in row
            else None,
            must_ask=bool(row.get("must_ask", False)),
        )

    def _line(self, row: Table) -> Line:
        name = f"line {row.get('id', '?')}"
        self._check_keys(row, LINE_KEYS, name)
        return Line(
            id=self._text(row, "id", name),
            category=self._one_of(row, "category", get_args(Category), name),
            status=self._one_of(row, "status", get_args(LineStatus), name),
            subject=self._text(row, "subject", name),
            when=self._text(row, "when", name),
            action=self._label(row, "action", name),
            sources=self._sources(row, name),
            unless=row.get("unless", ""),
            dose=self._optional(row, "dose", name),
            reason=self._optional(row, "reason", name),
            stop_rule=self._optional(row, "stop_rule", name),
            drug=row.get("drug", ""),
            because=tuple(row.get("because", ())),
            due=row.get("due"),
            urgency=self._one_of({"urgency": "routine", **row}, "urgency", get_args(Urgency), name),
            capability=row.get("capability", ""),
            conflicts_with=tuple(row.get("conflicts_with", ())),
            question=row.get("question", ""),
            recommendations=tuple(row.get("recommendations", ())),
            quotes=self._quotes(row, name),
            part=self._one_of({"part": "", **row}, "part", get_args(Part), name),
        )

    def _quotes(self, row: Table, name: str) -> bool:
        quotes = row.get("quotes", False)
        if type(quotes) is not bool or (quotes and not row.get("recommendations")):
            raise EvidenceError(
                f"{self._name}: {name}: quotes is true or false, and true only with recommendations"
            )
        return quotes

    def _sources(self, row: Table, name: str) -> tuple[Source, ...]:
        sources = tuple(self._source({"id": row.get("id"), **one}) for one in row.get("sources", ()))
        if not sources:
            raise EvidenceError(f"{self._name}: {name} has no source")
        return sources

    def _source(self, row: Table) -> Source:
        default = {
            key: self._head[key] for key in ("paper", "where", "status", "read_in") if key in self._head
        }
        return source_of(row, default, load_papers(), self._name)

    def _check_keys(self, row: Table, known: set[str], name: str) -> None:
        for key in row.keys() - known:
            raise EvidenceError(f"{self._name}: {name} has the key {key}, which means nothing")

    def _text(self, row: Table, key: str, name: str) -> str:
        if not isinstance(row.get(key), str) or not row[key]:
            raise EvidenceError(f"{self._name}: {name} has no {key}")
        return str(row[key])

    def _one_of(self, row: Table, key: str, words: tuple[Any, ...], name: str) -> Any:
        if row.get(key) not in words:
            raise EvidenceError(
                f"{self._name}: {name}: {key} is one of {', '.join(words)}, not {row.get(key)!r}"
            )
        return row[key]

    def _optional(self, row: Table, key: str, name: str) -> Label | None:
        return self._label(row, key, name) if key in row else None

    def _label(self, row: Table, key: str, name: str) -> Label:
        texts = row.get(key)
        if not isinstance(texts, dict) or not (texts.get("en") and texts.get("zh")):
            raise EvidenceError(f"{self._name}: {name}: {key} needs English and Chinese")
        return Label(texts["en"], texts["zh"])


def care_of_region(region: str) -> tuple[CareSet, ...]:
    """Every built-in care file as its gates count in a region (`EU`, `HK`, `US`); in full where none of these is named.

    With them go the gates that the safety review puts before drugs (interactions, and findings that bar them), and the lines
    of the patterns of Chinese medicine.
    """
    sets = (*load_care(), review_gates(load_review()), chinese_medicine_lines(load_chinese_medicine()))
    return tuple(one.in_region(region if region in LABEL_REGIONS else "") for one in sets)


def _refuse_doubles(kind: str, ids: list[str]) -> None:
    for id in _doubled(ids):
        raise EvidenceError(f"two care files have a {kind} called {id}")


def _doubled(ids: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            yield id
        seen.add(id)
