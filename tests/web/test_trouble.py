"""Disk full, file system read-only, database away, in the running application: a page in words, with what was typed; nothing is lost.

Real troubles on a file system of the test's own, not errors that the test raises itself.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from myosteon.registry.verify import verify
from myosteon.registry.visits import read_visit, visit_entries
from registry.test_registry_trouble import small_disk
from web.world import Browser, World, make_world

TYPED = "61.7"


@contextmanager
def on_a_small_disk(megabytes: int) -> Iterator[tuple[World, Path]]:
    with small_disk(megabytes) as disk:
        if disk is None:
            pytest.skip("SKIPPED: no file system may be mounted here")
        world = make_world(disk)
        try:
            yield world, disk
        finally:
            for browser in world.open_browsers:
                browser.close()
            world.database.close()


def number(world: World) -> int:
    with world.database.read() as connection:
        return read_visit(connection, world.things["village"]["visit"]).number


def save(world: World, browser: Browser, weight: str, seen: int) -> tuple[int, str]:
    path = world.path("/visits/{visit}/steps/size")
    form = {"seen": str(seen), "weight_kg": weight, "weight_kg.unit": "kg", "height_cm": "150"}
    answer = browser.post(path, form)
    return answer.status_code, answer.text


def sent_again(page: str) -> dict[str, str]:
    """What the page of the error would send with its button."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in fields if name != "csrf"}


def fill_up(file: Path) -> None:
    """Takes all the room there is."""
    with file.open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 4096):
            pass


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def test_on_a_full_disk_the_page_says_so_holds_what_was_typed_and_can_be_sent_again() -> None:
    with on_a_small_disk(12) as (world, disk):
        browser = world.with_session("clinician")
        acknowledged: list[str] = []
        fill_up(disk / "filler")
        first = number(world)
        status, page = 303, ""
        # The log beside the database has some room of its own: a few saves may still be taken.
        for nth in range(400):
            weight = f"{40 + nth / 10:.1f}"
            status, page = save(world, browser, weight, first + nth)
            if status != 303:
                break
            acknowledged.append(weight)
        assert status == 503, page[:500]
        assert "no room left" in page
        assert sent_again(page)["weight_kg"] == weight
        assert len(stored(world)) == first + len(acknowledged)
        (disk / "filler").unlink()
        again = browser.post(world.path("/visits/{visit}/steps/size"), sent_again(page))
        assert again.status_code == 303
        assert stored(world)[first:] == [float(one) for one in (*acknowledged, weight)]
        assert verify(world.database).is_whole


def stored(world: World) -> list[object]:
    """The weight of each entry of the visit; None where it has none."""
    with world.database.read() as connection:
        entries = visit_entries(connection, world.things["village"]["visit"])
    weights = [entry.measures.get("weight_kg") for entry in entries]
    return [None if weight is None else weight.value for weight in weights]


def test_on_a_read_only_file_system_the_page_says_so_and_nothing_is_lost() -> None:
    with on_a_small_disk(20) as (world, disk):
        browser = world.with_session("clinician")
        first = number(world)
        assert save(world, browser, "60", first)[0] == 303
        # Nobody has the file open for writing while it is remounted, as after a restart on a damaged disk.
        world.database.close()
        remount(disk, "ro")
        try:
            status, page = save(world, browser, TYPED, first + 1)
        finally:
            world.database.close()
            remount(disk, "rw")
        assert status == 503
        assert "can only be read" in page
        assert sent_again(page)["weight_kg"] == TYPED
        assert browser.post(world.path("/visits/{visit}/steps/size"), sent_again(page)).status_code == 303
        assert stored(world)[first:] == [60.0, 61.7]


def test_a_database_that_is_away_for_a_while_loses_no_visit(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    browser, first = world.with_session("clinician"), number(world)
    file = world.database.file
    assert file is not None
    away = file.with_name("away.sqlite")
    file.rename(away)
    status, page = save(world, browser, TYPED, first)
    assert status == 503
    assert "does not answer" in page
    assert sent_again(page)["weight_kg"] == TYPED
    assert not file.exists(), "a database that is gone came back empty"
    away.rename(file)
    assert browser.post(world.path("/visits/{visit}/steps/size"), sent_again(page)).status_code == 303
    assert stored(world)[first:] == [61.7]
    world.database.close()
