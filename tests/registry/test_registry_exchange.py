"""Everything out of the registry and back: the same, row by row, between both databases and in both forms."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from myosteon.errors import InputError
from myosteon.registry.database import Actor, Database, open_database
from myosteon.registry.errors import BackupUnusable, NotEmpty
from myosteon.registry.exchange import FORMS, Form, export_all, import_all, table_rows, tables
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.schema import METADATA
from myosteon.registry.verify import verify
from registry.cluster import Cluster
from registry.made_up import fill

KINDS = ("sqlite", "postgresql")


def everything(database: Database) -> dict[str, list[list[Any]]]:
    """All rows of all tables, as they lie there."""
    with database.read() as connection:
        return {
            table.name: [list(row) for part in table_rows(connection, table) for row in part]
            for table in tables()
        }


def empty(kind: str, folder: Path, request: pytest.FixtureRequest) -> Database:
    if kind == "sqlite":
        database = open_database(folder / "second.sqlite")
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        database = open_database(cluster.new_database())
    migrate(database)
    return database


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("target", KINDS)
def test_everything_comes_back_row_by_row_the_same(
    database: Database,
    village: Actor,
    hospital: Actor,
    form: Form,
    target: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    fill(database, village, hospital)
    before = everything(database)
    counts = export_all(database, tmp_path / "out", form)
    second = empty(target, tmp_path, request)
    assert import_all(second, tmp_path / "out") == counts
    assert everything(second) == before
    assert {name: len(rows) for name, rows in before.items()} == counts
    without = {name for name, rows in before.items() if not rows} - {"account", "message_read"}
    assert without == set(), "the made-up registry has something of everything"
    assert verify(second).faults == ()
    export_all(second, tmp_path / "again", form)
    for file in sorted((tmp_path / "out").iterdir()):
        if form == "csv":
            assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name
    second.close()


def test_an_import_goes_into_an_empty_registry_only(
    database: Database, village: Actor, hospital: Actor, tmp_path: Path
) -> None:
    fill(database, village, hospital)
    export_all(database, tmp_path / "out")
    before = everything(database)
    with pytest.raises(NotEmpty):
        import_all(database, tmp_path / "out")
    assert everything(database) == before


def test_an_export_never_overwrites(database: Database, village: Actor, tmp_path: Path) -> None:
    export_all(database, tmp_path / "out")
    with pytest.raises(InputError):
        export_all(database, tmp_path / "out")
    with pytest.raises(InputError):
        export_all(database, tmp_path / "other", "xlsx")  # type: ignore[arg-type]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["out"]


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_export_brings_nothing(
    database: Database,
    village: Actor,
    hospital: Actor,
    form: Form,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    fill(database, village, hospital)
    export_all(database, tmp_path / "out", form)
    second = empty("sqlite", tmp_path, request)
    visits = f"visit_entry.{form}"

    def lose_file(folder: Path) -> None:
        (folder / visits).unlink()

    def lose_row(folder: Path) -> None:
        contents = json.loads((folder / "contents.json").read_text())
        contents["rows"]["visit_entry"] += 1
        (folder / "contents.json").write_text(json.dumps(contents))

    def cut(folder: Path) -> None:
        whole = (folder / visits).read_bytes()
        (folder / visits).write_bytes(whole[: len(whole) // 2])

    def forget_contents(folder: Path) -> None:
        (folder / "contents.json").write_text("{}")

    for number, damage in enumerate((lose_file, lose_row, cut, forget_contents)):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(tmp_path / "out", copy)
        damage(copy)
        with pytest.raises(BackupUnusable):
            import_all(second, copy)
        assert {name: len(rows) for name, rows in everything(second).items() if rows} == {"audit_end": 1}
    import_all(second, tmp_path / "out")
    assert everything(second) == everything(database)
    second.close()


def test_who_is_signed_in_is_not_written() -> None:
    assert {table.name for table in METADATA.sorted_tables} - {table.name for table in tables()} == {
        "web_session"
    }
