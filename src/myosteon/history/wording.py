"""The sentences about treatments, in English and Chinese."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from myosteon.readers.wording import Sentence


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("myosteon.history") / "wording.toml").read_text(encoding="utf-8"))


def sentence(key: str, **parts: object) -> Sentence:
    """The sentence of that key, filled in."""
    text = _texts()[key]
    return Sentence(text["en"].format(**parts), text["zh"].format(**parts))
