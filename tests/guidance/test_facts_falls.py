"""Facts about falls and exercise, and the counts of risk factors with their bounds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.facts_told import told, told_of

Person = dict[str, Any]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"falls_12m": 0, "gait_speed_m_s": 1.2}, "low"),
        ({"falls_12m": 0, "gait_speed_m_s": 0.6}, "intermediate"),
        ({"falls_12m": 3, "gait_speed_m_s": 1.2}, "high"),
        # Walks badly, and nobody asked about falls: intermediate is proved, high is still possible.
        ({"gait_speed_m_s": 0.6}, None),
        ({"falls_12m": 0}, None),
        ({}, None),
    ],
)
def test_the_risk_of_falls_is_told_where_it_is_settled(person: Person, expected: str | None) -> None:
    assert told_of("fall_risk_wfg", [{"age_years": 75.0, **person}]) == [expected]


@pytest.mark.parametrize(
    ("column", "measure"), [("long_lie", "fall_long_lie_12m"), ("syncope_with_fall", "fall_unconscious_12m")]
)
def test_what_happened_in_a_fall_did_not_happen_without_one(column: str, measure: str) -> None:
    people: list[Person] = [
        {measure: True, "falls_12m": 1},
        {measure: True, "falls_12m": 0},
        {measure: False, "falls_12m": None},
        {measure: None, "falls_12m": 0},
        {measure: None, "falls_12m": 2},
        {measure: None, "falls_12m": None},
    ]
    assert told_of(column, people) == [True, True, False, False, None, None]


CALM = {
    "unstable_heart_disease": False,
    "acute_illness": False,
    "uncontrolled_hypertension": False,
    "bone_metastasis": False,
}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (CALM, False),
        ({"exercise_unsafe": True}, True),
        ({"exercise_unsafe": False}, False),
        ({**CALM, "unstable_heart_disease": True}, True),
        # What stops all exercise weighs more than a no.
        ({**CALM, "exercise_unsafe": False, "acute_illness": True}, True),
        ({"uncontrolled_hypertension": True}, True),
        # Where a bone is at risk the clinician says whether it would be loaded.
        ({**CALM, "bone_metastasis": True}, None),
        ({**CALM, "bone_metastasis": True, "exercise_unsafe": False}, False),
        ({**CALM, "months_since_last_fracture": 1.3}, None),
        ({**CALM, "months_since_last_fracture": 1.4}, False),
        ({**CALM, "bone_metastasis": None}, None),
        ({}, None),
    ],
)
def test_exercise_that_is_not_safe(person: Person, expected: bool | None) -> None:
    assert told_of("exercise_unsafe", [{"age_years": 75.0, **person}]) == [expected]


@pytest.mark.parametrize(
    ("person", "column", "expected"),
    [
        ({"alcohol_units_day": 3.0}, "drinks_much", True),
        ({"alcohol_units_day": 2.9}, "drinks_much", False),
        ({"glucocorticoid_mg_day": 5.0, "glucocorticoid_months": 3.0}, "glucocorticoid_for_months", True),
        ({"glucocorticoid_mg_day": 4.9}, "glucocorticoid_for_months", False),
        ({"glucocorticoid_mg_day": 5.0}, "glucocorticoid_for_months", None),
        ({"height_cm": 160.0, "weight_kg": 51.1}, "body_mass_index_low", True),
        ({"height_cm": 160.0, "weight_kg": 51.2}, "body_mass_index_low", False),
        ({"sex": "male"}, "menopause_early", False),
        ({"sex": "female", "age_at_menopause_years": 44.9}, "menopause_early", True),
        ({"sex": "female", "age_at_menopause_years": 45.0}, "menopause_early", False),
        ({"sex": "female", "age_years": 46.0, "postmenopausal": False}, "menopause_early", False),
        ({"sex": "female", "age_years": 44.0, "postmenopausal": False}, "menopause_early", None),
        ({"sex": "female", "age_years": 70.0}, "menopause_early", None),
        ({"coeliac_disease": True}, "secondary_cause", True),
        ({"coeliac_disease": False}, "secondary_cause", None),
        ({"rheumatoid_arthritis": True, "arthritis": False}, "any_arthritis", True),
        ({"rheumatoid_arthritis": False}, "any_arthritis", None),
        ({"arthritis": False}, "any_arthritis", False),
    ],
)
def test_each_factor_by_itself(person: Person, column: str, expected: bool | None) -> None:
    assert told_of(column, [{"age_years": None, **person}]) == [expected]


# A measure that says yes or no to one factor alone, and what is said for each answer.
CLINICAL: dict[str, dict[bool, Person]] = {
    "parent": {answer: {"parent_hip_fracture": answer} for answer in (True, False)},
    "smoking": {answer: {"smoking_current": answer} for answer in (True, False)},
    "alcohol": {True: {"alcohol_units_day": 4.0}, False: {"alcohol_units_day": 1.0}},
    "glucocorticoid": {
        True: {"glucocorticoid_mg_day": 7.5, "glucocorticoid_months": 6.0},
        False: {"glucocorticoid_mg_day": 0.0},
    },
    "rheumatoid": {answer: {"rheumatoid_arthritis": answer} for answer in (True, False)},
    "weight": {
        True: {"height_cm": 160.0, "weight_kg": 45.0},
        False: {"height_cm": 160.0, "weight_kg": 60.0},
    },
    "falls": {True: {"falls_12m": 2}, False: {"falls_12m": 1}},
    "fracture": {
        True: {"fracture_other": True},
        False: {
            f"fracture_{site}": False
            for site in ("hip", "vertebral", "proximal_humerus", "pelvis", "distal_forearm", "other")
        },
    },
    "menopause": {True: {"age_at_menopause_years": 40.0}, False: {"age_at_menopause_years": 50.0}},
    "secondary": {
        True: {"hypogonadism": True},
        False: dict.fromkeys(
            (
                "diabetes_type1",
                "osteogenesis_imperfecta",
                "hyperthyroidism",
                "hyperparathyroidism",
                "cushing_syndrome",
                "acromegaly",
                "hypogonadism",
                "coeliac_disease",
                "crohn_disease",
                "ulcerative_colitis",
                "chronic_liver_disease",
                "cirrhosis",
            ),
            False,
        ),
    },
}
FALLS: dict[str, dict[bool, Person]] = {
    name: {answer: {name: answer} for answer in (True, False)}
    for name in (
        "walking_aid",
        "vision_impairment",
        "orthostatic_hypotension",
        "cognitive_impairment",
        "urinary_incontinence",
        "parkinson_disease",
        "arthritis",
        "fear_of_falling",
    )
} | {"drugs": {True: {"medications": "N05BA01"}, False: {"medications": "A10BA02"}}}
ANSWERS = st.lists(st.sampled_from([True, False, None]), min_size=10, max_size=10)


@pytest.mark.parametrize(
    ("name", "factors", "base"),
    [
        ("clinical_risk_factor_count", CLINICAL, {"sex": "female", "age_years": 70.0}),
        ("fall_risk_factor_count", FALLS, {"sex": "female", "age_years": 70.0}),
    ],
)
@settings(max_examples=12, deadline=None)
@given(people=st.lists(ANSWERS, min_size=1, max_size=8))
def test_factors_are_counted_between_their_bounds(
    name: str, factors: dict[str, dict[bool, Person]], base: Person, people: list[list[bool | None]]
) -> None:
    given_people, expected = [], []
    for answers in people:
        person = dict(base)
        said = dict(zip(factors, answers, strict=False))
        for factor, answer in said.items():
            if answer is not None:
                person |= factors[factor][answer]
        yes, unknown = (sum(answer is kind for answer in said.values()) for kind in (True, None))
        given_people.append(person)
        expected.append((None if unknown else yes, yes, yes + unknown))
    columns = (name, f"{name}_at_least", f"{name}_at_most")
    assert [tuple(row.values()) for row in told(columns, given_people)] == expected
