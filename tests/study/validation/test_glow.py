"""A real run: the GLOW 500 women. Needs the shared data; numbers of R are kept in `r/expected_glow.csv`, sums only."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from command_line.door import myosteon
from myosteon.study.validation.people import make_people
from shared import shared_folder
from study.validation.glow import NOTE, POINTS_NOTE, write_glow
from study.validation.made import expected
from study.validation.test_against_r import FIXED, OF_A_FIT, measured

R = expected("expected_glow.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the women as `glow.csv`."""
    pytest.importorskip("rdata")
    made = tmp_path_factory.mktemp("glow")
    write_glow(shared_folder() / "data" / "glow500.rda", made / "glow.csv")
    return made


@pytest.mark.parametrize("name", FIXED)
def test_the_arithmetic_is_that_of_r_on_real_people(folder: Path, name: str) -> None:
    """A made-up percentage, age less 50: real ties, real outcomes."""
    with (folder / "glow.csv").open(encoding="utf-8") as file:
        women = list(csv.DictReader(file))
    risk = np.array([(float(woman["age_years"]) - 50) / 100 for woman in women])
    people = make_people(
        risk, np.array([woman["fracture"] == "yes" for woman in women]).astype(int), None, None
    )
    assert measured(people)[name] == pytest.approx(R[f"age.{name}"], rel=OF_A_FIT)


def run(folder: Path, note: str, *arguments: object) -> dict[str, object]:
    """What `validate` finds in the women, drawn by their outcome."""
    outcome = ("--horizon", 1, "--event", "fracture", "--outcome", "any fracture", "--drawn-by-outcome")
    files = ("-o", "out.json", "--report", "out.html")
    said = myosteon("validate", "glow.csv", *outcome, *arguments, *files, "--note", note, folder=folder)
    assert said.status == 0, said.err
    table: dict[str, object] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return table


def test_the_fracture_index_orders_them_as_r_finds(folder: Path) -> None:
    """The points come from the program's own score, those of R from the printed table."""
    asked = ("--risk", "fracture_index_without_bmd_score", "--points", "--bootstraps", 50)
    table = run(folder, NOTE + POINTS_NOTE, *asked)
    counts, measures = table["counts"], table["measures"]
    assert isinstance(counts, dict)
    assert isinstance(measures, dict)
    assert (counts["judged"], counts["events"]) == (R["points.people"], R["points.events"])
    assert measures["auc"]["value"] == pytest.approx(R["points.auc"], rel=1e-9)
    assert measures["auc"]["error"] == pytest.approx(R["points.auc_error"], rel=1e-9)


def test_qfracture_is_judged_by_order_and_slope_only(folder: Path) -> None:
    table = run(
        folder,
        NOTE,
        "--risk",
        "qfracture_any",
        "--absent-means-no",
        "--subgroup",
        "rated",
        "--bootstraps",
        200,
    )
    counts, measures = table["counts"], table["measures"]
    assert isinstance(counts, dict)
    assert isinstance(measures, dict)
    # 46 women lie outside the body mass index that the models were made for.
    assert (counts["rows"], counts["judged"], counts["excluded"]) == (500, 454, {"risk_outside": 46})
    assert set(measures) == {"auc", "slope"}
    assert 0.55 < measures["auc"]["low"] < measures["auc"]["high"] < 0.75
    assert measures["slope"]["low"] < 1 < measures["slope"]["high"]
    page = (folder / "out.html").read_text(encoding="utf-8")
    for text in (
        "drawn by their outcome",
        "125 of whom were drawn",
        "ClinRisk",
        "read as no",
        "risk moved to the drawing",
    ):
        assert text in page
    assert "Observed over expected" not in page
