"""The IOF one-minute test: every question by itself, the three-valued or of all nineteen, and what is still to be asked."""

from __future__ import annotations

from random import Random
from typing import Any

import polars as pl
import pytest

from engines import Engine, Polars, canonical_people, engine_or_skip, words_as_text
from myosteon.assess import assess_frame, make_assessor
from myosteon.evidence.load import load_evidence
from myosteon.rules.risk.iof_questions import QUESTIONS
from test_engines_agree import assert_same

Person = dict[str, Any]
ANSWER = ("iof_one_minute_positive", "iof_one_minute_count_at_least", "iof_one_minute_needs")
# Nothing is yes for this woman, and nothing is unknown.
WOMAN: Person = {
    "sex": "female",
    "age_years": 59.0,
    "parent_osteoporosis": False,
    "parent_hip_fracture": False,
    "parent_kyphosis": False,
    "fracture_count": 0,
    "falls_12m": 1,
    "fear_of_falling": False,
    "height_cm": 160.0,
    "tallest_height_cm": 163.0,
    "weight_kg": 60.0,
    "glucocorticoid_months": 3.0,
    "rheumatoid_arthritis": False,
    "hyperthyroidism": False,
    "hyperparathyroidism": False,
    "diabetes_type1": False,
    "crohn_disease": False,
    "coeliac_disease": False,
    "postmenopausal": True,
    "age_at_menopause_years": 45.0,
    "amenorrhoea_12m": False,
    "ovaries_removed_before_50": False,
    "alcohol_units_day": 2.0,
    "smoking_current": False,
    "inactive_daily": False,
    "dairy_servings_day": 1.0,
    "calcium_supplement": False,
    "sun_minutes_day": 10.0,
    "vitamin_d_supplement": False,
}
MAN: Person = {
    **{
        name: value
        for name, value in WOMAN.items()
        if name not in ("postmenopausal", "age_at_menopause_years")
        and name not in ("amenorrhoea_12m", "ovaries_removed_before_50")
    },
    "sex": "male",
    "low_testosterone_symptoms": False,
}
YES: list[tuple[str, Person, Person]] = [
    ("iof_parent", WOMAN, {"parent_osteoporosis": True}),
    ("iof_parent", WOMAN, {"parent_hip_fracture": True}),
    ("iof_parent_bent", WOMAN, {"parent_kyphosis": True}),
    ("iof_age", WOMAN, {"age_years": 60.0}),
    ("iof_fracture", WOMAN, {"fracture_count": 1}),
    ("iof_fracture", WOMAN, {"fracture_distal_forearm": True}),
    ("iof_falls", WOMAN, {"falls_12m": 2}),
    ("iof_falls", WOMAN, {"fear_of_falling": True}),
    ("iof_height_lost", WOMAN, {"tallest_height_cm": 163.1}),
    ("iof_thin", WOMAN, {"weight_kg": 48.6}),
    ("iof_glucocorticoid", WOMAN, {"glucocorticoid_months": 3.5}),
    ("iof_arthritis", WOMAN, {"rheumatoid_arthritis": True}),
    *(
        ("iof_disease", WOMAN, {name: True})
        for name in ("hyperthyroidism", "hyperparathyroidism", "diabetes_type1", "crohn_disease")
    ),
    ("iof_disease", WOMAN, {"coeliac_disease": True}),
    ("iof_early_menopause", WOMAN, {"age_at_menopause_years": 44.0}),
    ("iof_amenorrhoea", WOMAN, {"amenorrhoea_12m": True}),
    ("iof_ovaries", WOMAN, {"ovaries_removed_before_50": True}),
    ("iof_testosterone", MAN, {"low_testosterone_symptoms": True}),
    ("iof_alcohol", WOMAN, {"alcohol_units_day": 2.1}),
    ("iof_smoking", WOMAN, {"smoking_current": True}),
    ("iof_inactive", WOMAN, {"inactive_daily": True}),
    ("iof_no_calcium", WOMAN, {"dairy_servings_day": 0.0}),
    ("iof_little_sun", WOMAN, {"sun_minutes_day": 9.0}),
]
NO: list[tuple[Person, Person]] = [
    (WOMAN, {}),
    (MAN, {}),
    (MAN, {"amenorrhoea_12m": True, "ovaries_removed_before_50": True, "age_at_menopause_years": 40.0}),
    (WOMAN, {"low_testosterone_symptoms": True}),
    (WOMAN, {"dairy_servings_day": 0.0, "calcium_supplement": True}),
    (WOMAN, {"sun_minutes_day": 0.0, "vitamin_d_supplement": True}),
    (WOMAN, {"dairy_servings_day": None, "milk_daily": True}),
    (WOMAN, {"postmenopausal": False, "age_at_menopause_years": None}),
    (WOMAN, {"weight_kg": 48.65}),
]


def answer(
    people: list[Person], engine: Engine | None = None, columns: tuple[str, ...] = ANSWER
) -> pl.DataFrame:
    numbered = [{"person_id": f"{place:06d}", **person} for place, person in enumerate(people)]
    engine = engine or Polars()
    held = engine.hold(canonical_people(numbered))
    answered = engine.bring_back(assess_frame(make_assessor(risk=True), held, "all", False))
    return words_as_text(answered).sort("person_id").select("person_id", *columns)


def test_there_are_nineteen_questions_each_with_its_place() -> None:
    evidence = load_evidence("risk", "iof_one_minute")
    assert len(QUESTIONS) == 19
    cited = {cutoff.criterion for cutoff in evidence.cutoffs} | {f.criterion for f in evidence.findings}
    assert cited == {question.column for question in QUESTIONS}


def test_each_question_alone_makes_the_test_positive() -> None:
    questions = tuple(question.column for question in QUESTIONS)
    rows = answer([{**base, **change} for _, base, change in YES], columns=(*ANSWER, *questions)).to_dicts()
    for (question, _, change), row in zip(YES, rows, strict=True):
        assert [name for name in questions if row[name]] == [question], change
        assert (row[ANSWER[0]], row[ANSWER[1]], row[ANSWER[2]]) == (True, 1, None)
    assert {question for question, _, _ in YES} == set(questions)


def test_at_the_limits_and_for_the_other_sex_the_test_is_negative() -> None:
    rows = answer([{**base, **change} for base, change in NO]).to_dicts()
    for (_, change), row in zip(NO, rows, strict=True):
        assert (row[ANSWER[0]], row[ANSWER[1]], row[ANSWER[2]]) == (False, 0, None), change


@pytest.mark.parametrize("name", [name for name in WOMAN if name != "postmenopausal"])
def test_an_unknown_answer_leaves_it_open_and_is_asked_for(name: str) -> None:
    row = answer([{**WOMAN, name: None}]).row(0, named=True)
    # What is not needed: the vitamin where there is sun enough, the tablets where there is milk.
    if name in ("calcium_supplement", "vitamin_d_supplement"):
        assert (row[ANSWER[0]], row[ANSWER[2]]) == (False, None)
        return
    assert row[ANSWER[0]] is None
    assert name in row[ANSWER[2]].split(";")


def test_a_yes_settles_it_whatever_is_unknown() -> None:
    row = answer([{"age_years": 60.0}]).row(0, named=True)
    assert (row[ANSWER[0]], row[ANSWER[1]], row[ANSWER[2]]) == (True, 1, None)


def people_with_gaps(count: int) -> list[tuple[Person, Person]]:
    random = Random(3)
    # A site beside a count of nought is a contradiction: a gap in one of the two changes what the record says.
    changes = [change for _, _, change in YES if "fracture_distal_forearm" not in change]
    people = []
    for _ in range(count):
        base = random.choice((WOMAN, MAN))
        full = {**base, **(random.choice(changes) if random.random() < 0.5 else {})}
        gapped = {name: None if random.random() < 0.2 else value for name, value in full.items()}
        people.append((full, gapped))
    return people


def test_filling_the_gaps_contradicts_nothing_and_finding_out_what_is_needed_settles_it() -> None:
    people = people_with_gaps(500)
    full, gapped = (answer([pair[place] for pair in people]) for place in (0, 1))
    asked = []
    for (known, person), (positive, count, needs), truth in zip(
        people, gapped.select(ANSWER).iter_rows(), full[ANSWER[0]], strict=True
    ):
        assert positive is None or positive == truth
        assert (needs is None) == (positive is not None)
        assert positive is not True or count > 0
        names = needs.split(";") if needs else []
        assert all(person.get(name) is None for name in names)
        asked.append({**person, **{name: known.get(name) for name in names}})
    assert gapped[ANSWER[0]].null_count() > 50
    settled = answer(asked)
    assert settled[ANSWER[0]].ne_missing(full[ANSWER[0]]).sum() == 0


@pytest.mark.parametrize("name", ["duckdb"])
def test_engines_agree(name: str) -> None:
    people = [person for _, person in people_with_gaps(200)]
    assert_same(answer(people), answer(people, engine_or_skip(name)))
