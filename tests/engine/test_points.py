"""Points of a score: whole and broken numbers beside one another, on every engine."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import polars as pl
import pytest

from engines import Engine, compute_on
from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Band
from myosteon.rules.judge import points

PEOPLE = pl.DataFrame(
    {"person_id": ["a", "b", "c", "d"], "daily": [True, False, None, True], "age": [80.0, 70.0, None, 60.0]}
)


@pytest.mark.parametrize(("yes", "no"), [(5.5, 0.0), (0.0, 5.5), (5.0, 0.0), (0.5, 1.5)])
def test_points_of_yes_and_no_are_not_cut(engine: Engine, yes: float, no: float) -> None:
    item = replace(load_evidence("instruments", "msra7").points_of("milk_daily"), yes=yes, no=no)
    computed = compute_on(engine, PEOPLE, {"points": points(nw.col("daily"), item)})
    assert computed["points"].to_list() == [yes, no, None, yes]


@pytest.mark.parametrize("numbers", [(2.0, 1.0, 0.0), (2.5, 1.0, 0.0), (2.0, 1.5, 0.0), (2.0, 1.0, 0.5)])
def test_points_of_bands_are_not_cut(engine: Engine, numbers: tuple[float, float, float]) -> None:
    high, middle, low = numbers
    item = replace(
        load_evidence("instruments", "orai").points_of("age"),
        bands=(Band(high, ">=", 75.0), Band(middle, ">=", 65.0), Band(low)),
    )
    computed = compute_on(engine, PEOPLE, {"points": points(nw.col("age"), item)})
    assert computed["points"].to_list() == [high, middle, None, low]
