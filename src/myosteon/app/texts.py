"""The command line's own texts, in English and Chinese."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.app.screen import Language
from myosteon.vocabulary.types import Label

FILES = (
    "wording.toml",
    "wording_risk.toml",
    "wording_plan.toml",
    "wording_corpus.toml",
    "wording_serve.toml",
    "wording_registry.toml",
)


@cache
def wording() -> dict[str, Any]:
    """The command line's own texts, by key and language."""
    folder = files("myosteon.app")
    texts = ((folder / name).read_text(encoding="utf-8") for name in FILES)
    return {key: text for part in texts for key, text in tomllib.loads(part).items()}


def tell(key: str, language: Language, **parts: object) -> str:
    """One text of the command line."""
    return str(wording()[key][language]).format(**parts)


def both(key: str, **parts: object) -> Label:
    """One text in both languages, for an error that is said in the language of whoever reads it."""
    return Label(tell(key, "en", **parts), tell(key, "zh", **parts))
