"""Writes a graph of operations as one Python function: for a single person, starting an engine costs more than judging.

The function answers as Polars does over a frame of one row. What it cannot promise that of (a number that is not finite,
a division by nought) it refuses with `NotJudged`, and the person is judged over a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import ceil, exp, floor, isfinite, log, sqrt
from typing import Any

import polars as pl

from myosteon.engine.sharing import Layout
from myosteon.engine.text_search import contains
from myosteon.engine.tree import CODE, COLUMN, LITERAL, SQUARE, WHEN, WORD, WORDS, Node

Judge = Callable[[Sequence[Any]], tuple[Any, ...]]


class NotJudged(Exception):
    """The function has no answer for these values, or cannot be written."""


def write_function(layout: Layout, arguments: Mapping[str, str], outputs: Sequence[str]) -> Judge:
    """The function that takes the values of `arguments` in their order and returns those of the columns `outputs`.

    Args:
        layout: the columns to make.
        arguments: each argument, and the column of the layout that holds it.
        outputs: names of columns to return, of the layout or of the arguments.

    Raises:
        NotJudged: an operation is one that Python does not do exactly as Polars does.
    """
    code = _PythonCode(layout, {column: f"given_{place}" for place, column in enumerate(arguments.values())})
    lines = [f"    {', '.join(code.names[column] for column in arguments.values())}, = values"]
    lines += code.lines()
    lines.append(f"    return ({', '.join(code.names[name] for name in outputs)},)")
    scope: dict[str, Any] = {**HELPERS, **code.tables}
    exec("def judge(values):\n" + "\n".join(lines), scope)
    judge: Judge = scope["judge"]
    return judge


def judge_one(judge: Judge, values: Sequence[Any]) -> tuple[Any, ...]:
    """The answers of `judge`.

    Raises:
        NotJudged: a value is not finite, or a division by nought would make one.
    """
    for value in values:
        if isinstance(value, float) and not isfinite(value):
            raise NotJudged
    try:
        return judge(values)
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        raise NotJudged from error


class _PythonCode:
    """Names every column and writes the lines that make it."""

    def __init__(self, layout: Layout, given: Mapping[str, str]) -> None:
        self._layout = layout
        self.names: dict[str, str] = dict(given)
        self.tables: dict[str, tuple[str | None, ...]] = {}

    def lines(self) -> Iterator[str]:
        """A line for each column, those first on which others rest."""
        for level in self._layout.levels:
            written: list[tuple[str, str]] = []
            for name in level:
                node = self._layout.nodes[name]
                holder = self._layout.held.get(node, name)
                written.append((name, self._operation(node) if holder == name else self.names[holder]))
            for name, text in written:
                self.names[name] = f"made_{len(self.names)}"
                yield f"    {self.names[name]} = {text}"

    def _expression(self, node: Node) -> str:
        holder = self._layout.held.get(node)
        return self._operation(node) if holder is None else self.names[holder]

    def _operation(self, node: Node) -> str:
        if node.name == COLUMN:
            return self.names[node.options[0]]
        if node.name in (LITERAL, WORD):
            return repr(node.options[0])
        parts = [self._expression(part) for part in node.arguments]
        if node.name == WHEN:
            condition, value, otherwise = parts
            return f"({value} if {condition} else {otherwise})"
        if node.name == CODE:
            return " + ".join(f"({1 << place} if {part} else 0)" for place, part in enumerate(parts))
        if node.name == WORDS:
            return f"{self._table((None, *node.options[1:]))}[{parts[0]}]"
        return self._call(node, parts)

    def _table(self, words: tuple[str | None, ...]) -> str:
        name = f"table_{len(self.tables)}"
        self.tables[name] = words
        return name

    def _call(self, node: Node, parts: Sequence[str]) -> str:
        options = {name: value for name, _, value in node.options if value is not None}
        if node.name == "is_null":
            return f"({parts[0]} is None)"
        if node.name == "is_not_null":
            return f"({parts[0]} is not None)"
        if node.name == "__truediv__" and node.arguments[1].name == LITERAL:
            # Polars multiplies by the reciprocal of a constant, which may differ in the last digit.
            return f"times({parts[0]}, {1 / node.arguments[1].options[0]!r})"
        if node.name == "round" and options == {"decimals": 9}:
            return f"rounded({parts[0]})"
        if node.name == "is_in":
            return f"is_in({parts[0]}, {options['other']!r})"
        if node.name == "cast":
            return f"{_cast(options['dtype'])}({parts[0]})"
        if node.name == "concat_str" and options["ignore_nulls"]:
            return f"joined({options['separator']!r}, {', '.join(parts)})"
        if node.name in OF_TEXT:
            return f"of_text({node.name!r}, {tuple(options.items())!r}, {', '.join(parts)})"
        if options or node.name not in CALLS:
            raise NotJudged(node.name)
        return f"{CALLS[node.name]}({', '.join(parts)})"


def _cast(dtype: Any) -> str:
    name = str(dtype)
    if name.startswith("Int"):
        return "whole"
    if name.startswith("Float"):
        return "real"
    raise NotJudged(f"cast to {name}")


def _both(a: Any, b: Any) -> Any:
    if a is None:
        return False if b is False else None
    if b is None:
        return False if a is False else None
    return a and b


def _either(a: Any, b: Any) -> Any:
    if a is None:
        return True if b is True else None
    if b is None:
        return True if a is True else None
    return a or b


def _known(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _of_known(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, unknown where a value is unknown."""
    if function.__code__.co_argcount == 1:
        return lambda a: None if a is None else function(a)
    return lambda a, b: None if a is None or b is None else function(a, b)


def _of_text(name: str, options: tuple[tuple[str, Any], ...], *values: Any) -> Any:
    """What Polars itself says of one text: its patterns are not Python's. Unknown where a text is unknown."""
    if any(value is None for value in values):
        return None
    if name == "str.contains":
        return contains(values[0], values[1], dict(options)["literal"])
    return _asked_of_polars(name, options, *values)


@lru_cache(maxsize=16_384)
def _asked_of_polars(name: str, options: tuple[tuple[str, Any], ...], *values: Any) -> Any:
    given = dict(options)
    if name == "concat_str":
        return given["separator"].join(values)
    text = pl.Series([values[0]], dtype=pl.String).str
    if name == "str.to_lowercase":
        return text.to_lowercase().item()
    if name == "str.len_chars":
        return text.len_chars().item()
    return text.replace_all(given["pattern"], values[1], literal=given["literal"]).item()


OF_TEXT = ("str.to_lowercase", "str.replace_all", "str.contains", "str.len_chars", "concat_str")
HELPERS: Mapping[str, Callable[..., Any]] = {
    "of_text": _of_text,
    "joined": lambda between, *texts: between.join(text for text in texts if text is not None),
    "both": _both,
    "either": _either,
    "known": _known,
    "differs": _of_known(lambda a, b: a is not b),
    "negated": _of_known(lambda a: not a),
    "equal": _of_known(lambda a, b: a == b),
    "unequal": _of_known(lambda a, b: a != b),
    "less": _of_known(lambda a, b: a < b),
    "at_most": _of_known(lambda a, b: a <= b),
    "greater": _of_known(lambda a, b: a > b),
    "at_least": _of_known(lambda a, b: a >= b),
    "plus": _of_known(lambda a, b: a + b),
    "opposite": _of_known(lambda a: -a),
    "minus": _of_known(lambda a, b: a - b),
    "times": _of_known(lambda a, b: a * b),
    "squared": _of_known(lambda a: a * a),
    "divided": _of_known(lambda a, b: a / b),
    "floor_of": _of_known(lambda a: float(floor(a))),
    "ceiling_of": _of_known(lambda a: float(ceil(a))),
    "exponential": _of_known(lambda a: exp(a)),
    "logarithm": _of_known(lambda a: log(a)),
    "root": _of_known(lambda a: sqrt(a)),
    "rounded": _of_known(lambda a: round(a * 1e9) / 1e9),
    "whole": _of_known(lambda a: int(a)),
    "real": _of_known(lambda a: float(a)),
    "is_in": lambda a, words: None if a is None else a in words,
}
CALLS: Mapping[str, str] = {
    "__and__": "both",
    "__or__": "either",
    "__invert__": "negated",
    "__xor__": "differs",
    "__eq__": "equal",
    "__ne__": "unequal",
    "__lt__": "less",
    "__le__": "at_most",
    "__gt__": "greater",
    "__ge__": "at_least",
    "__add__": "plus",
    "__sub__": "minus",
    "__neg__": "opposite",
    "__mul__": "times",
    "__truediv__": "divided",
    SQUARE: "squared",
    "floor": "floor_of",
    "ceil": "ceiling_of",
    "exp": "exponential",
    "log": "logarithm",
    "sqrt": "root",
    "coalesce": "known",
    "fill_null": "known",
}
