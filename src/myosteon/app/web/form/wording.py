"""The sentences that the form says of one value, from `wording.toml` beside it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.readers.wording import Sentence, fill


@cache
def _sentences() -> dict[str, Any]:
    text = (files("myosteon.app.web.form") / "wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def tell(key: str, **parts: object) -> Sentence:
    """The sentence under a dotted key, filled in, in both languages."""
    section, name = key.split(".")
    entry = _sentences()[section][name]
    return fill(entry["en"], entry["zh"], parts)


def one_after_another(*sentences: Sentence) -> Sentence:
    """Sentences as a paragraph: English puts a blank between them, Chinese none. Empty ones are left out."""
    said = [sentence for sentence in sentences if sentence.en]
    return Sentence(" ".join(one.en for one in said), "".join(one.zh for one in said))
