"""What has to be measured, or asked, for an unknown column to be answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

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
    Sets of columns are held as the bits of a number, measures first in the order of the vocabulary: a cohort asks this
    many times for each person.
    """

    def __init__(self, graph: Graph, facts: Iterable[str]) -> None:
        """Args: the rules, and every fact that may be asked about."""
        self._graph = graph
        self._facts: dict[str, Beneath] = {}
        self._listings: Memory[str, Beneath] = Memory()
        self._names: Memory[int, tuple[str, ...]] = Memory()
        self.columns = frozenset(self.below(facts))
        measures = [name for name in load_measures() if name in self.columns and name in graph.measures]
        computed = sorted(self.columns - set(measures))
        self._looked_at = (*measures, *computed)
        self._bits = {name: 1 << place for place, name in enumerate(self._looked_at)}
        self._measures = measures

    def below(self, facts: Iterable[str]) -> set[str]:
        """Every column that may be looked at for these facts."""
        found: set[str] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact not in found:
                found.add(fact)
                waiting.extend(self._directly_below(fact))
        return found

    def unknown_in(self, frame: pl.DataFrame) -> Iterator[int]:
        """What is unknown of each row, as bits."""
        rows = np.ones((frame.height, len(self._looked_at)), dtype=np.bool_)
        for place, name in enumerate(self._looked_at):
            if name in frame.columns:
                rows[:, place] = frame[name].is_null().to_numpy()
        for packed in np.packbits(rows, axis=1, bitorder="little"):
            yield int.from_bytes(packed.tobytes(), "little")

    def unknown_of(self, row: Row) -> int:
        """What is unknown of one row, as bits."""
        unknown = 0
        for name, bit in self._bits.items():
            if row.get(name) is None:
                unknown |= bit
        return unknown

    def about(self, row: Row, unknown: int) -> UnknownsOfOne:
        """The unknowns of one person, of whom each column is followed once."""
        return UnknownsOfOne(self, row, unknown)

    def names(self, bits: int) -> tuple[str, ...]:
        """The measures of a set, in the order of the vocabulary."""
        known = self._names.get(bits)
        if known is None:
            known = self._names[bits] = tuple(name for name in self._measures if self._bits[name] & bits)
        return known

    def bit(self, column: str) -> int:
        """The bit of a column that is looked at."""
        return self._bits[column]

    def mask(self, columns: Iterable[str]) -> int:
        """The bits of some columns."""
        return sum(self._bits[name] for name in set(columns) if name in self._bits)

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
        bits = self.mask(name for name in names if name in self._graph.measures)
        return Beneath(bits, tuple(name for name in names if name not in self._graph.measures), needs)

    def _inputs(self, fact: str) -> tuple[str, ...]:
        rule = self._graph.rules.get(fact)
        return () if rule is None or rule.kind == "list" else rule.inputs

    def _directly_below(self, fact: str) -> Sequence[str]:
        if fact in self._graph.measures:
            return ()
        needs, inputs = fact + NEEDS, self._inputs(fact)
        return (needs, *self._graph.rules[needs].inputs, *inputs) if needs in self._graph.rules else inputs


class UnknownsOfOne:
    """The unknown measures of one person: `row` holds the listings, `unknown` all unknown columns as bits."""

    def __init__(self, all: Unknowns, row: Row, unknown: int) -> None:
        self._all = all
        self.row = row
        self.unknown = unknown
        self._found: dict[str, int] = {}

    def bits(self, facts: str) -> int:
        """The unknown measures beneath a listing of facts, as bits; 0 where all beneath them is known (a refusal)."""
        beneath = self._all.in_listing(facts)
        found = beneath.bits & self.unknown
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
        said = self.row.get(beneath.needs) if beneath.needs else None
        if said:
            found = self.bits(str(said))
        else:
            found = beneath.bits & self.unknown
            for name in beneath.computed:
                if self._all.bit(name) & self.unknown:
                    found |= self._of(name)
        self._found[fact] = found
        return found
