"""A clinic for each test, or one for all that only look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.world import World, make_world


def opened(folder: Path) -> Iterator[World]:
    world = make_world(folder)
    yield world
    for browser in world.open_browsers:
        browser.close()
    world.database.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A clinic of the test's own."""
    yield from opened(tmp_path)


@pytest.fixture(scope="module")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A clinic that the tests of a module share; they leave it as they found it."""
    yield from opened(tmp_path_factory.mktemp("clinic"))
