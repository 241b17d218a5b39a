"""Reads rows of a TOML file of `evidence/guidance`: keys that are known, texts in both languages, sources."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from myosteon.errors import EvidenceError
from myosteon.evidence.load import load_papers, source_of
from myosteon.evidence.medicines.load import load_guidance_medicines, load_medicines
from myosteon.evidence.types import Label, Source

Table = Mapping[str, Any]
Row = TypeVar("Row")


class GuidanceRows:
    """The rows of one file, with its name for messages and its head as the default source."""

    def __init__(self, file: Traversable) -> None:
        self.name = file.name
        try:
            self._table: Table = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise EvidenceError(f"{file.name} is not valid TOML: {error}") from error
        self._default: Table = self._table.get("default", {})

    def rows(self, kind: str, read: Callable[[Table, str], Row]) -> tuple[Row, ...]:
        """Every row of one kind, no two of one id."""
        given = self._table.get(kind, ())
        ids = [row.get("id") for row in given]
        for id in {id for id in ids if ids.count(id) > 1}:
            raise EvidenceError(f"{self.name}: two rows of {kind} are called {id}")
        return tuple(read(row, f"{kind} {row.get('id', '?')}") for row in given)

    def medicine_class(self, id: Any, name: str) -> str:
        """The id of a class of medicines that is known."""
        if id not in load_medicines().classes and id not in load_guidance_medicines().classes:
            raise EvidenceError(f"{self.name}: {name}: {id!r} is no class of medicines")
        return str(id)

    def sources(self, row: Table, name: str) -> tuple[Source, ...]:
        """The sources of a row: its own list, else the one of the row."""
        if "sources" not in row:
            return (self.source(row),)
        if not row["sources"]:
            raise EvidenceError(f"{self.name}: {name} has no source")
        return tuple(self.source({"id": row.get("id"), **one}) for one in row["sources"])

    def source(self, row: Table) -> Source:
        """The source of a row."""
        return source_of(row, self._default, load_papers(), self.name)

    def check_keys(self, row: Table, known: set[str], name: str) -> None:
        """Refuses a key that means nothing."""
        for key in sorted(row.keys() - known):
            raise EvidenceError(f"{self.name}: {name} has the key {key}, which means nothing")

    def text(self, row: Table, key: str, name: str) -> str:
        """A text that has to be there."""
        if not isinstance(row.get(key), str) or not row[key]:
            raise EvidenceError(f"{self.name}: {name} has no {key}")
        return str(row[key])

    def one_of(self, row: Table, key: str, words: tuple[Any, ...], name: str) -> Any:
        """A word of a list."""
        if row.get(key) not in words:
            raise EvidenceError(
                f"{self.name}: {name}: {key} is one of {', '.join(words)}, not {row.get(key)!r}"
            )
        return row[key]

    def optional(self, row: Table, key: str, name: str) -> Label | None:
        """A text in both languages, or none."""
        return self.label(row, key, name) if key in row else None

    def label(self, row: Table, key: str, name: str) -> Label:
        """A text in both languages."""
        return self._as_label(row.get(key), f"{name}: {key}")

    def labels(self, row: Table, key: str, name: str) -> tuple[Label, ...]:
        """Several texts in both languages."""
        return tuple(self._as_label(texts, f"{name}: {key}") for texts in row.get(key, ()))

    def _as_label(self, texts: Any, name: str) -> Label:
        if not isinstance(texts, dict) or not (texts.get("en") and texts.get("zh")):
            raise EvidenceError(f"{self.name}: {name} needs English and Chinese")
        return Label(texts["en"], texts["zh"])
