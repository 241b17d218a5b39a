"""The built-in vocabulary: every measure of the files named in `FILES`, loaded once and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from myosteon.vocabulary.reading import read_vocabulary
from myosteon.vocabulary.types import (
    AlternativeUnit,
    Code,
    Group,
    Label,
    Measure,
    Plausible,
    Precision,
    Vocabulary,
)

__all__ = [
    "AlternativeUnit",
    "Code",
    "Group",
    "Label",
    "Measure",
    "Plausible",
    "Precision",
    "Vocabulary",
    "history_names",
    "load_groups",
    "load_measures",
    "load_vocabulary",
]


# The contract's measures, then ours: what risk scores, a plan of care, and the key figures of a service ask for.
FILES = ("measures", "measures_further", "measures_care", "measures_service", "measures_guidance")


@cache
def load_vocabulary() -> Vocabulary:
    """All groups and measures.

    Raises:
        EvidenceError: the file has an unknown key, a label in one language only or a number without a source.
    """
    folder = files("myosteon.vocabulary")
    return read_vocabulary(*(folder / f"{name}.toml" for name in FILES))


def load_measures() -> dict[str, Measure]:
    """Every measure by name, in the order of the contract, ours behind it. The dict is shared: read it, do not change it."""
    return load_vocabulary().measures


def load_groups() -> dict[str, Group]:
    """Every group by name, in the order of a form. The dict is shared: read it, do not change it."""
    return load_vocabulary().groups


def history_names() -> tuple[str, ...]:
    """The yes/no measures that a health record leaves out where they are no: fractures, diseases, drugs.

    Never a test or a finding: those stay unknown where they are not recorded.
    """
    return tuple(name for name, measure in load_measures().items() if measure.history)
