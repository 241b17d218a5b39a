"""Every way in which treatments may name a bone drug or a column, and what each stands for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.vocabulary.measures import load_measures

DRUG = "drug"
NONE = "none"
ATC = "http://www.whocc.no/atc"


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((files("myosteon.history") / "drug_names.toml").read_text(encoding="utf-8"))


@cache
def drug_words() -> dict[str, str]:
    """The word of `drug` by every name and ATC code, in small letters."""
    measure = load_measures()[DRUG]
    names = {word: word for word in measure.words if word != NONE}
    for word, label in measure.word_labels.items():
        if word != NONE:
            names |= {label.en.lower(): word, label.zh: word}
    names |= {code.code.lower(): code.word for code in measure.codes if code.system == ATC and code.word}
    for table in (_file()["names"], _file()["atc"]):
        names |= {
            name.lower(): word for word, given in table.items() for name in given if not name.endswith("*")
        }
    return names


@cache
def code_beginnings() -> dict[str, str]:
    """The word of `drug` by the beginning of a group of ATC codes, in small letters."""
    return {
        name.removesuffix("*").lower(): word
        for word, given in _file()["atc"].items()
        for name in given
        if name.endswith("*")
    }


@cache
def cancer_doses() -> dict[str, float]:
    """Milligrams of one dose as it is given for cancer, by drug."""
    return dict(_file()["cancer_dose_mg"])


@cache
def column_names() -> dict[str, str]:
    """The name of a column of treatments by every spelling, as `plain` leaves it."""
    names: dict[str, str] = {}
    for name, others in _file()["columns"].items():
        names |= {plain(other): name for other in (name, *others)}
    return names


def plain(name: str) -> str:
    """A name without capitals, blanks, _ and other signs."""
    return re.sub(r"[\W_]+", "", name).lower()
