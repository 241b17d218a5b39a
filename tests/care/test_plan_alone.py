"""One person is judged by a function of Python, a crowd by an engine: both say the same, medicines in words included."""

from __future__ import annotations

from datetime import date

import polars as pl

from myosteon.app.plan_run import Planner
from myosteon.assess import make_assessor
from myosteon.engine.one_person import OnePerson
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.frame import canonical_dtype
from myosteon.outputs.handout_words import load_pictures
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures

LISTS = [
    None,
    "",
    "prednisolone; Alendronate",
    "泼尼松;某种草药",
    "H02AB06;C03CA01",
    "unheard of",
    "betamethasone cream",
]
PEOPLE = [
    {"sex": "female", "age_years": 70.0 + place, "medications": text, "fracture_hip": place % 2 == 0}
    for place, text in enumerate(LISTS)
]


def frame() -> pl.DataFrame:
    return pl.DataFrame(PEOPLE, schema={name: canonical_dtype(load_measures()[name]) for name in PEOPLE[0]})


def test_a_person_alone_is_judged_as_in_a_crowd() -> None:
    planner = Planner(clinic_of_tier(2), date(2026, 11, 20), "en", Settings())
    plan = planner.assessor.plan(planner.outputs)
    people = frame()
    crowd = plan.run_polars(people.lazy(), people.columns, people.columns).collect()
    alone = OnePerson(plan, people.schema, people.columns)
    for place in range(people.height):
        assert alone.run(people.slice(place, 1)).equals(crowd.slice(place, 1)), PEOPLE[place]


def test_the_level_of_training_that_chooses_pictures_is_a_column() -> None:
    rule = make_assessor(care=True).graph.rules["vivifrail_level"]
    assert set(rule.levels) == {"a", "b", "c", "d"}


def test_every_level_of_training_has_pictures_and_every_picture_a_level() -> None:
    levels = {"", *make_assessor(care=True).graph.rules["vivifrail_level"].levels}
    assert {level for picture in load_pictures() for level in picture.levels} == levels
