"""What a rule may answer besides a plain expression: a word of a list, or a list of measures.

The engine turns these into the cheapest thing that the frame at hand offers (an Enum, a code into a small table, text).
"""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.logic.three_valued import Expr


@dataclass(frozen=True, slots=True)
class FirstTrue:
    """The word of the first condition that holds; `otherwise`, or nothing, where none does.

    Conditions that are unknown do not hold.
    """

    branches: tuple[tuple[Expr, str], ...]
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Measures to name: those of every condition that holds, in the vocabulary's order; empty where none does.

    A condition is never unknown. `gate` empties the list where it does not hold.
    """

    parts: tuple[tuple[Expr, tuple[str, ...]], ...]


Answer = Expr | FirstTrue | Listing


def first_true(*branches: tuple[Expr, str]) -> FirstTrue:
    """The word of the first condition that holds."""
    return FirstTrue(branches)
