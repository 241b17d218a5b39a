"""When the database is gone, full, busy or may not be written: the right error, and nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text

from myosteon.registry.backup import make_backup
from myosteon.registry.clock import SetClock
from myosteon.registry.database import PROGRAM, Actor, Database, open_database
from myosteon.registry.errors import (
    DatabaseBusy,
    DatabaseFull,
    DatabaseGone,
    DatabaseReadOnly,
    DatabaseTrouble,
)
from myosteon.registry.measured import Measured
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import OrganisationFields, add_organisation
from myosteon.registry.people import PersonFields, add_person, read_person
from myosteon.registry.verify import verify
from myosteon.registry.visits import start_visit, visits_of
from registry.cluster import Cluster

SECRET = "Mrs Secret of Nowhere"
DAY = date(2026, 11, 20)


def add(database: Database, actor: Actor, name: str = SECRET) -> str:
    with database.write(actor) as write:
        return add_person(write, str(actor.organisation_id), PersonFields(name, note=name))


def is_there(database: Database, person_id: str) -> bool:
    with database.read() as connection:
        return read_person(connection, person_id).fields.name == SECRET


def refused(trouble: type[DatabaseTrouble], work: Callable[[], object]) -> None:
    """The work ends in that error, which says nothing of anybody, not even in what it was raised from."""
    with pytest.raises(trouble) as caught:
        work()
    error: BaseException | None = caught.value
    assert error is not None
    assert SECRET not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A file system of its own of so many megabytes; None where none may be mounted here."""
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    options = f"size={megabytes}m,mode=0777"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite(tmp_path: Path, migrated_file: Path, clock: SetClock) -> Iterator[Database]:
    shutil.copyfile(migrated_file, tmp_path / "own.sqlite")
    opened = open_database(tmp_path / "own.sqlite", clock)
    yield opened
    opened.close()


@pytest.fixture
def somebody(sqlite: Database) -> Actor:
    with sqlite.write(PROGRAM) as write:
        return Actor(None, add_organisation(write, OrganisationFields("Willow village", 1)))


def fill_up(database: Database, actor: Actor) -> list[str]:
    """Saves until there is no room left; what was acknowledged."""
    kept: list[str] = []

    def go_on() -> None:
        for _ in range(100_000):
            with database.write(actor) as write:
                person = add_person(
                    write, str(actor.organisation_id), PersonFields(SECRET, note=SECRET * 400)
                )
                start_visit(write, person, str(actor.organisation_id), DAY, {"grip_kg": Measured(17.0)})
            kept.append(person)

    refused(DatabaseFull, go_on)
    return kept


def all_there(database: Database, kept: list[str]) -> bool:
    with database.read() as connection:
        return all(
            read_person(connection, one).fields.name == SECRET and len(visits_of(connection, one)) == 1
            for one in kept
        )


def test_when_the_disk_is_full_all_that_was_acknowledged_is_there(
    tmp_path: Path, migrated_file: Path
) -> None:
    with small_disk(3) as disk:
        file = (disk or tmp_path) / "own.sqlite"
        shutil.copyfile(migrated_file, file)
        database = open_database(file)
        if disk is None:
            event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=600"))
        with database.write(PROGRAM) as write:
            actor = Actor(None, add_organisation(write, OrganisationFields("Willow village", 1)))
        kept = fill_up(database, actor)
        assert len(kept) > 10
        assert all_there(database, kept)
        assert verify(database).faults == ()
        database.close()
        again = open_database(file)
        assert all_there(again, kept)
        if disk is not None:
            # With room again it goes on.
            subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
            assert add(again, actor)
            assert verify(again).faults == ()
        again.close()


def test_when_the_file_may_only_be_read_nothing_is_lost(tmp_path: Path, migrated_file: Path) -> None:
    with small_disk(8) as disk:
        file = (disk or tmp_path) / "own.sqlite"
        shutil.copyfile(migrated_file, file)
        database = open_database(file)
        with database.write(PROGRAM) as write:
            actor = Actor(None, add_organisation(write, OrganisationFields("Willow village", 1)))
        person = add(database, actor)
        database.close()
        if disk is None:
            event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only=ON"))
        else:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        refused(DatabaseReadOnly, lambda: add(database, actor))
        if disk is not None:
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        assert is_there(database, person)
        assert verify(database).faults == ()
        database.close()


def test_a_file_that_was_removed_is_gone_and_nobody_writes_into_nothing(
    sqlite: Database, somebody: Actor, tmp_path: Path
) -> None:
    person = add(sqlite, somebody)
    assert sqlite.file is not None
    aside = tmp_path / "aside"
    aside.mkdir()
    for path in tmp_path.glob("own.sqlite*"):
        path.rename(aside / path.name)
    refused(DatabaseGone, lambda: add(sqlite, somebody))
    refused(DatabaseGone, lambda: is_there(sqlite, person))
    assert not sqlite.file.exists()
    for path in aside.iterdir():
        path.rename(tmp_path / path.name)
    assert is_there(sqlite, person)
    assert add(sqlite, somebody)


def test_a_file_that_is_removed_while_somebody_saves_is_gone(sqlite: Database, somebody: Actor) -> None:
    assert sqlite.file is not None
    file = sqlite.file

    def save() -> None:
        with sqlite.write(somebody) as write:
            add_person(write, str(somebody.organisation_id), PersonFields(SECRET))
            file.unlink()

    refused(DatabaseGone, save)


def test_a_file_that_is_no_database_is_gone(sqlite: Database, somebody: Actor) -> None:
    sqlite.close()
    assert sqlite.file is not None
    sqlite.file.write_bytes(b"this is not a database\n" * 1000)
    refused(DatabaseGone, lambda: add(sqlite, somebody))


def test_who_waits_too_long_for_another_is_told_to_try_again(sqlite: Database, somebody: Actor) -> None:
    assert sqlite.file is not None
    sqlite.close()
    event.listen(sqlite.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=50"))
    other = sqlite3.connect(sqlite.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused(DatabaseBusy, lambda: add(sqlite, somebody))
    with sqlite.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 0
    other.execute("ROLLBACK")
    other.close()
    assert add(sqlite, somebody)


def test_who_reads_does_not_see_half_of_what_is_being_saved(database: Database, village: Actor) -> None:
    with database.read() as reading:
        before = reading.execute(text("SELECT count(*) FROM person")).scalar()
        person = add(database, village)
        assert reading.execute(text("SELECT count(*) FROM person")).scalar() == before
    assert is_there(database, person)


@pytest.fixture
def server(crashing_cluster: Cluster, clock: SetClock) -> Iterator[tuple[Database, Actor, str]]:
    database = open_database(crashing_cluster.new_database(), clock)
    migrate(database)
    with database.write(PROGRAM) as write:
        actor = Actor(None, add_organisation(write, OrganisationFields("Willow village", 1)))
    yield database, actor, f"registry_{crashing_cluster.made}"
    database.close()


def test_a_server_that_stops_is_gone_and_comes_back(
    crashing_cluster: Cluster, server: tuple[Database, Actor, str]
) -> None:
    database, actor, _ = server
    person = add(database, actor)
    crashing_cluster.control("-m", "immediate", "stop")
    try:
        refused(DatabaseGone, lambda: add(database, actor))
        refused(DatabaseGone, lambda: is_there(database, person))
    finally:
        crashing_cluster.start()
    assert is_there(database, person)
    assert add(database, actor)
    assert verify(database).faults == ()


def test_a_server_that_stops_while_somebody_saves_has_nothing_half(
    crashing_cluster: Cluster, server: tuple[Database, Actor, str]
) -> None:
    database, actor, _ = server

    def save() -> None:
        with database.write(actor) as write:
            add_person(write, str(actor.organisation_id), PersonFields(SECRET))
            crashing_cluster.control("-m", "immediate", "stop")

    try:
        refused(DatabaseGone, save)
    finally:
        crashing_cluster.start()
    report = verify(database)
    assert report.faults == ()
    assert report.rows["person"] == 0


def test_a_server_that_may_only_be_read_is_read(
    crashing_cluster: Cluster, server: tuple[Database, Actor, str]
) -> None:
    database, actor, name = server
    person = add(database, actor)
    database.close()
    crashing_cluster.psql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    refused(DatabaseReadOnly, lambda: add(database, actor))
    assert is_there(database, person)


def test_a_server_without_room_says_so_and_keeps_what_it_acknowledged(
    crashing_cluster: Cluster, server: tuple[Database, Actor, str]
) -> None:
    database, actor, name = server
    with small_disk(64) as disk:
        if disk is None:
            crashing_cluster.psql(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT count(*) FROM person) "
                "> 20 THEN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$; "
                "CREATE TRIGGER no_room BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION no_room()",
                name,
            )
        else:
            place = disk / "place"
            place.mkdir()
            if os.geteuid() == 0:
                shutil.chown(place, "postgres")
            database.close()
            crashing_cluster.psql(f"CREATE TABLESPACE small LOCATION '{place}'")
            crashing_cluster.psql(f"ALTER DATABASE {name} SET TABLESPACE small")
            used = shutil.disk_usage(disk).used // 1024
            subprocess.run(["mount", "-o", f"remount,size={used + 1500}k", str(disk)], check=True)
        kept = fill_up(database, actor)
        assert len(kept) > 10
        assert all_there(database, kept)
        assert verify(database).faults == ()
        if disk is not None:
            database.close()
            crashing_cluster.psql(f"DROP DATABASE {name}")
            crashing_cluster.psql("DROP TABLESPACE small")


def test_a_registry_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    refused(DatabaseReadOnly, lambda: migrate(open_database(tmp_path / "file" / "own.sqlite")))
    (tmp_path / "folder.sqlite").mkdir()
    with pytest.raises(DatabaseTrouble):
        migrate(open_database(tmp_path / "folder.sqlite"))


def test_a_backup_for_which_there_is_no_room_leaves_nothing_behind(
    tmp_path: Path, migrated_file: Path
) -> None:
    shutil.copyfile(migrated_file, tmp_path / "own.sqlite")
    database = open_database(tmp_path / "own.sqlite")
    with small_disk(1) as disk:
        if disk is not None:
            (disk / "filler").write_bytes(b"x" * 900_000)
            refused(DatabaseFull, lambda: make_backup(database, disk))
            assert [path.name for path in disk.iterdir()] == ["filler"]
    assert make_backup(database, tmp_path / "elsewhere").size > 0
    database.close()
