"""Every measure about drugs over random histories, against the second reading in plain Python."""

from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from engines import canonical_people
from history.plain_reading import MONTH, YEAR, Course, days_taken, doses_known, last_dose, read
from myosteon.frame import check_canonical
from myosteon.history import as_of, drug_totals, read_treatments
from myosteon.history.on_the_day import say_of_the_day
from myosteon.history.treatments import Treatments, read_courses

DAY = date(2026, 11, 20)
DRUGS = (
    "alendronate", "risedronate", "zoledronate", "denosumab", "teriparatide", "romosozumab", "raloxifene", "calcitonin",
)  # fmt: skip
days_before = st.integers(-400, 2500).map(lambda days: DAY - timedelta(days=days))


@st.composite
def courses(draw: st.DrawFn) -> list[Course]:
    """Up to five courses, some with unknown dates, some at the same time, some that begin after the day."""
    made = []
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.one_of(st.none(), days_before, days_before, days_before, days_before))
        first = start or DAY - timedelta(days=2000)
        stop = draw(st.one_of(st.none(), st.integers(0, 1500).map(lambda days, first=first: first + timedelta(days=days))))  # fmt: skip
        most = ((stop or DAY + timedelta(days=300)) - first).days
        last = draw(st.one_of(st.none(), st.integers(0, max(most, 0)).map(lambda days, first=first: first + timedelta(days=days))))  # fmt: skip
        made.append(Course(draw(st.sampled_from(DRUGS)), start, stop, last, draw(st.one_of(st.none(), st.integers(0, 6)))))  # fmt: skip
    return list(dict.fromkeys(made))


def as_treatments(people: list[list[Course]]) -> Treatments:
    rows = [
        {
            "person_id": f"p{number}",
            "drug": course.drug,
            "start_date": course.start and course.start.isoformat(),
            "stop_date": course.stop and course.stop.isoformat(),
            "last_dose_date": course.last and course.last.isoformat(),
            "doses": None if course.doses is None else str(course.doses),
            "dose": None,
            "reason_stopped": None,
        }
        for number, history in enumerate(people)
        for course in history
    ]
    schema = dict.fromkeys(rows[0], pl.String)
    return read_courses(pl.DataFrame(rows, schema).with_row_index("row", offset=1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=st.lists(courses(), min_size=1, max_size=25), later=st.integers(0, 400))
def test_every_measure_is_that_of_a_plain_reading(people: list[list[Course]], later: int) -> None:
    day = DAY + timedelta(days=later)
    treatments = as_treatments(people)
    assert treatments.incomplete == frozenset()
    nobody = canonical_people([{"person_id": "q", "sex": "female", "age_years": 70.0}], drop=())
    found = as_of(nobody, treatments, day, without_visit=True)
    check_canonical(found)
    by_person = {row["person_id"]: row for row in found.iter_rows(named=True)}
    for number, history in enumerate(people):
        row = by_person[f"p{number}"]
        for name, value in read(history, day).items():
            told = row[name]
            same = told == value or (
                isinstance(told, float)
                and isinstance(value, int | float)
                and math.isclose(told, value, abs_tol=1e-9)
            )
            assert same, (name, told, value, history, day)


@settings(max_examples=60, deadline=None)
@given(history=courses())
def test_each_drug_has_its_years_doses_and_time_off(history: list[Course]) -> None:
    found = drug_totals(as_treatments([history]), DAY)
    begun = [one for one in history if one.start is None or one.start <= DAY]
    assert set(found["drug"]) == {one.drug for one in begun}
    for row in found.iter_rows(named=True):
        own = [one for one in begun if one.drug == row["drug"]]
        days, doses, last = days_taken(own, DAY), [doses_known(one, DAY) for one in own], last_dose(own, DAY)
        in_use = any(one.stop is None or one.stop > DAY for one in own)
        ends = [one.stop for one in own if one.stop and not in_use]
        assert (row["in_use"], row["courses"], row["last_dose_date"]) == (in_use, len(own), last)
        assert row["last_stop"] == (max(ends) if ends else None)
        assert row["years"] == (None if days is None else pytest.approx(days / YEAR))
        assert row["doses"] == (None if None in doses else sum(dose for dose in doses if dose is not None))
        assert row["months_since_last_dose"] == (pytest.approx((DAY - last).days / MONTH) if last else None)
        assert row["months_off"] == (pytest.approx((DAY - max(ends)).days / MONTH) if ends else None)


@settings(max_examples=60, deadline=None)
@given(history=courses())
def test_nothing_that_does_not_count_is_silent(history: list[Course]) -> None:
    said = {(one.row, one.kind) for one in say_of_the_day(as_treatments([history]), DAY)}
    in_use = [
        one
        for one in history
        if (one.start is None or one.start <= DAY) and (one.stop is None or one.stop > DAY)
    ]
    assert ("several_in_use" in {kind for _, kind in said}) == (len({one.drug for one in in_use}) > 1)
    for row, course in enumerate(history, start=1):
        begins_later = course.start is not None and course.start > DAY
        assert ((row, "begins_later") in said) == begins_later
        dose_later = course.last is not None and course.last > DAY and not begins_later
        assert ((row, "dose_later") in said) == dose_later


def test_a_course_may_stand_in_any_row(tmp_path: Path) -> None:
    rows = ["a,alendronate,2015-01-01,2020-01-01\n", "a,denosumab,2020-01-01,\n", "a,zoledronate,2014-01-01,2014-06-01\n"]  # fmt: skip
    told = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        file = tmp_path / "t.csv"
        file.write_text("person_id,drug,start_date,stop_date\n" + "".join(rows[place] for place in order), encoding="utf-8")  # fmt: skip
        nobody = canonical_people([{"person_id": "a", "sex": "female", "age_years": 70.0}], drop=())
        told.append(as_of(nobody, read_treatments(file), DAY).row(0))
    assert told[0] == told[1] == told[2]
