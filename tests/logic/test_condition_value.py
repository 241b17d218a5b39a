"""A condition over one person's plain values answers as it does over columns, and says what decided it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from logic.test_condition import PEOPLE, TEXTS, VALUES, answers, completions, read, waits
from myosteon.logic.condition import Atom
from myosteon.logic.condition_value import answering, blame, value, waits_for, ways_to


@given(TEXTS, PEOPLE)
@settings(max_examples=300, deadline=None)
def test_a_value_is_the_answer_of_the_columns(text: str, person: dict[str, Any]) -> None:
    condition = read(text)
    assert [value(condition.tree, person)] == answers(condition, [person])
    assert answering(condition.tree)(person) is value(condition.tree, person)


@given(TEXTS, PEOPLE)
@settings(max_examples=300, deadline=None)
def test_it_waits_for_what_the_columns_wait_for(text: str, person: dict[str, Any]) -> None:
    condition = read(text)
    assert [set(waits_for(condition.tree, person))] == waits(condition, [person])


@given(TEXTS, PEOPLE)
@settings(max_examples=300, deadline=None)
def test_what_is_blamed_alone_gives_the_same_answer(text: str, person: dict[str, Any]) -> None:
    tree = read(text).tree
    blamed = blame(tree, person)
    answer = value(tree, person)
    assert (answer is None) == (not blamed)
    alone = {atom.name: person[atom.name] for atom in blamed}
    assert value(tree, alone) is answer


@given(TEXTS, PEOPLE)
@settings(max_examples=200, deadline=None)
def test_an_answer_that_some_values_give_has_a_way_to_it(text: str, person: dict[str, Any]) -> None:
    condition = read(text)
    for wanted in (True, False):
        reached = any(
            value(condition.tree, whole) is wanted for whole in completions(person, condition.names)
        )
        ways = ways_to(condition.tree, person, wanted)
        assert ways or not reached
        assert all(person[name] is None for way in ways for name in way)


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("age >= 65 and egfr < 30", {"age": 70, "egfr": 50}, ["egfr"]),
        ("age >= 65 and egfr < 30", {"age": 60, "egfr": 50}, ["age", "egfr"]),
        ("age >= 65 or egfr < 30", {"age": 70, "egfr": 50}, ["age"]),
        ("age >= 65 or egfr < 30", {"age": 60, "egfr": 50}, ["age", "egfr"]),
        ("not (dialysis or egfr < 30)", {"dialysis": False, "egfr": 20}, ["egfr"]),
        ("age >= 65 and (dialysis or egfr < 30)", {"age": 70, "dialysis": True}, ["age", "dialysis"]),
        ("age >= 65 and dialysis", {"dialysis": False}, ["dialysis"]),
        ("age >= 65 and dialysis", {"age": 70}, []),
        ("egfr is None or dialysis", {}, ["egfr"]),
    ],
)
def test_the_blame_is_on_the_parts_that_decided(
    text: str, person: dict[str, Any], expected: list[str]
) -> None:
    assert [atom.name for atom in blame(read(text).tree, person)] == expected


def test_the_smallest_ways_to_an_answer() -> None:
    tree = read("age >= 65 and (dialysis or egfr < 30)").tree
    assert ways_to(tree, {}, True) == (frozenset({"age", "dialysis"}), frozenset({"age", "egfr"}))
    assert ways_to(tree, {}, False) == (frozenset({"age"}), frozenset({"dialysis", "egfr"}))
    assert ways_to(tree, {"age": 70, "egfr": 50}, True) == (frozenset({"dialysis"}),)
    assert ways_to(tree, {"age": 50}, True) == ()


def test_a_statement_keeps_its_limit() -> None:
    assert blame(read("egfr < 30").tree, {"egfr": 29}) == (Atom("egfr", "<", 30),)
    assert "egfr" in VALUES
