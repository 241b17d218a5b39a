"""A recalibration makes its own people right, is kept whole in its file, and is refused where it would do harm."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from myosteon.errors import EvidenceError, InputError
from myosteon.study.validation.calibration import Calibration
from myosteon.study.validation.people import People
from myosteon.study.validation.recalibration import (
    Recalibration,
    find_recalibration,
    read_recalibration,
    write_recalibration,
)
from study.validation.made import at_a_fixed_time, expected, over_time

DAY = date(2026, 11, 21)
SIDES = [at_a_fixed_time(), over_time(True)]


def found_for(people: People) -> Recalibration:
    return find_recalibration(
        people, name="ours_2026", made_on=DAY, risk="risk", outcome="hip", note='a "note"\n'
    )


@pytest.mark.parametrize("people", SIDES, ids=["fixed", "over time"])
def test_its_own_people_come_out_right(people: People) -> None:
    moved = people.with_risk(found_for(people).apply(people.risk))
    values = Calibration(moved, smoothed=False).measure(np.ones(people.count))
    assert float(values["intercept"]) == pytest.approx(0, abs=1e-6)
    assert float(values["slope"]) == pytest.approx(1, abs=1e-6)
    assert float(values["slope_intercept"]) == pytest.approx(0, abs=1e-6)


def test_it_is_the_line_of_r() -> None:
    found, told = found_for(at_a_fixed_time()), expected("expected.csv")
    assert found.intercept == pytest.approx(told["fixed.slope_intercept"], rel=1e-6)
    assert found.slope == pytest.approx(told["fixed.slope"], rel=1e-6)
    assert found.slope_error == pytest.approx(told["fixed.slope_error"], rel=1e-6)
    # 30 % on the logit scale, by hand.
    bent = found.intercept + found.slope * np.log(0.3 / 0.7)
    assert float(found.apply(np.array([0.3]))[0]) == pytest.approx(1 / (1 + np.exp(-bent)))


@pytest.mark.parametrize("people", SIDES, ids=["fixed", "over time"])
def test_the_file_holds_all_of_it_and_nobody(people: People, tmp_path: Path) -> None:
    found, file = found_for(people), tmp_path / "ours.toml"
    text = write_recalibration(found)
    file.write_text(text, encoding="utf-8")
    assert read_recalibration(file) == found
    table = tomllib.loads(text)
    assert table["kind"] == "recalibration"
    assert table["made_on"] == DAY
    assert table["found_on"]["people"] == people.count
    assert set(table) == {"kind", "name", "made_on", "note", "found_on", "line"}


def test_order_stays() -> None:
    people = at_a_fixed_time()
    moved = found_for(people).apply(np.sort(np.unique(people.risk)))
    assert (np.diff(moved) > 0).all()


def test_a_risk_upside_down_is_not_recalibrated() -> None:
    people = at_a_fixed_time()
    with pytest.raises(InputError, match="upside down"):
        found_for(people.with_risk(1 - people.risk))


@pytest.mark.parametrize("name", ["", "2026", "our hospital", "../elsewhere", "a/b", "x.toml"])
def test_a_name_that_could_be_a_path_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="--recalibrate"):
        find_recalibration(at_a_fixed_time(), name=name, made_on=DAY, risk="r", outcome="o")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('kind = "recalibration"', 'kind = "recalibration" is missing'),
        ("slope = ", "slope"),
        ("made_on = 2026-11-21", "made_on"),
        ('link = "logit"', "link"),
    ],
)
def test_a_file_that_lacks_a_part_is_no_recalibration(change: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    lines = write_recalibration(found_for(at_a_fixed_time())).splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith(change)), encoding="utf-8")
    with pytest.raises(EvidenceError, match=said):
        read_recalibration(file)


@pytest.mark.parametrize("slope", [-0.5, 0.0, float("nan"), float("inf")])
def test_an_impossible_slope_is_not_read(slope: float, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(write_recalibration(replace(found_for(at_a_fixed_time()), slope=slope)), encoding="utf-8")
    with pytest.raises(EvidenceError, match="slope"):
        read_recalibration(file)


def test_another_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_recalibration(tmp_path / "absent.toml")
    file = tmp_path / "people.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match="not a recalibration"):
        read_recalibration(file)
