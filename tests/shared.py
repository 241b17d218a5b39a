"""The shared material beside the project, for tests on real data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_folder() -> Path:
    """The folder named by MYOSTEON_SHARED, else `shared` beside the project; the test is skipped, and says so, without it."""
    folder = Path(os.environ.get("MYOSTEON_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir():
        message = f"SKIPPED: the shared material is not at {folder.name}; set MYOSTEON_SHARED to its folder"
        if os.environ.get("MYOSTEON_REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return folder
