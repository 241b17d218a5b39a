"""Every answer is yes, no or unknown. Answers combine as in SQL: an unknown answer spreads only as far as it matters."""

from __future__ import annotations

from collections.abc import Mapping

from narwhals import Expr

from myosteon.logic.three_valued import all_of, any_of, is_yes, may_be_no, may_be_yes
from spec.answers import Answers
from spec.table import spec


def two_joined(a: Expr, b: Expr) -> Mapping[str, Expr]:
    return {"a and b": all_of([a, b]), "a or b": any_of([a, b])}


def three_joined(a: Expr, b: Expr, c: Expr) -> Mapping[str, Expr]:
    return {"a and b and c": all_of([a, b, c]), "a or b or c": any_of([a, b, c])}


def b_known_and_or(a: Expr, b: Expr, c: Expr) -> Mapping[str, Expr]:
    return {"a and (b or c)": a & (b | c)}


def one(a: Expr) -> Mapping[str, Expr]:
    return {"not a": ~a, "surely yes": is_yes(a), "may be yes": may_be_yes(a), "may be no": may_be_no(a)}


@spec(
    """
    a   | b   || a and b | a or b
    yes | yes || yes     | yes
    yes | no  || no      | yes
    yes |     ||         | yes
    no  | yes || no      | yes
    no  | no  || no      | no
    no  |     || no      |
        | yes ||         | yes
        | no  || no      |
        |     ||         |
    """,
    computing=two_joined,
)
def test_and_and_or(answers: Answers) -> None:
    """`And` is no as soon as one side is no, whatever the other is; `or` is yes as soon as one side is yes. What is left
    open by an unknown side stays unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    a   | b   | c   || a and b and c | a or b or c
    yes | yes | yes || yes           | yes
    yes | yes |     ||               | yes
    yes |     | no  || no            | yes
    no  |     |     || no            |
    no  | no  |     || no            |
    no  | no  | no  || no            | no
        |     |     ||               |
        |     | yes ||               | yes
    """,
    computing=three_joined,
)
def test_more_than_two(answers: Answers) -> None:
    """With three answers and more the same holds: one no decides an `and`, one yes decides an `or`."""
    assert answers.computed == answers.expected


@spec(
    """
    a   | b   | c   || a and (b or c)
    yes | yes |     || yes
    yes |     | yes || yes
    yes | no  |     ||
    yes | no  | no  || no
    no  |     |     || no
        | no  | no  || no
        | yes |     ||
        |     |     ||
    """,
    computing=b_known_and_or,
)
def test_or_inside_and(answers: Answers) -> None:
    """In `a and (b or c)` an unknown c does not matter where b is yes, and nothing matters where a is no."""
    assert answers.computed == answers.expected


@spec(
    """
    a   || not a | surely yes | may be yes | may be no
    yes || no    | yes        | yes        | no
    no  || yes   | no         | no         | yes
        ||       | no         | yes        | yes
    """,
    computing=one,
)
def test_not(answers: Answers) -> None:
    """The opposite of unknown is unknown. Where a rule must ask about the answer itself, an unknown one is not surely
    yes, but may be yes and may be no."""
    assert answers.computed == answers.expected
