"""Conditions over bounds: yes where every value that is still possible says yes, no where every one says no, else unknown."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myosteon.logic.bounded import BoundedNumber, BoundedWord, bounded
from myosteon.logic.condition import Fact, read_condition
from myosteon.logic.condition_value import value

WORDS = ("none", "some", "more", "most")
FACTS = {
    fact.name: fact for fact in (Fact("count", "number"), Fact("grade", "word", WORDS), Fact("old", "yes_no"))
}
BOUNDS = {
    "count": BoundedNumber("count_at_least", "count_at_most"),
    "grade": BoundedWord("grade", "grade_upto", "grade_settled", WORDS),
}
GATED = {"grade": BoundedWord("grade", "grade_upto", "grade_settled", WORDS, "of_age")}


def answer(text: str, facts: Mapping[str, Any], bounds: Mapping[str, Any] = BOUNDS) -> bool | None:
    return value(bounded(read_condition(text, FACTS, "test"), bounds).tree, facts)


def counted(low: int, high: int) -> dict[str, Any]:
    return {"count": low if low == high else None, "count_at_least": low, "count_at_most": high}


def graded(low: int, high: int) -> dict[str, Any]:
    settled = WORDS[low] if low == high else None
    return {"grade": WORDS[low], "grade_upto": WORDS[high], "grade_settled": settled}


def said_by_all(answers: set[bool]) -> bool | None:
    return answers.pop() if len(answers) == 1 else None


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_a_count_is_compared_by_what_it_can_still_be(sign: str) -> None:
    for low, high, limit in product(range(5), repeat=3):
        if low <= high:
            possible = {eval(f"{count} {sign} {limit}") for count in range(low, high + 1)}
            said = answer(f"count {sign} {limit}", counted(low, high))
            assert said is said_by_all(possible), (low, high, limit)


@given(st.sets(st.sampled_from(WORDS), min_size=1), st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_a_word_is_sought_among_those_still_possible(
    wanted: set[str], one: int, other: int, denied: bool
) -> None:
    low, high = sorted((one, other))
    listed = ", ".join(f"'{word}'" for word in WORDS if word in wanted)
    said = answer(f"grade {'not in' if denied else 'in'} ({listed},)", graded(low, high))
    assert said is said_by_all({(word in wanted) is not denied for word in WORDS[low : high + 1]})


@pytest.mark.parametrize("sign", ["==", "!=", "in", "not in"])
def test_of_whom_it_is_open_whether_the_scheme_is_for_them_every_case_is_looked_at(sign: str) -> None:
    """By brute force: the words still possible where the scheme is for the person, no word at all where it is not."""
    for low, high, applies in product(range(4), range(4), (True, False, None)):
        for wanted in (("most",), ("none", "more"), ("some", "more", "most"), WORDS):
            if low > high or (sign in ("==", "!=") and len(wanted) > 1):
                continue
            words: set[str | None] = set(WORDS[low : high + 1]) if applies is not False else set()
            outside: set[str | None] = {None} if applies is not True else set()
            denied = sign in ("!=", "not in")
            said = answer(
                f"grade {sign} {wanted[0]!r}"
                if len(wanted) == 1 and sign in ("==", "!=")
                else f"grade {sign} {wanted!r}",
                {**graded(low, high), "of_age": applies},
                GATED,
            )
            assert said is said_by_all({(word in wanted) is not denied for word in words | outside})


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_a_count_of_which_a_bound_is_unknown_is_never_answered_against_it(sign: str) -> None:
    """Whoever knows less says less: with a bound taken away the answer stays or becomes unknown, and never turns."""
    for low, high, limit in product(range(4), repeat=3):
        if low <= high:
            whole = answer(f"count {sign} {limit}", counted(low, high))
            for lost in ("count_at_least", "count_at_most"):
                less = answer(f"count {sign} {limit}", {**counted(low, high), "count": None, lost: None})
                assert less in (whole, None), (low, high, limit, lost)


def test_nothing_known_of_a_bounded_fact_is_unknown_whatever_is_asked() -> None:
    for text in ("count > 1", "count == 1", "count != 1", "grade == 'none'", "grade not in ('some', 'most')"):
        assert answer(text, {}) is None
    assert answer("grade in ('none', 'some', 'more', 'most')", {}) is None
    assert answer("grade != 'none'", {}, GATED) is None


def test_very_high_is_unknown_and_not_no_while_high_is_all_that_is_proved() -> None:
    assert answer("grade == 'most'", graded(2, 3)) is None
    assert answer("grade != 'most'", graded(2, 3)) is None
    assert answer("grade in ('more', 'most')", graded(2, 3)) is True
    assert answer("grade == 'none'", graded(2, 3)) is False


def test_a_higher_word_is_excluded_before_anything_is_proved() -> None:
    nothing_proved = {"grade": None, "grade_upto": "some", "grade_settled": None}
    assert answer("grade == 'most'", nothing_proved) is False
    assert answer("grade == 'some'", nothing_proved) is None


def test_of_whom_the_scheme_is_not_for_no_word_is_true() -> None:
    nobody = {"grade": None, "grade_upto": None, "grade_settled": None, "of_age": False}
    assert answer("grade == 'most'", nobody, GATED) is False
    assert answer("grade == 'most'", {**nobody, "of_age": None}, GATED) is None
    assert answer("grade == 'most'", {**graded(3, 3), "of_age": True}, GATED) is True


def test_what_has_no_bounds_and_whether_a_fact_is_known_stay_as_they_were() -> None:
    condition = read_condition("old and count is not None and grade is None", FACTS, "test")
    assert bounded(condition, BOUNDS) == condition
    assert bounded(read_condition("count > 1", FACTS, "test"), BOUNDS).text == "count > 1"
