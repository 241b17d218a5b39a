"""A plan made ready for many small frames of one shape, such as one person after another.

Polars works out types and order anew each time that a plan is run, which for one person takes as long as a third of the
work. Here the plan reads from a source that hands over whatever frame is current, so that this is done once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

import polars as pl
from polars.io.plugins import register_io_source

from myosteon.engine.evaluate import NO_OPTIMISATION, Plan


class PreparedPlan:
    """A plan for frames with the columns and types of `schema`; `kept` are the columns that stay in the results."""

    def __init__(self, plan: Plan, schema: pl.Schema, kept: Sequence[str]) -> None:
        self._current = pl.DataFrame(schema=schema)
        self._lock = Lock()
        source = register_io_source(self._hand_over, schema=schema)
        self._lazy = plan.run_polars(source, schema.names(), kept)
        # Asking for the schema makes Polars keep what it worked out.
        self._lazy.collect_schema()

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The results of `frame`, which must have the schema that the plan was made for; safe among threads."""
        with self._lock:
            self._current = frame
            return self._lazy.collect(optimizations=NO_OPTIMISATION)

    def _hand_over(
        self, columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        frame = self._current if columns is None else self._current.select(columns)
        frame = frame if predicate is None else frame.filter(predicate)
        yield frame if rows is None else frame.head(rows)
