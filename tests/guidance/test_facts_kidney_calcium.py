"""Facts about kidneys, calcium, vitamin D and glucocorticoids."""

from __future__ import annotations

from typing import Any

import pytest

from guidance.facts_told import told_of

Person = dict[str, Any]


@pytest.mark.parametrize(
    ("egfr", "albumin", "expected"),
    [
        (29.9, None, True),
        (30.0, 300.0, True),
        (59.9, 300.0, True),
        (59.9, 299.0, False),
        (60.0, 900.0, False),
        (60.0, None, False),
        (45.0, None, None),
        (None, 20.0, None),
        (None, 900.0, None),
    ],
)
def test_kidney_disease_that_is_likely_to_progress(
    egfr: float | None, albumin: float | None, expected: bool | None
) -> None:
    person = {"egfr_ml_min_1_73m2": egfr, "albuminuria_mg_g": albumin}
    assert told_of("ckd_risk_of_progression", [person]) == [expected]


WELL = {
    "calcium_mmol_l": 2.3,
    "hyperparathyroidism": False,
    "coeliac_disease": False,
    "crohn_disease": False,
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, False),
        ({"calcium_mmol_l": 2.05}, True),
        ({"calcium_mmol_l": 2.7}, True),
        ({"hyperparathyroidism": True}, True),
        ({"coeliac_disease": True, "calcium_mmol_l": None}, True),
        ({"crohn_disease": True}, True),
        ({"hypercalcaemia": True, "calcium_mmol_l": None}, True),
        ({"calcium_mmol_l": None}, None),
        ({"crohn_disease": None}, None),
    ],
)
def test_disorder_of_calcium(change: Person, expected: bool | None) -> None:
    assert told_of("calcium_disorder", [{**WELL, **change}]) == [expected]


def test_known_deficiency_of_vitamin_d_has_two_answers() -> None:
    people: list[Person] = [{"vitamin_d_25oh_ng_ml": value} for value in (19.9, 20.0, 35.0, None)]
    assert told_of("known_vitamin_d_deficiency", people) == [True, False, False, False]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"glucocorticoid_stopped": True, "glucocorticoid_mg_day": 0.0}, True),
        ({"glucocorticoid_stopped": True}, True),
        # Who takes one now has not stopped.
        ({"glucocorticoid_stopped": True, "glucocorticoid_mg_day": 5.0}, False),
        ({"glucocorticoid_mg_day": 5.0}, False),
        ({"glucocorticoid_mg_day": 0.0, "glucocorticoid_months": 12.0}, True),
        ({"glucocorticoid_mg_day": 0.0, "glucocorticoid_months": 2.0}, False),
        ({"glucocorticoid_months": 2.0}, False),
        ({"glucocorticoid_mg_day": 0.0}, None),
        ({"glucocorticoid_months": 12.0}, None),
        ({"glucocorticoid_stopped": False}, False),
        ({}, None),
    ],
)
def test_long_glucocorticoid_that_was_stopped(person: Person, expected: bool | None) -> None:
    assert told_of("glucocorticoid_stopped", [{"glucocorticoid_mg_day": None, **person}]) == [expected]
