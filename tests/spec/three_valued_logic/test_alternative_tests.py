"""Alternative tests of one thing, and two answers that must agree: the two ways of combining that are no plain `and` or `or`."""

from __future__ import annotations

from collections.abc import Mapping

from narwhals import Expr

from myosteon.logic.three_valued import Done, agree, any_done
from spec.answers import Answers
from spec.table import spec


def two_tests(a: Expr, b: Expr) -> Mapping[str, Expr]:
    return {"any done": any_done([Done(a), Done(b)])}


def three_tests(a: Expr, b: Expr, c: Expr) -> Mapping[str, Expr]:
    return {"any done": any_done([Done(a), Done(b), Done(c)])}


def a_done_and_b(a: Expr, a_done: Expr, b: Expr) -> Mapping[str, Expr]:
    return {"any done": any_done([Done(a, a_done), Done(b)])}


def both_done(a: Expr, a_done: Expr, b: Expr, b_done: Expr) -> Mapping[str, Expr]:
    return {"any done": any_done([Done(a, a_done), Done(b, b_done)])}


def one_test(a: Expr) -> Mapping[str, Expr]:
    return {"any done": any_done([Done(a)])}


def agreement(a: Expr, b: Expr) -> Mapping[str, Expr]:
    return {"both agree": agree(a, b)}


@spec(
    """
    a   | b   || any done
    yes | yes || yes
    yes | no  || yes
    yes |     || yes
    no  | yes || yes
    no  | no  || no
    no  |     || no
        | yes || yes
        | no  || no
        |     ||
    """,
    computing=two_tests,
)
def test_two_tests(answers: Answers) -> None:
    """Alternative tests are judged on those that were done: yes where one says yes, no where at least one was done and
    none says yes, unknown where none was done. A test that was not done does not stop a no."""
    assert answers.computed == answers.expected


@spec(
    """
    a   | b   | c   || any done
    yes |     |     || yes
        |     | yes || yes
    no  |     | yes || yes
    no  |     |     || no
        | no  |     || no
    no  | no  | no  || no
        |     |     ||
    """,
    computing=three_tests,
)
def test_three_tests(answers: Answers) -> None:
    """With more tests the same holds."""
    assert answers.computed == answers.expected


@spec(
    """
    a   || any done
    yes || yes
    no  || no
        ||
    """,
    computing=one_test,
)
def test_one_test(answers: Answers) -> None:
    """One test alone gives its own answer."""
    assert answers.computed == answers.expected


@spec(
    """
    a   | a_done | b   || any done
    yes | yes    | yes || yes
    yes | yes    | no  || yes
    yes | yes    |     || yes
    no  | yes    | yes || yes
    no  | yes    | no  || no
    no  | yes    |     || no
        | yes    | yes || yes
        | yes    | no  ||
        | yes    |     ||
        | no     | yes || yes
        | no     | no  || no
        | no     |     ||
    """,
    computing=a_done_and_b,
)
def test_done_without_an_answer(answers: Answers) -> None:
    """A test may be done and still have no answer, such as a grip that was measured in a person whose sex is not recorded.
    It does stop a no: nothing that is unknown may turn into normal. A yes of another test stands."""
    assert answers.computed == answers.expected


@spec(
    """
    a   | a_done | b   | b_done || any done
        | yes    |     | yes    ||
        | yes    | no  | yes    ||
    no  | yes    |     | yes    ||
    no  | yes    |     | no     || no
    yes | yes    |     | yes    || yes
        | no     |     | no     ||
    """,
    computing=both_done,
)
def test_both_may_be_done_without_an_answer(answers: Answers) -> None:
    """The same where either test may be done without an answer."""
    assert answers.computed == answers.expected


@spec(
    """
    a   | b   || both agree
    yes | yes || yes
    yes | no  ||
    yes |     ||
    no  | yes ||
    no  | no  || no
    no  |     ||
        | yes ||
        | no  ||
        |     ||
    """,
    computing=agreement,
)
def test_two_cut_offs_that_must_agree(answers: Answers) -> None:
    """Where it is not known which of two cut-offs holds, the answer is known only where both give the same."""
    assert answers.computed == answers.expected
