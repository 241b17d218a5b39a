"""What the table of a run says of its figures, and that a measurement in its own process is heard."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from own_process import MeasurementFailed, run_command
from results import KEYS, Row, Target, named_results, write_results

FACTS = {
    "quick": False,
    "people": 10,
    "cores": 2,
    "processor": "some",
    "versions": {"polars": "2"},
    "date": "today",
}
SPEED = Target("contract_people_per_second", 6_000_000, at_least=True)
WAIT = Target("one_person_ms", 4)
ANSWERS = Target("duckdb_answers", "equal")


@pytest.mark.parametrize(
    ("target", "figure", "judgement"),
    [
        (SPEED, 6_000_000.0, "met"),
        (SPEED, 5_999_999.0, "missed"),
        (WAIT, 4.0, "met"),
        (WAIT, 4.001, "missed"),
        (ANSWERS, "equal", "met"),
        (ANSWERS, "DIFFERENT: bmi", "missed"),
        (WAIT, "skipped", ""),
        (None, 3.0, ""),
        (Target("clinic_import_s", None), 80.0, ""),
    ],
)
def test_a_figure_is_judged_by_its_target(target: Target | None, figure: float | str, judgement: str) -> None:
    assert Row("something", figure, target=target).judgement() == judgement


def test_every_named_figure_is_there_and_null_where_not_measured() -> None:
    rows = [Row("speed", 7e6, target=SPEED), Row("wait", "skipped", target=WAIT), Row("aside", 1.0)]
    named = named_results(rows)
    assert tuple(named) == KEYS
    assert named["contract_people_per_second"] == 7e6
    assert named["one_person_ms"] is None


def test_a_run_is_written_as_json_and_as_a_table(tmp_path: Path) -> None:
    rows = [Row("speed", 7_000_000.0, "people a second", SPEED, "best of nine")]
    write_results(named_results(rows), rows, FACTS, tmp_path)
    assert json.loads((tmp_path / "results.json").read_text())["contract_people_per_second"] == 7e6
    expected = "| speed | 7.00 million people a second | at least 6.00 million people a second | met | best of nine |"
    assert expected in (tmp_path / "table.md").read_text().splitlines()


def test_a_quick_run_leaves_the_figures_of_a_full_one_alone(tmp_path: Path) -> None:
    write_results(named_results([]), [], {**FACTS, "quick": True}, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["results_quick.json"]


def test_the_memory_of_a_process_is_seen() -> None:
    held = "import time; held = bytearray(b'x') * 200_000_000; time.sleep(0.2); print('{\"done\": true}')"
    alone = run_command([sys.executable, "-c", held], reports=True)
    assert alone.report == {"done": True}
    assert 0.18 < alone.peak_gib < 0.3
    assert 0.18 < alone.peak_anonymous_gib < 0.3


def test_a_process_that_fails_says_why() -> None:
    with pytest.raises(MeasurementFailed, match="no such thing"):
        run_command([sys.executable, "-c", "raise SystemExit('no such thing')"])
