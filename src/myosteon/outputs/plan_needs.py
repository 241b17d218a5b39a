"""What has to be measured, or asked, for an unknown column to be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_rows import BITS_OF_A_WORD, Codes, bits_of
from myosteon.vocabulary.measures import load_measures

NEEDS = "_needs"
Row = Mapping[str, object]


@lru_cache(maxsize=65_536)
def listed(text: str) -> tuple[str, ...]:
    """The names in a listing, which semicolons part."""
    return tuple(name for name in text.split(";") if name)


@dataclass(frozen=True, slots=True, eq=False)
class Beneath:
    """What lies beneath a fact: measures, these as bits, computed columns, and the column that says for what it waits."""

    measures: tuple[str, ...]
    bits: Codes
    computed: tuple[str, ...]
    needs: str = ""


class Unknowns:
    """Knows on what an unknown column rests, down to the measures.

    A column that says itself for what it waits (its `_needs`) is believed; of any other the unknown inputs are followed.
    Sets of measures are held as bits, in the order of the vocabulary.
    """

    def __init__(self, graph: Graph, facts: Iterable[str]) -> None:
        """Args: the rules, and every fact that may be asked about."""
        self._graph = graph
        self._facts: dict[str, Beneath] = {}
        self._listings: Memory[str, Beneath] = Memory()
        self._names: Memory[bytes, tuple[str, ...]] = Memory()
        self.columns = frozenset(self._below(facts))
        self.measures = tuple(
            name for name in load_measures() if name in self.columns and name in graph.measures
        )
        self._places = {name: place for place, name in enumerate(self.measures)}
        self.words = max(1, -(-len(self.measures) // BITS_OF_A_WORD))

    def names(self, bits: Codes) -> tuple[str, ...]:
        """The measures of a set, in the order of the vocabulary; the set is a word for each 64 of them."""
        key = bits.tobytes()
        known = self._names.get(key)
        if known is None:
            held = int.from_bytes(bits.astype("<u8").tobytes(), "little")
            known = tuple(name for place, name in enumerate(self.measures) if held >> place & 1)
            self._names[key] = known
        return known

    def about(self, row: Row) -> UnknownsOfOne:
        """The unknowns of one person."""
        return UnknownsOfOne(self, row)

    def in_order(self, measures: Iterable[str]) -> tuple[str, ...]:
        """Measures in the order of the vocabulary."""
        return tuple(sorted(measures, key=self._places.__getitem__))

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
        measures = tuple(name for name in names if name in self._places)
        bits = bits_of((self._places[name] for name in measures), self.words)
        computed = tuple(name for name in names if name not in self._graph.measures)
        return Beneath(measures, bits, computed, needs)

    def _below(self, facts: Iterable[str]) -> set[str]:
        """Every column that may be looked at for these facts."""
        found: set[str] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact not in found:
                found.add(fact)
                waiting.extend(self._directly_below(fact))
        return found

    def _directly_below(self, fact: str) -> Sequence[str]:
        if fact in self._graph.measures:
            return ()
        needs, inputs = fact + NEEDS, self._inputs(fact)
        return (needs, *self._graph.rules[needs].inputs, *inputs) if needs in self._graph.rules else inputs

    def _inputs(self, fact: str) -> tuple[str, ...]:
        rule = self._graph.rules.get(fact)
        return () if rule is None or rule.kind == "list" else rule.inputs


class UnknownsOfOne:
    """The unknown measures of one person, of whom only some facts are asked; `Trace` follows all facts of many."""

    def __init__(self, all: Unknowns, row: Row) -> None:
        self._all = all
        self._row = row

    def measures(self, facts: str) -> tuple[str, ...]:
        """The unknown measures beneath a listing of facts; where there is none, the facts stand for themselves."""
        first = self._all.in_listing(facts)
        found = set(self._unknown(first.measures))
        waiting, seen = list(first.computed), set[str]()
        while waiting:
            fact = waiting.pop()
            if fact in seen:
                continue
            seen.add(fact)
            beneath = self._all.beneath(fact)
            said = self._row.get(beneath.needs) if beneath.needs else None
            if said:
                beneath = self._all.in_listing(str(said))
                waiting.extend(beneath.computed)
            else:
                waiting.extend(self._unknown(beneath.computed))
            found.update(self._unknown(beneath.measures))
        return self._all.in_order(found) or listed(facts)

    def _unknown(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self._row.get(name) is None]
