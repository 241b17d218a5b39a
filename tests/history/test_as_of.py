"""People as of a day: what they took by hand-counted dates, which visit counts, and what changed between visits."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from engines import canonical_people
from myosteon.frame import check_canonical
from myosteon.history import as_of, read_treatments
from myosteon.history.on_the_day import say_of_the_day
from myosteon.history.treatments import Treatments

DAY = date(2026, 11, 20)
HEADER = "person_id,drug,dose,start_date,stop_date,last_dose_date,doses\n"


def treated(folder: Path, rows: str) -> Treatments:
    file = folder / "treatments.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    return read_treatments(file)


def visits(*rows: dict[str, object]) -> pl.DataFrame:
    people = [{"person_id": "a", "sex": "female", "age_years": 70.0, **row} for row in rows]
    return canonical_people(people, drop=())


def state(folder: Path, rows: str, *seen: dict[str, object], day: date = DAY) -> dict[str, Any]:
    frame = as_of(visits(*(seen or ({"visit_date": date(2026, 1, 1)},))), treated(folder, rows), day)
    check_canonical(frame)
    return frame.row(0, named=True)


@pytest.mark.parametrize(
    ("last", "day", "days"),
    [
        # six months from 20 May are 20 November
        ("2026-05-20", date(2026, 11, 20), 0),
        ("2026-05-20", date(2026, 11, 19), 1),
        ("2026-05-20", date(2026, 12, 20), -30),
        # from 31 August 28 February
        ("2025-08-31", date(2026, 2, 27), 1),
        ("2025-08-31", date(2026, 3, 1), -1),
        # in a leap year the 29th
        ("2027-08-31", date(2028, 2, 29), 0),
        ("2025-01-15", date(2026, 11, 20), -493),
    ],
)
def test_the_next_dose_of_denosumab_by_the_calendar(tmp_path: Path, last: str, day: date, days: int) -> None:
    found = state(
        tmp_path, f"a,denosumab,60 mg,2023-01-01,,{last},5\n", {"visit_date": date(2025, 1, 1)}, day=day
    )
    assert found["days_until_next_dose"] == days
    assert found["drug"] == "denosumab"
    assert found["denosumab_doses"] == 5


@pytest.mark.parametrize(
    ("drug", "last", "days"), [("zoledronate", "2026-03-01", 101), ("romosozumab", "2026-10-31", 10)]
)
def test_other_drugs_given_by_the_dose(tmp_path: Path, drug: str, last: str, days: int) -> None:
    found = state(tmp_path, f"a,{drug},,2026-01-01,,{last},\n")
    assert found["days_until_next_dose"] == days


def test_a_single_dose_is_the_last_one(tmp_path: Path) -> None:
    assert state(tmp_path, "a,denosumab,,2026-06-01,,,1\n")["days_since_last_dose"] == 172
    assert state(tmp_path, "a,denosumab,,2026-06-01,,,2\n")["days_since_last_dose"] is None
    assert state(tmp_path, "a,denosumab,,2026-06-01,,,2\n")["days_until_next_dose"] is None


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("", True),
        ("a,calcitonin,,2025-06-01,2025-12-01,,\n", True),
        ("a,teriparatide,,2025-06-01,2025-12-01,,\na,calcitonin,,2026-01-01,,,\n", True),
        ("a,zoledronate,,2025-06-01,,2025-06-01,1\n", False),
        ("a,alendronate,,2025-06-01,2026-06-01,,\n", False),
        # A bisphosphonate that ended before denosumab did is none that followed it.
        ("a,alendronate,,2018-06-01,2020-06-01,,\n", True),
        ("a,denosumab,,2026-06-01,,2026-06-01,\n", False),
    ],
)
def test_whether_anything_that_holds_its_gain_followed_denosumab(
    tmp_path: Path, then: str, expected: bool
) -> None:
    found = state(tmp_path, "a,denosumab,,2021-01-01,2025-01-01,2024-07-01,\n" + then)
    assert found["denosumab_unfollowed"] is expected


def test_years_on_a_drug_and_what_came_before(tmp_path: Path) -> None:
    rows = "a,teriparatide,,2019-11-20,2021-11-20,,\na,alendronate,,2021-11-20,,,\n"
    found = state(tmp_path, rows)
    assert (found["drug"], found["prior_drug"]) == ("alendronate", "teriparatide")
    assert found["drug_years"] == pytest.approx(5.0, abs=0.003)
    assert found["prior_drug_years"] == pytest.approx(2.0, abs=0.003)
    assert found["teriparatide_months"] == pytest.approx(24.0, abs=0.05)
    assert found["oral_bisphosphonate_years"] == pytest.approx(5.0, abs=0.003)
    assert found["months_off_drug"] is None
    assert found["romosozumab_doses"] == 0


def test_tablets_one_after_the_other_count_together(tmp_path: Path) -> None:
    rows = "a,risedronate,,2020-01-01,2023-01-01,,\na,alendronate,,2023-01-01,,,\n"
    found = state(tmp_path, rows, {"visit_date": date(2024, 1, 1)}, day=date(2025, 1, 1))
    assert found["drug_years"] == pytest.approx(2.0, abs=0.003)
    assert found["oral_bisphosphonate_years"] == pytest.approx(5.0, abs=0.003)


def test_after_the_last_course_there_is_none_and_time_off_runs(tmp_path: Path) -> None:
    found = state(tmp_path, "a,denosumab,,2023-01-01,2026-07-20,2026-01-20,7\n")
    assert (found["drug"], found["prior_drug"]) == ("none", "denosumab")
    assert found["months_off_drug"] == pytest.approx(123 / 30.4375)
    assert found["days_until_next_dose"] == (date(2026, 7, 20) - DAY).days
    pause = state(tmp_path, "a,zoledronate,,2020-01-01,2023-01-01,2022-01-05,3\n")
    assert pause["days_until_next_dose"] is None
    assert pause["zoledronate_doses"] == 3


def test_what_happens_later_is_not_known_yet(tmp_path: Path) -> None:
    rows = "a,alendronate,,2020-01-01,2026-12-01,,\na,denosumab,,2026-12-01,,2026-12-01,1\n"
    found = state(tmp_path, rows, {"visit_date": date(2026, 1, 1)}, {"visit_date": date(2027, 1, 1)})
    assert (found["drug"], found["prior_drug"], found["visit_date"]) == (
        "alendronate",
        "none",
        date(2026, 1, 1),
    )
    assert state(tmp_path, "a,alendronate,,2020-01-01,2026-11-20,,\n")["drug"] == "none"


def test_an_unknown_start_leaves_the_years_unknown(tmp_path: Path) -> None:
    found = state(tmp_path, "a,denosumab,,,,2026-06-01,\n")
    assert (found["drug"], found["drug_years"], found["denosumab_doses"]) == ("denosumab", None, None)


def test_a_course_left_out_makes_what_was_taken_unknown(tmp_path: Path) -> None:
    seen = {"visit_date": date(2026, 1, 1), "drug": "alendronate"}
    found = state(tmp_path, "a,denosumab,,2023-01-01,soon,,\na,raloxifene,,2020-01-01,,,\n", seen)
    assert found["drug"] is None
    assert found["romosozumab_doses"] is None
    alone = state(tmp_path, "a,denosumab,,2023-01-01,soon,,\n", {**seen, "drug": "none"})
    assert alone["drug"] is None


def test_courses_stand_in_place_of_what_a_visit_says_and_only_for_their_people(tmp_path: Path) -> None:
    seen = visits(
        {"visit_date": date(2026, 1, 1), "drug": "raloxifene", "drug_years": 9.0},
        {"person_id": "b", "visit_date": date(2026, 1, 1), "drug": "raloxifene", "drug_years": 9.0},
    )
    found = as_of(seen, treated(tmp_path, "a,alendronate,,2026-01-01,,,\n"), DAY)
    assert found["person_id"].to_list() == ["a", "b"]
    assert found["drug"].to_list() == ["alendronate", "raloxifene"]
    assert found["drug_years"][1] == 9.0


def test_the_last_visit_counts_and_times_go_on(tmp_path: Path) -> None:
    seen = (
        {
            "visit_date": date(2026, 5, 20),
            "age_years": 70.0,
            "grip_kg": 20.0,
            "months_since_last_fracture": 1.0,
        },
        {"visit_date": date(2025, 5, 20), "age_years": 69.0, "grip_kg": 25.0},
        {"visit_date": None, "age_years": 60.0, "weight_kg": 60.0},
    )
    found = state(tmp_path, "b,alendronate,,2026-01-01,,,\n", *seen)
    assert (found["visit_date"], found["grip_kg"], found["weight_kg"]) == (date(2026, 5, 20), 20.0, None)
    # 184 days on: half a year, and six months and a twentieth
    assert found["age_years"] == 70.5
    assert found["months_since_last_fracture"] == pytest.approx(1.0 + 184 / 30.4375)


def test_bone_density_is_compared_on_one_machine_with_the_scan_before(tmp_path: Path) -> None:
    seen = (
        {"visit_date": date(2022, 1, 1), "bmd_total_hip_g_cm2": 0.90, "dxa_maker": "hologic"},
        {"visit_date": date(2024, 1, 1), "bmd_total_hip_g_cm2": 0.80, "dxa_maker": "hologic"},
        {"visit_date": date(2025, 1, 1), "bmd_total_hip_g_cm2": 0.95, "dxa_maker": "lunar"},
        {"visit_date": date(2026, 1, 1), "bmd_total_hip_g_cm2": 0.75, "dxa_maker": "hologic"},
    )
    found = state(tmp_path, "b,alendronate,,2026-01-01,,,\n", *seen)
    assert found["bmd_change_total_hip_g_cm2"] == -0.05
    other = [{**row, "dxa_maker": None} for row in seen]
    assert state(tmp_path, "b,alendronate,,2026-01-01,,,\n", *other).get("bmd_change_total_hip_g_cm2") is None
    alone = state(tmp_path, "b,alendronate,,2026-01-01,,,\n", *seen, day=date(2025, 6, 1))
    assert alone["bmd_change_total_hip_g_cm2"] is None


def test_markers_are_compared_with_the_last_value_before_the_drug(tmp_path: Path) -> None:
    seen = (
        {"visit_date": date(2025, 6, 1), "ctx_ng_ml": 0.9},
        {"visit_date": date(2026, 1, 1), "ctx_ng_ml": 0.5},
        {"visit_date": date(2026, 4, 1), "ctx_ng_ml": 0.2},
    )
    assert state(tmp_path, "a,alendronate,,2026-01-10,,,\n", *seen)["ctx_change_percent"] == -60.0
    assert state(tmp_path, "a,alendronate,,2025-01-10,,,\n", *seen)["ctx_change_percent"] is None
    assert state(tmp_path, "a,alendronate,,2025-01-10,2025-02-01,,\n", *seen)["ctx_change_percent"] is None


def test_people_without_a_visit_come_only_where_they_are_asked_for(tmp_path: Path) -> None:
    treatments = treated(tmp_path, "z,denosumab,,2024-01-01,,2025-01-01,3\n")
    seen = visits({"visit_date": date(2026, 1, 1)})
    assert as_of(seen, treatments, DAY)["person_id"].to_list() == ["a"]
    everybody = as_of(seen, treatments, DAY, without_visit=True)
    check_canonical(everybody)
    assert everybody["person_id"].to_list() == ["a", "z"]
    assert everybody["drug"].to_list() == [None, "denosumab"]


def test_a_mistyped_century_does_not_leave_the_range(tmp_path: Path) -> None:
    found = state(tmp_path, "a,denosumab,,1026-01-01,,1026-01-01,1\n")
    assert (found["drug"], found["drug_years"], found["days_since_last_dose"]) == ("denosumab", None, None)


def test_denosumab_that_goes_on_is_not_hidden_by_another_drug(tmp_path: Path) -> None:
    rows = "a,denosumab,,2024-01-01,,2026-03-20,5\na,calcitonin,,2026-10-20,,,\n"
    found = state(tmp_path, rows)
    assert (found["drug"], found["prior_drug"]) == ("denosumab", "calcitonin")
    # six months from 20 March are 20 September, 61 days before the day
    assert found["days_until_next_dose"] == -61
    (said,) = say_of_the_day(treated(tmp_path, rows), DAY)
    assert (said.person_id, said.row, said.column, said.value) == ("a", 2, "drug", "calcitonin")
    assert "denosumab and calcitonin are both in use on 2026-11-20" in said.describe("en")
    assert "stop_date" in said.remedy_zh


def test_of_other_drugs_in_use_the_one_begun_last_counts(tmp_path: Path) -> None:
    rows = "a,raloxifene,,2026-01-01,,,\na,alendronate,,2020-01-01,,,\n"
    assert state(tmp_path, rows)["drug"] == "raloxifene"
    assert [said.value for said in say_of_the_day(treated(tmp_path, rows), DAY)] == ["alendronate"]


def test_years_of_courses_that_overlap_count_once(tmp_path: Path) -> None:
    rows = "a,alendronate,,2020-11-20,2024-11-20,,\na,alendronate,,2022-11-20,,,\n"
    assert state(tmp_path, rows)["drug_years"] == pytest.approx(6.0, abs=0.003)


def test_before_the_first_course_there_was_no_drug(tmp_path: Path) -> None:
    rows = "a,denosumab,,2026-01-01,,2026-07-01,2\n"
    seen = {"visit_date": date(2025, 1, 1), "drug": "alendronate"}
    found = state(tmp_path, rows, seen, day=date(2025, 6, 1))
    assert (found["drug"], found["prior_drug"], found["denosumab_doses"]) == ("none", "none", 0)
    (said,) = say_of_the_day(treated(tmp_path, rows), date(2025, 6, 1))
    assert (said.column, said.value, said.kind) == ("start_date", "2026-01-01", "begins_later")


def test_a_last_dose_after_the_day_leaves_doses_and_the_next_unknown_and_is_named(tmp_path: Path) -> None:
    rows = "a,denosumab,,2024-01-01,,2027-03-20,7\n"
    found = state(tmp_path, rows)
    assert found["drug"] == "denosumab"
    assert [found[name] for name in ("denosumab_doses", "days_since_last_dose", "days_until_next_dose")] == [
        None
    ] * 3
    (said,) = say_of_the_day(treated(tmp_path, rows), DAY)
    assert (said.column, said.value) == ("last_dose_date", "2027-03-20")
    assert "really given" in said.remedy_en


def test_a_later_course_without_a_dated_dose_does_not_borrow_an_earlier_dose(tmp_path: Path) -> None:
    rows = "a,denosumab,,2022-01-01,2023-07-01,2023-01-05,3\na,denosumab,,2025-01-01,,,\n"
    found = state(tmp_path, rows)
    assert found["days_since_last_dose"] is None
    assert found["days_until_next_dose"] is None


def test_the_scan_before_may_lie_before_a_visit_without_a_scan(tmp_path: Path) -> None:
    seen = (
        {"visit_date": date(2023, 1, 1), "bmd_total_hip_g_cm2": 0.80, "dxa_maker": "hologic"},
        {"visit_date": date(2025, 1, 1), "bmd_total_hip_g_cm2": 0.75, "dxa_maker": "hologic"},
        {"visit_date": date(2026, 1, 1), "weight_kg": 60.0},
    )
    assert state(tmp_path, "b,alendronate,,2026-01-01,,,\n", *seen)["bmd_change_total_hip_g_cm2"] == -0.05


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ("serial 7", "Serial 7 ", -0.05),
        ("serial 7", "serial 8", None),
        ("serial 7", None, None),
        (None, "serial 7", None),
        (None, None, -0.05),
    ],
)
def test_a_named_machine_is_compared_only_with_itself(
    tmp_path: Path, before: str | None, now: str | None, change: float | None
) -> None:
    scan = {"dxa_maker": "hologic"}
    seen = (
        {"visit_date": date(2023, 1, 1), "bmd_femoral_neck_g_cm2": 0.80, "dxa_device": before, **scan},
        {"visit_date": date(2025, 1, 1), "bmd_femoral_neck_g_cm2": 0.75, "dxa_device": now, **scan},
    )
    found = state(tmp_path, "b,alendronate,,2026-01-01,,,\n", *seen)
    assert found.get("bmd_change_femoral_neck_g_cm2") == change


def test_t_scores_alone_are_never_compared(tmp_path: Path) -> None:
    seen = (
        {"visit_date": date(2023, 1, 1), "t_score_total_hip": -1.5, "dxa_maker": "hologic"},
        {"visit_date": date(2025, 1, 1), "t_score_total_hip": -3.5, "dxa_maker": "hologic"},
    )
    found = state(tmp_path, "b,alendronate,,2026-01-01,,,\n", *seen)
    assert found.get("bmd_change_total_hip_g_cm2") is None


def test_markers_tell_amount_and_time_on_the_drug(tmp_path: Path) -> None:
    seen = (
        {"visit_date": date(2025, 6, 1), "p1np_ng_ml": 60.0},
        {"visit_date": date(2026, 4, 1), "p1np_ng_ml": 30.0},
    )
    # A course that takes up another of the same drug on the day on which that stops is one run.
    rows = "a,alendronate,,2025-12-01,2026-03-01,,\na,alendronate,,2026-03-01,,,\n"
    found = state(tmp_path, rows, *seen)
    assert (found["p1np_change_percent"], found["p1np_change_ng_ml"]) == (-50.0, -30.0)
    assert found["markers_months_on_drug"] == pytest.approx(121 / 30.4375)


@pytest.mark.parametrize(("begun", "change"), [("2025-06-01", -60.0), ("2025-05-31", None)])
def test_a_marker_of_the_day_on_which_the_drug_was_begun_is_the_one_before(
    tmp_path: Path, begun: str, change: float | None
) -> None:
    seen = (
        {"visit_date": date(2025, 6, 1), "ctx_ng_ml": 0.5},
        {"visit_date": date(2026, 4, 1), "ctx_ng_ml": 0.2},
    )
    assert state(tmp_path, f"a,alendronate,,{begun},,,\n", *seen)["ctx_change_percent"] == change
