"""The graph of rules: what it refuses, in which order it computes, what it does not compute twice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import narwhals as nw
import pytest

from myosteon.assess import make_assessor
from myosteon.engine.graph import Graph, make_graph
from myosteon.errors import RuleError
from myosteon.logic.rule import SAME, STRATA, Rule, Stratum
from myosteon.vocabulary.measures import load_measures

MEASURES = ("grip_kg", "sex", "weight_kg")


def first(*columns: nw.Expr) -> nw.Expr:
    return columns[0]


def rule(
    name: str,
    *inputs: str,
    stratum: Stratum = "criterion",
    numbers: tuple[object, ...] | None = None,
    body: Callable[..., nw.Expr] = first,
) -> Rule:
    return Rule(name, inputs, body, "yes_no", stratum, "A sentence.", name, numbers=numbers or (name,))


def order_of(graph: Graph, *columns: str) -> list[list[str]]:
    return [[rule.name for rule in level] for level in graph.levels(columns)]


def test_a_circle_is_named_in_order() -> None:
    rules = [rule("a", "grip_kg", "c"), rule("b", "a"), rule("c", "b")]
    with pytest.raises(RuleError, match="circle") as caught:
        make_graph(rules, MEASURES)
    circle = str(caught.value).partition(": ")[2].split(" -> ")
    assert circle[0] == circle[-1]
    assert set(circle) == {"a", "b", "c"}
    steps = {frozenset(pair) for pair in pairwise(circle)}
    assert steps == {frozenset("ab"), frozenset("bc"), frozenset("ca")}


def test_a_rule_that_reads_itself_is_refused_but_for_a_measure_that_it_completes() -> None:
    with pytest.raises(RuleError, match="a reads itself"):
        make_graph([rule("a", "a")], MEASURES)
    graph = make_graph([rule("grip_kg", "grip_kg", "weight_kg"), rule("a", "grip_kg")], MEASURES)
    assert order_of(graph, "a") == [["grip_kg"], ["a"]]
    assert graph.measures_read(["a"]) == {"grip_kg", "weight_kg"}


def test_an_unknown_input_is_named_with_its_reader() -> None:
    with pytest.raises(RuleError, match="a reads handshake, which is neither a measure nor a rule"):
        make_graph([rule("a", "handshake")], MEASURES)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(RuleError, match="two rules are called a"):
        make_graph([rule("a", "grip_kg"), rule("a", "sex")], MEASURES)


@pytest.mark.parametrize("reader", STRATA)
@pytest.mark.parametrize("source", STRATA)
def test_a_rule_reads_its_own_stratum_or_an_earlier_one(reader: Stratum, source: Stratum) -> None:
    rules = [rule("source", "grip_kg", stratum=source), rule("reader", "source", stratum=reader)]
    if STRATA.index(source) <= STRATA.index(reader):
        assert order_of(make_graph(rules, MEASURES), "reader") == [["source"], ["reader"]]
    else:
        with pytest.raises(RuleError, match=rf"reader \({reader}\) reads source \({source}\)"):
            make_graph(rules, MEASURES)


def test_only_what_is_asked_for_is_computed() -> None:
    graph = make_graph([rule("a", "grip_kg"), rule("b", "a"), rule("c", "weight_kg")], MEASURES)
    assert order_of(graph, "b") == [["a"], ["b"]]
    assert graph.measures_read(["b"]) == {"grip_kg"}
    assert graph.measures_read(["b", "c"]) == {"grip_kg", "weight_kg"}
    assert graph.readers_of("a") == ["b"]


def test_rules_of_one_level_do_not_read_one_another() -> None:
    graph = make_assessor().graph
    levels = graph.levels(graph.rules)
    done: set[str] = set()
    for level in levels:
        names = {rule.name for rule in level}
        for rule_ in level:
            read = {
                source
                for source in graph.sources(rule_.name)
                if source in graph.rules and source != rule_.name
            }
            assert read <= done, rule_.name
        done |= names
    assert done | set(graph.repeats) == set(graph.rules)


def test_the_same_computation_is_made_once() -> None:
    graph = make_graph(
        [
            rule("a", "grip_kg", numbers=("below", 28)),
            rule("b", "grip_kg", numbers=("below", 28)),
            rule("c", "grip_kg", numbers=("below", 26)),
            rule("d", "weight_kg", numbers=("below", 28)),
            rule("e", "b", numbers=("not",)),
            rule("f", "a", numbers=("not",)),
            rule("g", "c", numbers=(SAME,)),
        ],
        MEASURES,
    )
    assert graph.computed("b") == "a" or graph.computed("a") == "b"
    assert graph.computed("e") == graph.computed("f")
    assert graph.computed("g") == "c"
    assert {graph.computed("c"), graph.computed("d")} == {"c", "d"}
    # A repetition is replaced in what is read, too.
    assert graph.sources("e") == graph.sources("f")


def test_a_repetition_answers_as_its_original() -> None:
    graph = make_assessor().graph
    assert graph.repeats, "the definitions share criteria"
    for name, original in graph.repeats.items():
        assert original not in graph.repeats
        assert graph.rules[name].kind == graph.rules[original].kind
        assert graph.rules[name].levels == graph.rules[original].levels
    assert graph.computed("grip_weak_china2021") == graph.computed("grip_weak_awgs2019")
    assert graph.computed("grip_weak_fnih2014") != graph.computed("grip_weak_awgs2019")


def test_a_measure_that_a_column_only_repeats_is_read_with_it() -> None:
    graph = make_graph([rule("held", "grip_kg", numbers=(SAME,)), rule("strong", "held")], MEASURES)
    assert graph.measures_read(["held"]) == {"grip_kg"}
    assert graph.measures_read(["strong"]) == {"grip_kg"}
    assert graph.measures_read(["sex"]) == set()


def test_every_rule_of_the_program_says_what_it_is() -> None:
    graph = make_assessor().graph
    assert graph.measures == set(load_measures())
    for rule_ in graph.rules.values():
        assert rule_.sentence.strip()
        assert rule_.template
        assert rule_.kind not in ("stage", "category") or len(rule_.levels) > 1, rule_.name
        assert all(column in graph.rules or column in graph.measures for column in rule_.explained_by), (
            rule_.name
        )
