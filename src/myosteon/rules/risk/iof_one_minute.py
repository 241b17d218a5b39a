"""The one-minute test of the International Osteoporosis Foundation, version of 2017: nineteen questions, any yes is a positive test."""

from __future__ import annotations

from functools import reduce
from operator import add

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, any_of, is_unknown, is_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_criterion, risk_listing, risk_number
from myosteon.rules.risk.iof_questions import QUESTIONS

EVIDENCE = load_evidence("risk", "iof_one_minute")


@risk_criterion
def iof_one_minute_positive(*answers: Expr) -> Expr:
    """One of the nineteen questions is answered with yes."""
    return any_of(answers)


@risk_number(unit="{score}")
def iof_one_minute_count_at_least(*answers: Expr) -> Expr:
    """How many of the nineteen questions are known to be answered with yes."""
    return reduce(add, (is_yes(answer).cast(nw.Int16) for answer in answers))


@risk_listing
def iof_one_minute_needs(positive: Expr, *columns: Expr) -> Listing:
    """The unknown measures of the questions that are open, where no question is answered with yes."""
    known = dict(zip(_asked(), columns, strict=True))
    return Listing(
        tuple(
            (is_unknown(positive) & is_unknown(known[question.column]) & is_unknown(known[reads]), (measure,))
            for question in QUESTIONS
            for measure, reads in question.lacks
        )
    )


def _asked() -> tuple[str, ...]:
    """The answers, and the columns that tell what an answer lacks."""
    reads = (column for question in QUESTIONS for _, column in question.lacks)
    return tuple(dict.fromkeys((*(question.column for question in QUESTIONS), *reads)))


def _rules(settings: Settings) -> tuple[Rule, ...]:
    answers = tuple(question.column for question in QUESTIONS)
    return (
        *(question.rule(EVIDENCE) for question in QUESTIONS),
        renamed(iof_one_minute_positive.rule(), inputs=answers),
        renamed(iof_one_minute_count_at_least.rule(), inputs=answers),
        renamed(iof_one_minute_needs.rule(), inputs=("iof_one_minute_positive", *_asked()), shown=()),
    )


ALGORITHM = Algorithm(
    EVIDENCE,
    _rules,
    ("iof_one_minute_positive", "iof_one_minute_count_at_least", "iof_one_minute_needs"),
)
