"""What has to be measured, or asked, for an unknown column to be answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from myosteon.engine.graph import Graph
from myosteon.vocabulary.measures import load_measures

NEEDS = "_needs"
Row = Mapping[str, object]


class Unknowns:
    """Traces an unknown column back to the unknown measures that it rests on.

    A column that says itself for what it waits (its `_needs`) is believed; of any other the unknown inputs are followed.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._order = {name: place for place, name in enumerate(load_measures())}

    def columns(self, facts: Iterable[str]) -> set[str]:
        """Every column that `measures` may look at for these facts."""
        found: set[str] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact in found:
                continue
            found.add(fact)
            waiting.extend(self._beneath(fact))
        return found

    def measures(self, facts: Iterable[str], row: Row) -> tuple[str, ...]:
        """The unknown measures beneath unknown facts, in the order of the vocabulary, each once.

        A fact that is unknown although all beneath it is known (an algorithm refused) adds nothing; where there is no
        other, the facts stand for themselves.
        """
        found: set[str] = set()
        seen: set[str] = set()
        asked = tuple(facts)
        for fact in asked:
            found.update(self._unknown(fact, row, seen))
        return tuple(sorted(found, key=lambda name: self._order[name])) or asked

    def _beneath(self, fact: str) -> Sequence[str]:
        if fact in self._graph.measures or fact not in self._graph.rules:
            return ()
        needs = fact + NEEDS
        said = (needs,) if needs in self._graph.rules else ()
        listed = self._graph.rules[needs].inputs if said else ()
        return (*said, *listed, *self._graph.rules[fact].inputs)

    def _unknown(self, fact: str, row: Row, seen: set[str]) -> Iterator[str]:
        if fact in seen:
            return
        seen.add(fact)
        if fact in self._graph.measures:
            if row.get(fact) is None:
                yield fact
            return
        rule = self._graph.rules.get(fact)
        if rule is None or rule.kind == "list":
            return
        said = row.get(fact + NEEDS)
        beneath = str(said).split(";") if said else [i for i in rule.inputs if row.get(i) is None]
        for name in beneath:
            yield from self._unknown(name, row, seen)
