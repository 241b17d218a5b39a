"""What would settle a question on which guidelines disagree: our own reading, for the end of a plan."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.types import Label

FILE = "corpus_disputes.toml"
# Whether the care of a person hangs on the answer, or only a name, a reference or a tool.
DisputeOf = Literal["care", "definition"]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question on which guidelines can disagree; `caution` is what has to be read with any answer, where there is something."""

    question: str
    of: DisputeOf
    settles: Label
    caution: Label | None = None


@cache
def load_disputes() -> Mapping[str, Dispute]:
    """What would settle each question, by question.

    Raises:
        EvidenceError: a text lacks a language, or a word is none of its list.
    """
    table = tomllib.loads((files("myosteon.evidence") / FILE).read_text(encoding="utf-8"))
    found: dict[str, Dispute] = {}
    for row in table["question"]:
        texts = row.get("settles", {})
        if row.get("of") not in get_args(DisputeOf) or not (texts.get("en") and texts.get("zh")):
            raise EvidenceError(f"{FILE}: {row.get('id')} needs `of` and what settles it in both languages")
        caution = row.get("caution")
        if caution is not None and not (caution.get("en") and caution.get("zh")):
            raise EvidenceError(f"{FILE}: {row['id']} has a caution in one language only")
        found[row["id"]] = Dispute(
            row["id"],
            row["of"],
            Label(texts["en"], texts["zh"]),
            Label(caution["en"], caution["zh"]) if caution else None,
        )
    return found
