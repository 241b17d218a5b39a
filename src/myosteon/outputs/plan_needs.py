"""What has to be measured, or asked, for an unknown column to be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.outputs.plan_memory import Memory
from myosteon.vocabulary.measures import load_measures

NEEDS = "_needs"
Row = Mapping[str, object]


@lru_cache(maxsize=65_536)
def listed(text: str) -> tuple[str, ...]:
    """The names in a listing, which semicolons part."""
    return tuple(name for name in text.split(";") if name)


@dataclass(frozen=True, slots=True)
class Beneath:
    """What lies beneath a fact: measures as bits, computed columns by name, and the column that says for what it waits."""

    bits: int
    computed: tuple[str, ...]
    needs: str = ""


class Unknowns:
    """Traces an unknown column back to the unknown measures that it rests on.

    A column that says itself for what it waits (its `_needs`) is believed; of any other the unknown inputs are followed.
    Sets of measures are held as the bits of a number: a cohort asks this many times for each person.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._bits = {name: 1 << place for place, name in enumerate(load_measures())}
        self._facts: dict[str, Beneath] = {}
        self._listings: Memory[str, Beneath] = Memory()
        self._names: Memory[int, tuple[str, ...]] = Memory()
        self._looked_at: tuple[tuple[str, int], ...] = ()

    def columns(self, facts: Iterable[str]) -> set[str]:
        """Every column that may be looked at for these facts; those beneath no other fact are not looked at later."""
        found: set[str] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact not in found:
                found.add(fact)
                waiting.extend(self._below(fact))
        self._looked_at = tuple((name, self._bits[name]) for name in sorted(found) if name in self._bits)
        return found

    def about(self, row: Row) -> UnknownsOfOne:
        """The same for one person, of whom each column is followed once."""
        get, unknown = row.get, 0
        for name, bit in self._looked_at:
            if get(name) is None:
                unknown |= bit
        return UnknownsOfOne(self, row, unknown)

    def names(self, bits: int) -> tuple[str, ...]:
        """The measures of a set, in the order of the vocabulary."""
        known = self._names.get(bits)
        if known is None:
            known = self._names[bits] = tuple(name for name, bit in self._bits.items() if bit & bits)
        return known

    def beneath(self, fact: str) -> Beneath:
        """What lies beneath a computed column."""
        known = self._facts.get(fact)
        if known is None:
            needs = fact + NEEDS if fact + NEEDS in self._graph.rules else ""
            known = self._facts[fact] = self._parted(self._inputs(fact), needs)
        return known

    def in_listing(self, text: str) -> Beneath:
        """The measures and the computed columns of a listing."""
        known = self._listings.get(text)
        if known is None:
            known = self._listings[text] = self._parted(listed(text))
        return known

    def _parted(self, names: Sequence[str], needs: str = "") -> Beneath:
        bits = 0
        for name in names:
            bits |= self._bits[name] if name in self._graph.measures else 0
        return Beneath(bits, tuple(name for name in names if name not in self._graph.measures), needs)

    def _inputs(self, fact: str) -> tuple[str, ...]:
        rule = self._graph.rules.get(fact)
        return () if rule is None or rule.kind == "list" else rule.inputs

    def _below(self, fact: str) -> Sequence[str]:
        if fact in self._graph.measures:
            return ()
        needs = self.beneath(fact).needs
        inputs = self._inputs(fact)
        return (needs, *self._graph.rules[needs].inputs, *inputs) if needs else inputs


class UnknownsOfOne:
    """The unknown measures of one person."""

    def __init__(self, all: Unknowns, row: Row, unknown: int) -> None:
        self._all = all
        self._row = row
        self._unknown = unknown
        self._found: dict[str, int] = {}

    def bits(self, facts: str) -> int:
        """The unknown measures beneath a listing of facts, as bits; 0 where all beneath them is known (a refusal)."""
        beneath = self._all.in_listing(facts)
        found = beneath.bits & self._unknown
        for fact in beneath.computed:
            found |= self._of(fact)
        return found

    def measures(self, facts: str) -> tuple[str, ...]:
        """The unknown measures beneath a listing of facts; where there is none, the facts stand for themselves."""
        return self._all.names(self.bits(facts)) or listed(facts)

    def _of(self, fact: str) -> int:
        found = self._found.get(fact)
        if found is not None:
            return found
        # A fact that is met again beneath itself adds nothing there.
        self._found[fact] = 0
        beneath = self._all.beneath(fact)
        said = self._row.get(beneath.needs) if beneath.needs else None
        if said:
            found = self.bits(str(said))
        else:
            found = beneath.bits & self._unknown
            for name in beneath.computed:
                if self._row.get(name) is None:
                    found |= self._of(name)
        self._found[fact] = found
        return found
