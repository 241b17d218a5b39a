"""Visits in the registry: saved step by step, each save whole, nothing overwritten."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from myosteon.errors import ValueRefused
from myosteon.registry.clock import SetClock
from myosteon.registry.database import Actor, Database
from myosteon.registry.errors import Conflict, NotThere, ReasonMissing
from myosteon.registry.measured import WITHDRAWN, Measured
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.visits import (
    open_visits,
    read_visit,
    save_visit,
    start_visit,
    visit_entries,
    visits_of,
)

DAY = date(2026, 11, 20)
GRIP = Measured(17.0, "１７．０", "kg")


@pytest.fixture
def person(database: Database, village: Actor) -> str:
    with database.write(village) as write:
        return add_person(write, str(village.organisation_id), PersonFields("Made Up", "female"))


@pytest.fixture
def visit(database: Database, village: Actor, person: str) -> str:
    with database.write(village) as write:
        return start_visit(write, person, str(village.organisation_id), DAY, {"grip_kg": GRIP}, step="size")


def test_a_visit_is_the_sum_of_its_saves(database: Database, village: Actor, visit: str) -> None:
    with database.write(village) as write:
        save_visit(write, visit, 1, {"height_cm": Measured(150.0), "grip_kg": Measured(19.5, "43 lb", "lb")})
    with database.write(village) as write:
        save_visit(write, visit, 2, {"sarc_f_score": Measured(4), "height_cm": WITHDRAWN}, state="finished")
    with database.read() as connection:
        found = read_visit(connection, visit)
        first, second, third = visit_entries(connection, visit)
    assert (found.number, found.state, found.day) == (3, "finished", DAY)
    assert found.measures == {"grip_kg": Measured(19.5, "43 lb", "lb"), "sarc_f_score": Measured(4)}
    assert (first.step, first.measures) == ("size", {"grip_kg": GRIP})
    assert second.measures["height_cm"] == Measured(150.0)
    assert third.measures["height_cm"] == WITHDRAWN


def test_what_was_measured_keeps_its_kind(database: Database, village: Actor, visit: str) -> None:
    given = {
        "fracture_hip": Measured(True),
        "fracture_pelvis": Measured(False),
        "mass_method": Measured("bia"),
        "grip_trials": Measured(3),
        "alm_kg": Measured(13.1),
    }
    with database.write(village) as write:
        save_visit(write, visit, 1, given)
    with database.read() as connection:
        kept = read_visit(connection, visit).measures
    for name, one in given.items():
        assert kept[name] == one
        assert type(kept[name].value) is type(one.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grip_kg", 200.0),
        ("grip_kg", -0.1),
        ("grip_kg", "17"),
        ("grip_kg", True),
        ("grip_kg", float("nan")),
        ("grip_trials", 2.5),
        ("fracture_hip", 1),
        ("mass_method", "guess"),
        ("sex", "female"),
        ("visit_date", "2026-11-20"),
        ("no_such_measure", 1.0),
    ],
)
def test_what_no_measure_can_be_is_refused_and_nothing_of_the_save_is_kept(
    database: Database, village: Actor, visit: str, name: str, value: object
) -> None:
    with pytest.raises(ValueRefused) as refused, database.write(village) as write:
        save_visit(write, visit, 1, {"height_cm": Measured(150.0), name: Measured(value)})  # type: ignore[arg-type]
    assert "200" not in str(refused.value)
    with database.read() as connection:
        assert read_visit(connection, visit).measures == {"grip_kg": GRIP}


def test_a_finished_visit_is_corrected_with_a_reason_only(
    database: Database, village: Actor, visit: str
) -> None:
    with database.write(village) as write:
        save_visit(write, visit, 1, state="finished")
    with pytest.raises(ReasonMissing), database.write(village) as write:
        save_visit(write, visit, 2, {"grip_kg": Measured(18.0)})
    with database.write(village) as write:
        save_visit(write, visit, 2, {"grip_kg": Measured(18.0)}, reason="read from the wrong line")
    with database.read() as connection:
        assert read_visit(connection, visit).measures["grip_kg"].value == 18.0
        assert read_visit(connection, visit).state == "finished"
        assert visit_entries(connection, visit)[-1].reason == "read from the wrong line"


def test_another_day_needs_a_reason_too(database: Database, village: Actor, visit: str) -> None:
    with pytest.raises(ReasonMissing), database.write(village) as write:
        save_visit(write, visit, 1, day=date(2026, 11, 19))
    with database.write(village) as write:
        save_visit(write, visit, 1, day=date(2026, 11, 19), reason="it was Thursday")
    with database.read() as connection:
        assert read_visit(connection, visit).day == date(2026, 11, 19)


def test_a_visit_is_shown_as_it_stood_at_a_time(
    database: Database, village: Actor, visit: str, clock: SetClock
) -> None:
    first = clock.now()
    clock.move(timedelta(hours=1))
    with database.write(village) as write:
        save_visit(write, visit, 1, {"grip_kg": Measured(18.0)})
    with database.read() as connection:
        assert read_visit(connection, visit, first).measures == {"grip_kg": GRIP}
        assert read_visit(connection, visit, clock.now()).measures["grip_kg"].value == 18.0
        with pytest.raises(NotThere):
            read_visit(connection, visit, first - timedelta(seconds=1))


def test_a_clock_that_goes_back_changes_no_order(
    database: Database, village: Actor, person: str, visit: str, clock: SetClock
) -> None:
    clock.move(timedelta(days=-400))
    with database.write(village) as write:
        save_visit(write, visit, 1, {"weight_kg": Measured(50.0)})
    with database.read() as connection:
        now = read_visit(connection, visit)
        assert [one.number for one in visit_entries(connection, visit)] == [1, 2]
        (only,) = visits_of(connection, person, until=clock.now())
    # What was saved before, by a clock that ran ahead, was there when the second save was made.
    assert only == now
    assert now.measures == {"grip_kg": GRIP, "weight_kg": Measured(50.0)}


def test_visits_come_by_day_and_those_without_one_first(
    database: Database, village: Actor, person: str, visit: str
) -> None:
    with database.write(village) as write:
        later = start_visit(write, person, str(village.organisation_id), date(2026, 12, 1))
        earlier = start_visit(write, person, str(village.organisation_id), date(2020, 2, 29))
        never = start_visit(write, person, str(village.organisation_id), None)
    with database.read() as connection:
        assert [one.id for one in visits_of(connection, person)] == [never, earlier, visit, later]
        assert {one.id for one in open_visits(connection, str(village.organisation_id))} == {
            never,
            earlier,
            visit,
            later,
        }


def test_a_save_that_breaks_off_leaves_nothing(database: Database, village: Actor, person: str) -> None:
    def begin() -> None:
        with database.write(village) as write:
            start_visit(write, person, str(village.organisation_id), DAY, {"grip_kg": GRIP})
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        begin()
    with database.read() as connection:
        assert visits_of(connection, person) == ()


def test_of_two_who_save_at_the_same_time_one_is_told(database: Database, village: Actor, visit: str) -> None:
    """Both saw entry 1; two threads with a connection each, fifty times."""
    seen = 1
    for round_ in range(50):
        together = threading.Barrier(2)
        outcomes: list[object] = []

        def save(value: float, together: threading.Barrier, seen: int, outcomes: list[object]) -> None:
            together.wait()
            try:
                with database.write(village) as write:
                    outcomes.append(save_visit(write, visit, seen, {"grip_kg": Measured(value)}))
            except Conflict as conflict:
                outcomes.append(conflict)

        threads = [
            threading.Thread(target=save, args=(10.0 + round_ + n / 10, together, seen, outcomes))
            for n in (1, 2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        numbers = [one for one in outcomes if isinstance(one, int)]
        conflicts = [one for one in outcomes if isinstance(one, Conflict)]
        assert (numbers, len(conflicts)) == ([seen + 1], 1)
        seen += 1
        with database.read() as connection:
            assert conflicts[0].current == read_visit(connection, visit)
    with database.read() as connection:
        assert len(visit_entries(connection, visit)) == 51


def test_a_time_is_kept_to_the_microsecond_in_utc(
    database: Database, village: Actor, person: str, clock: SetClock
) -> None:
    clock.time = datetime.fromisoformat("2026-10-25T02:30:00.123456+02:00")
    with database.write(village) as write:
        visit = start_visit(write, person, str(village.organisation_id), DAY)
    with database.read() as connection:
        made = read_visit(connection, visit).made_at
    assert made == datetime(2026, 10, 25, 0, 30, 0, 123456, tzinfo=UTC)
    assert made.tzinfo is UTC
