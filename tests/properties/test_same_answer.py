"""What surrounds a person, and how the data stand in the file, changes no answer."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from engines import canonical_people
from myosteon.assess import assess, make_assessor
from myosteon.vocabulary.measures import load_measures

from .people import DEFINITIONS, Person, crowds, judge, judge_frame, people

ids = st.lists(
    st.sampled_from((*DEFINITIONS, "bone_who", "osteoporosis_china2022", "bone_qct_acr")),
    min_size=1,
    unique=True,
)


@given(crowd=crowds)
def test_alone_equals_in_a_crowd(crowd: list[Person]) -> None:
    assert [judge([person])[0] for person in crowd[:3]] == judge(crowd)[:3]


@given(crowd=crowds, order=st.randoms(use_true_random=False))
def test_shuffled_equals_in_order(crowd: list[Person], order: random.Random) -> None:
    places = list(range(len(crowd)))
    order.shuffle(places)
    answers = judge(crowd)
    assert judge([crowd[place] for place in places]) == [answers[place] for place in places]


@given(crowd=crowds)
def test_unused_columns_change_nothing(crowd: list[Person]) -> None:
    frame = canonical_people([{**p, "person_id": f"{i:06d}"} for i, p in enumerate(crowd)])
    wider = frame.with_columns(
        pl.lit("x").alias("ward"), pl.lit(1.0).alias("mass_low"), pl.lit(value=True).alias("unused_flag")
    ).select(reversed([*frame.columns, "ward", "mass_low", "unused_flag"]))
    assert judge_frame(wider).equals(judge_frame(frame))


@given(crowd=crowds)
def test_a_column_that_is_no_measure_is_carried_through_untouched(crowd: list[Person]) -> None:
    """Even where a rule on the way to an answer has the same name."""
    frame = canonical_people([{**p, "person_id": f"{i:06d}"} for i, p in enumerate(crowd)])
    theirs = {
        "ward": "seven",
        "grip_best_kg": 99.0,
        "t_score_bands_apply": "theirs",
        "mass_low_awgs2019": "theirs",
    }
    wider = frame.with_columns(pl.lit(value).alias(name) for name, value in theirs.items())
    answered = assess(wider, columns="contract")
    assert answered.select(list(theirs)).unique().to_dicts() == [theirs]
    answers = make_assessor().outputs("contract")
    assert answered.select(answers).equals(assess(frame, columns="contract").select(answers))


@given(person=people)
def test_an_absent_column_is_an_unknown_one(person: Person) -> None:
    known = {
        name: value for name, value in person.items() if value is not None or name in ("sex", "age_years")
    }
    empty = {**dict.fromkeys(name for name in load_measures() if name != "visit_date"), **known}
    assert judge([known]) == judge([empty]) == judge([person])


@given(crowd=crowds, chosen=ids)
def test_chosen_definitions_answer_as_among_all(crowd: list[Person], chosen: list[str]) -> None:
    some, every = judge(crowd, definitions=chosen), judge(crowd)
    columns = make_assessor(chosen).outputs("contract")
    assert {f"sarcopenia_{id}" for id in chosen if id in DEFINITIONS} <= set(columns)
    assert not {f"sarcopenia_{id}" for id in DEFINITIONS if id not in chosen} & set(columns)
    assert some == [{name: row[name] for name in columns} for row in every]


@given(person=people)
def test_asking_twice_gives_the_same(person: Person) -> None:
    assert judge([person], columns="all") == judge([person], columns="all")
