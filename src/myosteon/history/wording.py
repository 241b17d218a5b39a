"""The sentences about treatments, in English and Chinese."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from myosteon.history.drug_names import DRUG
from myosteon.readers.wording import Sentence
from myosteon.vocabulary.measures import load_measures

DRUG_PARTS = ("drug", "other", "chosen")


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("myosteon.history") / "wording.toml").read_text(encoding="utf-8"))


def sentence(key: str, **parts: object) -> Sentence:
    """The sentence of that key, filled in."""
    text = _texts()[key]
    return Sentence(text["en"].format(**parts), text["zh"].format(**parts))


def drug_sentence(key: str, **parts: object) -> Sentence:
    """Likewise, where words of `drug` among the parts are said by their names in each language."""
    labels = load_measures()[DRUG].word_labels
    text = _texts()[key]
    english, chinese = (
        {
            name: getattr(labels[str(part)], language) if str(part) in labels else part
            for name, part in parts.items()
        }
        for language in ("en", "zh")
    )
    lowered = {name: str(english[name]).lower() if name in DRUG_PARTS else english[name] for name in english}
    return Sentence(text["en"].format(**lowered), text["zh"].format(**chinese))
