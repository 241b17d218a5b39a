"""The engines that rules run on, as tests use them: a canonical Polars frame in, a Polars frame out, in order.

Every frame has a `person_id` of its own for each row, because Spark and DuckDB promise no order.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

import duckdb
import narwhals as nw
import polars as pl
import pytest

from myosteon.assess import Columns, assess
from myosteon.frame import canonical_dtype
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures

ENGINES = ("polars", "duckdb", "spark")
COMPUTING_WHILE_PLANNING = "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation"


class EngineMissing(Exception):
    """An engine, or what it runs on, is not installed."""


class Engine(Protocol):
    """Holds a frame natively and brings a native frame back."""

    def hold(self, people: pl.DataFrame) -> Any:
        """The frame in the engine's own kind, words as text outside Polars."""

    def bring_back(self, native: Any) -> pl.DataFrame:
        """A native frame as a Polars frame, in any order."""

    def close(self) -> None:
        """Lets go of what it holds open."""


@dataclass(frozen=True)
class Polars:
    """Eager Polars, or lazy."""

    lazy: bool = False

    def close(self) -> None:
        """Nothing is held open."""

    def hold(self, people: pl.DataFrame) -> Any:
        return people.lazy() if self.lazy else people

    def bring_back(self, native: Any) -> pl.DataFrame:
        frame: pl.DataFrame = native.lazy().collect()
        return frame


class DuckDB:
    """A DuckDB of two threads, in memory."""

    def __init__(self) -> None:
        self.connection = duckdb.connect(config={"threads": 2})

    def hold(self, people: pl.DataFrame) -> Any:
        return self.connection.from_arrow(words_as_text(people).to_arrow())

    def close(self) -> None:
        self.connection.close()

    def bring_back(self, native: Any) -> pl.DataFrame:
        return native.pl()  # type: ignore[no-any-return]


class Spark:
    """A local Spark of two threads and little memory."""

    def __init__(self) -> None:
        if find_spec("pyspark") is None:
            raise EngineMissing("pyspark is not installed")
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            raise EngineMissing("Java is not on this machine")
        from pyspark.sql import SparkSession  # optional, and slow to import

        builder = (
            SparkSession.builder.master("local[2]")
            .appName("myosteon-tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.driver.memory", "1g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.log.level", "ERROR")
            # Spark would compute a small table while it still plans, without generated code, at a fifth of the speed.
            .config("spark.sql.optimizer.excludedRules", COMPUTING_WHILE_PLANNING)
        )
        try:
            self.session = builder.getOrCreate()
        except Exception as error:  # whatever stops a Java that is too old or broken
            raise EngineMissing(f"Spark does not start: {error}") from error
        self.session.sparkContext.setLogLevel("ERROR")

    def hold(self, people: pl.DataFrame) -> Any:
        return self.session.createDataFrame(words_as_text(people).to_arrow())

    def close(self) -> None:
        self.session.stop()

    def bring_back(self, native: Any) -> pl.DataFrame:
        frame = pl.from_arrow(native.toArrow())
        assert isinstance(frame, pl.DataFrame)
        return frame


_started: dict[str, Engine] = {}


def find_engine(name: str) -> Engine:
    """The engine called `name`, started once.

    Raises:
        EngineMissing: it cannot be started here.
    """
    makers: dict[str, Callable[[], Engine]] = {"polars": Polars, "duckdb": DuckDB, "spark": Spark}
    if name not in _started:
        _started[name] = makers[name]()
    return _started[name]


def close_engines() -> None:
    """Lets every engine go that was started."""
    while _started:
        _started.popitem()[1].close()


def engine_or_skip(name: str) -> Engine:
    """The engine; a missing one skips the test aloud, or fails it where MYOSTEON_REQUIRE_ALL=1."""
    try:
        return find_engine(name)
    except EngineMissing as missing:
        if os.environ.get("MYOSTEON_REQUIRE_ALL") == "1":
            pytest.fail(f"{name} is required and missing: {missing}")
        pytest.skip(f"NOT TESTED on {name}: {missing}")


def words_as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with text in place of Enums."""
    return frame.with_columns(
        pl.col(name).cast(pl.String) for name, t in frame.schema.items() if isinstance(t, pl.Enum)
    )


def canonical_people(
    people: Sequence[Mapping[str, object]], *, drop: Iterable[str] = ("visit_date",)
) -> pl.DataFrame:
    """A canonical frame of people given as measure -> value; a measure that nobody has is not a column."""
    measures, dropped = load_measures(), set(drop)
    names = [name for name in measures if name not in dropped and any(name in person for person in people)]
    given = {name: [person.get(name) for person in people] for name in names}
    return pl.DataFrame(given, schema={name: canonical_dtype(measures[name]) for name in names}, strict=True)


def assess_on(
    engine: Engine,
    people: pl.DataFrame,
    columns: Columns = "contract",
    settings: Settings | None = None,
    definitions: Sequence[str] | None = None,
) -> pl.DataFrame:
    """The columns that the rules add, for people with a `person_id` each, sorted by it; words are text."""
    answered = assess(
        engine.hold(people), columns=columns, settings=settings, definitions=definitions, keep_input=False
    )
    return words_as_text(engine.bring_back(answered)).sort("person_id")


def compute_on(engine: Engine, frame: pl.DataFrame, columns: Mapping[str, nw.Expr]) -> pl.DataFrame:
    """Expressions over a frame with a `person_id`, sorted by it."""
    native = nw.from_native(engine.hold(frame)).select(
        "person_id", *[e.alias(name) for name, e in columns.items()]
    )
    return engine.bring_back(nw.to_native(native)).sort("person_id")
