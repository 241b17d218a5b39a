"""Chains of questions answer the same after their last question is spared, whatever is unknown."""

from __future__ import annotations

from itertools import product

import narwhals as nw
import polars as pl

from myosteon.engine.last_question import FEWEST_CHAINS, spare_last_questions
from myosteon.engine.polars_code import polars_levels
from myosteon.engine.python_code import write_function
from myosteon.engine.sharing import lay_out
from myosteon.engine.tree import Forest, Node

SEXES = ("male", "female", None)
NUMBERS = (17.0, 18.0, 27.0, 28.0, None)
PEOPLE = pl.DataFrame(
    [(sex, grip, age) for sex, grip, age in product(SEXES, NUMBERS, (49.0, 50.0, 65.0, None))],
    schema={"sex": pl.String, "grip": pl.Float64, "age": pl.Float64},
    orient="row",
)


def by_sex(of_men: float, of_women: float) -> nw.Expr:
    """Weak by a cut-off for each sex; unknown where the sex is."""
    grip, sex = nw.col("grip"), nw.col("sex")
    return (
        nw.when(sex == "male").then(grip < of_men).otherwise(nw.when(sex == "female").then(grip < of_women))
    )


def by_age(of_younger: float, of_older: float, of_oldest: float) -> nw.Expr:
    """Weak by a cut-off for each age; unknown under 50 and where the age is unknown."""
    grip, age = nw.col("grip"), nw.col("age")
    older = nw.when(age >= 50).then(grip < of_younger)
    return (
        nw.when(age >= 80)
        .then(grip < of_oldest)
        .otherwise(nw.when(age >= 65).then(grip < of_older).otherwise(older))
    )


def answers(forest: Forest, number: int) -> dict[str, Node]:
    asked = {f"sex {k}": by_sex(28 - k, 18 - k) for k in range(number)}
    asked |= {f"age {k}": by_age(28 - k, 27 - k, 18 - k) for k in range(number)}
    return {name: forest.expression(expression) for name, expression in asked.items()}


def judge(made: dict[str, Node]) -> pl.DataFrame:
    frame = PEOPLE.lazy()
    for level in polars_levels(lay_out(made)):
        frame = frame.with_columns(level)
    return frame.select(list(made)).collect()


def test_answers_stay_the_same() -> None:
    forest = Forest({})
    plain = answers(forest, FEWEST_CHAINS)
    spared = spare_last_questions(plain, forest)
    assert all(spared[name] is not plain[name] for name in plain)
    assert judge(spared).equals(judge(plain))
    assert (
        judge(spared)["sex 0"].null_count()
        == PEOPLE.filter(pl.col("sex").is_null() | pl.col("grip").is_null()).height
    )


def test_one_person_is_answered_the_same() -> None:
    forest = Forest({})
    spared = spare_last_questions(answers(forest, FEWEST_CHAINS), forest)
    alone = write_function(lay_out(spared), {name: name for name in PEOPLE.columns}, list(spared))
    assert [alone(person) for person in PEOPLE.iter_rows()] == judge(spared).rows()


def test_few_chains_are_left_as_they_are() -> None:
    forest = Forest({})
    plain = answers(forest, FEWEST_CHAINS - 1)
    assert spare_last_questions(plain, forest) == plain


def test_chains_of_words_or_numbers_are_left_as_they_are() -> None:
    """Only an answer of yes or no can be made nothing in this way."""
    forest = Forest({})
    sex = nw.col("sex")
    chains = {
        f"number {k}": nw.when(sex == "male")
        .then(nw.col("grip") + k)
        .otherwise(nw.when(sex == "female").then(nw.col("grip") - k))
        for k in range(1, FEWEST_CHAINS + 1)
    }
    plain = {name: forest.expression(chain) for name, chain in chains.items()}
    assert spare_last_questions(plain, forest) == plain
