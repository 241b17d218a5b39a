"""Changes between visits over random visits, against a second reading that walks through them one by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from engines import canonical_people
from history.plain_reading import Course
from history.test_random_histories import as_treatments
from myosteon.history import as_of

DAY = date(2026, 11, 20)
FIRST = date(2020, 1, 1)


@st.composite
def visits(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Visits on different days, in any order, one perhaps without a date; most of them lack something."""
    days = draw(st.lists(st.integers(0, 2700), unique=True, min_size=1, max_size=6))
    made: list[dict[str, Any]] = []
    for days_on in days:
        when = FIRST + timedelta(days=days_on)
        made.append({"person_id": "a", "sex": "female", "age_years": 70.0, "visit_date": when})
        made[-1]["bmd_total_hip_g_cm2"] = draw(st.sampled_from([None, 0.7, 0.75, 0.8, 0.9]))
        made[-1]["dxa_maker"] = draw(st.sampled_from([None, "hologic", "hologic", "lunar"]))
        made[-1]["dxa_device"] = draw(st.sampled_from([None, None, "7", "8"]))
        made[-1]["ctx_ng_ml"] = draw(st.sampled_from([None, 0.2, 0.3, 0.8]))
    if draw(st.booleans()):
        made[0]["visit_date"] = None
    return made


def density_change(seen: list[dict[str, Any]]) -> float | None:
    """The last scan by the day against the nearest one before it that was made on the same machine."""
    scans = [
        visit
        for visit in sorted(
            (visit for visit in seen if visit["visit_date"]), key=lambda visit: visit["visit_date"]
        )
        if visit["visit_date"] <= DAY and visit["bmd_total_hip_g_cm2"] is not None
    ]
    if not scans:
        return None
    *earlier, last = scans
    for scan in reversed(earlier):
        if last["dxa_device"] or scan["dxa_device"]:
            same = last["dxa_device"] == scan["dxa_device"]
        else:
            same = last["dxa_maker"] is not None and last["dxa_maker"] == scan["dxa_maker"]
        if same:
            return float(last["bmd_total_hip_g_cm2"] - scan["bmd_total_hip_g_cm2"])
    return None


def marker_change(seen: list[dict[str, Any]], begun: date) -> float | None:
    """The last CTX after the drug was begun against the last by that day."""
    before = after = None
    for visit in sorted(
        (visit for visit in seen if visit["visit_date"]), key=lambda visit: visit["visit_date"]
    ):
        if visit["ctx_ng_ml"] is None or visit["visit_date"] > DAY:
            continue
        if visit["visit_date"] <= begun:
            before = visit["ctx_ng_ml"]
        else:
            after = visit["ctx_ng_ml"]
    return None if before is None or after is None else float(after - before)


@settings(max_examples=120, deadline=None)
@given(seen=visits(), on_drug=st.integers(0, 2500))
def test_changes_are_those_of_a_plain_reading(seen: list[dict[str, Any]], on_drug: int) -> None:
    begun = DAY - timedelta(days=on_drug)
    treatments = as_treatments([[Course("alendronate", begun)]])
    people = canonical_people([{**visit, "person_id": "p0"} for visit in seen], drop=())
    row = as_of(people, treatments, DAY, without_visit=True).row(0, named=True)
    expected = density_change(seen)
    told = row.get("bmd_change_total_hip_g_cm2")
    assert told == (None if expected is None else pytest.approx(expected, abs=1e-8))
    expected = marker_change(seen, begun)
    told = row.get("ctx_change_ng_ml")
    assert told == (None if expected is None else pytest.approx(expected, abs=1e-8))
