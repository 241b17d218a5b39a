"""One person alone is judged by a Python function: the answers, types and order are those of a frame of many."""

from __future__ import annotations

import math

import narwhals as nw
import polars as pl
import pytest

from myosteon.assess import assess, make_assessor
from myosteon.engine.evaluate import make_plan
from myosteon.engine.graph import make_graph
from myosteon.engine.one_person import OnePerson
from myosteon.engine.python_code import NotJudged
from myosteon.frame import canonical_dtype
from myosteon.logic.answers import Answer
from myosteon.logic.rule import Rule
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures
from oracle.random_people import random_people

PEOPLE = 400
SETTINGS = [Settings(), Settings(accept_estimated_mass=True, t_score_reference="china")]


def crowd(seed: int) -> pl.DataFrame:
    rows = random_people(PEOPLE, seed=seed)
    measures = load_measures()
    return pl.DataFrame(
        {
            name: pl.Series(
                name, [row.get(name) for row in rows], dtype=canonical_dtype(measures[name]), strict=False
            )
            for name in measures
            if any(name in row for row in rows)
        }
    )


@pytest.mark.parametrize("settings", SETTINGS, ids=["as usual", "with assumptions"])
def test_every_column_of_a_person_alone_is_that_of_the_person_in_a_crowd(settings: Settings) -> None:
    people = crowd(seed=11)
    together = assess(people, settings=settings, columns="all")
    alone = pl.concat([assess(people[place], settings=settings, columns="all") for place in range(PEOPLE)])
    assert alone.schema == together.schema
    different = [name for name in together.columns if not alone[name].equals(together[name], null_equal=True)]
    assert different == []


def test_risks_and_strata_of_a_person_alone_are_those_of_the_person_in_a_crowd() -> None:
    people = crowd(seed=12).head(100)
    together = assess(people, risk=True, strata=True)
    alone = pl.concat([assess(people[place], risk=True, strata=True) for place in range(people.height)])
    assert alone.schema == together.schema
    for name in together.columns:
        if together[name].dtype == pl.Float64:
            # exp and power may differ in the last digit between two libraries.
            far = (alone[name] - together[name]).abs().fill_null(0).max() or 0.0
            assert far <= 1e-9, name
            assert alone[name].is_null().equals(together[name].is_null()), name
        else:
            assert alone[name].equals(together[name], null_equal=True), name


@pytest.mark.parametrize("height", [0.0, math.nan, math.inf])
def test_a_number_that_no_reader_lets_through_is_judged_as_in_a_frame(height: float) -> None:
    person = pl.DataFrame(
        {"sex": ["male"], "age_years": [70.0], "height_cm": [height], "weight_kg": [70.0], "alm_kg": [20.0]}
    )
    alone = assess(person, columns="all")
    together = assess(pl.concat([person, person]), columns="all").head(1)
    assert alone.equals(together, null_equal=True)


def rule(body: Answer) -> Rule:
    return Rule("answer", ("x",), lambda _: body, "number", "derived", "", "")


def test_an_operation_that_python_does_otherwise_is_left_to_the_engine() -> None:
    plan = make_plan(make_graph([rule(nw.col("x").clip(0, 1))], ["x"]), ["answer"], {"x": pl.Float64()})
    with pytest.raises(NotJudged):
        OnePerson(plan, pl.Schema({"x": pl.Float64}), [])


def test_answers_of_people_are_not_kept_but_words_are() -> None:
    person = pl.DataFrame({"sex": ["male"], "age_years": [70.0], "height_cm": [171.3], "weight_kg": [70.2]})
    assessor = make_assessor()
    outputs = assessor.outputs("contract")
    alone = OnePerson(assessor.plan(outputs), person.schema, [])
    assert alone.run(person)["bmi"].item() == pytest.approx(23.923, abs=1e-3)
    assert all(answer is None or isinstance(answer, bool | str) for _, answer in alone._made)
