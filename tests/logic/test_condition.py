"""Conditions of data files: what they say of every person, for what they wait, and what is refused."""

from __future__ import annotations

import ast
from itertools import product
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myosteon.errors import EvidenceError
from myosteon.logic.condition import Condition, Fact, read_condition
from shared import shared_folder

FACTS = {
    fact.name: fact
    for fact in (
        Fact("dialysis", "yes_no"),
        Fact("smoker", "yes_no"),
        Fact("fallen", "yes_no"),
        Fact("age", "number"),
        Fact("egfr", "number"),
        Fact("stratum", "word", ("below", "high", "very_high")),
    )
}
VALUES: dict[str, tuple[Any, ...]] = {
    "dialysis": (True, False),
    "smoker": (True, False),
    "fallen": (True, False),
    "age": (49.0, 65.0, 80.0),
    "egfr": (20.0, 30.0, 90.0),
    "stratum": ("below", "high", "very_high"),
}
TYPES = {"age": pl.Float64, "egfr": pl.Float64, "stratum": pl.Enum(["below", "high", "very_high"])}


def read(text: str) -> Condition:
    return read_condition(text, FACTS, "care.toml line x")


def answers(condition: Condition, people: list[dict[str, Any]]) -> list[bool | None]:
    frame = frame_of(people)
    columns = {name: nw.col(name) for name in FACTS}
    return nw.from_native(frame).select(said=condition.answer(columns))["said"].to_list()


def waits(condition: Condition, people: list[dict[str, Any]]) -> list[set[str]]:
    columns = {name: nw.col(name) for name in FACTS}
    deciding = condition.deciding(columns)
    if not deciding:
        return [set() for _ in people]
    told = nw.from_native(frame_of(people)).select(**deciding)
    return [{name for name, yes in row.items() if yes} for row in told.to_native().to_dicts()]


def frame_of(people: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {name: TYPES.get(name, pl.Boolean) for name in FACTS}
    return pl.DataFrame([{name: person.get(name) for name in FACTS} for person in people], schema=schema)


def by_python(text: str, person: dict[str, Any]) -> bool:
    """What Python itself says of a person of whom everything is known."""
    return bool(eval(compile(ast.parse(text, mode="eval"), "", "eval"), {"__builtins__": {}}, person))


ATOMS = (
    "dialysis",
    "smoker",
    "fallen",
    "age >= 65",
    "age < 50",
    "egfr < 30",
    "egfr != 90",
    "stratum == 'high'",
    "stratum in ('high', 'very_high')",
    "stratum not in ('below',)",
)
TEXTS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, st.sampled_from(("and", "or")), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=6,
)
PEOPLE = st.fixed_dictionaries({name: st.none() | st.sampled_from(values) for name, values in VALUES.items()})


def completions(person: dict[str, Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    options = [VALUES[name] if person[name] is None and name in names else (person[name],) for name in person]
    return [dict(zip(person, chosen, strict=True)) for chosen in product(*options)]


@given(TEXTS, PEOPLE)
@settings(max_examples=300, deadline=None)
def test_a_known_answer_is_that_of_every_completion(text: str, person: dict[str, Any]) -> None:
    condition = read(text)
    (said,) = answers(condition, [person])
    possible = {by_python(text, whole) for whole in completions(person, condition.names)}
    if said is not None:
        assert possible == {said}
    if all(person[name] is not None for name in condition.names):
        assert said is not None


@given(TEXTS, PEOPLE)
@settings(max_examples=300, deadline=None)
def test_it_waits_only_while_it_is_open_and_then_for_something_unknown(
    text: str, person: dict[str, Any]
) -> None:
    condition = read(text)
    (said,), (waited,) = answers(condition, [person]), waits(condition, [person])
    assert all(person[name] is None for name in waited)
    assert (said is None) == bool(waited)


@given(TEXTS, PEOPLE)
@settings(max_examples=200, deadline=None)
def test_measuring_all_that_it_waits_for_settles_it(text: str, person: dict[str, Any]) -> None:
    condition = read(text)
    (waited,) = waits(condition, [person])
    names = tuple(waited)
    assert None not in answers(condition, completions(person, names))


def test_it_waits_for_each_fact_on_which_the_answer_depends() -> None:
    condition = read("age >= 65 and (dialysis or egfr < 30)")
    old = {"age": 70.0}
    assert waits(condition, [old, {"age": 49.0}, {"dialysis": True}, {**old, "egfr": 90.0}]) == [
        {"dialysis", "egfr"},
        set(),
        {"age"},
        {"dialysis"},
    ]


def test_known_and_unknown_have_two_answers() -> None:
    people = [{"egfr": 20.0}, {}]
    assert answers(read("egfr is None"), people) == [False, True]
    assert answers(read("egfr is not None"), people) == [True, False]
    assert waits(read("egfr is None or dialysis"), [{"egfr": 20.0}, {}]) == [{"dialysis"}, set()]


def test_a_number_below_nought() -> None:
    assert answers(read("age > -1.5"), [{"age": -2.0}, {"age": 0.0}, {}]) == [False, True, None]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("agee >= 65", "nobody knows agee"),
        ("age", "age is no yes or no"),
        ("dialysis == True", "write the name alone"),
        ("age >= '65'", "cannot be compared with"),
        ("age >= True", "cannot be compared with"),
        ("stratum == 'higher'", "its words are below, high, very_high"),
        ("stratum > 'high'", "is not > another"),
        ("18 < age", "stands where a name should"),
        ("18 < age < 50", "one comparison at a time"),
        ("age in 65", "needs several values"),
        ("age in ()", "needs several values"),
        ("egfr is 3", "`is` asks only for None"),
        ("age + 1 > 65", "stands where a name should"),
        ("age > egfr", "cannot be compared with"),
        ("len(stratum) > 2", "stands where a name should"),
        ("__import__('os')", "is not allowed"),
        ("dialysis and", "is no condition"),
        ("", "is no condition"),
        ("lambda: 1", "is not allowed"),
    ],
)
def test_what_is_no_condition_stops_loading_and_says_why(text: str, why: str) -> None:
    with pytest.raises(EvidenceError, match=r"care\.toml line x") as refused:
        read(text)
    assert why in str(refused.value)


def test_every_condition_of_the_recommendations_can_be_read() -> None:
    """The corpus of the shared material, read with the names that it asks for: a trial of the syntax, not of the names."""
    rows = pl.read_csv(shared_folder() / "facts" / "recommendations.csv")
    texts = [text for column in ("applies_when", "excluded_when") for text in rows[column].drop_nulls()]
    assert len(texts) > 300
    for text in texts:
        names = {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}
        facts = {name: fact_as_used(name, text) for name in names}
        assert set(read_condition(text, facts, "recommendations.csv").names) == names


def fact_as_used(name: str, text: str) -> Fact:
    compared = [
        node.comparators[0]
        for node in ast.walk(ast.parse(text, mode="eval"))
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == name
    ]
    values = [
        part for right in compared for part in (right.elts if isinstance(right, ast.Tuple) else [right])
    ]
    words = tuple(str(v.value) for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str))
    if words:
        return Fact(name, "word", words)
    told = any(not (isinstance(v, ast.Constant) and v.value is None) for v in values)
    return Fact(name, "number" if told else "yes_no")
