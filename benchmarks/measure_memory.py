"""The whole contract over people in memory: this package on Polars, DuckDB and Spark, and the scripts beside it.

Each function is one case: it runs in a process of its own and returns what is to be reported. Making the people and
turning them into what an engine takes is no part of any time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import people
import polars as pl
from timing import take_times

from myosteon.assess import assess, make_assessor
from myosteon.engine.evaluate import NO_OPTIMISATION

SEED = 2024
# As many of the engine as of a script: the best of more runs would be a better best.
RUNS = 25
RUNS_OF_ANOTHER_ENGINE = 3
PEOPLE_TO_COMPARE = 20_000

Report = dict[str, Any]


def with_needs(rows: int) -> Report:
    """Every column of the contract, in memory."""
    crowd = people.make_people(rows, SEED)
    return {**take_times(lambda: assess(crowd, columns="contract"), runs=RUNS, warm_up=2)}


def with_needs_streaming(rows: int) -> Report:
    """The same by Polars' streaming engine."""
    crowd = people.make_people(rows, SEED).lazy()
    return {
        **take_times(
            lambda: assess(crowd, columns="contract").collect(engine="streaming"),
            runs=RUNS,
            warm_up=2,
        )
    }


def without_needs(rows: int) -> Report:
    """The verdicts that the scripts give too."""
    crowd = people.make_people(rows, SEED)
    verdicts = _verdicts(crowd)
    return {**take_times(lambda: verdicts.collect(optimizations=NO_OPTIMISATION), runs=RUNS, warm_up=2)}


def without_needs_streaming(rows: int) -> Report:
    """The same by Polars' streaming engine."""
    crowd = people.make_people(rows, SEED)
    verdicts = _verdicts(crowd)
    return {**take_times(lambda: verdicts.collect(engine="streaming"), runs=RUNS, warm_up=2)}


def every_risk(rows: int) -> Report:
    """Every column of every risk algorithm."""
    assessor = make_assessor(risk=True)
    names = assessor.risk_columns()
    read = [name for name in assessor.plan(names).measures_read if name != "visit_date"]
    crowd = people.with_measures(people.make_people(rows, SEED), read, SEED)
    risks = assessor.plan(names).run_polars(crowd.lazy(), crowd.columns, [])
    times = take_times(lambda: risks.collect(optimizations=NO_OPTIMISATION), runs=3, warm_up=1)
    return {**times, "columns": len(names)}


def _verdicts(crowd: pl.DataFrame) -> pl.LazyFrame:
    assessor = make_assessor()
    names = [name for name in assessor.outputs("contract") if not name.endswith("_needs")]
    verdicts = assessor.plan(names).run_polars(crowd.lazy(), crowd.columns, [])
    # The plan is made once, like the functions of the scripts: Polars keeps what it worked out of it.
    verdicts.collect_schema()
    return verdicts


def careful_pandas(rows: int) -> Report:
    import careful_pandas_contract as script

    crowd = people.to_nullable_pandas(people.make_people(rows, SEED))
    return {**take_times(lambda: script.assess(crowd), runs=RUNS)}


def tuned_pandas(rows: int) -> Report:
    import tuned_pandas_contract as script

    crowd = people.to_pandas(people.make_people(rows, SEED))
    return {**take_times(lambda: script.assess(crowd), runs=RUNS)}


def careful_numpy(rows: int) -> Report:
    import careful_numpy_contract as script

    crowd = people.to_numpy(people.make_people(rows, SEED))
    return {**take_times(lambda: script.assess(crowd), runs=RUNS)}


def tuned_numpy(rows: int) -> Report:
    import tuned_numpy_contract as script

    crowd = people.to_numpy(people.make_people(rows, SEED))
    return {**take_times(lambda: script.assess(crowd), runs=RUNS)}


ROW = "row"


def duckdb(rows: int) -> Report:
    """DuckDB over a table in its memory; words are text."""
    import duckdb as engine

    with engine.connect(config={"memory_limit": "6GB", "threads": 2}) as connection:

        def judged(crowd: pl.DataFrame) -> Any:
            connection.register("given", crowd.to_arrow())
            connection.execute("create or replace table people as from given")
            return assess(connection.table("people"), columns="contract", keep_input=ROW in crowd.columns)

        different = _differences(lambda numbered: pl.DataFrame(judged(numbered).to_arrow_table()))
        results = judged(_plain(people.make_people(rows, SEED)))
        times = take_times(results.to_arrow_table, runs=RUNS_OF_ANOTHER_ENGINE)
    return {**times, "different_columns": different}


def spark(rows: int) -> Report:
    """Spark in local mode over a cached frame; every result is computed and none is written."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    for name, value in SPARK_SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:

        def judged(crowd: pl.DataFrame) -> pl.DataFrame:
            return pl.DataFrame(
                assess(session.createDataFrame(crowd.to_arrow()), columns="contract").toArrow()
            )

        different = _differences(judged)
        frame = session.createDataFrame(_plain(people.make_people(rows, SEED)).to_arrow()).cache()
        frame.count()
        results = assess(frame, columns="contract", keep_input=False)
        times = take_times(
            lambda: results.write.format("noop").mode("overwrite").save(), runs=RUNS_OF_ANOTHER_ENGINE
        )
    finally:
        session.stop()
    return {**times, "different_columns": different}


SPARK_SETTINGS = {
    "spark.master": "local[2]",
    "spark.driver.memory": "4g",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.log.level": "ERROR",
}


def _plain(crowd: pl.DataFrame) -> pl.DataFrame:
    return crowd.with_columns(pl.selectors.enum().cast(pl.String))


def _differences(judged: Callable[[pl.DataFrame], pl.DataFrame]) -> list[str]:
    """The columns in which another engine answers otherwise than Polars of some of 20,000 people.

    The people are numbered, for these engines keep no order.
    """
    crowd = people.make_people(PEOPLE_TO_COMPARE, SEED + 1)
    expected = _plain(assess(crowd, columns="contract", keep_input=False))
    answers = judged(_plain(crowd).with_columns(pl.int_range(pl.len()).alias(ROW))).sort(ROW)
    return [name for name in expected.columns if not _equal(expected[name], answers[name])]


def _equal(one: pl.Series, other: pl.Series) -> bool:
    if one.is_null().ne(other.is_null()).any():
        return False
    if one.dtype.is_numeric():
        apart = (one.cast(pl.Float64) - other.cast(pl.Float64)).abs().max()
        return apart is None or bool(apart <= 1.5e-9)  # type: ignore[operator]
    return bool(one.drop_nulls().eq(other.drop_nulls()).all())


CASES: dict[str, Callable[[int], Report]] = {
    case.__name__: case
    for case in (
        with_needs,
        with_needs_streaming,
        without_needs,
        without_needs_streaming,
        every_risk,
        careful_pandas,
        careful_numpy,
        tuned_pandas,
        tuned_numpy,
        duckdb,
        spark,
    )
}
