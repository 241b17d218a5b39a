"""What is missing for a verdict, alternatives grouped: any one of gait speed, SPPB, five chair stands.

What is needed comes from the `_needs` columns; which measures are alternatives of one thing, from the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.logic.rule import Rule
from myosteon.outputs.explain_limits import lean_mass_lows, methods_with_cutoff
from myosteon.outputs.explain_shape import ALTERNATIVES, FIRST_KNOWN, LEAN_MASS, THINGS, WHO, listed, value_in
from myosteon.outputs.explain_types import Needed, Row, Way
from myosteon.outputs.wording.load import Speech
from myosteon.vocabulary.measures import load_measures

# Measured along with a mass or grip, never the heart of a test.
COMPANIONS = frozenset({"height_cm", "weight_kg", "mass_method"})
BOTH_METHODS = ("dxa", "bia")


@dataclass(frozen=True, slots=True)
class Alternative:
    """The measures of one alternative, and the methods that will do (empty = no method is asked for)."""

    measures: tuple[str, ...]
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Alternatives for one column: measuring any one of them gives it an answer."""

    column: str
    alternatives: tuple[Alternative, ...]


def needs_of(row: Row, graph: Graph, verdict: str) -> tuple[str, ...]:
    """The measures that a verdict still needs, as its `_needs` column says; of a cross verdict, those of its open parts."""
    base = base_of(verdict)
    column = f"{base}_needs"
    if column in graph.rules:
        return listed(row, graph, column)
    rule = graph.rules.get(base)
    if rule is None or value_in(row, graph, base) is not None:
        return ()
    found: set[str] = set()
    for part in rule.inputs:
        owner = _owner(graph, part)
        if owner and value_in(row, graph, part) is None:
            found.update(needs_of(row, graph, owner))
    return tuple(name for name in load_measures() if name in found)


def base_of(verdict: str) -> str:
    """The verdict that `..._upto` and `..._needs` belong to."""
    for ending in ("_upto", "_needs"):
        if verdict.endswith(ending):
            return verdict.removesuffix(ending)
    return verdict


def _owner(graph: Graph, column: str) -> str | None:
    """The verdict whose `_needs` speaks for a column: its own, or that of the definition whose stage it is."""
    if f"{column}_needs" in graph.rules:
        return column
    rule = graph.rules.get(column)
    whole = f"sarcopenia_{rule.definition}" if rule else ""
    return (
        whole
        if rule and rule.template.startswith("sarcopenia_") and f"{whole}_needs" in graph.rules
        else None
    )


@lru_cache(maxsize=512)
def blocks_of(graph: Graph, verdict: str) -> tuple[Block, ...]:
    """The columns below a verdict that any one of several measures answers."""
    found: dict[str, Block] = {}
    waiting = [base_of(verdict)]
    seen: set[str] = set()
    while waiting:
        column = waiting.pop(0)
        rule = graph.rules.get(column)
        if rule is None or column in seen:
            continue
        seen.add(column)
        if rule.template in THINGS:
            found[column] = Block(
                column, tuple(_test(graph, graph.rules[name]) for name in rule.explained_by)
            )
        elif rule.template in ALTERNATIVES | FIRST_KNOWN:
            found[column] = Block(column, tuple(Alternative((name,)) for name in _leaves(graph, rule)))
        else:
            waiting.extend(name for name in rule.explained_by if name != column)
    return tuple(found.values())


def _test(graph: Graph, rule: Rule) -> Alternative:
    methods: tuple[str, ...] = ()
    if rule.template.startswith(LEAN_MASS):
        methods = methods_with_cutoff(graph, lean_mass_lows(graph, rule)) or BOTH_METHODS
    return Alternative(tuple(name for name in _leaves(graph, rule) if name not in WHO), methods)


def _leaves(graph: Graph, rule: Rule) -> tuple[str, ...]:
    """The measures that a rule reads, a total standing for its parts."""
    found: list[str] = []
    for name in rule.inputs:
        if name in graph.measures:
            found.append(name)
        elif name in graph.rules:
            found.extend(_leaves(graph, graph.rules[name]))
    return tuple(dict.fromkeys(found))


def choices(row: Row, graph: Graph, verdict: str, needs: Sequence[str]) -> list[tuple[Alternative, ...]]:
    """The needs of a verdict in groups; any one alternative of a group supplies it. Each need stands in one group."""
    left = list(needs)
    groups: list[tuple[Alternative, ...]] = []
    for block in blocks_of(graph, verdict):
        if value_in(row, graph, block.column) is not None:
            continue
        group = [a for alternative in block.alternatives if (a := _narrow(alternative, left)).measures]
        group = [a for a in group if not set(a.measures) <= COMPANIONS] or group[:1]
        if group:
            groups.append(tuple(group))
            used = {name for alternative in group for name in alternative.measures}
            left = [name for name in left if name not in used]
    singles = [(Alternative((name,)),) for name in left]
    return sorted(singles + groups, key=lambda group: needs.index(group[0].measures[0]))


def _narrow(alternative: Alternative, needs: Sequence[str]) -> Alternative:
    measures = tuple(name for name in needs if name in alternative.measures)
    return Alternative(measures, alternative.methods if "alm_kg" in measures else ())


def needed(row: Row, graph: Graph, verdict: str, needs: Sequence[str], speech: Speech) -> tuple[Needed, ...]:
    """The needs of a verdict in words, alternatives together."""
    found = []
    for group in choices(row, graph, verdict, needs):
        ways = tuple(way_of(alternative, speech) for alternative in group)
        text = ways[0].label
        if len(ways) > 1:
            text = speech.say("next.any_one_of", items=speech.list([way.label for way in ways]))
        found.append(Needed(ways, text))
    return tuple(found)


def way_of(alternative: Alternative, speech: Speech) -> Way:
    """An alternative in words: "limb muscle mass by DXA (with height)"."""
    names = alternative.measures
    heart = [name for name in names if name not in COMPANIONS] or list(names[:1])
    label = speech.list([measure_inside(name, speech) for name in heart])
    others = [n for n in names if n not in heart and not (n == "mass_method" and alternative.methods)]
    said = speech.list([measure_inside(name, speech) for name in others])
    methods = speech.say("name.or").join(speech.method(method) for method in alternative.methods)
    if methods and said:
        label = speech.say("name.with_method_and", label=label, method=methods, others=said)
    elif methods:
        label = speech.say("name.with_method", label=label, method=methods)
    elif said:
        label = speech.say("next.with", item=label, others=said)
    return Way(names, alternative.methods, label)


def measure_inside(name: str, speech: Speech) -> str:
    """A measure's label as it stands inside a sentence."""
    return speech.inside(load_measures()[name].label.in_language(speech.language))
