"""The served clinic, killed while visits are saved over HTTP: nothing acknowledged is lost. `kill_http.py` tells more."""

from __future__ import annotations

from pathlib import Path

from myosteon.registry.database import open_database
from web.kill_http import kill_again_and_again, lost_of, prepare
from web.world import World

KILLS = 2


def test_a_clinic_that_is_killed_loses_no_save_that_a_browser_was_told_of(tmp_path: Path) -> None:
    figures = kill_again_and_again(str(tmp_path / "kill.sqlite"), KILLS)
    print(figures)
    assert figures.lost == []
    assert figures.without_verdict == 0
    assert figures.faults == ()
    assert figures.unexpected == []
    # A life that saves nothing, or finishes nothing, proves nothing.
    assert figures.acknowledged >= KILLS
    assert figures.finished >= 1


def test_a_save_that_is_lost_would_be_noticed(world: World, tmp_path: Path) -> None:
    visit = world.things["village"]["visit"]
    told = [(visit, 1, ""), (visit, 2, "61.7"), ("0" * 32, 1, "")]
    assert lost_of(world.database, told) == told[1:]
    clinic = prepare(str(tmp_path / "other.sqlite"))
    other = open_database(clinic.where)
    assert lost_of(other, told[:1]) == told[:1]
    other.close()
