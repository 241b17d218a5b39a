"""Folds a tree for reading: what a line already says is not said again below it."""

from __future__ import annotations

from dataclasses import replace

from myosteon.outputs.explain_types import Node


def fold(tree: Node) -> Node:
    """The tree without lone children that repeat their parent's value, and without a subtree that stands further up."""
    return _without_repeats(_folded(tree), set())


# A best of two hands that was given as such is the grip itself.
SAME_THING = {"grip_best_kg": "grip_kg"}


def _folded(node: Node) -> Node:
    children = tuple(child for inner in node.children for child in _shown(node, _folded(inner)))
    if len(children) == 1 and children[0].name == SAME_THING.get(node.name):
        children = ()
    return replace(node, children=children)


def _shown(node: Node, child: Node) -> tuple[Node, ...]:
    """What is left to say of a child below its parent's line: of the column that a criterion judges, its parts."""
    if child.name != node.judges or child.note or child.value != node.value:
        return (child,)
    parts = child.children
    while len(parts) == 1 and parts[0].children and parts[0].value == node.value and not parts[0].note:
        parts = parts[0].children
    return parts


def _without_repeats(node: Node, shown: set[str]) -> Node:
    if not node.children:
        return node
    if node.name in shown:
        return replace(node, children=())
    shown.add(node.name)
    return replace(node, children=tuple(_without_repeats(child, shown) for child in node.children))


def repeats_headline(tree: Node) -> bool:
    """Whether the line of a tree's root would only say again what the headline says, so that reading begins below it."""
    return bool(tree.children) and tree.comparison is None and not tree.note
