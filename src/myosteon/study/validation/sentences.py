"""The sentences of `wording.toml`, and errors that speak both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from myosteon.outputs.report_wording import check_words
from myosteon.readers.wording import Sentence, fill

PACKAGE = "myosteon.study.validation"


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """Every sentence by `section.name`, in both languages."""
    text = (files(PACKAGE) / "wording.toml").read_text(encoding="utf-8")
    return check_words(tomllib.loads(text))


def sentence(key: str, **parts: object) -> Sentence:
    """A plain sentence that carries both languages, for errors and refusals."""
    texts = load_words()[key]
    return fill(texts["en"], texts["zh"], parts)
