"""Numbers as they come out: no negative zero, no NaN, nothing infinite, on every engine."""

from __future__ import annotations

import math

import polars as pl

from engines import Engine, assess_on, canonical_people
from oracle.random_people import random_people


def test_numbers_are_finite_and_zero_has_no_sign(engine: Engine) -> None:
    people = random_people(400, seed=8)
    # Values at the ends of their ranges: nobody walks, nothing is lifted, the index is cut to nought from below.
    people.append(
        {"person_id": "standing", "gait_speed_m_s": 0.0, "grip_kg": 0.0, "sex": "male", "height_cm": 170.0}
    )
    people.append({"person_id": "nought", "weight_kg": 66.0, "age_years": 70.0})
    answered = assess_on(engine, canonical_people(people), "all")
    numbers = [name for name, dtype in answered.schema.items() if dtype.is_float()]
    assert len(numbers) > 20
    signed_zero = {
        name for name in numbers for value in answered[name] if value == 0 and math.copysign(1.0, value) < 0
    }
    endless = {name for name in numbers if answered[name].is_finite().not_().any()}
    assert (endless, signed_zero) == (set(), set())
    assert answered.filter(pl.col("person_id") == "nought")["osta_index"].to_list() == [0.0]
