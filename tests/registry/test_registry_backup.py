"""Backups that can be relied on, and a look that finds what is amiss."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from myosteon.errors import InputError
from myosteon.registry.backup import backups, check_backup, make_backup, restore
from myosteon.registry.clock import SetClock
from myosteon.registry.database import Actor, Database, open_database
from myosteon.registry.errors import BackupUnusable, DatabaseTrouble, NotEmpty
from myosteon.registry.measured import Measured
from myosteon.registry.migrations.migrate import is_current, migrate
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.verify import verify
from myosteon.registry.visits import start_visit, visits_of
from registry.cluster import Cluster
from registry.made_up import DAY, fill
from registry.test_registry_exchange import everything


@pytest.fixture
def another(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Database:
    """An address of the same kind where nothing is yet."""
    if database.file is not None:
        return open_database(tmp_path / "restored.sqlite")
    cluster: Cluster = request.getfixturevalue("cluster")
    return open_database(cluster.new_database())


def test_a_backup_that_is_made_while_people_save_is_whole(
    database: Database, village: Actor, hospital: Actor, another: Database, tmp_path: Path
) -> None:
    person = fill(database, village, hospital)
    stop, saved = threading.Event(), []

    def save() -> None:
        while not stop.is_set():
            with database.write(village) as write:
                measures = {"grip_kg": Measured(17.0), "weight_kg": Measured(50.0)}
                visit = start_visit(write, person, str(village.organisation_id), DAY, measures)
            saved.append(visit)

    writers = [threading.Thread(target=save) for _ in range(2)]
    for writer in writers:
        writer.start()
    while len(saved) < 10 and any(writer.is_alive() for writer in writers):
        time.sleep(0.01)
    before = list(saved)
    backup = make_backup(database, tmp_path / "backups")
    at_least = len(saved)
    stop.set()
    for writer in writers:
        writer.join()
    report = restore(backup.path, another)
    assert report.faults == ()
    with another.read() as connection:
        there = {one.id for one in visits_of(connection, person)}
    assert set(before) <= there
    # Those that were there before, and at most one of each writer that was saved and not yet told.
    assert len(there) <= at_least + 2 + len(writers)
    assert verify(database).faults == ()
    another.close()


def test_a_restored_registry_is_the_same_and_goes_on(
    database: Database, village: Actor, hospital: Actor, another: Database, tmp_path: Path
) -> None:
    fill(database, village, hospital)
    backup = make_backup(database, tmp_path / "backups")
    assert restore(backup.path, another).is_whole
    assert everything(another) == everything(database)
    assert is_current(another)
    with another.write(village) as write:
        add_person(write, str(village.organisation_id), PersonFields("Next"))
    assert verify(another).is_whole
    another.close()


def test_a_backup_never_replaces_a_registry(
    database: Database, village: Actor, hospital: Actor, tmp_path: Path
) -> None:
    fill(database, village, hospital)
    before = everything(database)
    backup = make_backup(database, tmp_path / "backups")
    with pytest.raises(NotEmpty):
        restore(backup.path, database)
    assert everything(database) == before


def test_backups_are_listed_the_newest_first(database: Database, clock: SetClock, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = []
    for _ in range(3):
        made.append(make_backup(database, folder))
        clock.move(timedelta(hours=1))
    (folder / "myosteon-notes.txt").write_text("not one")
    assert list(backups(folder)) == made[::-1]
    assert all(one.size > 0 for one in made)


def test_a_damaged_copy_is_refused_and_brings_nothing(tmp_path: Path, migrated_file: Path) -> None:
    database = open_database(tmp_path / "own.sqlite")
    shutil.copyfile(migrated_file, tmp_path / "own.sqlite")
    good = make_backup(database, tmp_path / "backups").path
    whole = good.read_bytes()
    for number, bad in enumerate((b"", b"not a database" * 500, whole[: len(whole) // 2])):
        copy = tmp_path / f"bad{number}.sqlite"
        copy.write_bytes(bad)
        target = open_database(tmp_path / f"target{number}.sqlite")
        with pytest.raises(BackupUnusable):
            restore(copy, target)
        assert not (tmp_path / f"target{number}.sqlite").exists()
    with pytest.raises(BackupUnusable):
        restore(tmp_path / "nothing.sqlite", open_database(tmp_path / "target.sqlite"))
    assert check_backup(good).is_whole
    database.close()


def test_a_copy_of_sqlite_does_not_go_into_postgresql(
    tmp_path: Path, migrated_file: Path, cluster: Cluster
) -> None:
    with pytest.raises(InputError):
        restore(migrated_file, open_database(cluster.new_database()))


FAULTS = {
    "an entry in the middle is gone": "DELETE FROM visit_entry WHERE number = 1",
    "the last entry is gone": "DELETE FROM person_entry WHERE number = 2",
    "a visit has no entry": "DELETE FROM visit_entry",
    "a value was changed": "UPDATE visit_entry SET measures = '{}' WHERE number = 2",
    "a reason was changed": "UPDATE person_entry SET reason = 'other' WHERE number = 2",
    "a name was changed": "UPDATE person_entry SET name = 'other' WHERE number = 1",
    "a day was changed": "UPDATE visit SET day = '2020-01-01' WHERE day IS NOT NULL",
    "a state was changed": "UPDATE visit SET state = 'open'",
    "an identifier was changed": "UPDATE person SET identifier = 'x' WHERE identifier = 'W-0007'",
    "an answer was changed": "UPDATE result SET content = '{}'",
    "an answer is gone": "DELETE FROM result",
    "a course was changed": "UPDATE treatment_entry SET doses = 9 WHERE number = 2",
    "a fracture was changed": "UPDATE fracture_entry SET low_trauma = NULL",
    "a referral was changed": "UPDATE referral_entry SET text = 'No.' WHERE number = 3",
    "a line of the audit is gone": "DELETE FROM audit WHERE number = 4",
    "a line of the audit was changed": "UPDATE audit SET action = 'opened' WHERE number = 4",
    "the end of the audit was changed": "UPDATE audit_end SET number = 2",
    "the copy of the last number was changed": "UPDATE visit SET latest = 7",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_whatever_is_amiss_is_found(database: Database, village: Actor, hospital: Actor, fault: str) -> None:
    fill(database, village, hospital)
    assert verify(database).faults == ()
    with database.engine.begin() as connection:
        connection.execute(text(fault))
    report = verify(database)
    assert not report.is_whole
    assert "陈" not in " ".join(report.faults)


def test_what_points_to_nothing_is_found(tmp_path: Path, migrated_file: Path) -> None:
    shutil.copyfile(migrated_file, tmp_path / "own.sqlite")
    database = open_database(tmp_path / "own.sqlite")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(
            "INSERT INTO treatment (id, latest, made_at, person_id) VALUES ('t', 1, 'x', 'p')"
        )
        connection.exec_driver_sql("BEGIN")
    assert any("point by person_id to nothing" in fault for fault in verify(database).faults)
    database.close()


def test_a_clock_that_went_back_is_told_and_is_no_fault(
    database: Database, village: Actor, clock: SetClock
) -> None:
    clock.move(timedelta(days=-1))
    with database.write(village) as write:
        add_person(write, str(village.organisation_id), PersonFields("x"))
    report = verify(database)
    assert report.is_whole
    assert report.clock_went_back == 1


def test_a_registry_that_is_not_there_cannot_be_looked_at(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble):
        verify(open_database(tmp_path / "nothing.sqlite"))


def test_a_backup_has_no_log_beside_it(tmp_path: Path, migrated_file: Path) -> None:
    shutil.copyfile(migrated_file, tmp_path / "own.sqlite")
    database = open_database(tmp_path / "own.sqlite")
    make_backup(database, tmp_path / "backups")
    database.close()
    assert [path.suffix for path in (tmp_path / "backups").iterdir()] == [".sqlite"]


def test_a_restored_file_is_brought_to_this_version(tmp_path: Path, migrated_file: Path) -> None:
    target = open_database(tmp_path / "target.sqlite")
    restore(migrated_file, target)
    assert is_current(target)
    migrate(target)
    target.close()
