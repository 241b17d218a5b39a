"""Plans of a crowd are the same, and in the same order, however many processes make them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest

from care.test_plan_crowd import crowd
from myosteon.app import plan_crowd
from myosteon.app.plan_crowd import PlanCrowd
from myosteon.app.plan_run import Planner
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.outputs.plan_json import PlanWriter
from myosteon.rules.guideline import Settings

PLANNER = Planner(clinic_of_tier(1), date(2026, 11, 20), "en", Settings())


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes for a few people, in many parts."""
    for name, number in {
        "PEOPLE_FOR_TWO": 1,
        "PEOPLE_JUDGED_AT_ONCE": 60,
        "PEOPLE_IN_A_PART": 7,
        "BYTES_AT_ONCE": 100_000,
    }.items():
        monkeypatch.setattr(plan_crowd, name, number)
    monkeypatch.setattr(plan_crowd, "_cores", lambda: 2)


def plan_lines() -> Iterator[bytes]:
    with PlanCrowd(PLANNER) as crowd_of_plans:
        yield from crowd_of_plans.lines(crowd())


def alone() -> list[bytes]:
    writer = PlanWriter()
    return [writer.write(plan) for plan in PLANNER.plans(crowd())]


@pytest.mark.usefixtures("small_parts")
def test_two_processes_make_the_same_plans_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    made_elsewhere = []
    make = plan_crowd._Helper.make

    def counted(self: plan_crowd._Helper, judged: pl.DataFrame) -> object:
        made = make(self, judged)
        made_elsewhere.append(made is not None)
        return made

    # The first process waits for the other, which takes longer to begin than so few people take.
    monkeypatch.setattr(plan_crowd, "MOST_PARTS_WAITING", 1)
    monkeypatch.setattr(plan_crowd._Helper, "make", counted)
    assert b"".join(plan_lines()).splitlines() == alone()
    assert any(made_elsewhere), "no part was made by the other process"


@pytest.mark.usefixtures("small_parts")
def test_a_process_that_dies_gives_its_part_back(monkeypatch: pytest.MonkeyPatch) -> None:
    make = plan_crowd._Helper.make

    def killed(self: plan_crowd._Helper, judged: pl.DataFrame) -> object:
        self._process.kill()
        return make(self, judged)

    monkeypatch.setattr(plan_crowd._Helper, "make", killed)
    assert b"".join(plan_lines()).splitlines() == alone()


@pytest.mark.usefixtures("small_parts")
def test_an_error_of_the_rules_is_told_and_no_plan_is_left_out_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = Planner.judge

    def fails_later(self: Planner, people: pl.DataFrame) -> pl.DataFrame:
        if people.row(0) != crowd().row(0):
            raise ValueError("the second block")
        return judge(self, people)

    monkeypatch.setattr(Planner, "judge", fails_later)
    with pytest.raises(ValueError, match="the second block"):
        list(plan_lines())


@pytest.mark.usefixtures("small_parts")
def test_whoever_stops_reading_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    init = plan_crowd._Helper.__init__

    def told(self: plan_crowd._Helper, *args: object) -> None:
        init(self, *args)  # type: ignore[arg-type]
        begun.append(self._process)

    monkeypatch.setattr(plan_crowd._Helper, "__init__", told)
    lines = plan_lines()
    assert isinstance(lines, Iterator)
    assert json.loads(next(lines).splitlines()[0])["person_id"]
    lines.close()  # type: ignore[attr-defined]
    assert begun
    assert not any(process.is_alive() for process in begun)
