"""The shapes of a comparison of definitions on one person: who agrees, why they differ, what would settle the open ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from myosteon.outputs.explain_types import Way

Cause = Literal["between", "same_test", "mass", "index", "leaves_out", "age"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Definitions with the same answer; `value` and `upto` as in their columns, None where nothing is proved or judged."""

    value: str | None
    upto: str | None
    text: str
    definitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause of difference in words: the columns it speaks of, and the definitions that it names.

    `between`: a value lies between two limits. `same_test`: one test counts as strength here and as performance there.
    `mass`: muscle mass is unknown, or measured in a way that some cannot judge. `index`: two indices of one mass differ.
    `leaves_out`: a definition does not use something. `age`: a definition judges by age.
    """

    cause: Cause
    text: str
    columns: tuple[str, ...]
    definitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Why definitions disagree about one person; `together` is the smallest set of measurements that settles the open ones."""

    person_id: str | None
    language: str
    sentence: str
    groups: tuple[Standing, ...]
    reasons: tuple[Reason, ...]
    together: tuple[Way, ...]
