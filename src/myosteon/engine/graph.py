"""Orders rules by the columns that they read, and refuses what cannot be ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from myosteon.errors import RuleError
from myosteon.logic.rule import SAME, STRATA, Rule


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Rules by name, the measures that they may read, and for each rule the one that it merely repeats."""

    rules: Mapping[str, Rule]
    measures: frozenset[str]
    repeats: Mapping[str, str]

    def computed(self, name: str) -> str:
        """The column that holds the answer of `name`: its own, or that of the rule that it repeats."""
        return self.repeats.get(name, name)

    def sources(self, name: str) -> tuple[str, ...]:
        """The columns that a rule reads, repetitions replaced by what they repeat."""
        return tuple(
            self.computed(source) if source != name else source for source in self.rules[name].inputs
        )

    def ancestors(self, columns: Iterable[str]) -> set[str]:
        """The rules that must be computed for `columns`, these included; a repeated rule stands for its repetitions."""
        wanted: set[str] = set()
        waiting = [self.computed(name) for name in columns]
        while waiting:
            name = waiting.pop()
            if name in wanted or name not in self.rules:
                continue
            wanted.add(name)
            waiting.extend(source for source in self.sources(name) if source != name)
        return wanted

    def measures_read(self, columns: Iterable[str]) -> set[str]:
        """The measures that are read, directly or not, by the rules for `columns`; also those that a column only repeats."""
        columns = tuple(columns)
        read = {
            source
            for name in self.ancestors(columns)
            for source in self.sources(name)
            if source in self.measures and (source not in self.rules or source == name)
        }
        repeated = {self.computed(name) for name in columns if name in self.rules}
        return read | {name for name in repeated if name in self.measures and name not in self.rules}

    def levels(self, columns: Iterable[str]) -> list[list[Rule]]:
        """The rules for `columns` in groups that can each be computed at once, from the first group to the last."""
        wanted = self.ancestors(columns)
        sorter = TopologicalSorter(
            {name: [s for s in self.sources(name) if s in wanted and s != name] for name in sorted(wanted)}
        )
        sorter.prepare()
        groups: list[list[Rule]] = []
        while sorter.is_active():
            ready = sorter.get_ready()
            groups.append([self.rules[name] for name in sorted(ready)])
            sorter.done(*ready)
        return groups

    def readers_of(self, column: str) -> list[str]:
        """The rules that read `column` directly."""
        return [rule.name for rule in self.rules.values() if column in rule.inputs and rule.name != column]


def make_graph(rules: Iterable[Rule], measures: Iterable[str]) -> Graph:
    """Checks and joins the rules.

    Raises:
        RuleError: two rules of one name, an input that is neither a measure nor a rule, a cycle (named in order), a
            rule that reads one of a later stratum, or one that replaces a measure without reading it.
    """
    by_name: dict[str, Rule] = {}
    for rule in rules:
        if rule.name in by_name:
            raise RuleError(f"two rules are called {rule.name}; rename one of them")
        by_name[rule.name] = rule
    known = frozenset(measures)
    for rule in by_name.values():
        if rule.name in known and rule.name not in rule.inputs:
            raise RuleError(
                f"{rule.name} is a measure, and a rule of that name does not read it: it would replace what was measured"
            )
    for rule in by_name.values():
        _check_inputs(rule, by_name, known)
    order = _order(by_name)
    return Graph(by_name, known, _repetitions([by_name[name] for name in order]))


def _check_inputs(rule: Rule, rules: Mapping[str, Rule], measures: frozenset[str]) -> None:
    for source in rule.inputs:
        if source == rule.name and source not in measures:
            raise RuleError(f"{rule.name} reads itself")
        if source not in rules and source not in measures:
            raise RuleError(f"{rule.name} reads {source}, which is neither a measure nor a rule")
        if source in rules and STRATA.index(rules[source].stratum) > STRATA.index(rule.stratum):
            raise RuleError(
                f"{rule.name} ({rule.stratum}) reads {source} ({rules[source].stratum}): a rule may read its own or an earlier stratum"
            )


def _order(rules: Mapping[str, Rule]) -> list[str]:
    sorter = TopologicalSorter(
        {name: [s for s in rule.inputs if s in rules and s != name] for name, rule in rules.items()}
    )
    try:
        return list(sorter.static_order())
    except CycleError as error:
        raise RuleError("rules read one another in a circle: " + " -> ".join(error.args[1])) from error


def _repetitions(ordered: list[Rule]) -> dict[str, str]:
    """Rules that do the same with the same columns: the later repeats the first, and is not computed again."""
    repeats: dict[str, str] = {}
    first: dict[tuple[object, ...], str] = {}
    for rule in ordered:
        inputs = tuple(repeats.get(source, source) for source in rule.inputs)
        if rule.numbers == (SAME,):
            repeats[rule.name] = inputs[0]
            continue
        same = first.setdefault((rule.numbers, inputs, rule.levels), rule.name)
        if same != rule.name:
            repeats[rule.name] = same
    return repeats
