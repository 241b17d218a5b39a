"""Writes a graph of operations as Polars expressions.

Words become an Enum, a list a code into a small table: text in their place costs several times as much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import polars as pl

from myosteon.engine.sharing import Layout
from myosteon.engine.tree import CODE, COLUMN, LITERAL, SQUARE, WHEN, WORD, WORDS, Node
from myosteon.engine.word_search import for_search
from myosteon.errors import RuleError

# An Enum of up to 255 words is stored in a byte: the words of seven parts.
PARTS_OF_A_BYTE = 7
TYPES: Mapping[Any, Any] = {
    nw.Int8: pl.Int8,
    nw.Int16: pl.Int16,
    nw.Int32: pl.Int32,
    nw.Int64: pl.Int64,
    nw.Float64: pl.Float64,
    nw.Boolean: pl.Boolean,
    nw.String: pl.String,
}
# Plain numbers and texts stand as they are beside a column: Polars fits their type to it.
TAKES_PLAIN = frozenset(
    f"__{name}__" for name in ("eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "truediv", "pow")
) | {"fill_null", "str.contains", "str.starts_with"}

Writer = Callable[[tuple[Any, ...], tuple[Any, ...]], Any]


def polars_levels(layout: Layout) -> tuple[tuple[pl.Expr, ...], ...]:
    """The expressions of each level of a layout, under the names of its columns."""
    code = _PolarsCode(layout.held)
    return tuple(
        tuple(code.column(name, layout.nodes[name]).alias(name) for name in level) for level in layout.levels
    )


class _PolarsCode:
    """Writes nodes; `columns` are those that are held in a column, by its name."""

    def __init__(self, columns: Mapping[Node, str]) -> None:
        self._columns = columns
        self._written: dict[Node, Any] = {}

    def column(self, name: str, node: Node) -> pl.Expr:
        """The expression that makes the column `name`: another column where that holds the same."""
        holder = self._columns.get(node, name)
        expression: pl.Expr = self._operation(node) if holder == name else pl.col(holder)
        return expression

    def _expression(self, node: Node) -> Any:
        if node in self._columns:
            return pl.col(self._columns[node])
        known = self._written.get(node)
        if known is None:
            known = self._written[node] = self._operation(node)
        return known

    def _operation(self, node: Node) -> Any:
        if node.name == COLUMN:
            return pl.col(*node.options)
        if node.name == LITERAL:
            return _literal(*node.options)
        if node.name == WORD:
            word, levels = node.options
            return pl.lit(word, dtype=pl.Enum(levels))
        if node.name == WHEN:
            return self._chain(node)
        own = WRITERS.get(node.name)
        if own is not None:
            return own(tuple(self._expression(part) for part in node.arguments), node.options)
        return self._method(node)

    def _chain(self, node: Node) -> Any:
        """Conditions one after another, as one chain: nested, each would be a step of its own."""
        chain: Any = pl
        while node.name == WHEN and (chain is pl or node not in self._columns):
            condition, value, node = node.arguments
            chain = chain.when(self._expression(condition)).then(self._expression(value))
        return chain if _is_nothing(node) else chain.otherwise(self._expression(node))

    def _method(self, node: Node) -> Any:
        """An operation that Polars and Narwhals call by the same name."""
        first, *rest = node.arguments
        plain = node.name in TAKES_PLAIN
        arguments = [
            part.options[0] if plain and part.name == LITERAL else self._expression(part) for part in rest
        ]
        subject: Any = self._expression(first)
        for part in node.name.split("."):
            if not hasattr(subject, part):
                raise RuleError(f"the engine does not know the operation {node.name}")
            subject = getattr(subject, part)
        return subject(*arguments, **{name: value for name, _, value in node.options if value is not None})


def _is_nothing(node: Node) -> bool:
    return node.name == LITERAL and node.options[0] is None


def _literal(value: Any, dtype: Any) -> Any:
    return pl.lit(value) if dtype is None else pl.lit(value, dtype=type_of(dtype))


def type_of(dtype: Any) -> Any:
    """Polars' type for one of Narwhals.

    Raises:
        RuleError: a type that no rule has needed so far.
    """
    kind = dtype if isinstance(dtype, type) else type(dtype)
    if kind not in TYPES:
        raise RuleError(f"the engine does not know the type {kind.__name__}")
    return TYPES[kind]


def _cast(arguments: tuple[Any, ...], options: tuple[Any, ...]) -> Any:
    ((_, _, dtype),) = options
    return arguments[0].cast(type_of(dtype))


def _is_in(arguments: tuple[Any, ...], options: tuple[Any, ...]) -> Any:
    ((_, _, values),) = options
    return arguments[0] == values[0] if len(values) == 1 else arguments[0].is_in(list(values))


def _concat_str(arguments: tuple[Any, ...], options: tuple[Any, ...]) -> Any:
    given = {name: value for name, _, value in options}
    return pl.concat_str(arguments, separator=given["separator"], ignore_nulls=given["ignore_nulls"])


def _replace_all(arguments: tuple[Any, ...], options: tuple[Any, ...]) -> Any:
    """Polars takes the pattern first, Narwhals the text that takes its place."""
    given = {name: value for name, _, value in options}
    pattern = given["pattern"] if given["literal"] else for_search(given["pattern"])
    return arguments[0].str.replace_all(pattern, arguments[1], literal=given["literal"])


def _code(arguments: tuple[Any, ...], options: tuple[Any, ...]) -> Any:
    """A list as a whole number, one bit for each part that holds."""
    whole = pl.UInt8() if len(arguments) <= PARTS_OF_A_BYTE else pl.UInt16()
    zero = pl.lit(0, dtype=whole)
    return reduce(
        or_,
        (
            pl.when(condition).then(pl.lit(1 << place, dtype=whole)).otherwise(zero)
            for place, condition in enumerate(arguments)
        ),
    )


def _words(arguments: tuple[Any, ...], options: tuple[Any, ...]) -> Any:
    """The code is the place of a word in an Enum, so nothing is looked up."""
    (code,) = arguments
    return pl.when(code != 0).then(code).cat.to(pl.Enum(options))


WRITERS: Mapping[str, Writer] = {
    "cast": _cast,
    "is_in": _is_in,
    "coalesce": lambda arguments, _: pl.coalesce(*arguments),
    "max_horizontal": lambda arguments, _: pl.max_horizontal(*arguments),
    "min_horizontal": lambda arguments, _: pl.min_horizontal(*arguments),
    "concat_str": _concat_str,
    "str.replace_all": _replace_all,
    "__invert__": lambda arguments, _: ~arguments[0],
    SQUARE: lambda arguments, _: arguments[0].pow(2),
    CODE: _code,
    WORDS: _words,
}
