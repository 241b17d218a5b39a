"""The canonical contract, as a program that makes its own frame meets it."""

from __future__ import annotations

import polars as pl
import pytest

from myosteon.errors import ColumnError, InputError, ValueRefused
from myosteon.frame import canonical_dtype, check_canonical
from myosteon.readers.table import read_frame
from myosteon.vocabulary.measures import load_measures


def canonical_frame() -> pl.DataFrame:
    sex = pl.Series(["female", "male", None], dtype=pl.Enum(["female", "male"]))
    return pl.DataFrame(
        {"person_id": ["a", "b", "c"], "sex": sex, "age_years": [70.0, None, 81.5], "clinic": ["x", "y", "z"]}
    )


def test_every_measure_has_a_type() -> None:
    types = {name: canonical_dtype(measure) for name, measure in load_measures().items()}
    assert types["grip_kg"] == pl.Float64
    assert types["falls_12m"] == pl.Int16
    assert types["fracture_hip"] == pl.Boolean
    assert types["visit_date"] == pl.Date
    assert types["medications"] == pl.String
    assert types["mass_method"] == pl.Enum(["dxa", "bia", "estimated"])


@pytest.mark.parametrize("lazy", [False, True])
def test_a_canonical_frame_passes(lazy: bool) -> None:
    frame = canonical_frame().with_columns(grip_kg=pl.Series([0.0, 110.0, None]))
    check_canonical(frame.lazy() if lazy else frame)
    assert (
        read_frame(frame)
        .frame.collect()
        .equals(frame.select("person_id", "sex", "age_years", "grip_kg", "clinic"))
    )


@pytest.mark.parametrize(
    ("column", "named"),
    [
        (pl.lit("27").alias("grip_kg"), "grip_kg is String, not Float64"),
        (pl.lit(27.5, pl.Float32).alias("grip_kg"), "grip_kg is Float32, not Float64"),
        (pl.lit(1.0).alias("falls_12m"), "falls_12m is Float64, not Int16"),
        (pl.lit("dxa").alias("mass_method"), "mass_method is String"),
        (pl.lit("female", pl.Enum(["male", "female"])).alias("sex"), "sex is Enum"),
        (pl.lit(165.0).alias("height_in"), "height_in is height_cm in another unit"),
    ],
)
def test_columns_of_other_types_are_named(column: pl.Expr, named: str) -> None:
    with pytest.raises(ColumnError, match="read_frame") as caught:
        check_canonical(canonical_frame().with_columns(column))
    assert named in str(caught.value)


@pytest.mark.parametrize("missing", ["sex", "age_years"])
def test_missing_columns_are_named(missing: str) -> None:
    with pytest.raises(ColumnError, match=f"the column {missing} is missing"):
        check_canonical(canonical_frame().drop(missing))


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -0.5, 110.5])
def test_nan_and_impossible_numbers_are_counted_and_not_shown(bad: float) -> None:
    frame = canonical_frame().with_columns(grip_kg=pl.Series([bad, bad, 20.0]))
    with pytest.raises(ValueRefused, match="grip_kg has 2 values that are NaN or outside 0 to 110") as caught:
        check_canonical(frame)
    assert isinstance(caught.value, InputError)
    assert "110.5" not in str(caught.value)


def test_a_lazy_frame_is_read_as_it_comes_and_stays_lazy() -> None:
    reading = read_frame(canonical_frame().lazy())
    assert isinstance(reading.frame, pl.LazyFrame)
    assert reading.rows == 3


def test_an_error_of_the_program_that_made_the_frame_stays_its_own() -> None:
    broken = canonical_frame().lazy().with_columns(pl.col("clinic").cast(pl.Float64).alias("grip_kg"))
    with pytest.raises(pl.exceptions.PolarsError):
        read_frame(broken)
