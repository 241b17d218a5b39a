"""Yes, no and unknown: how answers combine, over expressions of any engine.

Unknown is null. `&` and `|` of expressions already follow SQL: `no and unknown` is no, `yes or unknown` is yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import narwhals as nw

Expr = nw.Expr


def is_yes(answer: Expr) -> Expr:
    """Yes or not, never unknown: true only where `answer` is known to be yes."""
    return answer.fill_null(False)


def may_be_yes(answer: Expr) -> Expr:
    """True where `answer` is yes or unknown."""
    return answer.fill_null(True)


def may_be_no(answer: Expr) -> Expr:
    """True where `answer` is no or unknown."""
    return ~answer.fill_null(False)


def is_unknown(value: Expr) -> Expr:
    """True where nothing is known."""
    return value.is_null()


def any_of(answers: Sequence[Expr]) -> Expr:
    """The three-valued or: yes where one is yes, no where all are no, else unknown."""
    return reduce(or_, answers)


def all_of(answers: Sequence[Expr]) -> Expr:
    """The three-valued and: no where one is no, yes where all are yes, else unknown."""
    return reduce(and_, answers)


@dataclass(frozen=True, slots=True)
class Done:
    """An alternative test: its answer, and whether it was done where that is not the same as having an answer."""

    answer: Expr
    done: Expr | None = None


def any_done(tests: Sequence[Done]) -> Expr:
    """Alternative tests of one thing, judged on those that were done.

    Yes where one says yes; unknown where none was done, or where one was done whose answer is unknown (grip measured, sex
    not recorded) and none says yes; else no.
    """
    answers = [test.answer for test in tests]
    if len(answers) == 1:
        return answers[0]
    either = any_of(answers)
    # Where the three-valued or is unknown no test said yes, so the first known answer, if there is one, is a no.
    judged = nw.coalesce(either, *answers)
    unanswered = [test.done & test.answer.is_null() for test in tests if test.done is not None]
    return nw.when(any_of(unanswered)).then(either).otherwise(judged) if unanswered else judged


def agree(first: Expr, second: Expr) -> Expr:
    """Yes where both say yes, no where both say no, else unknown."""
    return nw.when(first == second).then(first)


def choose(
    branches: Sequence[tuple[Expr, Expr | float | bool]], otherwise: Expr | float | bool | None = None
) -> Expr:
    """The value of the first condition that holds; `otherwise`, or unknown, where none does."""
    condition, value = branches[0]
    chain = nw.when(condition).then(value)
    for condition, value in branches[1:]:
        chain = chain.when(condition).then(value)
    return chain if otherwise is None else chain.otherwise(otherwise)


def lower_of(first: Expr, second: Expr) -> Expr:
    """The lower of two numbers; where one is unknown, the other."""
    return nw.when(first.is_null() | (second < first)).then(second).otherwise(first)


def higher_of(first: Expr, second: Expr) -> Expr:
    """The higher of two numbers; where one is unknown, the other."""
    return nw.when(first.is_null() | (second > first)).then(second).otherwise(first)
