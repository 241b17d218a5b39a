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


def to_polars(expression: nw.Expr) -> pl.Expr:
    """The Polars expression of a Narwhals expression."""
    namespace: Any = nw.from_native(pl.DataFrame())._compliant_frame.__narwhals_namespace__()
    native: pl.Expr = expression._to_compliant_expr(namespace).native
    return native


def polars_answer(answer: Answer, levels: Sequence[str], order: Mapping[str, int]) -> pl.Expr:
    """The Polars expression of any answer; `order` places measures in a list."""
    if isinstance(answer, FirstTrue):
        return _polars_words(answer, pl.Enum(levels))
    if isinstance(answer, Listing):
        return _polars_list(answer, order)
    return to_polars(answer)


def _polars_words(answer: FirstTrue, words: pl.Enum) -> pl.Expr:
    (condition, word), *rest = answer.branches
    chain: Any = pl.when(to_polars(condition)).then(pl.lit(word, dtype=words))
    for condition, word in rest:
        chain = chain.when(to_polars(condition)).then(pl.lit(word, dtype=words))
    expression: pl.Expr = chain
    return expression


# Above this many parts a table of all combinations would be larger than it is worth.
MOST_PARTS_OF_A_TABLE = 12


def _polars_list(answer: Listing, order: Mapping[str, int]) -> pl.Expr:
    if len(answer.parts) > MOST_PARTS_OF_A_TABLE:
        return to_polars(narwhals_list(answer, order))
    code: Any = None
    for position, (condition, _) in enumerate(answer.parts):
        bit = pl.when(to_polars(condition)).then(pl.lit(1 << position, dtype=pl.UInt16)).otherwise(
            pl.lit(0, dtype=pl.UInt16)
        )
        code = bit if code is None else code | bit
    table = list_table(answer, order)
    words = pl.Enum([text for text in dict.fromkeys(table) if text is not None])
    expression: pl.Expr = pl.lit(pl.Series("", table, dtype=words)).gather(code)
    return expression


def list_table(answer: Listing, order: Mapping[str, int]) -> list[str | None]:
    """The text of every combination of a list's parts, at the place of its bit mask."""
    table: list[str | None] = []
    for held in product((False, True), repeat=len(answer.parts)):
        named = {measure for _, measures in compress(answer.parts, reversed(held)) for measure in measures}
        table.append(SEPARATOR.join(sorted(named, key=lambda name: order.get(name, len(order)))) or None)
    return table


def narwhals_answer(answer: Answer, order: Mapping[str, int]) -> nw.Expr:
    """The Narwhals expression of any answer, with words as text: for engines other than Polars."""
    if isinstance(answer, FirstTrue):
        (condition, word), *rest = answer.branches
        chain = nw.when(condition).then(nw.lit(word))
        for condition, word in rest:
            chain = chain.when(condition).then(nw.lit(word))
        return chain
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
