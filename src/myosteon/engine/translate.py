"""Turns the answer of a rule into an expression of the engine at hand.

Rules see Narwhals only. Polars frames get the native expression, made once per rule set: translating Narwhals anew for
each person costs more than judging the person. Words become an Enum and lists a code into a small table there; other
engines get text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress, product
from typing import Any

import narwhals as nw
import polars as pl

from myosteon.logic.answers import Answer, FirstTrue, Listing

SEPARATOR = ";"


class _Namespace:
    """Narwhals' own Polars namespace, but that a single condition of `when` is not wrapped in a conjunction of one."""

    def __init__(self) -> None:
        frame: Any = nw.from_native(pl.DataFrame())
        self._own = frame._compliant_frame.__narwhals_namespace__()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)

    def all_horizontal(self, *expressions: Any, ignore_nulls: bool) -> Any:
        if len(expressions) == 1:
            return expressions[0]
        return self._own.all_horizontal(*expressions, ignore_nulls=ignore_nulls)


def to_polars(expression: nw.Expr) -> pl.Expr:
    """The Polars expression of a Narwhals expression."""
    translated: Any = expression._to_compliant_expr(_NAMESPACE)
    native: pl.Expr = translated.native
    return native


_NAMESPACE = _Namespace()


def polars_answer(answer: Answer, levels: Sequence[str], order: Mapping[str, int]) -> pl.Expr:
    """The Polars expression of any answer but a list that fits a code; `order` places measures in a list."""
    if isinstance(answer, FirstTrue):
        return _polars_words(answer, pl.Enum(levels))
    if isinstance(answer, Listing):
        return to_polars(narwhals_list(answer, order))
    return to_polars(answer)


def _polars_words(answer: FirstTrue, words: pl.Enum) -> pl.Expr:
    (condition, word), *rest = answer.branches
    chain: Any = pl.when(to_polars(condition)).then(pl.lit(word, dtype=words))
    for condition, word in rest:
        chain = chain.when(to_polars(condition)).then(pl.lit(word, dtype=words))
    if answer.otherwise is not None:
        chain = chain.otherwise(pl.lit(answer.otherwise, dtype=words))
    expression: pl.Expr = chain
    return expression


# A code of more parts would need a table larger than it is worth.
MOST_PARTS_OF_A_CODE = 12
# An Enum of up to 255 words is stored in a byte: the words of seven parts.
PARTS_OF_A_BYTE = 7


def fits_a_code(answer: Answer, order: Mapping[str, int]) -> bool:
    """Whether the answer is a list that Polars can hold as a code into a table: not too long, and no text stands there twice."""
    if not isinstance(answer, Listing) or len(answer.parts) > MOST_PARTS_OF_A_CODE:
        return False
    table = list_table(answer, order)
    return len(set(table)) == len(table)


def list_code(answer: Listing) -> pl.Expr:
    """A list as a whole number, one bit for each part that holds."""
    whole = pl.UInt8() if len(answer.parts) <= PARTS_OF_A_BYTE else pl.UInt16()
    code: Any = None
    for position, (condition, _) in enumerate(answer.parts):
        one, zero = pl.lit(1 << position, dtype=whole), pl.lit(0, dtype=whole)
        bit = pl.when(to_polars(condition)).then(one).otherwise(zero)
        code = bit if code is None else code | bit
    expression: pl.Expr = code
    return expression


def list_words(name: str, answer: Listing, order: Mapping[str, int]) -> pl.Expr:
    """The words of the code in the column `name`: the code is the place of a word in an Enum, so nothing is looked up."""
    return pl.when(pl.col(name) != 0).then(pl.col(name)).cat.to(pl.Enum(list_table(answer, order)))


def list_table(answer: Listing, order: Mapping[str, int]) -> list[str]:
    """The text of every combination of a list's parts, at the place of its bit mask."""
    table: list[str] = []
    for held in product((False, True), repeat=len(answer.parts)):
        parts = compress(answer.parts, reversed(held))
        # A list without doubles that keeps its order: what is no measure stays in the order of the parts.
        named = dict.fromkeys(measure for _, measures in parts for measure in measures)
        table.append(SEPARATOR.join(sorted(named, key=lambda name: order.get(name, len(order)))))
    return table


def narwhals_answer(answer: Answer, order: Mapping[str, int]) -> nw.Expr:
    """The Narwhals expression of any answer, with words as text: for engines other than Polars."""
    if isinstance(answer, FirstTrue):
        (condition, word), *rest = answer.branches
        chain = nw.when(condition).then(nw.lit(word))
        for condition, word in rest:
            chain = chain.when(condition).then(nw.lit(word))
        return chain if answer.otherwise is None else chain.otherwise(nw.lit(answer.otherwise))
    if isinstance(answer, Listing):
        return narwhals_list(answer, order)
    return answer


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
