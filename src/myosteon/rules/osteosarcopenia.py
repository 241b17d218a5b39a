"""Osteosarcopenia: the cross of a definition of sarcopenia with osteoporosis, strict and broad."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from myosteon.logic.rule import Rule, renamed, verdict
from myosteon.logic.three_valued import Expr


@verdict
def osteosarcopenia(confirmed: Expr, osteoporosis_china2022: Expr) -> Expr:
    """Sarcopenia is confirmed or severe, and there is osteoporosis by the Chinese guideline of 2022."""
    return confirmed & osteoporosis_china2022


@verdict
def osteosarcopenia_broad(confirmed: Expr, osteoporosis_china2022: Expr, t_score_low_broad: Expr) -> Expr:
    """Sarcopenia is confirmed or severe, and there is osteoporosis or a T-score of -1.0 or less."""
    return confirmed & (osteoporosis_china2022 | t_score_low_broad)


@verdict
def osteosarcopenia_where_judged(age_judged: Expr, confirmed: Expr, osteoporosis_china2022: Expr) -> Expr:
    """Sarcopenia is confirmed, and there is osteoporosis by the Chinese guideline of 2022; no answer outside the ages of the definition."""
    return nw.when(age_judged).then(confirmed & osteoporosis_china2022)


@verdict
def osteosarcopenia_broad_where_judged(
    age_judged: Expr, confirmed: Expr, osteoporosis_china2022: Expr, t_score_low_broad: Expr
) -> Expr:
    """Sarcopenia is confirmed, and there is osteoporosis or a T-score of -1.0 or less; no answer outside the ages of the definition."""
    return nw.when(age_judged).then(confirmed & (osteoporosis_china2022 | t_score_low_broad))


def cross_with_bone(definition: str, gate: tuple[str, ...]) -> Iterator[Rule]:
    """The two verdicts of osteosarcopenia for one definition of sarcopenia.

    Args:
        definition: its id; the column `sarcopenia_confirmed_ID` must exist.
        gate: the column without which the definition gives no verdict, where it has one.
    """
    templates = (
        (osteosarcopenia_where_judged, osteosarcopenia_broad_where_judged)
        if gate
        else (osteosarcopenia, osteosarcopenia_broad)
    )
    inputs = {"confirmed": f"sarcopenia_confirmed_{definition}", "age_judged": "".join(gate)}
    for template, name in zip(templates, ("osteosarcopenia", "osteosarcopenia_broad"), strict=True):
        rule = template.rule(definition, inputs=inputs)
        yield renamed(rule, name=f"{name}_{definition}", template=name)
