"""Writes the answers of rules for engines other than Polars: words and lists as text, translated by Narwhals itself."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from myosteon.engine.tree import narwhals_list
from myosteon.logic.answers import Answer, FirstTrue, Listing


def narwhals_answer(answer: Answer, order: Mapping[str, int]) -> nw.Expr:
    """The Narwhals expression of any answer; `order` places measures in a list."""
    if isinstance(answer, FirstTrue):
        (condition, word), *rest = answer.branches
        chain = nw.when(condition).then(nw.lit(word))
        for condition, word in rest:
            chain = chain.when(condition).then(nw.lit(word))
        return chain if answer.otherwise is None else chain.otherwise(nw.lit(answer.otherwise))
    if isinstance(answer, Listing):
        return narwhals_list(answer, order)
    return answer
