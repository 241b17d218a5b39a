"""Spares the last question of chains such as "of men this, of women that, else nothing", where many chains ask the same questions.

Whether any question is a yes is asked once for all of them, and a chain is made nothing where none is: for answers of yes and no
that costs half of asking again in each chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import reduce

from myosteon.engine.tree import LITERAL, WHEN, Forest, Node

# Two chains cost as much as what they then rest on.
FEWEST_CHAINS = 3
ANSWERS_YES_OR_NO = frozenset(
    {f"__{sign}__" for sign in ("lt", "le", "gt", "ge", "eq", "ne")}
    | {"__and__", "__or__", "__invert__", "is_null", "is_not_null", "is_in"}
)

Chain = tuple[tuple[Node, ...], tuple[Node, ...]]


def spare_last_questions(answers: Mapping[str, Node], forest: Forest) -> dict[str, Node]:
    """The same answers, with fewer questions in their chains."""
    chains = dict(_chains(answers))
    often = {
        questions
        for questions, uses in Counter(questions for questions, _ in chains.values()).items()
        if uses >= FEWEST_CHAINS
    }
    written: dict[Node, Node] = {}

    def write(node: Node) -> Node:
        if node not in written:
            chain = chains.get(node)
            if chain is not None and chain[0] in often:
                written[node] = _spared(chain[0], [write(value) for value in chain[1]], forest)
            else:
                written[node] = forest.like(node, tuple(map(write, node.arguments)))
        return written[node]

    return {name: write(node) for name, node in answers.items()}


def _spared(questions: tuple[Node, ...], values: list[Node], forest: Forest) -> Node:
    """The last value stands where no earlier question is a yes; then what is to be nothing is made so."""
    asked = [forest.surely(question) for question in questions]
    *earlier, chain = values
    for question, value in reversed(list(zip(asked, earlier, strict=False))):
        chain = forest.when(question, value, chain)
    return forest.nothing_unless(chain, reduce(forest.either, asked))


def _chains(answers: Mapping[str, Node]) -> Iterator[tuple[Node, Chain]]:
    """Every chain of two or more questions whose answers are yes and no, and which ends in nothing."""
    inner: set[Node] = set()
    seen: set[Node] = set()
    # A chain is met before the chains within it.
    waiting = list(dict.fromkeys(answers.values()))
    found: dict[Node, Chain] = {}
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        waiting += node.arguments
        chain = _chain(node)
        if chain is not None:
            found[node] = chain
            inner.add(node.arguments[2])
    return ((node, chain) for node, chain in found.items() if node not in inner)


def _chain(node: Node) -> Chain | None:
    questions: list[Node] = []
    values: list[Node] = []
    while node.name == WHEN:
        question, value, node = node.arguments
        if value.name not in ANSWERS_YES_OR_NO:
            return None
        questions.append(question)
        values.append(value)
    if len(questions) < 2 or node.name != LITERAL or node.options[0] is not None:
        return None
    return tuple(questions), tuple(values)
