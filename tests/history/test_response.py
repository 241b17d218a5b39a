"""How bone answered: the limits of the facts, below, at, above and unknown, too early and after a fracture."""

from __future__ import annotations

from datetime import date

import pytest

from care.caring import one
from engines import canonical_people
from history.plain_reading import Course
from history.test_random_histories import as_treatments
from myosteon.assess import make_assessor
from myosteon.history import as_of

WOMAN = {"sex": "female", "age_years": 70.0}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        # osteoporosis.md 5.1: fall by more than 38 % or 56 %; either is enough
        ({"p1np_change_percent": -38.0, "ctx_change_percent": -56.0}, False),
        ({"p1np_change_percent": -38.1, "ctx_change_percent": 0.0}, True),
        # "baseline and 3 mo": earlier it says nothing that it did not fall; that it fell, it says
        ({"p1np_change_percent": -20.0, "markers_months_on_drug": 2.4}, None),
        ({"p1np_change_percent": -20.0, "markers_months_on_drug": 2.6}, False),
        ({"p1np_change_percent": -50.0, "markers_months_on_drug": 1.0}, True),
        # "not normal for about 12 months" after a fracture
        ({"p1np_change_percent": -20.0, "months_since_last_fracture": 11.9}, None),
        ({"p1np_change_percent": -20.0, "months_since_last_fracture": 12.0}, False),
        ({"p1np_change_percent": -50.0, "months_since_last_fracture": 2.0}, True),
    ],
)
def test_a_fall_of_markers(seen: dict[str, object], expected: bool | None) -> None:
    assert one({**WOMAN, "drug": "alendronate", **seen}, "markers_fell") == (expected,)
    assert one({**WOMAN, "drug": "teriparatide", **seen}, "markers_fell") == (None,)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        # P1NP below 35 µg/L with a fall of more than 10; CTX below 280 ng/L with a fall of more than 120
        ({"p1np_ng_ml": 34.9, "p1np_change_ng_ml": -10.1}, True),
        ({"p1np_ng_ml": 35.0, "p1np_change_ng_ml": -10.1}, False),
        ({"p1np_ng_ml": 34.9, "p1np_change_ng_ml": -10.0}, False),
        ({"p1np_ng_ml": 34.9}, None),
        ({"p1np_ng_ml": 40.0}, False),
        ({"ctx_ng_ml": 0.279, "ctx_change_ng_ml": -0.121}, True),
        ({"ctx_ng_ml": 0.28, "ctx_change_ng_ml": -0.2}, False),
        ({"ctx_ng_ml": 0.2, "ctx_change_ng_ml": -0.12}, False),
        ({"ctx_ng_ml": 0.2, "ctx_change_ng_ml": -0.3, "p1np_ng_ml": 60.0, "p1np_change_ng_ml": -5.0}, True),
        ({}, None),
    ],
)
def test_goals_of_markers(seen: dict[str, object], expected: bool | None) -> None:
    assert one({**WOMAN, "drug": "denosumab", **seen}, "markers_at_goal") == (expected,)
    assert one({**WOMAN, "drug": "none", **seen}, "markers_at_goal") == (None,)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        # P1NP up by more than 10 µg/L, to more than 65, at 1 to 3 months
        ({"p1np_ng_ml": 65.1, "p1np_change_ng_ml": 10.1}, True),
        ({"p1np_ng_ml": 65.0, "p1np_change_ng_ml": 30.0}, False),
        ({"p1np_ng_ml": 90.0, "p1np_change_ng_ml": 10.0}, False),
        ({"p1np_ng_ml": 50.0, "p1np_change_ng_ml": 5.0, "markers_months_on_drug": 0.9}, None),
        ({"p1np_ng_ml": 50.0, "p1np_change_ng_ml": 5.0, "markers_months_on_drug": 1.0}, False),
        ({"p1np_ng_ml": 90.0}, None),
    ],
)
def test_a_rise_on_teriparatide(seen: dict[str, object], expected: bool | None) -> None:
    assert one({**WOMAN, "drug": "teriparatide", **seen}, "p1np_rose") == (expected,)
    assert one({**WOMAN, "drug": "alendronate", **seen}, "p1np_rose") == (None,)


@pytest.mark.parametrize(
    ("now", "maker", "response"),
    [
        # least significant changes of precision.md 3: 0.050, 0.047, 0.044 g/cm2 (2.77 times 0.018, 0.017, 0.016)
        ({"bmd_lumbar_spine_g_cm2": 0.851}, "hologic", "held"),
        ({"bmd_lumbar_spine_g_cm2": 0.850}, "hologic", "lost"),
        ({"bmd_femoral_neck_g_cm2": 0.748}, "hologic", "gained"),
        ({"bmd_femoral_neck_g_cm2": 0.747}, "hologic", "held"),
        ({"bmd_total_hip_g_cm2": 0.755}, "hologic", "lost"),
        ({"bmd_total_hip_g_cm2": 0.756}, "hologic", "held"),
        ({"bmd_total_hip_g_cm2": 0.6}, "lunar", None),
        ({"bmd_total_hip_g_cm2": 0.6}, None, None),
    ],
)
def test_from_two_visits_to_an_answer(now: dict[str, float], maker: str | None, response: str | None) -> None:
    before = {"bmd_lumbar_spine_g_cm2": 0.9, "bmd_femoral_neck_g_cm2": 0.7, "bmd_total_hip_g_cm2": 0.8}
    seen = [
        {"person_id": "p0", **WOMAN, "visit_date": date(2024, 1, 1), "dxa_maker": "hologic", **before},
        {"person_id": "p0", **WOMAN, "visit_date": date(2026, 1, 1), "dxa_maker": maker, **now},
    ]
    people = as_of(
        canonical_people(seen, drop=()),
        as_treatments([[Course("alendronate", date(2024, 1, 1))]]),
        date(2026, 11, 20),
    )
    plan = make_assessor(care=True).plan(("bmd_response",))
    judged = plan.run_polars(people.lazy(), people.columns, []).collect()
    assert judged["bmd_response"].to_list() == [response]
