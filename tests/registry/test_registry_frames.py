"""What comes out of the registry is judged as what the readers read from the file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from myosteon.app.demo_cohort import make_demo_cohort
from myosteon.app.demo_treatments import write_demo_treatments
from myosteon.app.demo_visits import write_demo_visits
from myosteon.assess import assess
from myosteon.frame import check_canonical
from myosteon.history import as_of, read_treatments
from myosteon.history.treatments import read_courses
from myosteon.readers.table import read_frame, read_table
from myosteon.registry.age import age_on
from myosteon.registry.clock import SetClock
from myosteon.registry.database import Actor, Database
from myosteon.registry.errors import NotThere
from myosteon.registry.frames import people_frame, person_frame
from myosteon.registry.loading import Loaded, load_people
from myosteon.registry.loading_courses import LoadedCourses, load_courses
from myosteon.registry.measured import Measured
from myosteon.registry.people import PersonFields, add_person, find_identifier, read_person
from myosteon.registry.treatments import courses_frame, treatments_of
from myosteon.registry.verify import verify
from myosteon.registry.visits import save_visit, start_visit, visits_of
from myosteon.vocabulary.measures import load_measures

DAY = date(2026, 11, 20)


def in_file_terms(database: Database, frame: pl.DataFrame, organisation_id: str) -> pl.DataFrame:
    """The frame with the clinic's identifiers in place of the registry's."""
    with database.read() as connection:
        names = {one: read_person(connection, one).fields.identifier for one in frame["person_id"].unique()}
    return frame.with_columns(pl.col("person_id").replace_strict(names)).sort("person_id", "visit_date")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Made-up visits, several a person, and courses of drugs."""
    folder = tmp_path_factory.mktemp("demonstration")
    people, courses, visits = folder / "people.csv", folder / "treatments.csv", folder / "visits.csv"
    make_demo_cohort(150).write_csv(people)
    write_demo_treatments(people, courses)
    write_demo_visits(people, courses, visits)
    return visits, courses


def test_visits_come_back_as_the_reader_read_them_and_are_judged_alike(
    database: Database, village: Actor, demonstration: tuple[Path, Path]
) -> None:
    own = str(village.organisation_id)
    reading = read_table(demonstration[0])
    read = reading.frame.select(reading.measures).collect()
    loaded = load_people(database, village, own, reading.frame)
    assert loaded == Loaded(people=150, visits=read.height)
    with database.read() as connection:
        frame = people_frame(connection, organisation_id=own)
    check_canonical(frame)
    back = in_file_terms(database, frame, own)
    assert set(read.columns) - set(back.columns) == {
        name for name in read.columns if read[name].null_count() == read.height
    }
    present = [name for name in read.columns if name in back.columns]
    wanted = read.select(present).sort("person_id", "visit_date")
    assert_frame_equal(back.select(present), wanted)
    assert_frame_equal(pl.DataFrame(assess(back.select(present))), pl.DataFrame(assess(wanted)))
    assert verify(database).faults == ()


def test_people_with_their_courses_stand_on_a_day_as_from_the_files(
    database: Database, village: Actor, demonstration: tuple[Path, Path]
) -> None:
    own = str(village.organisation_id)
    reading, courses = read_table(demonstration[0]), read_treatments(demonstration[1])
    load_people(database, village, own, reading.frame)
    done = load_courses(database, village, own, courses.courses)
    assert done == LoadedCourses(courses.courses.height, 0, 0)
    assert load_courses(database, village, own, courses.courses).there == courses.courses.height
    with database.read() as connection:
        frame = people_frame(connection, organisation_id=own)
        kept = read_courses(courses_frame(treatments_of(connection, frame["person_id"].unique().to_list())))
    ours = in_file_terms(database, as_of(frame, kept, DAY), own)
    theirs = as_of(reading.frame.select(reading.measures).collect(), courses, DAY).sort(
        "person_id", "visit_date"
    )
    known = [name for name in theirs.columns if theirs[name].null_count() < theirs.height]
    assert_frame_equal(ours.select(known), theirs.select(known))


def test_a_second_import_adds_only_what_is_new(database: Database, village: Actor) -> None:
    own = str(village.organisation_id)
    rows = pl.DataFrame(
        {
            "person_id": ["a", "a", "b"],
            "visit_date": ["2026-01-01", "2026-02-01", "2026-01-01"],
            "sex": ["female", "female", "male"],
            "age_years": [70.0, 70.0, 80.0],
            "grip_kg": [17.0, 18.0, 30.0],
            "name": ["李娜", "李娜", None],
        }
    )
    assert load_people(database, village, own, read_frame(rows[:2]).frame) == Loaded(people=1, visits=2)
    assert load_people(database, village, own, read_frame(rows).frame) == Loaded(
        people=1, known=1, visits=1, there=2
    )
    assert load_people(database, village, own, read_frame(rows).frame) == Loaded(known=2, there=3)
    with database.read() as connection:
        a = find_identifier(connection, own, "a")
        assert a is not None
        assert read_person(connection, a).fields.name == "李娜"
        assert [one.measures["grip_kg"].value for one in visits_of(connection, a)] == [17.0, 18.0]
    assert verify(database).faults == ()


def test_people_whose_rows_differ_in_sex_have_none(database: Database, village: Actor) -> None:
    own = str(village.organisation_id)
    rows = pl.DataFrame(
        {
            "person_id": ["a", "a"],
            "visit_date": ["2026-01-01", "2026-02-01"],
            "sex": ["female", "male"],
            "age_years": [70.0, 70.0],
            "birth_date": ["1956-01-01", "1956-01-01"],
        }
    )
    loaded = load_people(database, village, own, read_frame(rows).frame)
    assert loaded == Loaded(people=1, visits=2, unclear=1)
    with database.read() as connection:
        a = find_identifier(connection, own, "a")
        assert a is not None
        assert read_person(connection, a).fields.sex is None
        assert read_person(connection, a).fields.birth_date == date(1956, 1, 1)


def test_the_frame_of_one_person_has_every_measure_and_age_on_the_day(
    database: Database, village: Actor, clock: SetClock
) -> None:
    own, leap = str(village.organisation_id), date(1956, 2, 29)
    with database.write(village) as write:
        person = add_person(write, own, PersonFields("x", "female", leap))
        first = start_visit(
            write, person, own, date(2021, 2, 28), {"grip_kg": Measured(17.0)}, state="finished"
        )
        start_visit(write, person, own, date(2021, 3, 1), {"age_years": Measured(40.0)}, state="finished")
        start_visit(write, person, own, None, {"fracture_hip": Measured(True)})
    before = clock.now()
    clock.move(timedelta(hours=1))
    with database.write(village) as write:
        save_visit(write, first, 1, {"grip_kg": Measured(18.0)}, reason="misread")
    with database.read() as connection:
        frame = person_frame(connection, person)
        finished = person_frame(connection, person, finished_only=True)
        then = person_frame(connection, person, until=before)
        with pytest.raises(NotThere):
            person_frame(connection, "nobody")
        nothing = people_frame(connection, person_ids=[])
    check_canonical(frame)
    assert frame.columns == list(load_measures())
    assert frame["age_years"].to_list() == [None, 64.9, 65.0]
    assert frame["grip_kg"].to_list() == [None, 18.0, None]
    assert then["grip_kg"].to_list() == [None, 17.0, None]
    assert finished.height == 2
    assert nothing.height == 0


def test_a_year_of_birth_alone_gives_way_to_the_age_that_was_given(
    database: Database, village: Actor
) -> None:
    own = str(village.organisation_id)
    with database.write(village) as write:
        person = add_person(write, own, PersonFields("x", "female", birth_year=1950))
        start_visit(write, person, own, date(2026, 3, 1))
        start_visit(write, person, own, date(2026, 4, 1), {"age_years": Measured(76.0)})
    with database.read() as connection:
        assert person_frame(connection, person)["age_years"].to_list() == [75.0, 76.0]


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 40_000))
def test_age_is_cut_to_tenths_and_whole_years_come_on_the_birthday(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    age = age_on(day, born)
    assert age is not None
    # Counted the other way round: birthdays one after another.
    years, birthday = 0, born
    while True:
        following = date(born.year + years + 1, 3, 1) if (born.month, born.day) == (2, 29) else None
        if following is None or _leaps(born.year + years + 1):
            following = born.replace(year=born.year + years + 1)
        if following > day:
            break
        years, birthday = years + 1, following
    assert int(age) == years
    share = (day - birthday) / (following - birthday)
    assert share - 0.1 < age - years <= share + 1e-9
    assert age_on(day, None, born.year) in (float(years), float(years - 1), 0.0)


def _leaps(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def test_nobody_has_an_age_before_birth_or_without_one() -> None:
    assert age_on(date(2026, 1, 1), None) is None
    assert age_on(date(2026, 1, 1), date(2026, 1, 2)) is None
    assert age_on(date(2026, 1, 1), None, 2030) is None
    assert age_on(date(2026, 1, 1), date(2026, 1, 1)) == 0.0
