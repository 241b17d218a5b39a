"""Decides which operations are held in a column of their own, and in what order columns are made.

An operation that several others rest on is made once. What only one rests on is made where it is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from myosteon.engine.tree import COLUMN, Node

# What no column of a file is called.
OWN = "myosteon: "
# To drop columns is itself a step; fewer at once are not worth it.
FEWEST_DROPPED = 24


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The columns to make: `levels` of names, each resting on earlier ones; `held` is the column of a node.

    `dropped` are, for each level, columns made before it that nothing rests on after it and nobody asked for.
    """

    levels: tuple[tuple[str, ...], ...]
    dropped: tuple[tuple[str, ...], ...]
    nodes: Mapping[str, Node]
    held: Mapping[Node, str]


def lay_out(answers: Mapping[str, Node], wanted: Collection[str] | None = None) -> Layout:
    """The columns for `answers` (a node for each name) and for what several of them rest on.

    `wanted` are those that must be there in the end, all where None.
    """
    held: dict[Node, str] = {}
    for name, node in answers.items():
        if not node.is_leaf:
            held.setdefault(node, name)
    shared = [node for node, uses in _uses(answers).items() if uses > 1 and node not in held]
    held |= {node: f"{OWN}shared {place}" for place, node in enumerate(shared)}
    nodes = {**answers, **{held[node]: node for node in shared}}
    depths: dict[str, int] = {}
    for name in nodes:
        _depth(name, nodes, held, depths)
    levels: list[list[str]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for name in nodes:
        levels[depths[name]].append(name)
    kept = set(answers if wanted is None else wanted)
    dropped = _together(_dropped(levels, nodes, held, kept))
    return Layout(tuple(map(tuple, levels)), dropped, nodes, held)


def _dropped(
    levels: Sequence[Sequence[str]], nodes: Mapping[str, Node], held: Mapping[Node, str], kept: set[str]
) -> list[set[str]]:
    """The columns that each level is the last to rest on."""
    dropped: list[set[str]] = []
    rested_on = kept.copy()
    for names in reversed(levels):
        read = {other for name in names for other in columns_of(nodes[name], name, held)} & nodes.keys()
        dropped.append(read - rested_on)
        rested_on |= read
    return dropped[::-1]


def _together(dropped: Sequence[set[str]]) -> tuple[tuple[str, ...], ...]:
    """The same columns in fewer steps, each a little later; after the last level nothing is dropped: only what is wanted is taken."""
    steps: list[tuple[str, ...]] = []
    waiting: set[str] = set()
    for names in dropped:
        waiting |= names
        enough = len(waiting) >= FEWEST_DROPPED and len(steps) + 1 < len(dropped)
        steps.append(tuple(sorted(waiting)) if enough else ())
        if enough:
            waiting = set()
    return tuple(steps)


def _uses(answers: Mapping[str, Node]) -> Counter[Node]:
    """How many other operations rest on each operation."""
    uses: Counter[Node] = Counter()
    seen: set[Node] = set()
    waiting = list(dict.fromkeys(answers.values()))
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for part in node.arguments:
            if not part.is_leaf:
                uses[part] += 1
                waiting.append(part)
    return uses


def _depth(name: str, nodes: Mapping[str, Node], held: Mapping[Node, str], depths: dict[str, int]) -> int:
    if name not in depths:
        depths[name] = 0
        rests_on = set(columns_of(nodes[name], name, held)) & nodes.keys()
        depths[name] = max(
            (1 + _depth(other, nodes, held, depths) for other in rests_on if other != name), default=0
        )
    return depths[name]


def columns_of(node: Node, name: str, held: Mapping[Node, str]) -> Iterator[str]:
    """The columns that the column `name`, made from `node`, is made from."""
    if node.name == COLUMN:
        yield node.options[0]
        return
    if held.get(node, name) != name:
        yield held[node]
        return
    for part in node.arguments:
        if part in held:
            yield held[part]
        else:
            yield from columns_of(part, name, held)
