"""QFracture-2012 where inputs are unknown, coarse or out of range, term by term, and on every engine."""

from __future__ import annotations

import math
import random
from typing import Any

import polars as pl
import pytest

from engines import ENGINES, engine_or_skip
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.qfracture2012.algorithm import ALGORITHM
from risk.qfracture_people import (
    ALCOHOL,
    ETHNICITY,
    FLAGS,
    MADE_BY,
    SMOKING,
    Person,
    answers,
    as_measures,
    graph,
    random_raw_people,
    raw_person,
)

PERCENTS = ("qfracture_any_percent", "qfracture_hip_percent")
TOLERANCE = 1e-9
WOMAN = as_measures(raw_person())
MAN = as_measures(raw_person(sex="male"))
# What may stand for an unknown raw value.
POSSIBLE: dict[str, tuple[object, ...]] = {
    "sex": ("female", "male"),
    "age": tuple(range(30, 101)),
    "bmi": tuple(20 + tenth / 10 for tenth in range(201)),
    "ethrisk": tuple(ETHNICITY),
    "smoke_cat": tuple(SMOKING),
    "alcohol_cat6": tuple(ALCOHOL),
    **dict.fromkeys(FLAGS, (0, 1)),
}
MEASURES_OF = {
    "sex": ("sex",),
    "age": ("age_years",),
    "bmi": ("weight_kg",),
    "ethrisk": ("ethnicity_detail",),
    "smoke_cat": ("smoking_category",),
    "alcohol_cat6": ("alcohol_units_day",),
    **{flag: (MADE_BY[flag][0],) for flag in FLAGS},
}


def without(person: Person, *measures: str) -> Person:
    return {**person, **dict.fromkeys(measures)}


def one(person: Person, **choices: Any) -> dict[str, Any]:
    """Every answer about one person."""
    return answers([person], **choices).row(0, named=True)


def test_bounds_hold_every_person_that_the_unknown_inputs_allow() -> None:
    rng = random.Random(21)
    # Of ethnicity an unknown is no gap: the equations take it as white.
    fields = [field for field in POSSIBLE if field != "ethrisk"]
    people, completed = [], []
    for raw in random_raw_people(150, seed=22, years=(10,)):
        unknown = rng.sample(fields, rng.choice((0, 1, 2, 5)))
        person = as_measures(raw)
        people.append(without(person, *(m for field in unknown for m in MEASURES_OF[field])))
        for _ in range(6):
            whole = {**raw, **{field: rng.choice(POSSIBLE[field]) for field in unknown}}
            whole["b_type2"] = 0 if whole["b_type1"] else whole["b_type2"]
            # The measures that stay known say no to every flag but those that they make themselves.
            completed.append(as_measures(whole))
    found, full = answers(people), answers(completed, PERCENTS)
    for column in PERCENTS:
        least = found[f"{column}_at_least"].gather([place // 6 for place in range(len(completed))])
        most = found[f"{column}_at_most"].gather([place // 6 for place in range(len(completed))])
        assert ((full[column] >= least - TOLERANCE) & (full[column] <= most + TOLERANCE)).all()
        known = found[column].is_not_null()
        assert known.any()
        assert not known.all()
        assert (found[f"{column}_at_least"] <= found[f"{column}_at_most"]).all()
        assert found.filter(known)[column].equals(found.filter(known)[f"{column}_at_least"].alias(column))


@pytest.mark.parametrize("field", [field for field in POSSIBLE if field != "ethrisk"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_bounds_of_one_unknown_input_are_reached(field: str, sex: str) -> None:
    raw = raw_person(sex=sex, age=68, bmi=24.4, b_falls=1)
    full = answers([as_measures({**raw, field: value}) for value in POSSIBLE[field]], PERCENTS)
    found = one(without(as_measures(raw), *MEASURES_OF[field]))
    for column in PERCENTS:
        # The lowest body mass index of men, and the lowest age, may lie between two of those tried.
        near = 1e-4 if field in ("bmi", "age") else TOLERANCE
        assert found[f"{column}_at_least"] == pytest.approx(full[column].min(), abs=near)
        assert found[f"{column}_at_most"] == pytest.approx(full[column].max(), abs=TOLERANCE)
        assert (found[column] is None) == (full[column].n_unique() > 1)
    depends = any(full[column].n_unique() > 1 for column in PERCENTS)
    assert found["qfracture2012_needs"] == (MEASURES_OF[field][0] if depends else None)


def test_every_unknown_measure_is_needed_and_none_is_taken_for_no() -> None:
    nobody: Person = {"sex": "female"}
    found = one(nobody)
    needed = set(found["qfracture2012_needs"].split(";"))
    asked = {measure for measure in WOMAN if measure not in ("sex", "ethnicity_detail", "lives_in_care_home")}
    assert needed == asked | {"antidepressant", "asthma", "vertebral_fracture_count", "genant_max_grade"}
    assert found["qfracture_any_percent"] is None
    assert found["qfracture_any_percent_at_least"] < 1 < 99 < found["qfracture_any_percent_at_most"]
    assert found["qfracture_any_raised"] is None
    man = one({"sex": "male"})["qfracture2012_needs"].split(";")
    assert "lives_in_care_home" in man
    assert not {"drug", "hyperthyroidism", "hyperparathyroidism", "cushing_syndrome"} & set(man)
    assert {"sex", "drug", "lives_in_care_home"} <= set(
        one({"age_years": 70.0})["qfracture2012_needs"].split(";")
    )


def test_a_field_that_only_one_model_has_leaves_the_other_known() -> None:
    found = one(without(WOMAN, "coeliac_disease", "parent_osteoporosis"))
    assert found["qfracture_any_percent"] is None
    assert found["qfracture_any_display_percent"] is None
    assert found["qfracture_hip_percent"] == one(WOMAN)["qfracture_hip_percent"]
    assert found["qfracture2012_needs"] == "coeliac_disease;parent_osteoporosis"


def test_any_yes_answers_a_field_whatever_else_is_unknown() -> None:
    crohn = {**without(MAN, "ulcerative_colitis", "coeliac_disease"), "crohn_disease": True}
    assert one(crohn)["qfracture_any_percent"] == one({**MAN, "crohn_disease": True})["qfracture_any_percent"]
    assert one(crohn)["qfracture2012_needs"] is None
    vertebra = {**without(WOMAN, "fracture_vertebral"), "vertebral_fracture_count": 2}
    expected = one(as_measures(raw_person(b_fracture4=1)))
    assert one(vertebra)["qfracture_any_percent"] == expected["qfracture_any_percent"]


def test_smoking_now_or_not_leaves_the_classes_that_fit() -> None:
    def of(codes: tuple[int, ...]) -> pl.DataFrame:
        return answers([as_measures(raw_person(smoke_cat=code)) for code in codes], PERCENTS)

    for smokes, codes in ((False, (0, 1)), (True, (2, 3, 4))):
        found = one({**without(WOMAN, "smoking_category"), "smoking_current": smokes})
        assert found["qfracture2012_needs"] == "smoking_category"
        for column in PERCENTS:
            assert found[column] is None
            assert found[f"{column}_at_least"] == pytest.approx(of(codes)[column].min(), abs=TOLERANCE)
            assert found[f"{column}_at_most"] == pytest.approx(of(codes)[column].max(), abs=TOLERANCE)


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("white", (1,)),
        ("other", (9,)),
        ("asian", (2, 3, 4, 5, 8)),
        ("black", (6, 7)),
        ("hispanic", (1, 9)),
        (None, (1,)),
    ],
)
def test_ethnicity_without_detail_leaves_the_classes_that_fit(
    word: str | None, codes: tuple[int, ...]
) -> None:
    found = one({**without(WOMAN, "ethnicity_detail"), "ethnicity": word})
    full = answers([as_measures(raw_person(ethrisk=code)) for code in codes], PERCENTS)
    assert found["qfracture2012_needs"] == (None if len(codes) == 1 else "ethnicity_detail")
    for column in PERCENTS:
        assert found[f"{column}_at_least"] == pytest.approx(full[column].min(), abs=TOLERANCE)
        assert found[f"{column}_at_most"] == pytest.approx(full[column].max(), abs=TOLERANCE)
    assert found["qfracture2012_taken_as_white"] is (word is None)


def test_detail_goes_before_the_wider_word() -> None:
    assert one({**WOMAN, "ethnicity_detail": "chinese", "ethnicity": "white"}) == one(
        as_measures(raw_person(ethrisk=8))
    )


@pytest.mark.parametrize(
    ("change", "outside"),
    [
        ({"age_years": 29.99}, "age_years"),
        ({"age_years": 101.0}, "age_years"),
        ({"weight_kg": 19.99}, "bmi"),
        ({"weight_kg": 40.01}, "bmi"),
        ({"diabetes_type1": True, "diabetes_type2": True}, "diabetes_type1;diabetes_type2"),
        ({"age_years": 20.0, "weight_kg": 50.0, "cancer": None}, "age_years;bmi"),
    ],
)
def test_outside_what_the_models_were_made_for_no_number_is_given(change: Person, outside: str) -> None:
    found = one({**WOMAN, **change})
    assert found.pop("qfracture2012_outside") == outside
    assert found.pop("qfracture2012_taken_as_white") is False
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    "change", [{"age_years": 30.0}, {"age_years": 100.99}, {"weight_kg": 20.0}, {"weight_kg": 40.0}]
)
def test_the_limits_themselves_are_inside(change: Person) -> None:
    found = one({**WOMAN, **change})
    assert found["qfracture2012_outside"] is None
    assert found["qfracture_any_percent"] is not None


def test_asked_to_clamp_it_takes_the_limit_and_says_so_but_never_both_types_of_diabetes() -> None:
    found = one({**MAN, "age_years": 105.0, "weight_kg": 15.0}, clamp=True)
    limit = one({**MAN, "age_years": 100.0, "weight_kg": 20.0}, clamp=True)
    assert found.pop("qfracture2012_clamped") == "age_years;bmi"
    assert limit.pop("qfracture2012_clamped") is None
    assert found == limit
    both = one({**MAN, "age_years": 20.0, "diabetes_type1": True, "diabetes_type2": True}, clamp=True)
    assert both["qfracture2012_outside"] == "diabetes_type1;diabetes_type2"
    assert both["qfracture_any_percent"] is None
    assert one({**MAN, "cancer": None}, clamp=True)["qfracture2012_clamped"] is None


def test_the_hip_stands_for_any_where_it_is_the_greater() -> None:
    found = answers([as_measures(person) for person in random_raw_people(2000, seed=23)])
    greater = found["qfracture_hip_percent"] > found["qfracture_any_percent"]
    assert 0 < greater.sum() < 2000
    assert found["qfracture_any_raised"].equals(greater.alias("qfracture_any_raised"))
    shown = found.select(pl.max_horizontal(PERCENTS)).to_series()
    assert found["qfracture_any_display_percent"].equals(shown.alias("qfracture_any_display_percent"))


def test_the_terms_add_up_to_the_risk() -> None:
    every = list(graph().rules)
    for outcome in ("any", "hip"):
        percent = f"qfracture_{outcome}_percent"
        terms = [name for name in every if name.startswith(f"qfracture_{outcome}_term_")]
        assert list(graph().rules[percent].explained_by) == terms
        found = answers(
            [as_measures(person) for person in random_raw_people(500, seed=24)], [percent, *terms]
        )
        for row in found.iter_rows(named=True):
            hazard = math.exp(sum(row[term] for term in terms))
            assert 100 * (1 - math.exp(-hazard)) == pytest.approx(row[percent], abs=TOLERANCE)


def test_a_term_is_nought_without_the_factor_and_unknown_where_the_factor_is() -> None:
    names = ["qfracture_any_term_b_falls", "qfracture_any_term_b_hrt_oest", "qfracture_any_term_ethnicity"]
    people = [
        MAN,
        {**MAN, "falls_12m": 2},
        without(MAN, "falls_12m", "drug"),
        without(WOMAN, "drug"),
        {**MAN, "age_years": 20.0},
    ]
    falls, oestrogen, ethnicity = answers(people, names).get_columns()
    assert falls.to_list() == [0.0, 0.54278016879014757, None, 0.0, None]
    assert oestrogen.to_list() == [0.0, 0.0, 0.0, None, None]
    assert ethnicity.to_list() == [0.0, 0.0, 0.0, 0.0, None]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("clamp", [False, True])
def test_engines_agree(name: str, clamp: bool) -> None:
    rng = random.Random(25)
    people = []
    for raw in random_raw_people(1500, seed=26):
        person = as_measures(raw, rng)
        person |= rng.choice(
            ({}, {"age_years": 25.5}, {"weight_kg": 55.0}, {"diabetes_type1": True, "diabetes_type2": True})
        )
        unknown = rng.sample(list(person), rng.choice((0, 1, 3, 10)))
        person |= {
            "smoking_current": rng.choice((True, False, None)),
            "ethnicity": rng.choice(("asian", "black", "other", None)),
        }
        people.append(without(person, *unknown))
    columns = [
        *ALGORITHM.answers(Settings(clamp_risk_inputs=clamp)),
        "qfracture_hip_term_age",
        "qfracture2012_smoking",
    ]
    expected = answers(people, columns, clamp=clamp)
    found = answers(people, columns, clamp=clamp, engine=engine_or_skip(name))
    assert found.columns == expected.columns
    for column in columns:
        first, second = expected[column], found[column]
        if first.dtype == pl.Float64:
            assert first.is_null().equals(second.is_null())
            assert ((first - second).abs() <= TOLERANCE).fill_null(True).all(), column
        else:
            assert first.equals(second), column
        assert first.n_unique() > 1, column
