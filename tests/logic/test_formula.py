"""Formulas, the fewest conditions, rules and their decorators: against brute force."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from narwhals import Expr

from myosteon.errors import RuleError
from myosteon.guidelines import installed_guidelines
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH, Formula, fewest_conditions
from myosteon.logic.rule import criterion, derived

THINGS = (STRENGTH, MASS, PERFORMANCE)
NAMES = ("strength_low", "mass_low", "performance_low")
WORDS = {"strength_low": "S", "mass_low": "M", "performance_low": "P"}

formulas = st.recursive(
    st.sampled_from(THINGS),
    lambda inner: st.tuples(st.booleans(), inner, inner).map(lambda t: t[1] & t[2] if t[0] else t[1] | t[2]),
    max_leaves=6,
)


def in_python(formula: Formula) -> str:
    """The formula in words, as Python would write it."""
    return formula.in_words(WORDS, " and ", " or ")


def every_case(names: tuple[str, ...]) -> list[dict[str, bool]]:
    return [dict(zip(names, answers, strict=True)) for answers in product((False, True), repeat=len(names))]


@given(formula=formulas)
def test_a_formula_holds_where_its_words_hold(formula: Formula) -> None:
    for values in every_case(NAMES):
        spoken = {WORDS[name]: answer for name, answer in values.items()}
        assert formula.holds(values) == eval(in_python(formula), {}, spoken)


@given(formula=formulas)
def test_a_formula_over_three_values_is_what_all_completions_share(formula: Formula) -> None:
    """And and or as in SQL: yes or no only where every way to fill the gaps says so (each thing standing there once)."""

    def both(a: bool | None, b: bool | None) -> bool | None:
        return False if a is False or b is False else None if a is None or b is None else True

    def either(a: bool | None, b: bool | None) -> bool | None:
        return True if a or b else None if a is None or b is None else False

    for answers in product((True, False, None), repeat=3):
        values = dict(zip(NAMES, answers, strict=True))
        filled = [
            formula.holds(case)
            for case in every_case(NAMES)
            if all(values[n] in (None, case[n]) for n in NAMES)
        ]
        answer: bool | None = formula.evaluate(values, both, either)
        if answer is not None:
            assert set(filled) == {answer}
        elif (
            in_python(formula).count("S") <= 1
            and len(formula.things) == len(in_python(formula).split(" ")) // 2 + 1
        ):
            assert set(filled) == {True, False}


def test_words_have_brackets_only_where_they_are_needed() -> None:
    assert in_python(MASS & (STRENGTH | PERFORMANCE)) == "M and (S or P)"
    assert in_python((MASS & STRENGTH) | PERFORMANCE) == "M and S or P"
    assert in_python(MASS & STRENGTH & PERFORMANCE) == "M and S and P"
    assert in_python(STRENGTH) == "S"
    assert (MASS & (STRENGTH | PERFORMANCE)).things == set(NAMES)


CONTRACT = {
    "ewgsop2010": {"presarcopenia": "M", "confirmed": "M and (S or P)", "severe": "M and S and P"},
    "ewgsop2019": {"probable": "S", "confirmed": "S and M", "severe": "S and M and P"},
    "awgs2014": {"confirmed": "M and (S or P)"},
    "awgs2019": {"possible": "S or P", "confirmed": "M and (S or P)", "severe": "M and S and P"},
    "awgs2025": {"possible": "S", "confirmed": "S and M"},
    "iwgs2011": {"confirmed": "M and P"},
    "fnih2014": {"weak": "S", "confirmed": "S and M", "severe": "S and M and P"},
    "sdoc2020": {"confirmed": "S and P"},
    "jsh2016": {"confirmed": "S and M"},
    "jsh2021": {"confirmed": "S and M"},
    "china2021": {"possible": "S or P", "confirmed": "M and (S or P)", "severe": "M and S and P"},
}


@pytest.mark.parametrize("id", CONTRACT)
def test_the_stages_are_those_of_the_contract(id: str) -> None:
    stages = installed_guidelines()[id].stages
    assert stages is not None
    assert {stage: in_python(formula) for stage, formula in stages.items()} == CONTRACT[id]


def holds_in(conditions: list[dict[str, bool]], case: Mapping[str, bool]) -> bool:
    return any(all(case[name] == answer for name, answer in condition.items()) for condition in conditions)


cases = st.sampled_from((("a",), ("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d"))).flatmap(
    lambda names: st.tuples(st.just(names), st.sets(st.sampled_from(range(2 ** len(names)))))
)


@given(drawn=cases)
def test_the_fewest_conditions_hold_in_exactly_the_same_cases(
    drawn: tuple[tuple[str, ...], set[int]],
) -> None:
    names, chosen = drawn
    every = every_case(names)
    ways = [every[place] for place in sorted(chosen)]
    conditions = fewest_conditions(ways)
    for case in every:
        assert holds_in(conditions, case) == (case in ways)
    # Each is as short as it can be: without any one of its answers it would hold in a case too many.
    for condition in conditions:
        for name in condition:
            shorter = [{other: answer for other, answer in condition.items() if other != name}]
            assert any(holds_in(shorter, case) and case not in ways for case in every)
    # And none lies within another.
    for condition in conditions:
        assert not any(other != condition and other.items() <= condition.items() for other in conditions)


def test_fewest_conditions_of_all_none_and_one() -> None:
    assert fewest_conditions([]) == []
    assert fewest_conditions(every_case(("a", "b"))) == [{}]
    assert fewest_conditions([{"a": True, "b": False}]) == [{"a": True, "b": False}]
    assert fewest_conditions([{"a": True, "b": False}, {"a": True, "b": True}]) == [{"a": True}]


@given(formula=formulas, thing=st.sampled_from(NAMES))
def test_conditions_under_which_a_thing_decides(formula: Formula, thing: str) -> None:
    """What the needs of a definition are made of: where the others leave the formula to this thing."""
    others = tuple(name for name in NAMES if name != thing)
    decides = [
        c
        for c in every_case(others)
        if formula.holds({**c, thing: True}) != formula.holds({**c, thing: False})
    ]
    conditions = fewest_conditions(decides)
    for case in every_case(others):
        assert holds_in(conditions, case) == (case in decides)


def test_a_rule_is_named_by_its_function_and_its_definition() -> None:
    @criterion
    def gait_slow_example(gait_speed_m_s: Expr, walk_unable: Expr, *, cutoff: float) -> Expr:
        """Walks slowly."""
        return (gait_speed_m_s < cutoff) | walk_unable

    rule = gait_slow_example.rule("awgs2019", inputs={"gait_speed_m_s": "gait_6m_s"}, cutoff=1.0)
    assert rule.name == "gait_slow_example_awgs2019"
    assert rule.inputs == ("gait_6m_s", "walk_unable")
    assert rule.sentence == "Walks slowly."
    assert (rule.kind, rule.stratum, rule.definition, rule.evidence) == (
        "yes_no",
        "criterion",
        "awgs2019",
        1.0,
    )
    assert gait_slow_example.rule("x", suffix="dxa", cutoff=2.0).name == "gait_slow_example_dxa_x"
    assert rule.numbers != gait_slow_example.rule("x", cutoff=2.0).numbers
    assert rule.numbers == gait_slow_example.rule("x", cutoff=1.0).numbers


def test_a_rule_without_a_sentence_is_refused() -> None:
    def speechless(grip_kg: Expr) -> Expr:
        return grip_kg

    with pytest.raises(RuleError, match="speechless has no clinical sentence"):
        derived(speechless)
