"""Formulas over named things, such as "mass and (strength or performance)".

One formula serves three readers: the engine (over expressions), brute force over yes and no, and a person (in words).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, Self, TypeVar


class Logical(Protocol):
    """Anything that knows `and` and `or`: an expression, or a truth value."""

    def __and__(self, other: Self, /) -> Self: ...
    def __or__(self, other: Self, /) -> Self: ...


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Formula:
    """A thing by its name, or two formulas joined."""

    joined_by: Literal["thing", "and", "or"]
    name: str = ""
    parts: tuple[Formula, ...] = ()

    def __and__(self, other: Formula) -> Formula:
        return Formula("and", parts=(self, other))

    def __or__(self, other: Formula) -> Formula:
        return Formula("or", parts=(self, other))

    @property
    def things(self) -> frozenset[str]:
        """The names of the things that stand in the formula."""
        if self.joined_by == "thing":
            return frozenset({self.name})
        return frozenset[str]().union(*(part.things for part in self.parts))

    def evaluate(self, values: Mapping[str, T], both: Callable[[T, T], T], either: Callable[[T, T], T]) -> T:
        """The formula's value, where `values` gives each thing's and `both` and `either` join two."""
        if self.joined_by == "thing":
            return values[self.name]
        left, right = (part.evaluate(values, both, either) for part in self.parts)
        return both(left, right) if self.joined_by == "and" else either(left, right)

    def holds(self, values: Mapping[str, bool]) -> bool:
        """Whether the formula holds when every thing is known."""
        return self.evaluate(values, lambda a, b: a and b, lambda a, b: a or b)

    def in_words(self, names: Mapping[str, str], both: str, either: str, inner: bool = False) -> str:
        """The formula as a phrase, with brackets only where `or` stands inside `and`."""
        if self.joined_by == "thing":
            return names[self.name]
        nested = self.joined_by == "and"
        left, right = (part.in_words(names, both, either, nested) for part in self.parts)
        phrase = f"{left}{both if nested else either}{right}"
        return f"({phrase})" if inner and not nested else phrase


STRENGTH = Formula("thing", "strength_low")
MASS = Formula("thing", "mass_low")
PERFORMANCE = Formula("thing", "performance_low")


def fewest_conditions(ways: Iterable[Mapping[str, bool]]) -> list[dict[str, bool]]:
    """The same set of cases in as few and as short conditions as merging allows.

    Each way gives every name a yes or a no. Two conditions that differ in one name only become one without it; what is
    left over are the largest conditions that together hold in exactly the same cases.
    """
    conditions = {frozenset(way.items()) for way in ways}
    largest: set[frozenset[tuple[str, bool]]] = set()
    while conditions:
        merged: set[frozenset[tuple[str, bool]]] = set()
        used: set[frozenset[tuple[str, bool]]] = set()
        for condition in conditions:
            for name, answer in condition:
                opposite = condition - {(name, answer)} | {(name, not answer)}
                if opposite in conditions:
                    merged.add(condition - {(name, answer)})
                    used |= {condition, opposite}
        largest |= conditions - used
        conditions = merged
    return [dict(sorted(condition)) for condition in sorted(largest, key=lambda c: sorted(c))]
