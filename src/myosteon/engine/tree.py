"""Reads the answers of rules into a graph of operations, in which what stands twice is one and the same node.

The operations of a Narwhals expression are private to it; this is the one place that looks at them (decisions/0007).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress, product
from typing import Any, cast

import narwhals as nw

from myosteon.logic.answers import Answer, FirstTrue, Listing

COLUMN = "column"
LITERAL = "literal"
WHEN = "when"
WORD = "word"
CODE = "code"
WORDS = "words"
SQUARE = "square"
SEPARATOR = ";"
# A code of more parts would need a table larger than it is worth.
MOST_PARTS_OF_A_CODE = 12
# Narwhals writes an operation whose left side is a plain number the other way round.
TURNED = {f"__r{name}__": f"__{name}__" for name in ("add", "sub", "mul", "truediv", "pow", "and", "or")}


class Node:
    """One operation: its name, the nodes that it works on, and what else it takes.

    Nodes of one forest are equal only where they are the same object.
    """

    __slots__ = ("arguments", "name", "options")

    def __init__(self, name: str, arguments: tuple[Node, ...], options: tuple[Any, ...]) -> None:
        self.name = name
        self.arguments = arguments
        self.options = options

    @property
    def is_leaf(self) -> bool:
        """Whether it is a column or a constant."""
        return not self.arguments


class Forest:
    """Every node that was read, each once.

    Args:
        order: the place of each measure in a list.
    """

    def __init__(self, order: Mapping[str, int]) -> None:
        self._order = order
        self._nodes: dict[Hashable, Node] = {}

    def column(self, name: str) -> Node:
        """The values of a column."""
        return self._node(COLUMN, (), (name,))

    def answer(self, answer: Answer, levels: Sequence[str] = ()) -> Node:
        """What a rule answers; `levels` are the words that it may answer with, in order.

        A list that fits a code is read as that code, whose words `list_table` holds.
        """
        if isinstance(answer, FirstTrue):
            return self._first_true(answer, tuple(levels))
        if isinstance(answer, Listing):
            if fits_a_code(answer, self._order):
                return self._node(CODE, tuple(self.expression(part) for part, _ in answer.parts), ())
            return self.expression(narwhals_list(answer, self._order))
        return self.expression(answer)

    def list_words(self, code: Node, table: Sequence[str]) -> Node:
        """The words of a code into `table`."""
        return self._node(WORDS, (code,), tuple(table))

    def expression(self, expression: nw.Expr) -> Node:
        """A Narwhals expression."""
        first, *rest = cast(Any, expression)._nodes
        node = self._root(first)
        for operation in rest:
            arguments = (node, *self._arguments(operation))
            name = TURNED.get(operation.name)
            if name:
                arguments = (arguments[1], arguments[0])
            node = self._node(name or operation.name, arguments, _options(operation.kwargs))
        return node

    def like(self, node: Node, arguments: tuple[Node, ...]) -> Node:
        """The operation of `node` on other nodes."""
        return self._node(node.name, arguments, node.options)

    def when(self, condition: Node, value: Node, otherwise: Node) -> Node:
        """One value or the other."""
        return self._when(condition, value, otherwise)

    def either(self, one: Node, other: Node) -> Node:
        """Whether one of two holds."""
        return self._node("__or__", (one, other), ())

    def surely(self, condition: Node) -> Node:
        """Whether the condition is a yes: no where it is unknown."""
        return self._node("fill_null", (condition, self._literal(False, None)), ())

    def nothing_unless(self, answer: Node, condition: Node) -> Node:
        """An answer of yes or no where the condition holds, nothing where it does not."""
        nothing = self._when(condition, self._literal(False, None), self._literal(None, None))
        return self._node("__xor__", (answer, nothing), ())

    def _root(self, operation: Any) -> Node:
        if operation.name == "col":
            (name,) = operation.kwargs["names"]
            return self.column(name)
        if operation.name == "lit":
            return self._literal(operation.kwargs["value"], operation.kwargs["dtype"])
        arguments = self._arguments(operation)
        if operation.name == "all_horizontal" and len(arguments) == 1:
            # The condition of `when` stands in a conjunction of one.
            return arguments[0]
        if operation.name == "when_then":
            nothing = (self._literal(None, None),) if len(arguments) == 2 else ()
            return self._when(*arguments, *nothing)
        return self._node(operation.name, arguments, _options(operation.kwargs))

    def _arguments(self, operation: Any) -> tuple[Node, ...]:
        named = not operation.str_as_lit
        return tuple(
            self.expression(part)
            if isinstance(part, nw.Expr)
            else self.column(part)
            if named and isinstance(part, str)
            else self._literal(part, None)
            for part in operation.exprs
        )

    def _first_true(self, answer: FirstTrue, levels: tuple[str, ...]) -> Node:
        branches = [
            (self.expression(condition), self._node(WORD, (), (word, levels)))
            for condition, word in answer.branches
        ]
        otherwise = answer.otherwise
        chain = self._literal(None, None) if otherwise is None else self._node(WORD, (), (otherwise, levels))
        if otherwise is None and self._is_either_or(branches):
            # One question with two words: asked once, and once whether it is known.
            (condition, word), (_, other) = branches
            either = self._node(WHEN, (condition, word, other), ())
            return self._node(WHEN, (self._node("is_null", (condition,), ()), chain, either), ())
        for condition, word in reversed(branches):
            chain = self._node(WHEN, (condition, word, chain), ())
        return chain

    def _is_either_or(self, branches: Sequence[tuple[Node, Node]]) -> bool:
        if len(branches) != 2:
            return False
        (condition, _), (other, _) = branches
        return other is self._node("__invert__", (condition,), ())

    def _when(self, condition: Node, value: Node, otherwise: Node) -> Node:
        nothing = self._literal(None, None)
        if otherwise is nothing and value.name == WHEN and value.arguments[2] is nothing:
            # A value behind two conditions, and nothing where either fails: one condition of both.
            inner, value, _ = value.arguments
            condition = self._node("__and__", (condition, inner), ())
        return self._node(WHEN, (condition, value, otherwise), ())

    def _literal(self, value: Any, dtype: Any) -> Node:
        return self._node(LITERAL, (), (value, dtype))

    def _node(self, name: str, arguments: tuple[Node, ...], options: tuple[Any, ...]) -> Node:
        if name == "__invert__" and arguments[0].name == "is_null":
            name, arguments = "is_not_null", arguments[0].arguments
        if name == "__mul__" and arguments[0] is arguments[1]:
            name, arguments = SQUARE, arguments[:1]
        # 1, 1.0 and True are equal to Python, and no equals of one another here.
        key = (name, arguments, *((type(option), option) for option in options))
        known = self._nodes.get(key)
        if known is None:
            known = self._nodes[key] = Node(name, arguments, options)
        return known


def _options(given: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        (name, type(value), tuple(value) if isinstance(value, list) else value)
        for name, value in given.items()
    )


def fits_a_code(answer: Answer, order: Mapping[str, int]) -> bool:
    """Whether the answer is a list that can be held as a code into a table: not too long, and no text stands there twice."""
    if not isinstance(answer, Listing) or len(answer.parts) > MOST_PARTS_OF_A_CODE:
        return False
    table = list_table(answer, order)
    return len(set(table)) == len(table)


def list_table(answer: Listing, order: Mapping[str, int]) -> list[str]:
    """The text of every combination of a list's parts, at the place of its bit mask."""
    parts = tuple(tuple(measures) for _, measures in answer.parts)
    # A list without doubles that keeps its order: what is no measure stays in the order of the parts.
    names = tuple(dict.fromkeys(chain.from_iterable(parts)))
    return list(_table(parts, tuple(order.get(name, len(order)) for name in names)))


@lru_cache(maxsize=1024)
def _table(parts: tuple[tuple[str, ...], ...], places: tuple[int, ...]) -> tuple[str, ...]:
    """The same for the names of each part; `places` are those of the names, in the order in which they come first."""
    names = dict.fromkeys(chain.from_iterable(parts))
    place_of = dict(zip(names, places, strict=True))
    if all(len(part) == 1 for part in parts) and len(names) == len(parts):
        # Every part has a name of its own: what is longer by a name is the shorter one with it.
        bits = {part[0]: 1 << bit for bit, part in enumerate(parts)}
        texts = {0: ""}
        for name in sorted(names, key=place_of.__getitem__):
            longer = {
                mask | bits[name]: text + SEPARATOR + name if text else name for mask, text in texts.items()
            }
            texts |= longer
        return tuple(texts[mask] for mask in range(len(texts)))
    table: list[str] = []
    for held in product((False, True), repeat=len(parts)):
        named = dict.fromkeys(chain.from_iterable(compress(parts, reversed(held))))
        table.append(SEPARATOR.join(sorted(named, key=place_of.__getitem__)))
    return tuple(table)


def narwhals_list(answer: Listing, order: Mapping[str, int]) -> nw.Expr:
    """The list as text, each measure once and in order."""
    conditions: dict[str, nw.Expr] = {}
    for condition, measures in answer.parts:
        for measure in measures:
            known = conditions.get(measure)
            conditions[measure] = condition if known is None else known | condition
    pieces = [
        nw.when(conditions[measure]).then(nw.lit(measure))
        for measure in sorted(conditions, key=lambda name: order.get(name, len(order)))
    ]
    text = nw.concat_str(*pieces, separator=SEPARATOR, ignore_nulls=True)
    return nw.when(text != "").then(text)
