"""The words of the pages, in English and Chinese: every file `wording*.toml` beside this one, merged."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from myosteon.errors import EvidenceError
from myosteon.evidence.types import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")
Sentences = Mapping[str, Mapping[Language, str]]


@cache
def wording() -> Sentences:
    """Every sentence by its dotted key and language.

    Raises:
        EvidenceError: a key stands in two files, lacks a language, or names other parts in one language than in the other.
    """
    found: dict[str, Mapping[Language, str]] = {}
    for file in sorted(files("myosteon.app.web").iterdir(), key=lambda file: file.name):
        if not (file.name.startswith("wording") and file.name.endswith(".toml")):
            continue
        for key, sentence in _sentences("", tomllib.loads(file.read_text(encoding="utf-8")), file.name):
            if key in found:
                raise EvidenceError(f"{file.name}: {key} stands in another wording file already")
            found[key] = sentence
    return found


def _sentences(
    path: str, table: Mapping[str, Any], file: str
) -> Iterator[tuple[str, Mapping[Language, str]]]:
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        if not isinstance(value, dict):
            raise EvidenceError(f"{file}: {key} is no sentence in two languages")
        if "en" not in value and "zh" not in value:
            yield from _sentences(key, value, file)
            continue
        if set(value) != set(LANGUAGES) or not all(isinstance(text, str) for text in value.values()):
            raise EvidenceError(f"{file}: {key} needs en and zh, and nothing else")
        if _parts(value["en"]) != _parts(value["zh"]):
            raise EvidenceError(f"{file}: {key} has other parts in en than in zh")
        yield key, value


def _parts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def say(key: str, language: Language, /, **parts: object) -> str:
    """One sentence with its parts filled in; a part that is markup stays markup, and the rest is escaped then.

    Raises:
        KeyError: no file has the key, or a part is missing.
    """
    text = wording()[key][language]
    if any(isinstance(part, Markup) for part in parts.values()):
        return Markup(escape(text)).format(**parts)
    return text.format(**parts)
