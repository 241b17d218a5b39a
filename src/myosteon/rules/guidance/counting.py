"""Counts of things of which some are unknown: the count where all are known, and always its bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add

import narwhals as nw

from myosteon.logic.rule import Rule, Template, renamed
from myosteon.logic.three_valued import Expr, is_yes, may_be_yes
from myosteon.rules.care.decorators import care_number

SMALL = nw.Int16()
AT_LEAST, AT_MOST = "at_least", "at_most"


@care_number
def facts_counted(*answers: Expr) -> Expr:
    """How many of them hold; unknown where one is unknown."""
    return reduce(add, [answer.cast(SMALL) for answer in answers])


@care_number
def facts_counted_at_least(*answers: Expr) -> Expr:
    """How many of them are known to hold; never unknown."""
    return reduce(add, [is_yes(answer).cast(SMALL) for answer in answers])


@care_number
def facts_counted_at_most(*answers: Expr) -> Expr:
    """How many of them are not known not to hold; never unknown."""
    return reduce(add, [may_be_yes(answer).cast(SMALL) for answer in answers])


def count_rules(name: str, columns: Sequence[str], what: str) -> Iterator[Rule]:
    """The count called `name` of the yes/no columns `columns`, and its bounds `name_at_least` and `name_at_most`.

    `what` says in words what is counted, for the clinical sentences.
    """
    templates = ((facts_counted, ""), (facts_counted_at_least, AT_LEAST), (facts_counted_at_most, AT_MOST))
    for template, suffix in templates:
        yield _count(template, "_".join(filter(None, (name, suffix))), columns, what)


def _count(template: Template, name: str, columns: Sequence[str], what: str) -> Rule:
    rule = template.rule()
    return renamed(rule, name=name, inputs=tuple(columns), sentence=rule.sentence.replace("of them", what))
