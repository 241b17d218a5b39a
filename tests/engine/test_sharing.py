"""What several rules rest on is made once, and never mixed up with what merely looks like it."""

from __future__ import annotations

from collections.abc import Callable

import narwhals as nw
import polars as pl

from myosteon.engine.evaluate import Plan, make_plan
from myosteon.engine.graph import make_graph
from myosteon.engine.one_person import OnePerson
from myosteon.engine.sharing import OWN, lay_out
from myosteon.engine.tree import Forest
from myosteon.logic.answers import Answer
from myosteon.logic.rule import Rule

MEASURES = {"x": pl.Float64(), "y": pl.Float64()}
PEOPLE = pl.DataFrame({"x": [1.0, None, 3.0], "y": [2.0, 2.0, None]})


def rule(name: str, inputs: tuple[str, ...], body: Callable[..., Answer]) -> Rule:
    return Rule(name, inputs, body, "number", "derived", "", "", numbers=(name,))


def plan_of(*rules: Rule) -> Plan:
    return make_plan(make_graph(rules, MEASURES), [one.name for one in rules], MEASURES)


def both_ways(plan: Plan, people: pl.DataFrame = PEOPLE) -> pl.DataFrame:
    crowd = plan.run_polars(people.lazy(), people.columns, []).collect()
    alone = OnePerson(plan, people.schema, [])
    assert pl.concat([alone.run(people[place]) for place in range(people.height)]).equals(crowd)
    return crowd


def test_what_two_rules_rest_on_has_a_column_of_its_own() -> None:
    plan = plan_of(
        rule("more", ("x", "y"), lambda x, y: (x + y) * 2.0),
        rule("less", ("x", "y"), lambda x, y: (x + y) - 1.0),
    )
    assert [len(level) for level in plan.layout.levels] == [1, 2]
    assert plan.layout.levels[0][0].startswith(OWN)
    assert both_ways(plan).to_dict(as_series=False) == {"more": [6.0, None, None], "less": [2.0, None, None]}


def test_what_only_one_rule_rests_on_is_made_within_it() -> None:
    plan = plan_of(rule("sum", ("x", "y"), lambda x, y: (x * 2.0 + y).round(9)))
    assert plan.layout.levels == (("sum",),)


def test_two_rules_that_say_the_same_are_made_once() -> None:
    plan = plan_of(rule("first", ("x",), lambda x: x + 1.0), rule("second", ("x",), lambda x: x + 1.0))
    texts = [str(expression) for level in plan.polars_levels for expression in level]
    assert sum("1.0" in text or "dyn" in text for text in texts) == 1
    assert both_ways(plan)["second"].to_list() == [2.0, None, 4.0]


def test_a_measure_as_given_is_not_the_measure_completed() -> None:
    """Both rules ask whether x is unknown: one of x as it was measured, the other of x after it was completed."""
    plan = plan_of(
        rule("x", ("x", "y"), lambda x, y: nw.when(x.is_null()).then(y).otherwise(x)),
        rule("lacking", ("x",), lambda x: nw.when(x.is_null()).then(1.0).otherwise(0.0)),
    )
    assert both_ways(plan).to_dict(as_series=False) == {"x": [1.0, 2.0, 3.0], "lacking": [0.0, 0.0, 0.0]}


def test_numbers_that_python_takes_for_equal_are_told_apart() -> None:
    forest = Forest({})
    nodes = {forest.expression(nw.col("x") == value) for value in (1, 1.0, True)}
    assert len(nodes) == 3
    assert forest.expression(nw.col("x") == 1) is forest.expression(nw.col("x") == 1)


def test_columns_are_made_after_what_they_rest_on() -> None:
    forest = Forest({})
    deep = ((nw.col("x") + nw.col("y")) * 2.0).round(9)
    layout = lay_out({"c": forest.expression(nw.col("b") + 1.0), "b": forest.expression(deep)})
    assert layout.levels == (("b",), ("c",))
