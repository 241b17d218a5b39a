"""Folds a tree for reading: what a line already says is not said again below it."""

from __future__ import annotations

from dataclasses import replace

from myosteon.outputs.explain_types import Node


def fold(tree: Node) -> Node:
    """The tree without lone children that repeat their parent's value, and without a subtree that stands further up."""
    return _without_repeats(_folded(tree), set())


def _folded(node: Node) -> Node:
    children = tuple(_folded(child) for child in node.children)
    while len(children) == 1 and _says_the_same(node, children[0]):
        children = children[0].children
    return replace(node, children=children)


def _says_the_same(node: Node, child: Node) -> bool:
    """Whether a criterion's own line gives all that its only child does."""
    if node.comparison is None or child.note:
        return False
    return child.value == node.value and not isinstance(child.value, bool) and child.comparison is None


def _without_repeats(node: Node, shown: set[str]) -> Node:
    if not node.children:
        return node
    if node.name in shown:
        return replace(node, children=())
    shown.add(node.name)
    return replace(node, children=tuple(_without_repeats(child, shown) for child in node.children))


def repeats_headline(tree: Node) -> bool:
    """Whether the line of a tree's root would only say again what the headline says, so that reading begins below it."""
    below = any(child.children for child in tree.children)
    return below and tree.comparison is None and not tree.note
