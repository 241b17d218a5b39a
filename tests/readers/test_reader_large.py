"""Files larger than memory: nothing is collected but counts and the refused rows, and statistics spare the pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from myosteon.readers import checking
from myosteon.readers.parquet import open_parquet
from myosteon.readers.reading import MOST_REFUSALS_LISTED
from myosteon.readers.source import Bounds
from myosteon.readers.table import read_table

ROWS = 2_000_000
IMPOSSIBLE = {17: 315.0, 1_000_003: -1.0, 1_999_999: 110.5}


def lazy_people(rows: int = ROWS) -> pl.LazyFrame:
    number = pl.col("number")
    grip = pl.when(number.is_in(list(IMPOSSIBLE))).then(
        number.replace_strict(IMPOSSIBLE, default=None, return_dtype=pl.Float64)
    )
    return pl.LazyFrame({"number": pl.arange(0, rows, eager=True)}).select(
        person_id=pl.format("p{}", number),
        sex=pl.when(number % 2 == 0).then(pl.lit("female")).otherwise(pl.lit("male")),
        age_years=50.0 + number % 45,
        grip_kg=grip.otherwise(10.0 + number % 30),
        gait_speed_m_s=pl.when(number % 10 == 0).then(float("nan")).otherwise(0.5 + number % 7 / 10),
        falls_12m=number % 4,
        clinic=pl.format("clinic {}", number % 100),
    )


@pytest.fixture(scope="module")
def large_parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "people.parquet"
    lazy_people().sink_parquet(path)
    return path


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[pl.DataFrame]:
    """Everything that is collected while the test runs."""
    frames: list[pl.DataFrame] = []
    collect = pl.LazyFrame.collect

    def collect_and_note(self: pl.LazyFrame, *args: Any, **options: Any) -> Any:
        frame = collect(self, *args, **options)
        frames.append(frame)
        return frame

    monkeypatch.setattr(pl.LazyFrame, "collect", collect_and_note)
    return frames


def test_refusals_are_found_without_collecting_the_people(
    large_parquet: Path, collected: list[pl.DataFrame]
) -> None:
    reading = read_table(large_parquet)
    assert reading.rows == ROWS
    found = {(refusal.person_id, refusal.row, refusal.value) for refusal in reading.refusals}
    assert found == {("p17", 18, "315"), ("p1000003", 1_000_004, "-1"), ("p1999999", 2_000_000, "110.5")}
    assert max(frame.height for frame in collected) <= len(IMPOSSIBLE)
    counted = reading.frame.select(
        pl.col("grip_kg").null_count(),
        pl.col("gait_speed_m_s").null_count().alias("gait"),
        pl.col("sex").n_unique(),
    )
    assert counted.collect().row(0) == (3, ROWS // 10, 2)


def test_statistics_prove_ranges_without_a_pass(large_parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = open_parquet(large_parquet).bounds
    assert bounds["age_years"] == Bounds(50.0, 94.0)
    assert bounds["falls_12m"] == Bounds(0, 3)
    assert bounds["grip_kg"] == Bounds(-1.0, 315.0)
    asked: list[str] = []
    count = checking._count

    def count_and_note(frame: pl.LazyFrame, wanted: dict[str, pl.Expr]) -> dict[str, int]:
        asked.extend(name for found in wanted.values() for name in found.meta.root_names())
        return count(frame, wanted)

    monkeypatch.setattr(checking, "_count", count_and_note)
    read_table(large_parquet)
    assert set(asked) == {"person_id", "sex", "grip_kg"}


def test_a_clean_typed_file_has_a_cheap_plan(tmp_path: Path) -> None:
    people = lazy_people(1000).filter(pl.col("grip_kg") < 100)
    people = people.with_columns(pl.col("sex").cast(pl.Enum(["female", "male"])))
    people.sink_parquet(tmp_path / "clean.parquet")
    reading = read_table(tmp_path / "clean.parquet")
    plan = reading.frame.select("person_id", "sex", "age_years", "grip_kg", "falls_12m").explain()
    for step in ("strip_chars", "lowercase", "replace", "is_between", "FILTER"):
        assert step not in plan
    assert reading.frame.select("falls_12m", "sex", "person_id").explain().count("when") == 0


def test_unusual_values_are_told_from_the_statistics(tmp_path: Path) -> None:
    people = lazy_people(1000).filter(pl.col("grip_kg") < 100).with_columns(grip_kg=pl.col("grip_kg") + 70)
    people.sink_parquet(tmp_path / "unusual.parquet")
    (notice,) = [n for n in read_table(tmp_path / "unusual.parquet").notices if n.kind == "unusual_bounds"]
    assert notice.columns == ("grip_kg",)
    assert "80 to 109 kg" in notice.text_en
    assert "80～109 kg" in notice.text_zh


def test_statistics_of_another_unit_and_of_nothing(tmp_path: Path) -> None:
    people = (
        lazy_people(50)
        .filter(pl.col("grip_kg") < 100)
        .with_columns(height_m=pl.lit(1.6), weight_lb=pl.lit(900.0), waist_cm=pl.lit(None, pl.Float64))
    )
    people.sink_parquet(tmp_path / "units.parquet")
    reading = read_table(tmp_path / "units.parquet")
    assert {refusal.column for refusal in reading.refusals} == {"weight_lb"}
    frame = reading.frame.collect()
    assert frame["height_cm"].unique().to_list() == [160.0]
    assert frame["waist_cm"].null_count() == frame.height


def test_files_without_statistics_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "bare.parquet"
    lazy_people(100).collect().write_parquet(path, statistics=False)
    assert open_parquet(path).bounds == {}
    assert [refusal.value for refusal in read_table(path).refusals] == ["315"]


def test_csv_stays_lazy(tmp_path: Path, collected: list[pl.DataFrame]) -> None:
    path = tmp_path / "people.csv"
    lazy_people(200_000).sink_csv(path)
    reading = read_table(path)
    assert [(refusal.person_id, refusal.value) for refusal in reading.refusals] == [("p17", "315.0")]
    assert max(frame.height for frame in collected) == 1
    assert reading.rows == 200_000
    assert "SCAN" in reading.frame.explain()


def test_refusals_beyond_the_list_are_counted(tmp_path: Path) -> None:
    people = lazy_people(15_000).with_columns(sex=pl.lit("3"), age_years=pl.lit(500))
    people.sink_csv(tmp_path / "people.csv")
    reading = read_table(tmp_path / "people.csv")
    assert len(reading.refusals) == MOST_REFUSALS_LISTED
    left = {
        notice.columns[0]: notice.count for notice in reading.notices if notice.kind == "refusals_not_listed"
    }
    # The first 5,000 rows fill the list; one of them has a third refusal, its grip.
    assert left == {"sex": 10_000, "age_years": 10_001}
    assert reading.refused_in_all == 30_001
    assert [refusal.row for refusal in reading.refusals[:4]] == [1, 1, 2, 2]
    assert reading.frame.collect()["sex"].null_count() == 15_000


def test_repeated_visits_are_not_looked_for_in_very_large_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lazy_people(10).with_columns(person_id=pl.lit("a")).sink_parquet(tmp_path / "people.parquet")
    assert len(read_table(tmp_path / "people.parquet").refusals) == 9
    for module in ("checking", "telling"):
        monkeypatch.setattr(f"myosteon.readers.{module}.MOST_ROWS_COMPARED", 5)
    reading = read_table(tmp_path / "people.parquet")
    assert reading.refusals == ()
    (notice,) = [notice for notice in reading.notices if notice.kind == "duplicates_not_checked"]
    assert "10 rows" in notice.text_en
    assert "共10行" in notice.text_zh
