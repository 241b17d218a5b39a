"""A registry on each of the two databases, with a clock that stands where it is put and a clinic."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from myosteon.registry.clock import SetClock
from myosteon.registry.database import PROGRAM, Actor, Database, open_database
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import OrganisationFields, add_organisation
from registry.cluster import Cluster, running_cluster

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of our own."""
    with running_cluster(fsync=False) as started:
        yield started


@pytest.fixture(scope="session")
def crashing_cluster() -> Iterator[Cluster]:
    """Another one, to be stopped and started: with few databases it is soon back."""
    with running_cluster(fsync=True) as started:
        yield started


@pytest.fixture(scope="session")
def migrated_database(cluster: Cluster) -> str:
    """The name of a registry without anything in it, to be copied."""
    opened = open_database(cluster.new_database())
    migrate(opened)
    opened.close()
    return f"registry_{cluster.made}"


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where an empty database may be made, on each kind in turn."""
    if request.param == "sqlite":
        return tmp_path / "registry.sqlite"
    return request.getfixturevalue("cluster").new_database()  # type: ignore[no-any-return]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite registry without anything in it, to be copied: migrations take their time."""
    file = tmp_path_factory.mktemp("registry") / "migrated.sqlite"
    opened = open_database(file)
    migrate(opened)
    opened.close()
    return file


@pytest.fixture
def database(request: pytest.FixtureRequest, address: str | Path, clock: SetClock) -> Iterator[Database]:
    """An empty registry."""
    if isinstance(address, Path):
        shutil.copyfile(request.getfixturevalue("migrated_file"), address)
        opened = open_database(address, clock)
    else:
        template = request.getfixturevalue("migrated_database")
        opened = open_database(request.getfixturevalue("cluster").new_database(template), clock)
    yield opened
    opened.close()


@pytest.fixture
def village(database: Database) -> Actor:
    """Somebody of a village clinic."""
    with database.write(PROGRAM) as write:
        return Actor(None, add_organisation(write, OrganisationFields("Willow village", 1)))


@pytest.fixture
def hospital(database: Database) -> Actor:
    """Somebody of a hospital."""
    with database.write(PROGRAM) as write:
        return Actor(None, add_organisation(write, OrganisationFields("County hospital", 2)))
