"""Creatinine clearance by Cockcroft and Gault."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest

from engines import canonical_people
from myosteon.assess import make_assessor

COLUMN = "creatinine_clearance_cockcroft_gault_ml_min"


def clearance(people: list[dict[str, Any]]) -> list[float | None]:
    frame = canonical_people([{"person_id": f"{place:05}", **person} for place, person in enumerate(people)])
    plan = make_assessor(risk=True).plan((COLUMN,))
    found: pl.DataFrame = plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect()
    return found[COLUMN].to_list()


def one(**measures: Any) -> float | None:
    person = {"sex": "male", "age_years": 70.0, "weight_kg": 72.0, "creatinine_umol_l": 88.4, **measures}
    return clearance([person])[0]


def test_worked_cases() -> None:
    # (140 - 70) x 72 / (72 x 1 mg/dL) = 70; women 0.85 of it
    assert one() == pytest.approx(70.0)
    assert one(sex="female") == pytest.approx(59.5)
    assert one(age_years=40.0, weight_kg=80.0, creatinine_umol_l=2 * 88.4) == pytest.approx(100 * 80 / 144)


@pytest.mark.parametrize("lacking", ["sex", "age_years", "weight_kg", "creatinine_umol_l"])
def test_unknown_where_an_input_is(lacking: str) -> None:
    assert one(**{lacking: None}) is None


def test_not_for_children() -> None:
    assert one(age_years=17.9) is None
    assert one(age_years=18.0) is not None


def test_a_plain_reading_in_500_random_people() -> None:
    rng = random.Random(3)
    people = [
        {
            "sex": rng.choice(["female", "male"]),
            "age_years": round(rng.uniform(18, 105), 1),
            "weight_kg": round(rng.uniform(35, 120), 1),
            "creatinine_umol_l": round(rng.uniform(30, 600), 1),
        }
        for _ in range(500)
    ]
    for person, found in zip(people, clearance(people), strict=True):
        by_hand = (
            (140 - person["age_years"]) * person["weight_kg"] / (72 * person["creatinine_umol_l"] / 88.4)
        )
        assert found == pytest.approx(by_hand * (0.85 if person["sex"] == "female" else 1), abs=1e-8)
