"""Runs the same rules on Polars, DuckDB or Spark, from a canonical Polars frame back to one."""

from __future__ import annotations

from typing import Any

import polars as pl

from myosteon.assess import Assessor, Columns, assess_frame
from myosteon.errors import InputError, MissingPart

ENGINES = ("polars", "duckdb", "spark")


def assess_with(
    engine: str, people: pl.LazyFrame, assessor: Assessor, columns: Columns, keep_input: bool
) -> pl.LazyFrame:
    """The results of `people`, of the same types whatever the engine; DuckDB and Spark hold them in memory.

    Raises:
        InputError: an engine of another name.
        MissingPart: the engine is not installed.
    """
    polars: pl.LazyFrame = assess_frame(assessor, people, columns, keep_input)
    if engine == "polars":
        return polars
    if engine not in ENGINES:
        raise InputError(f"--engine {engine} is not known; choose one of {', '.join(ENGINES)}")
    run = _with_duckdb if engine == "duckdb" else _with_spark
    results = run(people, assessor, columns, keep_input).sort(ROW).drop(ROW)
    return results.cast(polars.collect_schema()).lazy()


def _with_duckdb(
    people: pl.LazyFrame, assessor: Assessor, columns: Columns, keep_input: bool
) -> pl.DataFrame:
    try:
        import duckdb  # optional: pip install myosteon[duckdb]
    except ModuleNotFoundError as missing:
        raise MissingPart("DuckDB is not installed: pip install 'myosteon[duckdb]'") from missing
    with duckdb.connect() as connection:
        relation = connection.from_arrow(_plain(people).to_arrow())
        results: Any = assess_frame(assessor, relation, columns, keep_input)
        return pl.DataFrame(results.to_arrow_table())


def _with_spark(people: pl.LazyFrame, assessor: Assessor, columns: Columns, keep_input: bool) -> pl.DataFrame:
    try:
        from pyspark.sql import SparkSession  # optional: pip install myosteon[spark]
    except ModuleNotFoundError as missing:
        raise MissingPart(
            "Spark is not installed: pip install 'myosteon[spark]'; it needs Java too"
        ) from missing
    builder: Any = SparkSession.builder
    session = (
        builder.appName("myosteon")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    # Spark knows Arrow's older text type only.
    frame = session.createDataFrame(_plain(people).to_arrow(compat_level=pl.CompatLevel.oldest()))
    results: Any = assess_frame(assessor, frame, columns, keep_input)
    return pl.DataFrame(results.toArrow())


ROW = "myosteon_row"


def _plain(people: pl.LazyFrame) -> pl.DataFrame:
    """Words as text, and the row's number, since these engines keep no order."""
    return (
        people.with_columns(pl.selectors.enum().cast(pl.String))
        .with_row_index(ROW)
        .with_columns(pl.col(ROW).cast(pl.Int64))
        .collect()
    )
