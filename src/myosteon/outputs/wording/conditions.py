"""The words in which conditions are said, read once when first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from myosteon.errors import EvidenceError
from myosteon.evidence.types import Label

FILE = "conditions.toml"


@cache
def condition_words() -> Mapping[str, Label]:
    """Every text by its path, such as `yes.dialysis`.

    Raises:
        EvidenceError: a text in one language only, or one that takes other parts in the other language.
    """
    table = tomllib.loads((files("myosteon.outputs") / "wording" / FILE).read_text(encoding="utf-8"))
    return dict(_labels(table, ""))


def _labels(table: Mapping[str, Any], path: str) -> Iterator[tuple[str, Label]]:
    for name, entry in table.items():
        here = f"{path}{name}"
        if all(isinstance(inner, dict) for inner in entry.values()):
            yield from _labels(entry, f"{here}.")
            continue
        if set(entry) != {"en", "zh"} or _parts(entry["en"]) != _parts(entry["zh"]):
            raise EvidenceError(f"{FILE}: {here} does not say the same in both languages")
        yield here, Label(entry["en"], entry["zh"])


def _parts(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
